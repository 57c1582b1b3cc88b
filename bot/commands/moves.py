"""Commands about moves: on, back, to a step; agree or not yet; what is done in a phase."""

from collections.abc import Mapping

from bot.cards import checklist, going_back, phase, ways
from bot.cards import move as words
from bot.cards.model import Card
from bot.commands.runner import Runner
from bot.grammar.nouns.answers import Accept, Decline, Done
from bot.grammar.nouns.moves import BACK, WITHDRAW, Move
from council import moves
from council.desk import Desk
from council.moves import MoveView, PhaseView

_BACKWARDS = frozenset({"back", "within"})


def _move(desk: Desk, actor: str, form: Move) -> Card:
    if not form.way:
        return ways.outlook_card(moves.outlook(desk, actor, form.key))
    if form.way.lower() == WITHDRAW:
        return words.move_card(moves.withdraw(desk, actor, form.key))
    choice = moves.choose(desk, actor, form.key, form.way, form.change)
    if choice.step:
        return phase.step_card(moves.go_to_step(desk, actor, form.key, choice.step))
    return _ask(form, choice) or _went(
        moves.propose(desk, actor, form.key, choice.ways[0].id, form.reason, choice.change), actor
    )


def _ask(form: Move, choice: moves.Choice) -> Card | None:
    """Return what is to be asked before it is clear which way is meant, if anything is."""
    several, found, why = len(choice.ways) > 1, choice.ways, form.reason
    happened = why and not several  # it was said, and there is one way only
    if form.way.lower() == BACK and not choice.change and not happened:
        return going_back.what_happened_card(form.key, found, why)
    back = all(way.kind in _BACKWARDS for way in found)
    open_change = not choice.change and (several or len(found[0].changes) > 1)
    if back and open_change:
        return going_back.what_change_card(form.key, found, why)
    return ways.which_way_card(form.key, found, why) if several else None


def _went(found: MoveView | PhaseView, actor: str) -> Card:
    if isinstance(found, PhaseView):
        return phase.moved_card(found, actor)
    return words.move_card(found)


def accept(desk: Desk, actor: str, form: Accept) -> Card:
    """Agree to a proposed move."""
    return _went(moves.answer(desk, actor, form.ref, agree=True), actor)


def decline(desk: Desk, actor: str, form: Decline) -> Card:
    """Say "not yet" to a proposed move, or be asked for the line of why."""
    if not form.reason:
        return words.why_not_card(form.ref)
    return _went(moves.answer(desk, actor, form.ref, agree=False, line=form.reason), actor)


def done(desk: Desk, actor: str, form: Done) -> Card:
    """Check off an item of a phase, finish its step, or show what is still open."""
    if not form.item:
        return checklist.lists_card(moves.phase_lists(desk, actor, form.key), actor)
    if form.undo:
        return checklist.lists_card(moves.uncheck(desk, actor, form.key, form.item), actor)
    shown = moves.Evidence(form.link, form.note)
    found = moves.check(desk, actor, form.key, form.item, shown)
    if isinstance(found, PhaseView):
        return phase.step_card(found)
    return checklist.lists_card(found, actor)


WRITES: Mapping[type, Runner] = {Move: _move}
READS: Mapping[type, Runner] = {}
