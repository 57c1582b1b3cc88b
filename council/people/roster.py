"""Who is who on an initiative, and whom a relation calls: the role's people, else the lead."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from council.desk import Desk
from council.store import Routed
from council.tables import Initiative, Person

LEAD_ROLE = "council_lead"


@dataclass(frozen=True, slots=True)
class Member:
    """A person as cards need them; `ids` maps platform to id."""

    id: str
    handle: str
    name: str
    timezone: str = "UTC"
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Called:
    """A person who is called, and why: the roles they hold, or stand in for.

    `stands_in` holds (role, why); why is `nobody` (the role is vacant) or `not_me` (everybody in
    it said so).
    """

    member: Member
    roles: tuple[str, ...] = ()
    stands_in: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is who on one initiative."""

    by_role: Mapping[str, tuple[Member, ...]]
    leads: tuple[Member, ...]

    def holders(self, role: str) -> tuple[Member, ...]:
        """Return the people in a role; the system role of council lead included."""
        return self.leads if role == LEAD_ROLE else self.by_role.get(role, ())

    def call(self, roles: Iterable[str], without: Collection[str] = ()) -> tuple[Called, ...]:
        """Return each person once, with every reason, in the order of the roles.

        `without` holds ids of people who said "not me". A role with nobody left falls to the
        council lead, who is the end of the ladder and is not left out.
        """
        held: dict[str, list[str]] = {}
        stands: dict[str, list[tuple[str, str]]] = {}
        members: dict[str, Member] = {}
        for role in roles:
            present = [each for each in self.holders(role) if each.id not in without]
            for each in present:
                members[each.id] = each
                held.setdefault(each.id, []).append(role)
            if not present:
                why = "not_me" if self.holders(role) else "nobody"
                for lead in self.leads:
                    members[lead.id] = lead
                    stands.setdefault(lead.id, []).append((role, why))
        return tuple(
            Called(each, tuple(held.get(key, ())), tuple(stands.get(key, ())))
            for key, each in members.items()
        )

    def roles_of(self, person_id: str) -> tuple[str, ...]:
        """Return the roles that a person holds here."""
        found = [
            role
            for role, members in self.by_role.items()
            if any(each.id == person_id for each in members)
        ]
        if any(each.id == person_id for each in self.leads):
            found.append(LEAD_ROLE)
        return tuple(found)


def roster(desk: Desk, initiative: Initiative | Routed) -> Roster:
    """Return who is who on an initiative now."""
    staff = desk.books.initiatives.staff(initiative.id)
    leads = desk.books.people.leads(desk.leads)
    identities = desk.books.people.identities(
        [person.id for _, person in staff] + [person.id for person in leads]
    )
    default_zone = desk.books.registry.council().timezone
    by_role: dict[str, list[Member]] = {}
    for role, person in staff:
        by_role.setdefault(role, []).append(_member(person, identities, default_zone))
    return Roster(
        {role: tuple(members) for role, members in by_role.items()},
        tuple(_member(person, identities, default_zone) for person in leads),
    )


def leads(desk: Desk) -> tuple[Member, ...]:
    """Return the council leads."""
    found = desk.books.people.leads(desk.leads)
    return members(desk, [person.id for person in found])


def members(desk: Desk, ids: Iterable[str]) -> tuple[Member, ...]:
    """Return these people, in the order asked."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return ()
    rows = desk.books.people.by_ids(wanted)
    identities = desk.books.people.identities(wanted)
    default_zone = desk.books.registry.council().timezone
    return tuple(_member(rows[one], identities, default_zone) for one in wanted if one in rows)


def _member(person: Person, identities: Mapping[str, Mapping[str, str]], zone: str) -> Member:
    return Member(
        person.id,
        person.handle,
        person.name,
        person.timezone or zone,
        dict(identities.get(person.id, {})),
    )


def is_lead(desk: Desk, person_id: str) -> bool:
    """Whether this person may set the council up and steps in where nobody is."""
    return any(lead.id == person_id for lead in desk.books.people.leads(desk.leads))
