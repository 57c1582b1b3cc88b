"""Commands about people: who is away, and who stands in."""

from collections.abc import Mapping
from datetime import date

from bot.cards import absence as words
from bot.cards import away
from bot.cards.model import Card
from bot.commands.runner import Runner
from bot.grammar.dates import as_day, as_last_day, near_days
from bot.grammar.nouns.answers import Accept, Decline
from bot.grammar.nouns.people import Away, Back, ChangeAway, NameDeputy, ShowAway
from council import announcements, people
from council.desk import Desk
from council.errors import Invalid
from council.following import away as following


def _away(desk: Desk, actor: str, form: Away) -> Card:
    first, last = _days(form.start, form.end, people.today(desk, form.who, actor))
    plan = people.Plan(first, last, form.who, form.deputy, form.note)
    return _planned(desk, actor, following.plan(desk, actor, plan))


def _change(desk: Desk, actor: str, form: ChangeAway) -> Card:
    who = people.absence(desk, form.ref).member.id
    first, last = _days(form.start, form.end, people.today_of(desk, who))
    return _planned(desk, actor, following.change(desk, actor, form.ref, people.Plan(first, last)))


def _days(start: str, end: str, today: date) -> tuple[date, date | None]:
    """Return the first and last day that are meant; None for an open end."""
    first = as_day(start, today)
    if first is None:
        raise Invalid("first day", start, "no_day", near_days(start))
    if end == people.OPEN:
        return first, None
    last = as_last_day(end or start, today, first)
    if last is None:
        raise Invalid("last day", end, "no_day", near_days(end))
    return first, last


def _name(desk: Desk, actor: str, form: NameDeputy) -> Card:
    if not form.deputy:
        return words.which_deputy_card(people.absence(desk, form.ref))
    return _planned(desk, actor, following.name_deputy(desk, actor, form.ref, form.deputy))


def _back(desk: Desk, actor: str, form: Back) -> Card:
    return _planned(desk, actor, following.back(desk, actor, form.who, form.ref))


def _planned(desk: Desk, actor: str, view: people.AbsenceView) -> Card:
    news = announcements.of_absence(desk, view)
    return words.planned_card(news, mine=view.member.id == actor)


def accept(desk: Desk, actor: str, form: Accept) -> Card:
    """Say yes to standing in."""
    if form.conditions:
        raise Invalid("condition", form.conditions[0], "no_conditions")
    view = following.stand_in(desk, actor, form.ref)
    return words.asked_card(announcements.of_absence(desk, view, actor))


def decline(desk: Desk, actor: str, form: Decline) -> Card:
    """Say no to standing in."""
    view = following.refuse(desk, actor, form.ref, form.reason)
    return words.asked_card(announcements.of_absence(desk, view, actor))


def _show(desk: Desk, actor: str, _form: ShowAway) -> Card:
    return away.away_card(people.my_absences(desk, actor), people.who_is_away(desk))


WRITES: Mapping[type, Runner] = {
    Away: _away,
    ChangeAway: _change,
    NameDeputy: _name,
    Back: _back,
}
READS: Mapping[type, Runner] = {ShowAway: _show}
