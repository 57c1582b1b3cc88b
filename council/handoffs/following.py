"""What follows for packets and conditions when a stay ends, comes back, or goes live."""

from council import agenda
from council.desk import Desk
from council.handoffs import clocks, conditions, telling
from council.store.handoffs import TAKEN
from council.tables import Initiative


def start_clocks(desk: Desk, initiative: Initiative) -> None:
    """Start the clocks of what waited before they ran: the initiative goes live."""
    clocks.start_all(desk, initiative)
    conditions.start_all(desk, initiative)


def stay_ended(desk: Desk, initiative: Initiative, visit: int) -> None:
    """Let offers and conditions follow when the stay of this number is over, or goes on again.

    What no way waits for any more has no clock, and the cards say so.
    """
    for row in desk.books.handoffs.of(initiative.id):
        if row.state == "offered":
            clocks.follow_stay(desk, initiative, row)
        elif row.state in TAKEN and row.visit == visit:
            agenda.cancel(desk, clocks.CONDITION, [row.id])
            telling.show(desk, row, "changed")
    conditions.start_all(desk, initiative)
