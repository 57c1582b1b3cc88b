"""A council lead's wish to be reminded of a role that nobody holds, once its phase comes near.

The morning look at roles does it, on the first morning of the phase before.
"""

from dataclasses import dataclass
from datetime import datetime

from council import ledger, people
from council.desk import Desk
from council.errors import Conflict, Invalid, NotAllowed
from council.initiatives.finding import get, needed, playbook_of
from council.playbook import Phase, Playbook, phases_in_order
from council.tables import Initiative

WISHED = "roles.wished"


@dataclass(frozen=True, slots=True)
class Wish:
    """A role that nobody holds, the phase that needs it, and the one `before` it.

    `near` says that it is needed now or next, so that the next morning tells of it.
    """

    key: str
    name: str
    role_name: str
    phase_name: str
    before: str
    near: bool


def remind(desk: Desk, actor: str, key: str, role: str) -> Wish:
    """Note that a council lead wants to be reminded of a role.

    Raises NotFound, NotAllowed for others, UnknownName, Conflict (`filled`) for a role that
    somebody holds, Invalid for one that no phase ahead needs.
    """
    initiative = get(desk, key)
    if not people.is_lead(desk, actor):
        able = tuple(each.handle for each in people.leads(desk))
        raise NotAllowed(actor, "set up", "the council", "a council lead", able[:5])
    playbook = playbook_of(desk, initiative)
    wanted = playbook.find_role(role)
    if people.roster(desk, initiative).holders(wanted):
        raise Conflict(f"The role {playbook.role(wanted).name}", "filled")
    ahead = phases_ahead(playbook, initiative)
    place = next((n for n, each in enumerate(ahead) if wanted in needed(each)), None)
    if place is None:
        raise Invalid("role", role, "not_needed_ahead")
    facts = {"initiative": initiative.id, "role": wanted, "person": actor}
    ledger.append(desk, [ledger.Entry(WISHED, actor, f"initiative:{initiative.id}", facts)])
    return Wish(
        initiative.key,
        initiative.name,
        playbook.role(wanted).name,
        ahead[place].name,
        ahead[max(0, place - 1)].name,
        place <= 1,
    )


def phases_ahead(playbook: Playbook, initiative: Initiative) -> list[Phase]:
    """Return the phases that are worked in from the present one on, in order."""
    here = playbook.phases[initiative.phase]
    live = [each for each in phases_in_order(playbook) if not each.terminal]
    return [each for each in live if each.order >= here.order]


def wishes(desk: Desk, initiative: Initiative) -> dict[str, dict[str, datetime]]:
    """Return by role who wants to be reminded of it, and since when."""
    found: dict[str, dict[str, datetime]] = {}
    for entry in desk.books.ledger.of_kind(f"initiative:{initiative.id}", WISHED):
        found.setdefault(str(entry.facts["role"]), {})[entry.actor] = entry.at
    return found
