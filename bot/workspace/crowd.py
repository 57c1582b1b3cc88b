"""Who is here: the people of the council, and what they do there in one short line."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.html import Reader
from bot.workspace.room import PLATFORM
from council import initiatives, people
from council.desk import Desk
from council.people import Member

MOST_PEOPLE = 200
_MOST_ROLES, _MOST_KEYS = 2, 3


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody by handle; `lead` is the handle of the first council lead, empty if none."""

    members: dict[str, Member]
    lead: str

    def name(self, handle: str) -> str:
        """Return how somebody is called."""
        found = self.members.get(handle)
        return found.name if found else handle

    def reader(self, handle: str) -> Reader:
        """Return what a card must know of the one who reads it."""
        known = tuple((each.handle, each.name) for each in self.members.values())
        return Reader(PLATFORM, handle, self.members[handle].timezone, known)


def crowd(desk: Desk) -> Crowd:
    """Return everybody."""
    found = people.members(desk, [row.id for row in desk.books.people.page("", MOST_PEOPLE)])
    leads = people.leads(desk)
    return Crowd({each.handle: each for each in found}, leads[0].handle if leads else "")


def abouts(desk: Desk) -> dict[str, str]:
    """Return what everybody does, by handle."""
    leads = {each.handle for each in people.leads(desk)}
    return {
        handle: _about(desk, member, lead=handle in leads)
        for handle, member in crowd(desk).members.items()
    }


def _about(desk: Desk, member: Member, *, lead: bool) -> str:
    keys: dict[str, list[str]] = {}
    with initiatives.seen_by(desk, ""):  # everybody here reads it
        held = desk.books.initiatives.roles_of(member.id)
    for initiative, role in held:
        name = initiatives.playbook_of(desk, initiative).role(role).name
        keys.setdefault(name, []).append(initiative.key)
    roles = [f"{name} of {_row(found)}" for name, found in keys.items()]
    said = [*(["Council lead"] if lead else []), *roles]
    return "; ".join(said[:_MOST_ROLES]) + ("; …" if len(said) > _MOST_ROLES else "")


def _row(keys: Iterable[str]) -> str:
    found = list(keys)
    return ", ".join([*found[:_MOST_KEYS], *(["…"] if len(found) > _MOST_KEYS else [])])
