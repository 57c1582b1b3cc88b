"""A stay in a phase as it stands, or as it ended: plain facts for cards and the API."""

from collections.abc import Mapping
from dataclasses import dataclass

from council import initiatives, people
from council.desk import Desk
from council.moves.lists import at_the_door, items
from council.moves.nextstep import NextStep, next_step
from council.moves.views import holders
from council.moves.visits import Loops, loops, seen_visit
from council.people import Called, Member, Roster
from council.playbook import (
    MoveKind,
    Phase,
    Playbook,
    Relation,
    Transition,
    relations,
    transitions_from,
)
from council.tables import Initiative, Visit


@dataclass(frozen=True, slots=True)
class PhaseView:
    """An initiative's stay in a phase; the newest one says where the initiative stands.

    `number` of `count` is the phase's place in the life cycle (0 of an end), `step_number` of
    `step_count` the step's. `open` of `asked` items are to do before `next_name` begins
    (empty where no phase follows). `next` is what has to be done next, and by whom; None where
    nothing is asked.
    """

    initiative: str
    initiative_name: str
    state: str
    now: bool
    kind: str
    phase_name: str
    number: int
    count: int
    came_from: str
    went_to: str
    trigger: str
    change: str
    step_name: str
    step_number: int
    step_count: int
    step_leads: tuple[Member, ...]
    leads: tuple[Called, ...]
    others: tuple[Called, ...]
    informed: tuple[Member, ...]
    role_names: Mapping[str, str]
    loops: Loops
    open: int
    asked: int
    next_name: str
    serving_name: str
    next: NextStep | None = None


def describe_visit(
    desk: Desk, initiative: Initiative, visit: Visit | None = None, *, compare: bool = False
) -> PhaseView:
    """Return a stay in a phase, by default the present one, as it stands or ended."""
    playbook = initiatives.playbook_of(desk, initiative)
    newest = seen_visit(desk, initiative)
    visit = visit or newest
    now = visit.number == newest.number
    phase, way = playbook.phases[visit.phase], playbook.transitions.get(visit.transition)
    before = desk.books.moves.visit(initiative.id, visit.number - 1)
    after = None if now else desk.books.moves.visit(initiative.id, visit.number + 1)
    step = (initiative.step if now else "") or ""
    who = people.roster(desk, initiative)
    leading, others = _standing(playbook, phase, who)
    at_step = relations(playbook, phase.id, step if step in phase.steps else None)
    onward = onward_from(playbook, phase.id) if now else None
    door = at_the_door(items(desk, playbook, initiative), onward) if now else ()
    names = {role: playbook.role(role).name for role in (*playbook.roles, people.LEAD_ROLE)}
    at_work = {each.member.id for each in (*leading, *others)}
    return PhaseView(
        initiative=initiative.key,
        initiative_name=initiative.name,
        state=initiative.state,
        now=now,
        kind=visit.kind,
        phase_name=phase.name,
        number=0 if phase.terminal else phase.order,
        count=sum(not each.terminal for each in playbook.phases.values()),
        came_from=_name(playbook, before),
        went_to=_name(playbook, after),
        trigger=way.trigger if way else "",
        change=visit.reason,
        step_name=phase.steps[step].name if step in phase.steps else "",
        step_number=list(phase.steps).index(step) + 1 if step in phase.steps else 0,
        step_count=len(phase.steps),
        step_leads=holders(who, at_step.get(Relation.LEAD, ())),
        leads=leading,
        others=others,
        informed=tuple(m for m in holders(who, way.inform if way else ()) if m.id not in at_work),
        role_names=names,
        loops=loops(desk, initiative, compare=compare),
        open=sum(not each.done for each in door),
        asked=len(door),
        next_name=playbook.phases[onward.target].name if onward else "",
        serving_name=serving_name(playbook, initiative),
        next=next_step(desk, initiative, onward) if now else None,
    )


def _name(playbook: Playbook, visit: Visit | None) -> str:
    found = playbook.phases.get(visit.phase) if visit else None
    return found.name if found else ""


def serving_name(playbook: Playbook, initiative: Initiative) -> str:
    """Return the name of the phase in which a version serves on meanwhile; empty if none does."""
    found = playbook.phases.get(initiative.serving)
    return found.name if found else ""


def onward_from(playbook: Playbook, phase: str) -> Transition | None:
    """Return the first way forward from a phase, if one leads on."""
    ways = transitions_from(playbook, phase)
    return next((each for each in ways if each.kind is MoveKind.FORWARD), None)


def _standing(
    playbook: Playbook, phase: Phase, who: Roster
) -> tuple[tuple[Called, ...], tuple[Called, ...]]:
    """Return who leads, and who else has a part in the phase; each person once."""
    found = relations(playbook, phase.id)
    leading = who.call(found.get(Relation.LEAD, ()))
    rest = [
        role
        for relation in (Relation.OVERSEE, Relation.SUPPORT, Relation.CONCERNED, Relation.CONSULT)
        for role in found.get(relation, ())
        if who.holders(role)
    ]
    known = {each.member.id for each in leading}
    return leading, tuple(each for each in who.call(rest) if each.member.id not in known)
