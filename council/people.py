"""Who people are, and whom a relation calls: the person in the role, else the council lead."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from council import calendar, ledger
from council.desk import Desk
from council.errors import Invalid, NotFound
from council.store import Routed
from council.tables import Identity, Initiative, Person

LEAD_ROLE = "council_lead"
HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
PLATFORMS = ("slack", "teams")
IMPORT_COLUMNS = ("handle", "name", "email", "timezone", "slack_id", "teams_id")


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


def find(desk: Desk, text: str) -> Person:
    """Return the person meant by a handle, a platform mention, an e-mail address or a full name.

    Raises NotFound with near handles, Invalid (`two_people`) when a name fits more than one.
    """
    given = text.strip().lstrip("@")
    mention = re.fullmatch(r"<@([A-Z0-9]+)(?:\|[^>]*)?>", text.strip())
    if mention:
        found = desk.books.people.by_identity("slack", mention.group(1))
        if found:
            return found
        raise NotFound("person", text)
    person = desk.books.people.by_handle(given.lower())
    if person:
        return person
    several = (
        desk.books.people.by_email(given) if "@" in given else desk.books.people.by_name(given)
    )
    if len(several) > 1:
        raise Invalid("person", given, "two_people", tuple(each.handle for each in several))
    if several:
        return several[0]
    near = get_close_matches(given.lower(), desk.books.people.handles(), n=3, cutoff=0.5)
    raise NotFound("person", given, tuple(near))


@dataclass(frozen=True, slots=True)
class Told:
    """What a platform tells about a person; only the name is always there."""

    name: str
    email: str = ""
    timezone: str = ""


def introduce(desk: Desk, platform: str, external_id: str, told: Told) -> Person:
    """Return the person a platform knows by this id; link by e-mail, or make them known."""
    known = desk.books.people.by_identity(platform, external_id)
    if known:
        return known
    same = desk.books.people.by_email(told.email)
    person = same[0] if len(same) == 1 else None
    if person is None:
        handle = _free_handle(desk, told.email.partition("@")[0] or told.name)
        person = _new(desk, handle, told.name, told.email, told.timezone)
    _link(desk, person, platform, external_id)
    ledger.append(desk, [ledger.Entry("person.linked", person.id, f"person:{person.id}")])
    return person


Cells = Mapping[str, str]


def read_table(text: str) -> list[tuple[int, Cells]]:
    """Return (line, cells) of a table with the header of IMPORT_COLUMNS, checked.

    Raises Invalid with the line and column of the first cell that does not fit.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    header = tuple(name.strip() for name in reader.fieldnames or ())
    missing = [name for name in IMPORT_COLUMNS[:2] if name not in header]
    unknown = [name for name in header if name not in IMPORT_COLUMNS]
    if missing or unknown:
        raise Invalid("header", ",".join(missing or unknown), "header", IMPORT_COLUMNS)
    rows: list[tuple[int, Cells]] = []
    for row in reader:
        cells = {name.strip(): (value or "").strip() for name, value in row.items() if name}
        if any(cells.values()):
            cells["handle"] = cells["handle"].lstrip("@").lower()
            _check_row(reader.line_num, cells)
            rows.append((reader.line_num, cells))
    return rows


def _check_row(line: int, cells: Cells) -> None:
    if not HANDLE.fullmatch(cells["handle"]):
        raise Invalid(f"line {line}, handle", cells["handle"], "handle")
    if not cells["name"]:
        raise Invalid(f"line {line}, name", "", "empty")
    zone = cells.get("timezone", "")
    if zone and not calendar.is_zone(zone):
        raise Invalid(f"line {line}, timezone", zone, "timezone")


def import_rows(desk: Desk, rows: Sequence[tuple[int, Cells]]) -> tuple[int, int]:
    """Add or update people, and return (new, changed).

    Raises Invalid (`taken`) if a platform's id belongs to somebody else; nothing is kept then.
    """
    new = changed = 0
    for line, cells in rows:
        added, touched = _import_row(desk, line, cells)
        new, changed = new + added, changed + touched
    return new, changed


def import_csv(desk: Desk, text: str) -> tuple[int, int]:
    """Add or update people from a small table at once; see `read_table` and `import_rows`."""
    return import_rows(desk, read_table(text))


def _import_row(desk: Desk, line: int, cells: Cells) -> tuple[int, int]:
    handle, zone = cells["handle"], cells.get("timezone", "")
    person = desk.books.people.by_handle(handle)
    fresh = person is None
    if person is None:
        person = _new(desk, handle, cells["name"], cells.get("email", ""), zone)
    before = person.model_dump()
    person.name = cells["name"]
    person.email = cells.get("email", "") or person.email
    person.timezone = zone or person.timezone
    linked = False
    for platform in PLATFORMS:
        if external := cells.get(f"{platform}_id", ""):
            linked = _link(desk, person, platform, external, line) or linked
    touched = not fresh and (linked or person.model_dump() != before)
    desk.books.add(person)
    if touched:
        ledger.append(desk, [ledger.Entry("person.changed", "shell", f"person:{person.id}")])
    return int(fresh), int(touched)


def _new(desk: Desk, handle: str, name: str, email: str, zone: str) -> Person:
    person = Person(
        id=desk.ids.new(),
        council_id=desk.council_id,
        handle=handle,
        name=name,
        email=email,
        timezone=zone if calendar.is_zone(zone) else "",
        created_at=desk.now(),
    )
    desk.books.add(person)
    ledger.append(desk, [ledger.Entry("person.added", person.id, f"person:{person.id}")])
    return person


def _link(desk: Desk, person: Person, platform: str, external_id: str, line: int = 0) -> bool:
    owner = desk.books.people.by_identity(platform, external_id)
    if owner is not None and owner.id != person.id:
        raise Invalid(f"line {line}, {platform}_id", external_id, "taken", (owner.handle,))
    if owner is not None:
        return False
    desk.books.add(
        Identity(
            council_id=desk.council_id,
            platform=platform,
            external_id=external_id,
            person_id=person.id,
        )
    )
    return True


def _free_handle(desk: Desk, wanted: str) -> str:
    stem = re.sub(r"[^a-z0-9._-]+", "-", wanted.lower()).strip("-._")[:56] or "person"
    handle, number = stem, 1
    while desk.books.people.by_handle(handle):
        number += 1
        handle = f"{stem}-{number}"
    return handle
