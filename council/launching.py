"""An initiative goes live: what waited there while it only watched gets its clock now.

Cases come first, with their cards; then packets, proposed moves and huddles that were begun
meanwhile. Taking it back stops them all.
"""

from council import agenda, handoffs, huddles, initiatives, moves
from council.cases import follow, restarting, waking
from council.desk import Desk
from council.initiatives import Kept
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
