"""Find a handoff by its key; and which of a playbook's handoffs somebody means."""

from collections.abc import Iterable

from council import initiatives, people, rights
from council.desk import Desk
from council.errors import Invalid, NotFound
from council.handoffs.parties import Parties, parties
from council.playbook import Handoff as Definition
from council.playbook import MoveKind, Playbook, UnknownName, transitions_from
from council.playbook.names import nearest, plain
from council.tables import Handoff, HandoffCondition, Initiative

_DIGITS = 9  # so many fit an INTEGER


def handoff_key(number: int) -> str:
    """Return `H-12` for 12."""
    return f"H-{number}"


def condition_key(row: Handoff, condition: HandoffCondition) -> str:
    """Return `H-12/1` for the first condition of H-12."""
    return f"{handoff_key(row.number)}/{condition.number}"


def handoff_number(key: str) -> int:
    """Return 12 for `H-12`; raises Invalid for anything else."""
    head, _, number = key.upper().rpartition("-")
    if head != "H" or not number.isdecimal() or len(number) > _DIGITS:
        raise Invalid("handoff", key, "handoff_key")
    return int(number)


def get(desk: Desk, actor: str, key: str) -> tuple[Handoff, Initiative, Parties]:
    """Return a handoff, its initiative and who has a part in it.

    Raises NotFound; what is private does not exist for those who have no part.
    """
    row = desk.books.handoffs.by_number(handoff_number(key))
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        raise NotFound("handoff", key)
    if not rights.may_see(initiative, people.roster(desk, initiative), actor):
        raise NotFound("handoff", key)
    return row, initiative, parties(desk, initiative, row.definition, row)


def seen(desk: Desk, actor: str, key: str) -> Initiative:
    """Return the initiative of this key; a private one is not found by others."""
    initiative = initiatives.get(desk, key)
    if not rights.may_see(initiative, people.roster(desk, initiative), actor):
        raise NotFound("initiative", key)
    return initiative


def on_the_way(playbook: Playbook, phase_id: str) -> tuple[Definition, ...]:
    """Return the handoffs that the ways forward from a phase need."""
    needed = [
        way.handoff
        for way in transitions_from(playbook, phase_id)
        if way.kind is MoveKind.FORWARD and way.handoff
    ]
    return tuple(playbook.handoffs[each] for each in dict.fromkeys(needed))


def meant(playbook: Playbook, text: str) -> tuple[Definition, ...]:
    """Return the handoffs that a text may mean: an id, what changes hands, or who gives and takes.

    Raises UnknownName with the nearest ids if it means none.
    """
    wanted = plain(text)
    known = playbook.handoffs.values()
    exact = tuple(each for each in known if wanted in {plain(each.id), plain(each.what)})
    if exact:
        return exact
    by_role = tuple(each for each in known if _names_roles(playbook, each, wanted))
    if by_role:
        return by_role
    spellings = {plain(each.what or each.id): each for each in known}
    spellings |= {plain(each.id): each for each in known}
    near = _once(spellings[each] for each in nearest(text, spellings))
    within = tuple(each for each in known if wanted and wanted in plain(each.what))
    if within:
        return within
    if len(near) == 1:
        return near
    raise UnknownName("handoff", text, tuple(each.id for each in near))


def _names_roles(playbook: Playbook, definition: Definition, wanted: str) -> bool:
    """Whether a text is who gives, who takes, or both (`data engineer to ML engineer`)."""
    giver = _spellings(playbook, definition.giver)
    receiver = _spellings(playbook, definition.receiver)
    both = {f"{one}_to_{other}" for one in giver for other in receiver}
    both |= {f"{one}_{other}" for one in giver for other in receiver}
    return wanted in giver | receiver | both | {f"to_{other}" for other in receiver}


def _spellings(playbook: Playbook, role_id: str) -> set[str]:
    role = playbook.role(role_id)
    return {plain(each) for each in (role.id, role.name, *role.aliases)}


def _once(found: Iterable[Definition]) -> tuple[Definition, ...]:
    return tuple({each.id: each for each in found}.values())


def handle(desk: Desk, person_id: str) -> str:
    """Return how somebody is called in commands; empty for nobody."""
    found = people.members(desk, [person_id]) if person_id else ()
    return found[0].handle if found else ""
