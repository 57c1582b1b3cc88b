"""Answers to what was asked: the letter of the key says which noun takes them."""

from collections.abc import Callable, Mapping

from bot.cards.model import Card
from bot.commands import handoffs, huddles, moves, people
from bot.commands.runner import Runner
from bot.grammar.nouns.answers import Accept, Decline, Done
from council.desk import Desk
from council.errors import NotFound

# By the letter of the key: what runs the answer.
ACCEPTED: Mapping[str, Callable[[Desk, str, Accept], Card]] = {
    "A": people.accept,
    "D": huddles.confirm,
    "H": handoffs.accept,
    "M": moves.accept,
}
DECLINED: Mapping[str, Callable[[Desk, str, Decline], Card]] = {
    "A": people.decline,
    "D": huddles.contest,
    "H": handoffs.decline,
    "M": moves.decline,
}
DONE: Mapping[str, Callable[[Desk, str, Done], Card]] = {
    "": moves.done,
    "D": huddles.did,
    "H": handoffs.done,
    "V": huddles.look_back,
}


def _accept(desk: Desk, actor: str, form: Accept) -> Card:
    run = ACCEPTED.get(form.ref[0])
    if run is None:
        raise NotFound("handoff", form.ref)
    return run(desk, actor, form)


def _decline(desk: Desk, actor: str, form: Decline) -> Card:
    run = DECLINED.get(form.ref[0])
    if run is None:
        raise NotFound("handoff", form.ref)
    return run(desk, actor, form)


def _done(desk: Desk, actor: str, form: Done) -> Card:
    run = DONE.get(form.ref[:1])  # without a reference: of a phase's lists
    if run is None:
        raise NotFound("handoff", form.ref)
    return run(desk, actor, form)


WRITES: Mapping[type, Runner] = {Accept: _accept, Decline: _decline, Done: _done}
READS: Mapping[type, Runner] = {}
