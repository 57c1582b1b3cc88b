"""What is open with somebody, as if they were here; and who could stand in for them."""

from collections.abc import Iterator

from council import handoffs, huddles, moves, people
from council.cases import views
from council.cases.routing import calling
from council.desk import Desk
from council.people import AbsenceView, Member
from council.tables import Case, Initiative
from council.waits import Waiting

_LOOKED_AT = 10


def open_with(desk: Desk, person_id: str) -> tuple[Waiting, ...]:
    """Return what would wait for somebody who were here: cases, handoffs, moves, huddles.

    A case has the code `in_hand` if the person took it, else `answer_case`.
    """
    with desk.books.absences.as_if_here(person_id):
        return (
            *_cases(desk, person_id),
            *handoffs.open_of(desk, person_id),
            *moves.open_of(desk, person_id),
            *huddles.open_of(desk, person_id),
        )


def _cases(desk: Desk, person_id: str) -> Iterator[Waiting]:
    part = {one.id: one for one, _ in desk.books.initiatives.roles_of(person_id)}
    found = {case.id: case for case in desk.books.cases.open_of(*part)}
    found |= {case.id: case for case in desk.books.cases.asked_of(person_id)}
    known = desk.books.initiatives.by_ids(case.initiative_id for case in found.values())
    for case in sorted(found.values(), key=lambda one: (one.severity, one.number)):
        initiative = known[case.initiative_id]
        code = _part(desk, case, initiative, person_id)
        if code:
            key = views.case_key(case.number)
            about = case.signal_class
            late = case.acknowledge_by is not None and case.acknowledge_by <= desk.now()
            due = None if late else case.acknowledge_by
            yield Waiting(code, key, initiative.key, about, (), due)


def _part(desk: Desk, case: Case, initiative: Initiative, person_id: str) -> str:
    if case.status == "acknowledged":
        return "in_hand" if case.acknowledged_by == person_id else ""
    answers = desk.books.cases.answers(case.id)
    owners = calling(desk, initiative, case.signal_class, answers).owners
    return "answer_case" if any(each.member.id == person_id for each in owners) else ""


def suggested(desk: Desk, absence: AbsenceView) -> Member | None:
    """Return who could stand in: whoever holds the same roles most often and is here meanwhile."""
    roles = {role for _, role in desk.books.initiatives.roles_of(absence.member.id)}
    candidates = [
        one
        for one in desk.books.people.in_roles(roles, _LOOKED_AT)
        if one not in {absence.member.id, absence.deputy.id if absence.deputy else ""}
    ]
    away = desk.books.absences.spells(candidates)
    found = people.members(desk, [one for one in candidates if one not in away])
    return found[0] if found else None
