"""Commands about handoffs."""

from collections.abc import Mapping
from datetime import date

from bot.cards import handoff as words
from bot.cards import handoff_draft as draft
from bot.cards.model import Card
from bot.commands.runner import Runner
from bot.grammar.dates import as_day, near_days
from bot.grammar.nouns.answers import Accept, Decline, Done
from bot.grammar.nouns.handoffs import (
    AgainHandoff,
    FillHandoff,
    Handoff,
    KeepHandoff,
    OfferHandoff,
    OpenHandoff,
    ShowHandoff,
    WithdrawHandoff,
)
from bot.grammar.words import UnclosedQuote, split
from council import handoffs, moves, people
from council.desk import Desk
from council.errors import Invalid
from council.handoffs import Filling, Return, Which


def _begin(desk: Desk, actor: str, form: Handoff) -> Card:
    found = handoffs.begin(desk, actor, form.key, form.which)
    if isinstance(found, Which):
        return draft.which_card(found)
    if form.version:
        found = handoffs.fill(desk, actor, found.key, (), form.version)
    return words.own_card(found)


def _again(desk: Desk, actor: str, form: AgainHandoff) -> Card:
    return words.own_card(handoffs.begin_again(desk, actor, form.ref))


def _show(desk: Desk, actor: str, form: ShowHandoff) -> Card:
    return words.own_card(handoffs.view(desk, actor, form.ref))


def _fill(desk: Desk, actor: str, form: FillHandoff) -> Card:
    fillings = [Filling(item, value, form.link) for item, value in form.items]
    return words.own_card(handoffs.fill(desk, actor, form.ref, fillings, form.version))


def _keep(desk: Desk, actor: str, form: KeepHandoff) -> Card:
    return words.own_card(handoffs.keep(desk, actor, form.ref))


def _offer(desk: Desk, actor: str, form: OfferHandoff) -> Card:
    if form.version:
        handoffs.fill(desk, actor, form.ref, (), form.version)
    handoffs.offer(desk, actor, form.ref, anyway=form.anyway)
    return _gone_on(desk, actor, form.ref)


def _withdraw(desk: Desk, actor: str, form: WithdrawHandoff) -> Card:
    handoffs.withdraw(desk, actor, form.ref)
    return _gone_on(desk, actor, form.ref)


def _gone_on(desk: Desk, actor: str, ref: str) -> Card:
    """Let go on what waited for a handoff, and return how it stands then."""
    moves.after_handoff(desk, actor, ref)
    return words.handoff_card(handoffs.view(desk, actor, ref))


def _on_open(desk: Desk, actor: str, form: OpenHandoff) -> Card:
    """Do it with the one packet that can be meant, or ask which."""
    found = handoffs.meant_by(desk, actor, form.key, form.deed)
    if len(found) > 1:
        views = [handoffs.view(desk, actor, ref) for ref in found]
        return draft.which_open_card(views, form.deed)
    meant = form.on(found[0])
    return WRITES[type(meant)](desk, actor, meant)


def accept(desk: Desk, actor: str, form: Accept) -> Card:
    """Take a packet, perhaps on conditions."""
    handoffs.accept(desk, actor, form.ref, form.conditions)
    return _gone_on(desk, actor, form.ref)


def decline(desk: Desk, actor: str, form: Decline) -> Card:
    """Give a packet back; without a reason, ask for one."""
    if not form.reason:
        return draft.why_card(handoffs.answerable(desk, actor, form.ref))
    reason, line = _why(form)
    why = Return(reason, line, _next_day(desk, actor, form.next))
    handoffs.give_back(desk, actor, form.ref, why)
    return _gone_on(desk, actor, form.ref)


def _next_day(desk: Desk, actor: str, text: str) -> date | None:
    found = as_day(text, people.today(desk, "", actor)) if text else None
    if text and found is None:
        raise Invalid("next offer", text, "no_day", near_days(text))
    return found


def _why(form: Decline) -> tuple[str, str]:
    """Part the reason from a line in quotes after it."""
    try:
        said = split(form.reason)
    except UnclosedQuote:
        said = ()
    if len(said) > 1 and said[-1].quoted:
        return form.reason[: said[-1].start].strip(), said[-1].text
    return form.reason, ""


def done(desk: Desk, actor: str, form: Done) -> Card:
    """Mark an item of a packet as done, or a condition as met; alone, show what is open."""
    view = handoffs.view(desk, actor, form.ref)
    if view.state == "accepted_with_conditions":
        if not form.item and len(view.open_conditions) != 1:
            return words.handoff_card(view)
        handoffs.close_condition(desk, actor, form.ref, form.item, form.link, undo=form.undo)
        return _gone_on(desk, actor, form.ref)
    if not form.item:
        return words.own_card(view)
    filling = Filling(form.item, form.note, form.link)
    return words.own_card(handoffs.mark(desk, actor, form.ref, filling, undo=form.undo))


WRITES: Mapping[type, Runner] = {
    Handoff: _begin,
    AgainHandoff: _again,
    FillHandoff: _fill,
    KeepHandoff: _keep,
    OfferHandoff: _offer,
    OpenHandoff: _on_open,
    WithdrawHandoff: _withdraw,
}
READS: Mapping[type, Runner] = {ShowHandoff: _show}
