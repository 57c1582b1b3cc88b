"""When a span of time has passed for somebody: on their own working clock."""

from datetime import datetime

from council import calendar
from council.calendar import Hours
from council.desk import Desk
from council.people.preferences import of
from council.people.roster import Member
from council.playbook import Span


def hours_of(desk: Desk, person: str | Member) -> Hours:
    """Return when this person works, on which wall; the council's usual hours for nobody."""
    return of(desk, person).hours


def due_for(
    desk: Desk, span: Span | None, person: str | Member, since: datetime | None = None
) -> datetime | None:
    """Return when a span from `since` (now) has passed for this person; None for no span."""
    if span is None:
        return None
    begin = since or desk.now()
    if not span.business:  # a span by the clock is the same for everybody
        return calendar.after(begin, span.minutes, business=False)
    hours = hours_of(desk, person)
    return calendar.after(begin, span.minutes, business=True, hours=hours)
