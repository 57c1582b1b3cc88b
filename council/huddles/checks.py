"""When the deciders are asked how a decision turned out: on the day they named, or another."""

from datetime import date, datetime, time, timedelta

from council import agenda, calendar, people
from council.desk import Desk
from council.huddles import telling
from council.people import due_for
from council.playbook import Span
from council.tables import Case, Decision

EFFECT = "decision.effect"
_HOUR = Span(60, business=True)
# After which time it is asked where nobody named a day.
_USUAL = timedelta(days=14)


def begin(desk: Desk, decision: Decision) -> None:
    """Set when the deciders are asked: on the day that they named, else two weeks on."""
    text = _named_day(decision)
    day = date.fromisoformat(text) if text else (desk.now() + _USUAL).date()
    _check_on(desk, decision, day)


def _named_day(decision: Decision) -> str:
    return str(decision.record.get("effect_check_date", ""))


def _check_on(desk: Desk, decision: Decision, day: date) -> None:
    first = next(iter(decision.deciders), "")
    decision.check_at = morning_of(desk, first, day)
    desk.books.add(decision)
    agenda.schedule(desk, [agenda.Due(EFFECT, decision.id, decision.check_at)])


def case_over(desk: Desk, case: Case) -> None:
    """Ask on the next working day how it turned out, because the case is over.

    Only of what nobody named a day for: else they know when it shows.
    """
    for row in desk.books.huddles.decisions_about(case.id, case.initiative_id):
        if row.check_at and row.asked_at is None and not row.outcome and not _named_day(row):
            tomorrow = (desk.now() + timedelta(days=1)).date()
            if row.check_at.date() > tomorrow:
                _check_on(desk, row, tomorrow)
                telling.update_decision(desk, row, "check_moved")


def morning_of(desk: Desk, person_id: str, day: date) -> datetime:
    """Return when somebody begins to work on a day, or on their next working day."""
    found = people.members(desk, [person_id])
    zone = calendar.zone(found[0].timezone if found else "")
    begins = datetime.combine(day, time(), zone)
    first_hour = due_for(desk, _HOUR, person_id, begins)
    return first_hour - timedelta(hours=1) if first_hour else begins + timedelta(hours=9)


def replace(desk: Desk, case: Case, decision: Decision) -> None:
    """Ask no more how an earlier decision on the case went, where nobody named a day for that."""
    for row in desk.books.huddles.decisions_about(case.id, case.initiative_id):
        if row.id != decision.id and row.asked_at is None and not _named_day(row):
            row.check_at = None
            desk.books.add(row)
            agenda.cancel(desk, EFFECT, [row.id])
            telling.update_decision(desk, row, "replaced")
