"""A council lead's first ten minutes: which step comes next, told from what is there already."""

from dataclasses import dataclass

from council import people
from council.desk import Desk
from council.errors import NotAllowed
from council.initiatives.finding import needed, playbook_of
from council.initiatives.wishes import phases_ahead
from council.people import Member, Roster
from council.playbook import DEFAULT_PLAYBOOK, Phase, Playbook, Relation, phases_in_order, relations
from council.tables import Initiative

# Fewer people than this look as if nobody had been invited yet.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A playbook as a choice of words; `phases` are (id, name) of those that are worked in."""

    id: str
    title: str
    roles: int
    phases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Leading:
    """A role that leads the present phase, and who holds it."""

    role: str
    role_name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A role that nobody holds; `number` is that of the phase from which it is needed.

    It is needed `now`, or from the next phase on (`near`), or later.
    """

    role_name: str
    number: int
    phase_name: str
    now: bool
    near: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """Where setting up stands: `step` is `words`, `first`, `lead` or `done`.

    `words`: `choices` to choose from. `first`: `chosen` is taken, the initiative is to be opened.
    `lead`: `leading` says who leads, and where nobody does yet. `done`: `gaps` are left;
    `senders` is the number of monitoring systems, `alone` that hardly anybody is known yet, `idle`
    has rotas that put nobody on duty.
    """

    step: str
    choices: tuple[Vocabulary, ...] = ()
    chosen: Vocabulary | None = None
    key: str = ""
    name: str = ""
    phase_name: str = ""
    playbook_title: str = ""
    roles: tuple[str, ...] = ()
    leading: tuple[Leading, ...] = ()
    gaps: tuple[Gap, ...] = ()
    senders: int = 0
    alone: bool = False
    idle: tuple[people.Idle, ...] = ()


def guide(desk: Desk, actor: str, playbook: str = "") -> Guide:
    """Return the next step; raises NotAllowed, with the leads, for everybody else.

    A playbook that is named begins with an initiative in its words, even if there are others.
    """
    if not people.is_lead(desk, actor):
        able = tuple(each.handle for each in people.leads(desk))
        raise NotAllowed(actor, "set up", "the council", "a council lead", able[:5])
    if playbook:
        return Guide("first", chosen=_vocabulary(desk.playbooks.get(playbook)))
    found = desk.books.initiatives.newest(1)
    if not found:
        return Guide("words", _choices(desk))
    return _of(desk, found[0])


def still_setting_up(desk: Desk, actor: str, key: str) -> bool:
    """Whether this is a council lead's first initiative, and the guide has more to ask or tell."""
    newest = desk.books.initiatives.newest(2)
    first = len(newest) == 1 and newest[0].key == key
    return first and people.is_lead(desk, actor)


def _choices(desk: Desk) -> tuple[Vocabulary, ...]:
    """Return every playbook once, in its latest version; the default goes first."""
    ids = dict.fromkeys(each.id for each in desk.playbooks.playbooks)
    order = sorted(ids, key=lambda each: each != DEFAULT_PLAYBOOK)
    return tuple(_vocabulary(desk.playbooks.get(each)) for each in order)


def _vocabulary(playbook: Playbook) -> Vocabulary:
    return Vocabulary(
        playbook.id,
        playbook.title,
        len(playbook.roles),
        tuple((each.id, each.name) for each in _worked_in(playbook)),
    )


def _worked_in(playbook: Playbook) -> tuple[Phase, ...]:
    return tuple(each for each in phases_in_order(playbook) if not each.terminal)


def _of(desk: Desk, initiative: Initiative) -> Guide:
    playbook = playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    phase = playbook.phases[initiative.phase]
    leading = tuple(
        Leading(role, playbook.role(role).name, who.holders(role))
        for role in relations(playbook, phase.id).get(Relation.LEAD, ())
    )
    unled = any(not each.members for each in leading)
    return Guide(
        "lead" if unled else "done",
        key=initiative.key,
        name=initiative.name,
        phase_name=phase.name,
        playbook_title=playbook.title,
        roles=tuple(role.name for role in playbook.roles.values()),
        leading=leading,
        gaps=_gaps(playbook, who, initiative),
        senders=len(desk.books.integrations.all()),
        alone=len(desk.books.people.page("", _FEW)) < _FEW,
        idle=tuple(people.idle(desk, initiative.id).values()),
    )


def _gaps(playbook: Playbook, who: Roster, initiative: Initiative) -> tuple[Gap, ...]:
    """Return the roles that nobody holds, each with the next phase that needs it."""
    ahead = phases_ahead(playbook, initiative)
    found = []
    for role_id, role in playbook.roles.items():
        if who.holders(role_id):
            continue
        for place, each in enumerate(ahead):
            if role_id in needed(each):
                found.append(Gap(role.name, each.order, each.name, place == 0, place <= 1))
                break
    return tuple(found)
