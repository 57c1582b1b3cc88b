"""Whom a case calls, where it is posted and when it is late: the playbook's answer, in people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from council import calendar, initiatives, people
from council.desk import Desk
from council.outbox import NOBODY
from council.people import Called, Roster
from council.playbook import Playbook, Route, Span, clock_for, route
from council.store import Routed
from council.tables import Initiative

NOT_ME = "not_me"
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Calling:
    """Who must act (`owners`), who is told (`informed`), and by when somebody must answer."""

    playbook: Playbook
    roster: Roster
    route: Route
    owners: tuple[Called, ...]
    informed: tuple[Called, ...]

    def deadline(self, severity: str, now: datetime) -> datetime | None:
        """Return until when somebody must acknowledge; None if this severity has no clock."""
        span = clock_for(self.playbook, severity).acknowledge
        return due(span, now, self.owners[0].member.timezone if self.owners else "UTC")

    def ladder(self, severity: str) -> tuple[str, ...]:
        """Return the roles that are asked one after another when nobody answers."""
        steps = clock_for(self.playbook, severity).escalate_to
        return tuple(role for role in steps if self.roster.holders(role))


def due(span: Span | None, now: datetime, zone: str) -> datetime | None:
    """Return when a span from now has passed, on the receiver's working clock."""
    if span is None:
        return None
    return calendar.after(now, span.minutes, business=span.business, zone_name=zone)


def calling(
    desk: Desk,
    initiative: Initiative | Routed,
    signal_class: str,
    answers: Mapping[str, str] | None = None,
) -> Calling:
    """Return who is called for a signal class on an initiative, given what people answered."""
    playbook = initiatives.playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    way = route(playbook, signal_class)
    answers = answers or {}
    declined = {person for person, answer in answers.items() if answer == NOT_ME}
    owners = who.call(way.notify, declined)
    known = {each.member.id for each in owners}
    asked = [person for person, answer in answers.items() if answer == ASKED]
    extra = people.members(desk, [person for person in asked if person not in known])
    owners += tuple(Called(member) for member in extra)
    known |= {each.id for each in extra}
    informed = tuple(
        each for each in who.call(way.inform) if each.member.id not in known and each.roles
    )
    return Calling(playbook, who, way, owners, informed)


def lanes(
    desk: Desk, initiative: Initiative | Routed, owners: tuple[Called, ...]
) -> tuple[str, ...]:
    """Return where the card goes: the initiative's channel, else the council's, else each owner."""
    channel = initiative.channel or desk.books.registry.council().channel
    if channel:
        return (channel,)
    return tuple(f"person:{each.member.id}" for each in owners) or (NOBODY,)
