"""The facts of which cards on where things stand are made."""

from dataclasses import dataclass

from council.cases.links import Linked
from council.moves import PhaseView
from council.people import Member
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

    `next_action` is a code with facts: `answer_case` (case), one of what is
    `waiting` (its key), `fill_role` (role), `work` (step),
    `nothing` (it has ended). `phase_number` is 0 for a phase from which nothing goes on.
    `roles` are the names of those that the playbook has, `gaps` of those that nobody holds. `stay`
    tells of the present stay in the phase, `waiting` of all that waits for somebody.
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
    """What a person has to do, and where they have a part; `waiting` is for them to do."""

    member: Member
    to_answer: tuple[OpenCase, ...]
    in_hand: tuple[OpenCase, ...]
    roles: tuple[tuple[str, str, str, str], ...]
    lead: bool
    waiting: tuple[Waiting, ...] = ()
