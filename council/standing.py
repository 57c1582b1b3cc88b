"""Where an initiative stands and who does what there: plain facts for cards and the API."""

from collections.abc import Mapping
from dataclasses import dataclass

from council import cases, initiatives, people
from council.desk import Desk
from council.people import Member, Roster
from council.playbook import Phase, Playbook, Relation, learning_at, phases_in_order, relations
from council.tables import Case, Initiative


@dataclass(frozen=True, slots=True)
class Part:
    """A role's part in a phase: its relation, name and people (nobody, if vacant)."""

    relation: str
    role: str
    role_name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What people in a role learn here, and from whom."""

    role: str
    role_name: str
    learners: tuple[Member, ...]
    topic: str
    teacher_name: str
    teachers: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in a line: key, class, severity, status, and who has it or is called."""

    key: str
    initiative: str
    signal_class: str
    severity: str
    status: str
    people: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that `status` and `who` say.

    `next_action` is a code with facts: `answer_case` (case), `fill_role` (role), `work` (step),
    `nothing` (it has ended). `phase_number` is 0 for a phase from which nothing goes on.
    `roles` are the names of those that the playbook has, `gaps` of those that nobody holds.
    """

    key: str
    name: str
    question: str
    objective: str
    tier: int
    state: str
    playbook_title: str
    phase: str
    phase_name: str
    phase_number: int
    phase_count: int
    step_name: str
    models: tuple[str, ...]
    channel: str
    parts: tuple[Part, ...]
    lessons: tuple[Lesson, ...]
    gaps: tuple[str, ...]
    roles: tuple[str, ...]
    open_cases: tuple[OpenCase, ...]
    leads: tuple[Member, ...]
    next_action: str
    next_subject: str
    next_people: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """An initiative in a line; `phases` are (id, name) of those that its playbook has, in order."""

    key: str
    name: str
    phase: str
    phase_name: str
    tier: int
    state: str
    open_cases: int
    playbook: str
    models: tuple[str, ...]
    step: str
    phases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MyDay:
    """What a person has to do, and where they have a part."""

    member: Member
    to_answer: tuple[OpenCase, ...]
    in_hand: tuple[OpenCase, ...]
    roles: tuple[tuple[str, str, str, str], ...]
    lead: bool


def standing(desk: Desk, key: str) -> Standing:
    """Return where an initiative stands; raises NotFound with near keys."""
    initiative = initiatives.get(desk, key)
    playbook = initiatives.playbook_of(desk, initiative)
    phase = playbook.phases[initiative.phase]
    who = people.roster(desk, initiative)
    opened = tuple(
        _line(desk, case, initiative) for case in desk.books.cases.open_of(initiative.id)
    )
    parts = _parts(playbook, initiative, who)
    gaps = initiatives.vacancies(playbook, who, phase)
    action, subject, actors = _next(opened, gaps, parts, who, playbook, initiative)
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


def _next(
    opened: tuple[OpenCase, ...],
    gaps: tuple[str, ...],
    parts: tuple[Part, ...],
    who: Roster,
    playbook: Playbook,
    initiative: Initiative,
) -> tuple[str, str, tuple[Member, ...]]:
    for case in opened:
        if case.status == "open":
            return "answer_case", case.key, case.people
    if playbook.phases[initiative.phase].terminal:
        return "nothing", "", ()
    if gaps:
        return "fill_role", gaps[0], who.leads
    at_step = relations(playbook, initiative.phase, initiative.step or None)
    roles = at_step.get(Relation.LEAD, ())
    actors = tuple(dict.fromkeys(m.id for role in roles for m in who.holders(role)))
    by_id = {m.id: m for part in parts for m in part.members}
    return "work", "", tuple(by_id[one] for one in actors if one in by_id)


def _line(desk: Desk, case: Case, initiative: Initiative) -> OpenCase:
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


def listing(
    desk: Desk, *, after: str = "", limit: int = 25, phase: str = ""
) -> tuple[tuple[Listed, ...], str]:
    """Return a page of initiatives in order of key, and the key to go on from ("" at the end)."""
    rows = desk.books.initiatives.page(after, limit + 1, phase)
    shown = rows[:limit]
    counts = desk.books.cases.open_counts(row.id for row in shown)
    models = desk.books.initiatives.models_of(row.id for row in shown)
    listed = tuple(
        Listed(
            row.key,
            row.name,
            row.phase,
            initiatives.phase_of(desk, row).name,
            row.tier,
            row.state,
            counts.get(row.id, 0),
            row.playbook_id,
            models.get(row.id, ()),
            row.step,
            _phases(initiatives.playbook_of(desk, row)),
        )
        for row in shown
    )
    return listed, shown[-1].key if len(rows) > limit else ""


def _phases(playbook: Playbook) -> tuple[tuple[str, str], ...]:
    return tuple((each.id, each.name) for each in phases_in_order(playbook))


def my_day(desk: Desk, person_id: str) -> MyDay:
    """Return what waits for a person, and where they have a part."""
    held = desk.books.initiatives.roles_of(person_id)
    lead = people.is_lead(desk, person_id)
    found: dict[str, OpenCase] = {}
    waiting = [
        case for row in {one.id for one, _ in held} for case in desk.books.cases.open_of(row)
    ]
    waiting += desk.books.cases.asked_of(person_id)
    if lead:
        waiting += desk.books.cases.page((1 << 31) - 1, 200, "open")
    owners: Mapping[str, Initiative] = desk.books.initiatives.by_ids(
        case.initiative_id for case in waiting
    )
    for case in waiting:
        line = _line(desk, case, owners[case.initiative_id])
        if any(member.id == person_id for member in line.people):
            found[line.key] = line
    return MyDay(
        people.members(desk, [person_id])[0],
        tuple(line for line in found.values() if line.status == "open"),
        tuple(line for line in found.values() if line.status == "acknowledged"),
        tuple(_role_line(desk, initiative, role) for initiative, role in held),
        lead,
    )


def _role_line(desk: Desk, initiative: Initiative, role: str) -> tuple[str, str, str, str]:
    playbook = initiatives.playbook_of(desk, initiative)
    phase = playbook.phases[initiative.phase]
    return initiative.key, initiative.name, playbook.role(role).name, phase.name
