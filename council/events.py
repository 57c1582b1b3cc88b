"""What happened is told to one other program, if there is one: each link of the ledger, in order.

The notices are put in the transaction that added the links, so that none is lost and none is told
of what did not happen. What a link says is read when it is told.
"""

from council import outbox
from council.desk import Desk
from council.notices import Event

LANE = "events:webhook"


def tell(desk: Desk) -> None:
    """Put a notice for each link that this desk has added; called once, after the use case."""
    outbox.put(desk, [(LANE, Event(seq)) for seq in desk.recorded])
    desk.recorded.clear()
