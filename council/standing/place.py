"""Where an initiative stands now, and who does what there."""

from collections.abc import Callable

from council import cases, handoffs, huddles, initiatives, moves, people
from council.cases.links import links_of
from council.desk import Desk
from council.moves import NextStep, PhaseView
from council.people import Member, Roster
from council.playbook import Phase, Playbook, comfort_zone, learning_at, relations
from council.standing.facts import Lesson, OpenCase, Standing, Zone
from council.standing.steps import parts_at, step_standing
from council.tables import Case, Initiative
from council.waits import Waiting

# Each tells what of its own waits for somebody on an initiative.
WAITING: tuple[Callable[[Desk, Initiative], tuple[Waiting, ...]], ...] = (
    moves.waiting,
    handoffs.waiting,
    huddles.waiting,
)

# What waits for an answer goes before the work itself; what is filled in is work.
_CHOICES = frozenset({"choose", "confirm", "say_outcome"})
_ANSWERS = _CHOICES | {"answer_handoff"}
# What a phase itself waits for is told in the words of its own card.
_ON_THE_WAY = frozenset({"agree", "answer_line", "answer_handoff", "close_condition"})


def standing(desk: Desk, key: str) -> Standing:
    """Return where an initiative stands; raises NotFound with near keys."""
    initiative = initiatives.get(desk, key)
    playbook = initiatives.playbook_of(desk, initiative)
    phase = playbook.phases[initiative.phase]
    who = people.roster(desk, initiative)
    opened = tuple(line(desk, case, initiative) for case in desk.books.cases.open_of(initiative.id))
    parts = parts_at(playbook, who, relations(playbook, phase.id))
    gaps = initiatives.vacancies(playbook, who, phase)
    waiting = tuple(each for tell in WAITING for each in tell(desk, initiative))
    stay = moves.describe_visit(desk, initiative)
    action, subject, actors = _urgent(opened, waiting, stay.next) or _next(stay, phase)
    live = [each for each in playbook.phases.values() if not each.terminal]
    return Standing(
        key=initiative.key,
        name=initiative.name,
        question=initiative.question,
        objective=initiative.objective,
        tier=initiative.tier,
        state=initiative.state,
        playbook_title=playbook.title,
        phase=initiative.phase,
        phase_name=phase.name,
        phase_number=0 if phase.terminal else phase.order,
        phase_count=len(live),
        step_name=phase.steps[initiative.step].name if initiative.step in phase.steps else "",
        models=desk.books.initiatives.models(initiative.id),
        channel=initiative.channel,
        parts=parts,
        lessons=lessons_of(playbook, phase, who),
        gaps=gaps,
        roles=initiatives.role_names(playbook),
        open_cases=opened,
        leads=who.leads,
        next_action=action,
        next_subject=subject,
        next_people=actors,
        stay=stay,
        waiting=waiting,
        zones=_zones(playbook, who),
        links=links_of(desk, f"initiative:{initiative.id}"),
        idle=tuple(people.idle(desk, initiative.id).values()),
        steps=tuple(
            step_standing(desk, initiative, who, phase, each) for each in phase.steps.values()
        ),
        unsure=cases.unsure(desk, initiative, playbook),
    )


def lessons_of(playbook: Playbook, phase: Phase, who: Roster) -> tuple[Lesson, ...]:
    """Return what people learn in a phase, and from whom."""
    return tuple(
        Lesson(
            role,
            playbook.role(role).name,
            who.holders(role),
            learn.topic,
            playbook.role(learn.teacher).name,
            who.holders(learn.teacher),
        )
        for role in playbook.roles
        for learn in learning_at(playbook, role, phase.id)
    )


def _urgent(
    opened: tuple[OpenCase, ...], waiting: tuple[Waiting, ...], then: NextStep | None
) -> tuple[str, str, tuple[Member, ...]] | None:
    """Return what waits for an answer, which goes before the work itself."""
    for case in opened:
        if case.status == "open":
            return "answer_case", case.key, case.people
    on_its_way = then is not None and then.code in _ON_THE_WAY
    for each in waiting:
        if each.people and each.code in (_CHOICES if on_its_way else _ANSWERS):
            return each.code, each.key, each.people
    return None


def _next(stay: PhaseView, phase: Phase) -> tuple[str, str, tuple[Member, ...]]:
    """Return what the phase's own card says is next."""
    if phase.terminal:
        return "nothing", "", ()
    if stay.next is None:
        return ("work" if stay.state == "active" else "rest"), "", ()
    if stay.next.code == "fill_role":
        return "fill_role", stay.next.text, stay.next.people
    return "work", "", stay.next.people


def line(desk: Desk, case: Case, initiative: Initiative) -> OpenCase:
    """Return a case in a line."""
    view = cases.views.describe(desk, case, initiative)
    taken = (view.acknowledged_by,) if view.acknowledged_by else ()
    return OpenCase(
        view.key,
        initiative.key,
        view.signal_class,
        view.severity,
        view.status,
        taken or tuple(called.member for called in view.owners),
    )


def _zones(playbook: Playbook, who: Roster) -> tuple[Zone, ...]:
    """Return what the people of an initiative are at home in, where the playbook says so."""
    found = ((role, comfort_zone(playbook, role)) for role in playbook.roles)
    return tuple(
        Zone(playbook.role(role).name, who.holders(role), zone)
        for role, zone in found
        if zone and who.holders(role)
    )
