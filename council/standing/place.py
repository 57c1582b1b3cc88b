"""Where an initiative stands now, and who does what there."""

from collections.abc import Callable

from council import cases, handoffs, huddles, initiatives, moves, people
from council.cases.links import links_of
from council.desk import Desk
from council.people import Member, Roster
from council.playbook import Phase, Playbook, Relation, comfort_zone, learning_at, relations
from council.standing.facts import Lesson, OpenCase, Part, Standing, Zone
from council.tables import Case, Initiative
from council.waits import Waiting

# Each tells what of its own waits for somebody on an initiative.
WAITING: tuple[Callable[[Desk, Initiative], tuple[Waiting, ...]], ...] = (
    moves.waiting,
    handoffs.waiting,
    huddles.waiting,
)

# What waits for an answer goes before the work itself; what is filled in is work.
_ANSWERS = frozenset({"answer_move", "answer_handoff", "choose", "confirm", "say_outcome"})


def standing(desk: Desk, key: str) -> Standing:
    """Return where an initiative stands; raises NotFound with near keys."""
    initiative = initiatives.get(desk, key)
    playbook = initiatives.playbook_of(desk, initiative)
    phase = playbook.phases[initiative.phase]
    who = people.roster(desk, initiative)
    opened = tuple(line(desk, case, initiative) for case in desk.books.cases.open_of(initiative.id))
    parts = _parts(playbook, initiative, who)
    gaps = initiatives.vacancies(playbook, who, phase)
    waiting = tuple(each for tell in WAITING for each in tell(desk, initiative))
    action, subject, actors = _urgent(opened, waiting) or _next(
        gaps, parts, who, playbook, initiative
    )
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
        lessons=_lessons(playbook, phase, who),
        gaps=gaps,
        roles=initiatives.role_names(playbook),
        open_cases=opened,
        leads=who.leads,
        next_action=action,
        next_subject=subject,
        next_people=actors,
        stay=moves.describe_visit(desk, initiative),
        waiting=waiting,
        zones=_zones(playbook, who),
        links=links_of(desk, f"initiative:{initiative.id}"),
    )


def _parts(playbook: Playbook, initiative: Initiative, who: Roster) -> tuple[Part, ...]:
    """Return the phase's relations, then those that only the present step adds."""
    found: dict[tuple[str, str], Part] = {}
    here = relations(playbook, initiative.phase, None)
    at_step = relations(playbook, initiative.phase, initiative.step or None)
    for table in (here, at_step):
        for relation, roles in table.items():
            if relation is Relation.LEARN:
                continue
            for role in roles:
                found.setdefault(
                    (str(relation), role),
                    Part(str(relation), role, playbook.role(role).name, who.holders(role)),
                )
    order = [str(relation) for relation in Relation]
    return tuple(sorted(found.values(), key=lambda part: order.index(part.relation)))


def _lessons(playbook: Playbook, phase: Phase, who: Roster) -> tuple[Lesson, ...]:
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
    opened: tuple[OpenCase, ...], waiting: tuple[Waiting, ...]
) -> tuple[str, str, tuple[Member, ...]] | None:
    """Return what waits for an answer, which goes before the work itself."""
    for case in opened:
        if case.status == "open":
            return "answer_case", case.key, case.people
    for each in waiting:
        if each.people and each.code in _ANSWERS:
            return each.code, each.key, each.people
    return None


def _next(
    gaps: tuple[str, ...],
    parts: tuple[Part, ...],
    who: Roster,
    playbook: Playbook,
    initiative: Initiative,
) -> tuple[str, str, tuple[Member, ...]]:
    if playbook.phases[initiative.phase].terminal:
        return "nothing", "", ()
    if gaps:
        return "fill_role", gaps[0], who.leads
    at_step = relations(playbook, initiative.phase, initiative.step or None)
    roles = at_step.get(Relation.LEAD, ())
    actors = tuple(dict.fromkeys(m.id for role in roles for m in who.holders(role)))
    by_id = {m.id: m for part in parts for m in part.members}
    return "work", "", tuple(by_id[one] for one in actors if one in by_id)


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
