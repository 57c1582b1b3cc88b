"""Which ways lead on from where an initiative is, what each still needs, and who decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from council import people
from council.desk import Desk
from council.errors import Conflict, CouncilError, Invalid, NotFound
from council.moves import rules, views
from council.moves.lists import missing
from council.moves.use import found, require_open, ways
from council.moves.views import MoveView
from council.people import LEAD_ROLE, Called
from council.playbook import Playbook, Transition, transitions_from
from council.playbook.names import plain
from council.tables import Initiative
from council.waits import Missing


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: what calls for it, what may be changed by it, who decides, what it still needs."""

    id: str
    kind: str
    target: str
    target_name: str
    step_name: str
    trigger: str
    changes: tuple[str, ...]
    deciders: tuple[Called, ...]
    anyone: bool
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where an initiative is and the ways that lead on; `proposal` is what is proposed already."""

    initiative: str
    initiative_name: str
    phase_name: str
    tier: int
    state: str
    ways: tuple[Way, ...]
    proposal: MoveView | None
    role_names: Mapping[str, str]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a line named: ways that fit (one, or several to choose from), or a step to begin.

    `change` is the kind of decision that was named.
    """

    ways: tuple[Way, ...] = ()
    change: str = ""
    step: str = ""


def outlook(desk: Desk, actor: str, key: str) -> Outlook:
    """Return where an initiative may go; raises NotFound."""
    initiative, playbook, _ = found(desk, actor, key)
    move = desk.books.moves.proposed(initiative.id)
    phase = playbook.phases[initiative.phase]
    return Outlook(
        initiative.key,
        initiative.name,
        phase.name,
        initiative.tier,
        initiative.state,
        tuple(_way(desk, initiative, each) for each in ways(desk, initiative)),
        views.describe(desk, move, initiative) if move else None,
        {role: playbook.role(role).name for role in (*playbook.roles, LEAD_ROLE)},
        tuple(each.name for each in phase.steps.values()),
    )


def choose(desk: Desk, actor: str, key: str, text: str, change: str = "") -> Choice:
    """Return what people mean by a way: its direction, target, id, trigger; or a step's name.

    Raises NotFound with what is near, Conflict where no way leads there from here, where it is
    already, or where nothing goes on; Invalid for a change that goes no such way.
    """
    initiative, playbook, _ = found(desk, actor, key)
    require_open(initiative)
    fits = rules.meant(playbook, initiative.phase, text)
    if not fits:
        if step := rules.step_names(playbook, initiative.phase).get(plain(text)):
            return Choice(step=step)
        raise _no_way(initiative, playbook, text)
    named = rules.find_change(playbook, fits, change or text)
    if change and not named:
        known = dict.fromkeys(each for way in fits for each in way.choose)
        raise Invalid("change", change, "not_one_of", tuple(known))
    if named:
        fits = rules.fitting_change(fits, named)
    return Choice(tuple(_way(desk, initiative, each) for each in fits), named)


def _no_way(initiative: Initiative, playbook: Playbook, text: str) -> CouncilError:
    """Return why no way is called so from here, with the ways there are: `kind:where to`."""
    phase, why = playbook.phases[initiative.phase], rules.where_to(playbook, initiative.phase, text)
    if why == "here":
        return Conflict(initiative.key, "there_already", more=(phase.name,))
    if why == "elsewhere":
        return Conflict(initiative.key, "moved")
    near = rules.nearest_ways(playbook, phase.id, text) if why == "unknown" else ()
    if near:
        return NotFound("way", text, near)
    lead = (
        f"{each.kind}:{playbook.phases[each.target].name}"
        for each in transitions_from(playbook, phase.id)
    )
    return Conflict(initiative.key, "no_way", more=(why, text, phase.name, *dict.fromkeys(lead)))


def _way(desk: Desk, initiative: Initiative, way: Transition) -> Way:
    playbook = desk.playbooks.get(initiative.playbook_id, initiative.playbook_version)
    target = playbook.phases[way.target]
    return Way(
        way.id,
        str(way.kind),
        target.id,
        target.name,
        target.steps[way.step].name if way.step else "",
        way.trigger,
        way.choose,
        people.roster(desk, initiative).call(way.decide),
        way.quorum == "any",
        missing(desk, initiative, way),
    )
