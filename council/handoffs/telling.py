"""What everybody hears of a handoff: the ledger's line, the card kept up to date, who is rung."""

from collections.abc import Iterable, Mapping
from typing import Any

from council import ledger, outbox
from council.desk import Desk
from council.notices import Audience, HandoffCard, HandoffReply, Notice
from council.people import Called, Member
from council.tables import Handoff, Initiative

COUNCIL = "council"

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
    shown |= {(f"person:{person}", Audience.PERSON) for person in giver}
    cards: list[tuple[str, Notice]] = [
        (lane, HandoffCard(row.id, change, audience)) for lane, audience in sorted(shown)
    ]
    outbox.put(desk, cards)


def stay_ended(desk: Desk, initiative: Initiative, visit: int) -> None:
    """Bring up to date the cards on handoffs that were taken in a stay which is over now."""
    for row in desk.books.handoffs.of(initiative.id):
        if row.visit == visit and row.state.startswith("accepted"):
            show(desk, row, "changed")


def ring(
    desk: Desk, row: Handoff, why: str, people: Iterable[Member], main: tuple[str, ...]
) -> None:
    """Mention, in the card's thread, those who must act anew; nobody else."""
    ids = tuple(dict.fromkeys(each.id for each in people))
    if ids:
        outbox.put(desk, [(lane, HandoffReply(row.id, why, ids)) for lane in main])


def members(called: Iterable[Called]) -> tuple[Member, ...]:
    """Return the people who are called."""
    return tuple(each.member for each in called)
