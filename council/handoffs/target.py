"""The phase to which a packet opens the way, and what still holds that up."""

from dataclasses import dataclass

from council.desk import Desk
from council.handoffs.finding import condition_key
from council.handoffs.parties import Parties, persons
from council.handoffs.stays import gone_on, has_begun, is_present, way_of
from council.people import Member
from council.playbook import Phase, phases_in_order
from council.store.handoffs import TAKEN
from council.tables import Handoff, Initiative


@dataclass(frozen=True, slots=True)
class Target:
    """The phase to which the packet opens the way; `overseers` gave it and oversee that phase.

    `deciders` can move the initiative there. It has `gone_on` when no way waits for the packet any
    more, and has `begun` when that is because the phase was entered by this way. `held_by` are keys
    of open conditions of packets like this one that were taken before it (`H-1/1`).
    """

    phase: str
    number: int
    name: str
    overseers: tuple[Member, ...]
    deciders: tuple[Member, ...] = ()
    gone_on: bool = False
    begun: bool = False
    held_by: tuple[str, ...] = ()


def target_of(desk: Desk, row: Handoff, initiative: Initiative, who: Parties) -> Target | None:
    """Return the phase whose way needs this handoff, and of its overseers those who gave it."""
    way = way_of(who, initiative.phase)
    if way is None:
        return None
    phase = who.playbook.phases[way.target]
    over = gone_on(desk, row, initiative, who)
    here = initiative.state == "active" and initiative.phase == way.source
    return Target(
        phase.id,
        _number(who, phase),
        phase.name,
        _overseers(who, phase, row.giver_id),
        persons(who.roster.call(way.decide)) if here and not over else (),
        over,
        has_begun(desk, row, way),
        _held_by(desk, row, initiative),
    )


def _held_by(desk: Desk, row: Handoff, initiative: Initiative) -> tuple[str, ...]:
    """Return the open conditions of packets of this kind that were taken before in this stay."""
    if row.state not in TAKEN:
        return ()
    return tuple(
        condition_key(other, condition)
        for other, condition in desk.books.handoffs.open_conditions(initiative.id)
        if other.definition == row.definition and other.id != row.id and is_present(desk, other)
    )


def _number(who: Parties, phase: Phase) -> int:
    living = [each.id for each in phases_in_order(who.playbook) if not each.terminal]
    return living.index(phase.id) + 1 if phase.id in living else 0


def _overseers(who: Parties, phase: Phase, giver_id: str) -> tuple[Member, ...]:
    found = {each.id: each for role in phase.oversee for each in who.roster.holders(role)}
    return tuple(each for each in found.values() if each.id == giver_id)
