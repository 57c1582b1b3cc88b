"""What a playbook says about a phase: who stands where, what is learned, and which ways lead on."""

from council.playbook.names import UnknownName, nearest
from council.playbook.parts import (
    ChecklistItem,
    Handoff,
    Learn,
    PacketItem,
    Phase,
    Relation,
    Role,
    Step,
    Transition,
)
from council.playbook.policy import Origin, RoleIds
from council.playbook.types import Playbook

_ADDED_UP_TO_TIER = 2
# One may lead or be concerned, and stand otherwise too.
_BESIDE = (Relation.LEAD, Relation.CONCERNED)


def first_phase(playbook: Playbook) -> Phase:
    """Return the phase in which an initiative begins."""
    return min(playbook.phases.values(), key=lambda phase: phase.order)


def first_step(phase: Phase) -> Step | None:
    """Return the step with which a phase begins, if it has steps."""
    return next(iter(phase.steps.values()), None)


def production_phases(playbook: Playbook) -> tuple[Phase, ...]:
    """Return the phases in which a model serves, in order."""
    return tuple(phase for phase in phases_in_order(playbook) if phase.production)


def phases_in_order(playbook: Playbook) -> tuple[Phase, ...]:
    """Return all phases in the order of the life cycle."""
    return tuple(sorted(playbook.phases.values(), key=lambda phase: phase.order))


def relations(
    playbook: Playbook, phase_id: str, step_id: str | None = None
) -> dict[Relation, RoleIds]:
    """Return the roles in each relation that somebody has there; raises UnknownName.

    A relation that the step states goes before the phase's, and whoever the step names stands there
    as it says, beside leading or being concerned; learning belongs to the phase.
    """
    phase = playbook.phase(phase_id)
    found = phase.stated()
    if step_id is not None:
        found = _at_step(found, _step(phase, step_id).stated())
    found[Relation.LEARN] = tuple(
        role for role in playbook.roles if learning_at(playbook, role, phase_id)
    )
    return {relation: found[relation] for relation in Relation if found.get(relation)}


def _at_step(
    inherited: dict[Relation, RoleIds], stated: dict[Relation, RoleIds]
) -> dict[Relation, RoleIds]:
    """Lay what a step states over its phase; nobody both leads and, by the phase, supports it."""
    named = {
        role
        for relation, roles in stated.items()
        if relation is not Relation.CONCERNED
        for role in roles
    }
    kept = {
        relation: roles
        if relation in _BESIDE
        else tuple(role for role in roles if role not in named)
        for relation, roles in inherited.items()
    }
    return kept | stated


def _step(phase: Phase, step_id: str) -> Step:
    if step_id not in phase.steps:
        raise UnknownName("step", step_id, nearest(step_id, phase.steps))
    return phase.steps[step_id]


def learning_at(playbook: Playbook, role_id: str, phase_id: str) -> tuple[Learn, ...]:
    """Return what a role learns in a phase, and from which role."""
    role = playbook.role(role_id)
    learns = role.learns if isinstance(role, Role) else ()
    return tuple(learn for learn in learns if phase_id in learn.phases)


def comfort_zone(playbook: Playbook, role_id: str) -> tuple[str, ...]:
    """Return what a role is at home in; nothing for the council's own roles."""
    role = playbook.role(role_id)
    return role.comfort_zone if isinstance(role, Role) else ()


def transitions_from(playbook: Playbook, phase_id: str) -> tuple[Transition, ...]:
    """Return the ways that lead on from a phase, in the playbook's order."""
    phase = playbook.phase(phase_id)
    return tuple(each for each in playbook.transitions.values() if each.source == phase.id)


def transition_for(playbook: Playbook, phase_id: str, decision: str) -> Transition | None:
    """Return the way that a decision takes from a phase; None if nothing moves."""
    ways = transitions_from(playbook, phase_id)
    return next((each for each in ways if decision in each.choose), None)


def entry_items(phase: Phase, tier: int) -> tuple[ChecklistItem, ...]:
    """Return what an initiative of this tier must have to enter a phase."""
    return _asked_of(phase.entry, tier)


def exit_items(phase: Phase, tier: int) -> tuple[ChecklistItem, ...]:
    """Return what an initiative of this tier must have to leave a phase."""
    return _asked_of(phase.exit, tier)


def _asked_of(items: tuple[ChecklistItem, ...], tier: int) -> tuple[ChecklistItem, ...]:
    return tuple(each for each in items if _applies(each, tier))


def asked_in(item: ChecklistItem) -> tuple[int, ...]:
    """Return the only tiers that an item is asked of; none where it is asked of all."""
    if item.tiers or item.origin is Origin.SEED:
        return item.tiers
    return tuple(range(1, _ADDED_UP_TO_TIER + 1))


def _applies(item: ChecklistItem, tier: int) -> bool:
    tiers = asked_in(item)
    return not tiers or tier in tiers


def packet_items(playbook: Playbook, handoff: Handoff, tier: int) -> tuple[PacketItem, ...]:
    """Return what is handed over; the lower tiers hand over a short packet, the same everywhere."""
    light = playbook.handoff.light
    if light is None or tier not in light.tiers:
        return handoff.packet
    return tuple(PacketItem.model_validate({"text": text}) for text in light.packet)
