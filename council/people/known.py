"""How somebody is found by what others call them, and made known at their first word."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from council import calendar, ledger
from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.people import preferences
from council.tables import Identity, Person


def find(desk: Desk, text: str) -> Person:
    """Return the person meant by a handle, a platform mention, an e-mail address or a full name.

    Raises NotFound with near handles, Invalid (`two_people`) when a name fits more than one, and
    Conflict (`gone`) for somebody who left.
    """
    person = _find(desk, text)
    if person.left_at is not None:
        raise Conflict(f"@{person.handle}", "gone")
    return person


def find_anybody(desk: Desk, text: str) -> Person:
    """Return whoever is meant, here or not any more; raises as `find` does."""
    return _find(desk, text)


def _find(desk: Desk, text: str) -> Person:
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
        person = add(desk, handle, told.name, told.email, told.timezone)
    elif not person.timezone and calendar.is_zone(told.timezone):
        before = preferences.of(desk, person.id).hours
        person.timezone = told.timezone  # a table told who they are, the platform tells where
        desk.books.add(person)
        preferences.moved(desk, person.id, before)
    link(desk, person, platform, external_id)
    ledger.append(desk, [ledger.Entry("person.linked", person.id, f"person:{person.id}")])
    return person


def add(desk: Desk, handle: str, name: str, email: str, zone: str) -> Person:
    """Make a new person known; a zone that is none is left to the council's."""
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


def link(desk: Desk, person: Person, platform: str, external_id: str, line: int = 0) -> bool:
    """Remember by which id a platform knows somebody; False if it was known.

    Raises Invalid (`taken`), with the line of the table, if the id belongs to somebody else.
    """
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
