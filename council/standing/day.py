"""What waits for one person, and where they have a part."""

from collections.abc import Callable, Mapping

from council import handoffs, huddles, initiatives, moves, people
from council.desk import Desk
from council.standing.facts import MyDay, OpenCase
from council.standing.place import line
from council.tables import Initiative
from council.waits import Waiting

# Each tells what of its own waits for a person, on whatever initiative.
OPEN: tuple[Callable[[Desk, str], tuple[Waiting, ...]], ...] = (
    moves.open_of,
    handoffs.open_of,
    huddles.open_of,
)


def my_day(desk: Desk, person_id: str) -> MyDay:
    """Return what waits for a person, and where they have a part."""
    held = people.parts_of(desk, person_id)
    lead = people.is_lead(desk, person_id)
    found: dict[str, OpenCase] = {}
    waiting = desk.books.cases.open_of(*{one.id for one, _ in held})
    waiting += desk.books.cases.asked_of(person_id)
    if lead:
        waiting += desk.books.cases.page((1 << 31) - 1, 200, "open")
    owners: Mapping[str, Initiative] = desk.books.initiatives.by_ids(
        case.initiative_id for case in waiting
    )
    for case in waiting:
        shown = line(desk, case, owners[case.initiative_id])
        if any(member.id == person_id for member in shown.people):
            found[shown.key] = shown
    return MyDay(
        people.members(desk, [person_id])[0],
        tuple(each for each in found.values() if each.status == "open"),
        tuple(each for each in found.values() if each.status == "acknowledged"),
        tuple(role_line(desk, initiative, role) for initiative, role in held),
        lead,
        tuple(each for tell in OPEN for each in tell(desk, person_id)),
        handoffs.held_up(desk, person_id),
    )


def role_line(desk: Desk, initiative: Initiative, role: str) -> tuple[str, str, str, str]:
    """Return where somebody has a role: key, name, role and present phase."""
    playbook = initiatives.playbook_of(desk, initiative)
    phase = playbook.phases[initiative.phase]
    return initiative.key, initiative.name, playbook.role(role).name, phase.name
