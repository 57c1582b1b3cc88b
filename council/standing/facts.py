"""The facts of which cards on where things stand are made."""

from dataclasses import dataclass
from datetime import datetime

from council.cases import ConditionView
from council.cases.links import Linked
from council.moves import PhaseView
from council.people import AbsenceView, Called, Idle, Member
from council.waits import Waiting


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
class StepStanding:
    """Who does what at a step, `number` of `count` in its phase; `now` says that it is worked at.

    `checklist` is what the playbook has people go through there.
    """

    key: str
    initiative_name: str
    phase_name: str
    step_name: str
    number: int
    count: int
    now: bool
    parts: tuple[Part, ...]
    checklist: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandsWhere:
    """How a role stands to a phase (`here`: the present one), and which of its steps it leads."""

    phase_name: str
    here: bool
    relations: tuple[str, ...]
    steps_led: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """A role on an initiative: who holds it, who acts in it now, where it stands, what it learns.

    `acting` are those who are called for it: its people who are here, deputies, or a council lead
    where nobody is. `lessons` are of the present phase. `leads` are the council's, `roles` the
    names of all roles.
    """

    key: str
    initiative_name: str
    role: str
    role_name: str
    members: tuple[Member, ...]
    acting: tuple[Called, ...]
    leads: tuple[Member, ...]
    duties: tuple[str, ...]
    comfort: tuple[str, ...]
    where: tuple[StandsWhere, ...]
    lessons: tuple[Lesson, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """Somebody, as colleagues look them up at `now`; `roles` as in `MyDay`.

    `absences` are planned or running; `stands_in_for` are those for whom they act now.
    """

    member: Member
    now: datetime
    roles: tuple[tuple[str, str, str, str], ...]
    lead: bool
    absences: tuple[AbsenceView, ...]
    stands_in_for: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """What a role is at home in, and who holds it."""

    role_name: str
    members: tuple[Member, ...]
    comfort: tuple[str, ...]


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

    `next_action` is a code with facts: `answer_case` (case), one of what is `waiting` (its key),
    `fill_role` (role), `work` (what `stay` says is next), `rest` (nothing is asked while it is not
    active), `nothing` (it has ended). `phase_number` is 0 for a phase from which nothing goes on.
    `parts` are those in the phase, `steps` those at each of its steps. `roles` are the names of
    those that the playbook has, `gaps` of those that nobody holds. `stay` tells of the present stay
    in the phase, `waiting` of all that waits for somebody, `idle` of rotas that put nobody on duty.
    `unsure` is what monitors say by too few samples to be judged: nobody is asked.
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
    stay: PhaseView
    waiting: tuple[Waiting, ...]
    zones: tuple[Zone, ...]
    links: tuple[Linked, ...] = ()
    idle: tuple[Idle, ...] = ()
    steps: tuple[StepStanding, ...] = ()
    unsure: tuple[ConditionView, ...] = ()


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
    """What a person has to do, and where they have a part; `waiting` is for them to do.

    `others` is what they handed over, and what waits for others now.
    """

    member: Member
    to_answer: tuple[OpenCase, ...]
    in_hand: tuple[OpenCase, ...]
    roles: tuple[tuple[str, str, str, str], ...]
    lead: bool
    waiting: tuple[Waiting, ...] = ()
    others: tuple[Waiting, ...] = ()
