"""What everybody hears of a handoff: the ledger's line, the card kept up to date, who is rung."""

from collections.abc import Iterable, Mapping
from typing import Any

from council import ledger, outbox
from council.cases.routing import QUIET
from council.desk import Desk
from council.notices import Audience, HandoffCard, HandoffReply, Notice
from council.people import Called, Member
from council.tables import Handoff, Initiative

COUNCIL = "council"
_PERSON = "person:"

Texts = Mapping[str, tuple[str, str]]


def subject(row: Handoff) -> str:
    """Return what notices and the ledger call a handoff."""
    return f"handoff:{row.id}"


def write(
    desk: Desk,
    actor: str,
    row: Handoff,
    kind: str,
    facts: Mapping[str, Any] | None = None,
    texts: Texts | None = None,
) -> None:
    """Append what happened to the ledger, with where the handoff stands now."""
    stands = {
        "initiative": row.initiative_id,
        "number": row.number,
        "definition": row.definition,
        "visit": row.visit,
        "state": row.state,
    }
    entry = ledger.Entry(kind, actor, subject(row), {**stands, **(facts or {})}, texts or {})
    ledger.append(desk, [entry])


def show(
    desk: Desk, row: Handoff, change: str, main: tuple[str, ...] = (), giver: Iterable[str] = ()
) -> None:
    """Bring every card on a handoff up to date; post it in `main`, and directly to its `giver`."""
    told = desk.books.outbox.told([subject(row)])
    shown = {(lane, Audience(audience)) for lane, _, audience in told}
    shown |= {(lane, Audience.OWNERS) for lane in main}
    shown |= {(f"{_PERSON}{person}", Audience.PERSON) for person in giver}
    cards: list[tuple[str, Notice]] = [
        (lane, HandoffCard(row.id, change, audience)) for lane, audience in sorted(shown)
    ]
    outbox.put(desk, cards)


def ring(
    desk: Desk, row: Handoff, why: str, people: Iterable[Member], main: tuple[str, ...]
) -> None:
    """Mention, in the card's thread, those who must act anew; nobody else.

    Where each of them has a card of their own, nobody reads another's name.
    """
    ids = tuple(dict.fromkeys(each.id for each in people))
    replies: list[tuple[str, Notice]] = []
    for lane in main:
        own = lane.removeprefix(_PERSON)
        called = ids if own == lane else tuple(each for each in ids if each == own)
        if called:
            replies.append((lane, HandoffReply(row.id, why, called)))
    outbox.put(desk, replies)


def call(
    desk: Desk,
    row: Handoff,
    initiative: Initiative,
    why: str,
    people: Iterable[Member],
    main: tuple[str, ...],
) -> None:
    """Ring those who must act: in the thread of a channel, else each directly.

    Directly it is a reply to the card that somebody has, or the card itself. Of what only watches
    nobody but the council leads hears.
    """
    asked = tuple({each.id: each for each in people}.values())
    if not all(lane.startswith(_PERSON) for lane in main):
        ring(desk, row, why, asked, main)
        return
    if initiative.state in QUIET:
        return
    have = {lane for lane, _, _ in desk.books.outbox.told([subject(row)])}
    lanes = tuple(f"{_PERSON}{each.id}" for each in asked)
    card = HandoffCard(row.id, why)
    outbox.put(desk, [(lane, card) for lane in lanes if lane not in have])
    ring(desk, row, why, asked, tuple(lane for lane in lanes if lane in have))


def members(called: Iterable[Called]) -> tuple[Member, ...]:
    """Return the people who are called."""
    return tuple(each.member for each in called)
