"""Who sits in a huddle: who decides, who takes part, who hears of it, who has the last word."""

from dataclasses import dataclass

from council import initiatives, people
from council.desk import Desk
from council.people import LEAD_ROLE, Called, Member, Roster
from council.playbook import Playbook, Relation, Span, clock_for, relations, route
from council.playbook.policy import RoleIds
from council.tables import Initiative

# The clock of a huddle that is about no case.
USUAL = "S3"


@dataclass(frozen=True, slots=True)
class Seats:
    """The people of a huddle as the playbook calls them now."""

    playbook: Playbook
    roster: Roster
    deciders: tuple[Called, ...]
    participants: tuple[Called, ...]
    informed: tuple[Called, ...]

    @property
    def decider_ids(self) -> tuple[str, ...]:
        """The deciders' ids, in the playbook's order."""
        return tuple(each.member.id for each in self.deciders)


def seats(desk: Desk, initiative: Initiative, signal_class: str = "") -> Seats:
    """Return who sits there: by the signal class, else by where the initiative stands."""
    playbook = initiatives.playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    decide, take_part, hear = _roles(playbook, initiative, signal_class)
    deciders = who.call(decide or (LEAD_ROLE,))
    known = {each.member.id for each in deciders}
    participants = tuple(each for each in who.call(take_part) if each.member.id not in known)
    known |= {each.member.id for each in participants}
    informed = tuple(each for each in who.call(hear) if each.roles and each.member.id not in known)
    return Seats(playbook, who, deciders, participants, informed)


def _roles(
    playbook: Playbook, initiative: Initiative, signal_class: str
) -> tuple[RoleIds, RoleIds, RoleIds]:
    if signal_class:
        way = route(playbook, signal_class)
        return way.decide, way.huddle, way.inform
    found = relations(playbook, initiative.phase, initiative.step or None)
    around = (*found.get(Relation.SUPPORT, ()), *found.get(Relation.CONSULT, ()))
    return found.get(Relation.LEAD, ()), around, found.get(Relation.INFORM, ())


def decision_lead(desk: Desk, initiative: Initiative, at: Seats) -> Member | None:
    """Return who has the last word: who was named, else who leads the phase first; None: nobody."""
    found = people.members(desk, [initiative.decision_lead]) if initiative.decision_lead else ()
    for role in at.playbook.phases[initiative.phase].lead:
        found += at.roster.acting(role)
    return next(iter(found), None)


def decide_span(playbook: Playbook, severity: str) -> Span | None:
    """Return how long there is to decide; None where the next digest is early enough."""
    span = clock_for(playbook, severity or USUAL).decide
    return span if isinstance(span, Span) else None


def own_word_span(playbook: Playbook, severity: str) -> Span | None:
    """Return how long one person has who is asked for the last word; there is always a clock."""
    return decide_span(playbook, severity) or decide_span(playbook, USUAL)
