"""Commands about people: who is away, and who stands in."""

from collections.abc import Mapping

from bot.cards import absence as words
from bot.cards import away
from bot.cards.model import Card
from bot.commands.runner import Runner
from bot.grammar.dates import as_day, as_last_day, near_days
from bot.grammar.nouns.answers import Accept, Decline
from bot.grammar.nouns.people import Away, Back, NameDeputy, ShowAway
from council import announcements, people
from council.desk import Desk
from council.errors import Invalid


def _away(desk: Desk, actor: str, form: Away) -> Card:
    today = people.today(desk, form.who, actor)
    first = as_day(form.start, today)
    if first is None:
        raise Invalid("first day", form.start, "no_day", near_days(form.start))
    last = as_last_day(form.end, today, first) if form.end else None
    if form.end and last is None:
        raise Invalid("last day", form.end, "no_day", near_days(form.end))
    plan = people.Plan(first, last, form.who, form.deputy, form.note)
    return _planned(desk, actor, people.plan(desk, actor, plan))


def _name(desk: Desk, actor: str, form: NameDeputy) -> Card:
    if not form.deputy:
        return words.which_deputy_card(people.absence(desk, form.ref))
    return _planned(desk, actor, people.name_deputy(desk, actor, form.ref, form.deputy))


def _back(desk: Desk, actor: str, form: Back) -> Card:
    return _planned(desk, actor, people.back(desk, actor, form.who, form.ref))


def _planned(desk: Desk, actor: str, view: people.AbsenceView) -> Card:
    news = announcements.of_absence(desk, view)
    return words.planned_card(news, mine=view.member.id == actor)


def accept(desk: Desk, actor: str, form: Accept) -> Card:
    """Say yes to standing in."""
    if form.conditions:
        raise Invalid("condition", form.conditions[0], "no_conditions")
    view = people.stand_in(desk, actor, form.ref)
    return words.asked_card(announcements.of_absence(desk, view, actor))


def decline(desk: Desk, actor: str, form: Decline) -> Card:
    """Say no to standing in."""
    view = people.refuse(desk, actor, form.ref, form.reason)
    return words.asked_card(announcements.of_absence(desk, view, actor))


def _show(desk: Desk, actor: str, _form: ShowAway) -> Card:
    return away.away_card(people.my_absences(desk, actor), people.who_is_away(desk))


WRITES: Mapping[type, Runner] = {Away: _away, NameDeputy: _name, Back: _back}
READS: Mapping[type, Runner] = {ShowAway: _show}
