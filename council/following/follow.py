"""After a change: cards brought up to date, clocks moved, whoever is newly asked rung once."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from council import outbox
from council.calendar import Hours
from council.desk import Desk
from council.following.asked import asked
from council.following.clocks import COUNCIL, move_clocks
from council.following.private import withdraw
from council.following.terms import Before, Open
from council.moves import announce_visit
from council.notices import (
    Audience,
    CaseCard,
    CaseReply,
    DecisionCard,
    DecisionReply,
    HandoffCard,
    HandoffReply,
    HuddleCard,
    HuddleReply,
    MoveCard,
    MoveReply,
    Notice,
    ReviewCard,
    ReviewReply,
)
from council.tables import Initiative

__all__ = ["COUNCIL", "changes", "follow", "seeing_all"]

_CARDS: Mapping[str, Callable[[str, str, Audience], Notice]] = {
    "case": CaseCard,
    "handoff": HandoffCard,
    "move": MoveCard,
    "huddle": HuddleCard,
    "decision": DecisionCard,
    "review": ReviewCard,
}
_REPLIES: Mapping[str, Callable[[str, str, tuple[str, ...]], Notice]] = {
    "case": CaseReply,
    "handoff": HandoffReply,
    "move": MoveReply,
    "huddle": HuddleReply,
    "decision": DecisionReply,
    "review": ReviewReply,
}
_NOBODY_MOVED: Mapping[str, Hours] = {}

# A conversation, and for whom a card stands there.
Shown = tuple[str, Audience]


@contextmanager
def changes(desk: Desk, actor: str, initiative: Initiative) -> Iterator[None]:
    """Have everything open on an initiative follow what is changed within.

    People, their absences, the name, who may see it, the playbook.
    """
    with seeing_all(desk):
        before = asked(desk, initiative)
    yield
    follow(desk, actor, initiative, before)


def follow(
    desk: Desk,
    actor: str,
    initiative: Initiative,
    before: Before,
    *,
    told: Collection[str] = (),
    walls: Mapping[str, Hours] = _NOBODY_MOVED,
) -> None:
    """Bring everything open on an initiative up to date with its people, name and place.

    Whoever is newly asked is rung once, directly where the card goes to people; never the actor,
    nor anybody in `told`, who hear of it otherwise. `walls` holds the former hours of people who
    work by others now.
    """
    with seeing_all(desk):
        _follow(desk, initiative, before, {actor, *told}, walls)


def _follow(
    desk: Desk,
    initiative: Initiative,
    before: Before,
    heard: Collection[str],
    walls: Mapping[str, Hours],
) -> None:
    now = asked(desk, initiative)
    moved_on = now.place != before.place
    anew = moved_on or (now.name, now.playbook) != (before.name, before.playbook)
    pairs = [(before.open[key], item) for key, item in now.open.items() if key in before.open]
    moved = move_clocks(desk, initiative, pairs, walls)
    changed = [
        (was, item)
        for was, item in pairs
        if anew or item.subject in moved or (was.asked, was.named) != (item.asked, item.named)
    ]
    shown = _shown(desk, [item for _, item in changed])
    rings = initiative.state == "active"
    notices: list[tuple[str, Notice]] = []
    for was, item in changed:
        fresh = [each for each in item.asked if each not in was.asked] if rings else []
        new = tuple(each for each in fresh if each not in heard)
        change = "rescheduled" if item.subject in moved else "changed"
        where = _where(item, new, shown[item.subject], everywhere=moved_on and rings)
        notices += _cards(item, change, where) + _replies(item, new, shown[item.subject])
    outbox.put(desk, notices)
    if anew or now.who != before.who:
        number = desk.books.moves.current_visit_number(initiative.id)
        announce_visit(desk, initiative, number, "worked_on")
    if initiative.private and moved_on:
        withdraw(desk, initiative)


def _where(item: Open, new: tuple[str, ...], shown: set[Shown], *, everywhere: bool) -> set[Shown]:
    """Return where cards on something open are to be, and for whom.

    One that was not shown somewhere goes where whoever is new reads it; with `everywhere`,
    wherever it belongs now.
    """
    known = {lane for lane, _ in shown} | {outbox.NOBODY}
    return shown | {
        (lane, item.audience)
        for lane in item.lanes
        if lane not in known and ((everywhere and item.posted) or _called(lane, new))
    }


def _cards(item: Open, change: str, where: set[Shown]) -> list[tuple[str, Notice]]:
    card = _CARDS[item.noun]
    return [(lane, card(item.id, change, audience)) for lane, audience in sorted(where)]


def _replies(item: Open, new: tuple[str, ...], shown: set[Shown]) -> list[tuple[str, Notice]]:
    """Return what rings whoever is new, where the card was shown; a new card rings by itself."""
    known, reply = {lane for lane, _ in shown}, _REPLIES[item.noun]
    return [
        (lane, reply(item.id, item.why, ring))
        for lane in item.lanes
        if lane in known and (ring := _called(lane, new))
    ]


def _called(lane: str, new: tuple[str, ...]) -> tuple[str, ...]:
    """Return who of the new ones is called in a conversation: nobody reads another's."""
    if not lane.startswith("person:"):
        return new
    return tuple(each for each in new if lane == f"person:{each}")


def _shown(desk: Desk, items: Collection[Open]) -> dict[str, set[Shown]]:
    """Return by subject where, and for whom, cards were put."""
    found: dict[str, set[Shown]] = {each.subject: set() for each in items}
    for lane, subject, audience in desk.books.outbox.told(found):
        found[subject].add((lane, Audience(audience)))
    return found


@contextmanager
def seeing_all(desk: Desk) -> Iterator[None]:
    """Look as the council itself does: what follows does not depend on who brought it about."""
    before = desk.books.sights.look(None)
    try:
        yield
    finally:
        desk.books.sights.look(before)
