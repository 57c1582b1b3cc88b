"""Who does what in a phase, and at each of its steps."""

from collections.abc import Mapping

from council import initiatives
from council.desk import Desk
from council.people import Roster
from council.playbook import Phase, Playbook, Relation, Step, relations
from council.standing.facts import Part, StepStanding
from council.tables import Initiative


def parts_at(
    playbook: Playbook, who: Roster, stands: Mapping[Relation, tuple[str, ...]]
) -> tuple[Part, ...]:
    """Return the parts of these roles, in the order of their weight; learning is told apart."""
    return tuple(
        Part(str(relation), role, playbook.role(role).name, who.holders(role))
        for relation in Relation
        if relation is not Relation.LEARN
        for role in stands.get(relation, ())
    )


def step_standing(
    desk: Desk, initiative: Initiative, who: Roster, phase: Phase, step: Step
) -> StepStanding:
    """Return who does what at one step."""
    playbook = initiatives.playbook_of(desk, initiative)
    order = list(phase.steps)
    return StepStanding(
        initiative.key,
        initiative.name,
        phase.name,
        step.name,
        order.index(step.id) + 1,
        len(order),
        (initiative.phase, initiative.step) == (phase.id, step.id),
        parts_at(playbook, who, _relations(playbook, phase, step)),
        tuple(each.text for each in step.checklist),
    )


def _relations(playbook: Playbook, phase: Phase, step: Step) -> Mapping[Relation, tuple[str, ...]]:
    """Return the roles that stand at a step: those it states; who leads, if it does not say."""
    stated = {relation: roles for relation, roles in step.stated().items() if roles}
    if Relation.LEAD in stated:
        return stated
    leading = relations(playbook, phase.id, step.id).get(Relation.LEAD, ())
    return {Relation.LEAD: leading, **stated}
