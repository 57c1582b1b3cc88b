"""The clock of a huddle: until when somebody chooses, and when whoever has not is reminded."""

from collections.abc import Sequence
from datetime import datetime

from council import agenda, calendar
from council.desk import Desk
from council.people import Member, hours_of
from council.tables import Huddle

DECIDE = "huddle.decide"
# The period of the one reminder before the time is over.
REMIND = "remind"


def set_time(desk: Desk, huddle: Huddle, by: datetime | None, asked: Sequence[Member]) -> None:
    """Have a huddle end `by` then (None: it waits), and remind once, halfway, while people work."""
    huddle.decide_by = by
    desk.books.add(huddle)
    agenda.cancel(desk, DECIDE, [huddle.id])
    if by is None:
        return
    due = [agenda.Due(DECIDE, huddle.id, by)]
    if asked:
        due.append(agenda.Due(DECIDE, huddle.id, _halfway(desk, by, asked[0]), REMIND))
    agenda.schedule(desk, due)


def stop(desk: Desk, huddle: Huddle) -> None:
    """Stop the clock of a huddle that is over."""
    huddle.decide_by = None
    desk.books.add(huddle)
    agenda.cancel(desk, DECIDE, [huddle.id])


def _halfway(desk: Desk, by: datetime, who: Member) -> datetime:
    middle = desk.now() + (by - desk.now()) / 2
    opening = calendar.next_opening(middle, hours_of(desk, who))
    return opening if opening < by else middle
