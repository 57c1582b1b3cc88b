"""Find an initiative, its playbook and its phase; and what a phase needs."""

from dataclasses import dataclass
from difflib import get_close_matches

from council.desk import Desk
from council.errors import Conflict, NotFound
from council.people import Roster
from council.playbook import Phase, Playbook, UnknownName
from council.store import Routed
from council.tables import Initiative, Visit

_NAMED = 3


def get(desk: Desk, key: str) -> Initiative:
    """Return the initiative of this key; raises NotFound with near keys."""
    found = desk.books.initiatives.by_key(key.lower())
    if found is None:
        near = get_close_matches(key.lower(), desk.books.initiatives.keys(), n=3, cutoff=0.4)
        raise NotFound("initiative", key, tuple(near))
    return found


def require_out(initiative: Initiative) -> None:
    """Raise Conflict (`resting`) while an initiative is archived: it is taken out first."""
    if initiative.state == "archived":
        raise Conflict(initiative.key, "resting")


def get_by_id(desk: Desk, initiative_id: str) -> Initiative:
    """Return the initiative with this opaque id; raises NotFound."""
    found = desk.books.initiatives.by_id(initiative_id)
    if found is None:
        raise NotFound("initiative", initiative_id)
    return found


def playbook_of(desk: Desk, initiative: Initiative | Routed) -> Playbook:
    """Return the playbook version to which the initiative is pinned."""
    return desk.playbooks.get(initiative.playbook_id, initiative.playbook_version)


def playbook_then(desk: Desk, initiative: Initiative, visit: Visit | None) -> Playbook:
    """Return the playbook version under which a stay was lived; without one, the present one.

    A version that nobody follows any more may be gone; then too it is the present one, which may
    not know what the stay speaks of.
    """
    if visit is None:
        return playbook_of(desk, initiative)
    try:
        return desk.playbooks.get(visit.playbook, visit.playbook_version)
    except UnknownName:
        return playbook_of(desk, initiative)


def phase_of(desk: Desk, initiative: Initiative) -> Phase:
    """Return the phase in which the initiative is."""
    return playbook_of(desk, initiative).phases[initiative.phase]


@dataclass(frozen=True, slots=True)
class Differing:
    """A version that initiatives follow, and that is `missing` or says something else than then.

    `keys` are of some of those initiatives; `more` tells that there are others.
    """

    playbook: str
    version: int
    missing: bool
    keys: tuple[str, ...]
    more: bool


def changed_playbooks(desk: Desk) -> list[Differing]:
    """Return the versions in use that are missing now, or say something else than then."""
    here = {(each.id, each.version): each.digest for each in desk.playbooks.playbooks}
    found = []
    for row in desk.books.initiatives.frozen():
        version = (row.playbook_id, row.version)
        if here.get(version) != row.digest:
            keys = desk.books.initiatives.following(*version, _NAMED + 1)
            if keys:
                named = tuple(keys[:_NAMED])
                more = len(keys) > _NAMED
                found.append(Differing(*version, version not in here, named, more))
    return found


def role_names(playbook: Playbook) -> tuple[str, ...]:
    """Return the names of the roles that people of an initiative may hold."""
    return tuple(role.name for role in playbook.roles.values())


def vacancies(playbook: Playbook, who: Roster, phase: Phase) -> tuple[str, ...]:
    """Return the names of roles that the phase needs and nobody holds."""
    return tuple(playbook.role(role).name for role in needed(phase) if not who.holders(role))


def needed(phase: Phase) -> tuple[str, ...]:
    """Return the roles that lead, oversee or support a phase or one of its steps, in order."""
    roles: dict[str, None] = {}
    for part in (phase, *phase.steps.values()):
        for role in (*part.lead, *part.oversee, *part.support, *part.concerned):
            roles.setdefault(role)
    return tuple(roles)
