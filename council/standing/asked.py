"""What somebody asks about one step, one role or one person."""

from council import initiatives, people
from council.desk import Desk
from council.errors import NotFound
from council.people import LEAD_ROLE
from council.playbook import Phase, Playbook, Role, Step, UnknownName, phases_in_order
from council.playbook.names import nearest
from council.standing.day import role_line
from council.standing.facts import PersonStanding, RoleStanding, StandsWhere, StepStanding
from council.standing.place import lessons_of
from council.standing.steps import step_standing
from council.tables import Initiative


def part(desk: Desk, key: str, text: str) -> StepStanding | RoleStanding | PersonStanding:
    """Return what a step, a role or a person is on an initiative.

    A step of the present phase goes first, then a role, then a step of another phase, then whoever
    is called so. Raises NotFound with what is near.
    """
    initiative = initiatives.get(desk, key)
    playbook = initiatives.playbook_of(desk, initiative)
    here, who = playbook.phases[initiative.phase], people.roster(desk, initiative)
    others = [each for each in phases_in_order(playbook) if each.id != here.id]
    if step := _step_called(playbook, here, text):
        return step_standing(desk, initiative, who, here, step)
    try:
        return role_standing(desk, initiative, playbook.find_role(text))
    except UnknownName:
        pass
    for phase in others:
        if step := _step_called(playbook, phase, text):
            return step_standing(desk, initiative, who, phase, step)
    try:
        return person(desk, text)
    except NotFound as nobody:
        known = [each.name for each in here.steps.values()]
        known += [each.name for each in playbook.roles.values()]
        near = nearest(text, known) or nobody.nearest
        raise NotFound("step, role or person", text, near) from None


def _step_called(playbook: Playbook, phase: Phase, text: str) -> Step | None:
    try:
        return phase.steps[playbook.find_step(phase.id, text)]
    except UnknownName:
        return None


def role_standing(desk: Desk, initiative: Initiative, role: str) -> RoleStanding:
    """Return who holds a role, who acts for them, where it stands, and what is learned in it."""
    playbook = initiatives.playbook_of(desk, initiative)
    who, found = people.roster(desk, initiative), playbook.role(role)
    acting = () if role == LEAD_ROLE else who.call([role])
    return RoleStanding(
        key=initiative.key,
        initiative_name=initiative.name,
        role=role,
        role_name=found.name,
        members=who.holders(role),
        acting=acting,
        leads=who.leads,
        duties=found.duties if isinstance(found, Role) else (),
        comfort=found.comfort_zone if isinstance(found, Role) else (),
        where=tuple(
            StandsWhere(each.name, each.id == initiative.phase, *_stands(each, role))
            for each in phases_in_order(playbook)
            if any(_stands(each, role))
        ),
        lessons=tuple(
            each
            for each in lessons_of(playbook, playbook.phases[initiative.phase], who)
            if each.role == role
        ),
        roles=initiatives.role_names(playbook),
    )


def _stands(phase: Phase, role: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return how a role stands to a phase, and the names of the steps that it leads there."""
    stated = phase.stated().items()
    here = tuple(str(relation) for relation, roles in stated if role in roles)
    return here, tuple(each.name for each in phase.steps.values() if role in each.lead)


def person(desk: Desk, text: str) -> PersonStanding:
    """Return where a person has a part, their zone, and who stands in while they are away.

    Only what whoever looks may see. Raises as `people.find` does.
    """
    row = people.find(desk, text)
    [member] = people.members(desk, [row.id])
    held = people.parts_of(desk, row.id)
    return PersonStanding(
        member,
        desk.now(),
        tuple(role_line(desk, initiative, role) for initiative, role in held),
        people.is_lead(desk, row.id),
        people.my_absences(desk, row.id),
        people.members(desk, people.stands_in_for(desk, row.id)),
    )
