"""The days of an absence on the calendar of whoever is away, and what comes due for it."""

from datetime import date, datetime, time, timedelta

from council import agenda
from council.desk import Desk
from council.errors import Invalid
from council.people.hours import hours_of
from council.tables import Absence

ASK, BEGIN, END = "absence.ask", "absence.begin", "absence.end"
# The period of a row that waits until somebody is at work: only what waits for them is to be said.
LIST = "list"


def moments(
    desk: Desk, person: str, first: date, last: date | None
) -> tuple[datetime, datetime | None]:
    """Return the midnights, in the person's own zone, between which they are away."""
    hours = hours_of(desk, person)
    if last is not None and last < first:
        raise Invalid("last day", last.isoformat(), "before_first")
    ends = hours.on(last + timedelta(days=1), time(0)) if last else None
    if ends is not None and ends <= desk.now():
        raise Invalid("last day", str(last), "past")
    return hours.on(first, time(0)), ends


def taken(
    desk: Desk, person: str, days: tuple[datetime, datetime | None], but: str = ""
) -> Absence | None:
    """Return the absence that covers some of these days already, if another one does than `but`."""
    starts, ends = days
    for other in desk.books.absences.live_of(person):
        begins = ends is None or other.starts_at < ends
        goes_on = other.ends_at is None or starts < other.ends_at
        if begins and goes_on and other.id != but:
            return other
    return None


def set_clocks(desk: Desk, row: Absence) -> None:
    """Put on the agenda when whoever leaves is asked, and when the absence starts and ends."""
    due = [agenda.Due(END, row.id, row.ends_at)] if row.ends_at else []
    if row.starts_at > desk.now():
        due.append(agenda.Due(BEGIN, row.id, row.starts_at))
    asks = _day_before(desk, row)
    if asks > desk.now():
        due.append(agenda.Due(ASK, row.id, asks))
    agenda.schedule(desk, due)


def _day_before(desk: Desk, row: Absence) -> datetime:
    """Return when the working day before an absence begins for whoever leaves."""
    hours = hours_of(desk, row.person_id)
    day = hours.local(row.starts_at).date()
    for _ in range(14):  # nobody's days off are longer, or then no day is better than another
        day -= timedelta(days=1)
        if hours.works_on(day):
            break
    return hours.on(day, hours.opens)
