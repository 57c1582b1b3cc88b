"""A stay in a phase as it stands, or as it ended: plain facts for cards and the API."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from council import initiatives, people
from council.desk import Desk
from council.moves.ended import Ended, how_it_ended
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

# A relation to a phase or step, and who stands so.
Standings = tuple[tuple[str, tuple[Member, ...]], ...]
_BESIDES = (Relation.OVERSEE, Relation.SUPPORT, Relation.CONSULT, Relation.CONCERNED)


@dataclass(frozen=True, slots=True)
class PhaseView:
    """An initiative's stay in a phase; the newest one says where the initiative stands.

    `number` of `count` is the phase's place in the life cycle (0 of an end), `step_number` of
    `step_count` the step's. `open` of `asked` items are to do before `next_name` begins
    (empty where no phase follows); `working` says that more than a handoff is. `next` is what has
    to be done next, and by whom; None where nothing is asked.

    `others` stand to the phase otherwise than by leading it, in the order of their weight, each
    person once; `step_leads` and `step_others` those at the step. `version` runs in production:
    here, or in the phase `serving_name`. `ended` tells how a stay that is over went on.
    `left_open` is what was open in the stay before, told to whoever took it on just now.
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
    trigger: str
    change: str
    step_name: str
    step_number: int
    step_count: int
    step_leads: tuple[Member, ...]
    step_others: Standings
    leads: tuple[Called, ...]
    others: Standings
    informed: tuple[Member, ...]
    role_names: Mapping[str, str]
    loops: Loops
    open: int
    asked: int
    working: bool
    next_name: str
    serving_name: str
    version: str = ""
    next: NextStep | None = None
    ended: Ended | None = None
    left_open: tuple[str, ...] = ()


def describe_visit(
    desk: Desk, initiative: Initiative, visit: Visit | None = None, *, compare: bool = False
) -> PhaseView:
    """Return a stay in a phase, by default the present one, as it stands or ended.

    It is told in the words of the playbook under which it was lived.
    """
    newest = seen_visit(desk, initiative)
    visit = visit or newest
    playbook = initiatives.playbook_then(desk, initiative, visit)
    now = visit.number == newest.number
    phase, way = playbook.phases[visit.phase], playbook.transitions.get(visit.transition)
    before = desk.books.moves.visit(initiative.id, visit.number - 1)
    after = None if now else desk.books.moves.visit(initiative.id, visit.number + 1)
    step = (initiative.step if now else "") or ""
    who = people.roster(desk, initiative)
    leading, others = _standing(playbook, phase, who)
    at_step = phase.steps[step].stated() if step in phase.steps else {}
    at_step = {Relation.LEAD: phase.lead, **at_step}
    # Who holds the role leads; who stands in while they are away is named instead of them.
    leads = (who.acting(role) or who.holders(role) for role in at_step[Relation.LEAD])
    step_leads = tuple({m.id: m for held in leads for m in held}.values())
    onward = onward_from(playbook, phase.id) if now else None
    door = at_the_door(items(desk, playbook, initiative), onward) if now else ()
    names = {role: playbook.role(role).name for role in (*playbook.roles, people.LEAD_ROLE)}
    at_work = {each.member.id for each in leading} | {m.id for _, held in others for m in held}
    return PhaseView(
        initiative=initiative.key,
        initiative_name=initiative.name,
        state=initiative.state,
        now=now,
        kind=visit.kind,
        phase_name=phase.name,
        number=0 if phase.terminal else phase.order,
        count=sum(not each.terminal for each in playbook.phases.values()),
        came_from=_name(desk, initiative, before),
        trigger=way.trigger if way else "",
        change=visit.reason,
        step_name=phase.steps[step].name if step in phase.steps else "",
        step_number=list(phase.steps).index(step) + 1 if step in phase.steps else 0,
        step_count=len(phase.steps),
        step_leads=step_leads,
        step_others=_besides(who, at_step, {each.id for each in step_leads}),
        leads=leading,
        others=others,
        informed=tuple(m for m in holders(who, way.inform if way else ()) if m.id not in at_work),
        role_names=names,
        loops=loops(desk, initiative, compare=compare),
        open=sum(not each.done for each in door),
        asked=len(door),
        working=not door or any(not each.done and not each.handoff for each in door),
        next_name=playbook.phases[onward.target].name if onward else "",
        serving_name=serving_name(playbook, initiative),
        version=initiatives.running_version(desk, initiative) if now else "",
        next=next_step(desk, initiative, onward) if now else None,
        ended=how_it_ended(desk, initiative, visit, after) if after else None,
    )


def _name(desk: Desk, initiative: Initiative, visit: Visit | None) -> str:
    """Return what the phase of a stay was called then."""
    if visit is None:
        return ""
    found = initiatives.playbook_then(desk, initiative, visit).phases.get(visit.phase)
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
) -> tuple[tuple[Called, ...], Standings]:
    """Return who leads, and who else has a part in the phase; each person once."""
    found = relations(playbook, phase.id)
    leading = who.call(found.get(Relation.LEAD, ()))
    return leading, _besides(who, found, {each.member.id for each in leading})


def _besides(
    who: Roster, found: Mapping[Relation, tuple[str, ...]], known: Collection[str]
) -> Standings:
    """Return who stands there otherwise than by leading, each person where they weigh most."""
    seen = set(known)
    result = []
    for relation in _BESIDES:
        roles = [role for role in found.get(relation, ()) if who.holders(role)]
        held = [each.member for each in who.call(roles) if each.member.id not in seen]
        seen |= {each.id for each in held}
        if held:
            result.append((str(relation), tuple(held)))
    return tuple(result)
