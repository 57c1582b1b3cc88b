"""An initiative goes live, or comes back: what waited there without a clock gets one now.

While it only watched: cases come first, with their cards; then packets, proposed moves and huddles
that were begun meanwhile. Taking it back stops them all. While it was archived: cases, because
nothing else begins there.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from council import agenda, handoffs, huddles, initiatives, moves
from council.cases import follow, restarting, waking
from council.desk import Desk
from council.initiatives import Kept, archiving
from council.tables import Initiative

# The clocks of what waits for people, besides those of cases.
_KINDS = ("handoff.remind", "handoff.escalate", "move.remind", "move.escalate", "huddle.decide")


def go_live(desk: Desk, actor: str, key: str) -> Kept:
    """Let an imported initiative call its people from now on; raises Conflict if it does already.

    Whatever is open there gets its clock, and the cards of cases go where they belong.
    """
    found = waking.go_live(desk, actor, key)
    initiative = initiatives.get(desk, key)
    handoffs.start_clocks(desk, initiative)
    moves.start_clocks(desk, initiative)
    huddles.start_clocks(desk, initiative)
    return found


def take_out(desk: Desk, actor: str, key: str) -> Kept:
    """Take an archived initiative out again, as it was; raises Conflict if it is not archived."""
    return restore(desk, actor, *initiatives.taken_out(desk, actor, key))


def restore(desk: Desk, actor: str, initiative: Initiative, before: Mapping[str, Any]) -> Kept:
    """Bring an archived initiative back to what it was.

    The cases that came up or got worse meanwhile are told now, as if they came up now.
    """
    about = f"initiative:{initiative.id}"
    away = desk.books.ledger.of_kind(about, archiving.ARCHIVED)[-1:]
    found = initiatives.restore(desk, actor, initiative, dict(before))
    if not away or initiative.state != "active":
        return found
    missed = waking.missed(desk, initiative, away[0])
    restarting.stop(desk, missed)
    waking.wake(desk, actor, initiative, missed)
    return replace(found, meanwhile=tuple(f"C-{case.number}" for case in missed))


def watch_again(desk: Desk, initiative: Initiative) -> None:
    """Let an initiative only watch again: the clocks stop, the cards stay and say so."""
    initiative.state = "watching"
    desk.books.add(initiative)
    found = desk.books.cases.open_of(initiative.id)
    restarting.stop(desk, found)
    waiting = desk.books.handoffs.unanswered([initiative.id])
    meeting = desk.books.huddles.open_of(initiative.id)
    agenda.cancel(desk, _KINDS, [*(each.id for each in waiting), *(each.id for each in meeting)])
    if proposed := desk.books.moves.proposed(initiative.id):
        agenda.cancel(desk, _KINDS, [proposed.id])
    for handoff in waiting:
        handoff.accept_by = None
        desk.books.add(handoff)
    for huddle in meeting:
        huddle.decide_by = None
        desk.books.add(huddle)
    for case in found:
        follow.announce(desk, case, "changed")
    initiatives.tell_shelf(desk, initiative)
