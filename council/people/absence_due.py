"""What comes due for an absence: the day before, when it begins, when it is over."""

from council import agenda, calendar, outbox
from council.desk import Desk
from council.notices import AbsenceCard, AbsenceReply, Audience
from council.people.absence_days import BEGIN, LIST
from council.people.absences import BACK, end, tell
from council.people.absent import ACCEPTED
from council.people.hours import hours_of

COUNCIL = "council"


def ask_due(desk: Desk, absence_id: str, _period: str = "") -> None:
    """On the working day before: ask whoever leaves for a deputy, if nobody said yes yet."""
    row = desk.books.absences.by_id(absence_id)
    if row is not None and row.ended_at is None and row.deputy_state != ACCEPTED:
        tell(desk, row, "unanswered")


def begin_due(desk: Desk, absence_id: str, _period: str = "") -> None:
    """When it starts, as soon as the deputy works: they get everything that is open."""
    row = desk.books.absences.by_id(absence_id)
    if row is None or row.ended_at is not None or row.deputy_state != ACCEPTED:
        return
    hours = hours_of(desk, row.deputy_id)
    if not calendar.is_open(desk.now(), hours):
        at = calendar.next_opening(desk.now(), hours)
        agenda.schedule(desk, [agenda.Due(BEGIN, row.id, at, LIST)])
    else:
        card = AbsenceCard(row.id, "begun", Audience.OWNERS, {"to": row.deputy_id})
        outbox.put(desk, [(f"person:{row.deputy_id}", card)])


def end_due(desk: Desk, absence_id: str, period: str = "") -> None:
    """When the last day is over; with `LIST`, when whoever is back is at work: say what waits."""
    row = desk.books.absences.by_id(absence_id)
    if row is not None and row.ended_at is None:
        end(desk, row, COUNCIL)
    elif row is not None and period == LIST:
        outbox.put(desk, [(f"person:{row.person_id}", AbsenceReply(row.id, BACK))])
