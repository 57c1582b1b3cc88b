"""Who is who on an initiative, and whom a relation calls.

The people in the role are called; for somebody who is away, the deputy who said yes; for a role
with nobody left, the council lead.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from council.desk import Desk
from council.people.away import Away, away_now
from council.people.duty import on_duty
from council.people.member import Member, as_members, is_lead, leads, members
from council.store import Routed
from council.tables import Initiative

__all__ = [
    "LEAD_ROLE",
    "Called",
    "Member",
    "Roster",
    "StandIn",
    "acting_leads",
    "deputies_of",
    "is_lead",
    "leads",
    "members",
    "roster",
    "rosters_ahead",
]

LEAD_ROLE = "council_lead"


@dataclass(frozen=True, slots=True)
class StandIn:
    """Whose place somebody takes in a role, and until when that person is away (None: open)."""

    role: str
    absent: Member
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Called:
    """A person who is called, and why: the roles they hold, or stand in for.

    `roles` are those that the person may act in now: held, or as a deputy; `deputy_for` then says
    whose they are. `stands_in` holds (role, why) of council leads; why is `nobody` (the role is
    vacant), `not_me` (everybody in it said so) or `away` (everybody is, and nobody stands in).
    """

    member: Member
    roles: tuple[str, ...] = ()
    stands_in: tuple[tuple[str, str], ...] = ()
    deputy_for: tuple[StandIn, ...] = ()


_NOBODY_AWAY: Mapping[str, Away] = {}


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is who on one initiative; `away` says, by person id, who is not there now."""

    by_role: Mapping[str, tuple[Member, ...]]
    leads: tuple[Member, ...]
    away: Mapping[str, Away] = field(default_factory=lambda: _NOBODY_AWAY)

    def holders(self, role: str) -> tuple[Member, ...]:
        """Return the people in a role, here or away; the system role of council lead included."""
        return self.leads if role == LEAD_ROLE else self.by_role.get(role, ())

    def acting(self, role: str) -> tuple[Member, ...]:
        """Return who acts in a role now: its people who are here, and deputies of the others."""
        acting = self._acting(self.holders(role))
        return tuple({member.id: member for member, _ in acting}.values())

    def acting_leads(self) -> tuple[Member, ...]:
        """Return who leads the council now; where all are away and nobody stands in, all of them.

        They are the end of every ladder: where the council has a lead, this is never empty.
        """
        here = tuple(each for each in self.leads if each.id not in self.away)
        return here or self.acting(LEAD_ROLE) or self.leads

    def call(self, roles: Iterable[str], without: Collection[str] = ()) -> tuple[Called, ...]:
        """Return each person once, with every reason, in the order of the roles.

        `without` holds ids of people who said "not me". A role with nobody left falls to the
        council lead, who is the end of the ladder and is not left out.
        """
        calls: dict[str, _Call] = {}
        for role in roles:
            willing = [each for each in self.holders(role) if each.id not in without]
            acting = [pair for pair in self._acting(willing) if pair[0].id not in without]
            for member, absent in acting:
                call = calls.setdefault(member.id, _Call(member))
                call.roles.setdefault(role)
                if absent is not None:
                    stood = StandIn(role, absent, self.away[absent.id].until)
                    call.deputy_for.append(stood)
            if not acting:
                why = self._why(role, willing)
                for lead in self.acting_leads():
                    calls.setdefault(lead.id, _Call(lead)).stands_in.append((role, why))
        return tuple(each.called() for each in calls.values())

    def roles_of(self, person_id: str) -> tuple[str, ...]:
        """Return the roles in which a person may act here: those held, and those stood in for."""
        found = [role for role, held in self.by_role.items() if self._acts(person_id, held)]
        if self._acts(person_id, self.leads):
            found.append(LEAD_ROLE)
        return tuple(found)

    def _acts(self, person_id: str, holders: Iterable[Member]) -> bool:
        return any(
            person_id == each.id
            or ((gone := self.away.get(each.id)) and gone.deputy and gone.deputy.id == person_id)
            for each in holders
        )

    def _acting(self, holders: Iterable[Member]) -> list[tuple[Member, Member | None]]:
        """Return who acts, and for whom if as a deputy."""
        found: list[tuple[Member, Member | None]] = []
        for each in holders:
            gone = self.away.get(each.id)
            if gone is None:
                found.append((each, None))
            elif gone.deputy is not None:
                found.append((gone.deputy, each))
        return found

    def _why(self, role: str, willing: Collection[Member]) -> str:
        if not self.holders(role):
            return "nobody"
        return "away" if willing and not self._acting(willing) else "not_me"


@dataclass(slots=True)
class _Call:
    """A call while its reasons are gathered."""

    member: Member
    roles: dict[str, None] = field(default_factory=dict)
    stands_in: list[tuple[str, str]] = field(default_factory=list)
    deputy_for: list[StandIn] = field(default_factory=list)

    def called(self) -> Called:
        return Called(self.member, tuple(self.roles), tuple(self.stands_in), tuple(self.deputy_for))


def roster(desk: Desk, initiative: Initiative | Routed) -> Roster:
    """Return who is who on an initiative now, and who of them is away."""
    staff = desk.books.initiatives.staff(initiative.id) + on_duty(desk, initiative.id)
    leading = desk.books.people.leads(desk.leads)
    persons = {person.id: person for person in (*(one for _, one in staff), *leading)}
    known = {one.id: one for one in as_members(desk, persons.values())}
    by_role: dict[str, dict[str, Member]] = {}
    for role, person in staff:
        by_role.setdefault(role, {})[person.id] = known[person.id]
    return Roster(
        {role: tuple(held.values()) for role, held in by_role.items()},
        tuple(known[person.id] for person in leading),
        away_now(desk, known),
    )


@contextmanager
def rosters_ahead(desk: Desk, initiative_ids: Collection[str]) -> Iterator[None]:
    """Read at once what the rosters of these few initiatives, and their people's hours, are of.

    For a while in which nobody is assigned.
    """
    if not initiative_ids:
        yield
        return
    books = desk.books
    books.absences.read_ahead(initiative_ids)
    with books.initiatives.staff_ahead(initiative_ids) as staff:
        ids = {person.id for person in (*staff, *books.people.leads(desk.leads))}
        books.people.read_ahead(ids)
        if len(initiative_ids) > 1:  # of one, the hours of one person are asked at most
            books.people.read_preferences(ids)
        books.absences.spells(ids)
        yield


def acting_leads(desk: Desk) -> tuple[Member, ...]:
    """Return who leads the council now: leads who are here, else deputies, else all leads."""
    found = leads(desk)
    return Roster({}, found, away_now(desk, [each.id for each in found])).acting_leads()


def deputies_of(desk: Desk, ids: Iterable[str]) -> tuple[Member, ...]:
    """Return who stands in for these people now; a deputy of an absence to come is not asked."""
    wanted = list(ids)
    away = away_now(desk, wanted)
    found = [away[one].deputy for one in wanted if one in away]
    return tuple(each for each in found if each is not None)
