"""A person as cards need them, and who leads the council."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from council.desk import Desk
from council.errors import Conflict
from council.tables import Person


@dataclass(frozen=True, slots=True)
class Member:
    """A person as cards need them; `ids` maps platform to id."""

    id: str
    handle: str
    name: str
    timezone: str = "UTC"
    ids: Mapping[str, str] = field(default_factory=dict)


def members(desk: Desk, ids: Iterable[str]) -> tuple[Member, ...]:
    """Return these people, in the order asked."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return ()
    rows = desk.books.people.by_ids(wanted)
    return as_members(desk, [rows[one] for one in wanted if one in rows])


def as_members(desk: Desk, persons: Iterable[Person]) -> tuple[Member, ...]:
    """Return people as cards need them; the council's zone stands in for a missing one."""
    rows = list(persons)
    identities = desk.books.people.identities(row.id for row in rows)
    zone = desk.books.registry.council().timezone
    return tuple(
        Member(
            row.id,
            row.handle,
            row.name,
            row.timezone or zone,
            dict(identities.get(row.id, {})),
        )
        for row in rows
    )


def leads(desk: Desk) -> tuple[Member, ...]:
    """Return the council leads, whether they are away or not."""
    return as_members(desk, desk.books.people.leads(desk.leads))


def is_lead(desk: Desk, person_id: str) -> bool:
    """Whether this person may set the council up and steps in where nobody is."""
    return any(lead.id == person_id for lead in desk.books.people.leads(desk.leads))


def require_here(desk: Desk, person_id: str) -> None:
    """Raise Conflict (`left`) for somebody who left the council: nothing here is theirs to do."""
    if has_left(desk, person_id):
        raise Conflict("you", "left")


def has_left(desk: Desk, person_id: str) -> bool:
    """Whether this person was here once and is not any more."""
    found = desk.books.people.by_id(person_id)
    return found is not None and found.left_at is not None
