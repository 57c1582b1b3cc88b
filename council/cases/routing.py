"""Whom a case calls, where it is posted and when it is late: the playbook's answer, in people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from council import initiatives, people
from council.desk import Desk
from council.outbox import NOBODY
from council.people import Called, Member, Roster
from council.playbook import Playbook, Route, clock_for, route
from council.store import Routed
from council.tables import Initiative

NOT_ME = "not_me"
ASKED = "asked"
DEPUTY = "deputy"
STILL = ("paused", "watching", "retired", "archived")
# Of these only the council leads hear, each directly: not live yet, or put away.
QUIET = ("watching", "archived")


@dataclass(frozen=True, slots=True)
class Calling:
    """Who must act (`owners`), and who is told (`informed`)."""

    playbook: Playbook
    roster: Roster
    route: Route
    owners: tuple[Called, ...]
    informed: tuple[Called, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is asked next when nobody answers: a role, or `deputy` of those who were asked first."""

    role: str
    members: tuple[Member, ...]


def deadline(
    desk: Desk, who: Calling, severity: str, since: datetime | None = None
) -> datetime | None:
    """Return until when somebody must acknowledge, from `since` (now), on the first one's clock.

    None if this severity has no clock.
    """
    span = clock_for(who.playbook, severity).acknowledge
    first = who.owners[0].member if who.owners else ""
    return people.due_for(desk, span, first, since)


def ladder(desk: Desk, who: Calling, severity: str) -> tuple[Rung, ...]:
    """Return who is asked one after another when nobody answers; rungs with nobody are left out."""
    steps = clock_for(who.playbook, severity).escalate_to
    rungs = [Rung(role, _standing(desk, who, role)) for role in steps]
    return tuple(rung for rung in rungs if rung.members)


def _standing(desk: Desk, who: Calling, role: str) -> tuple[Member, ...]:
    if role != DEPUTY:
        return who.roster.acting(role) or who.roster.holders(role)
    first = [each.member.id for each in who.owners if each.roles]
    found = people.deputies_of(desk, first)
    return tuple(each for each in found if each.id not in first)


def runs(initiative: Initiative | Routed) -> bool:
    """Whether clocks run for an initiative: not while it is paused, only watched, or over."""
    return initiative.state not in STILL


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
    if initiative.state in QUIET:
        return Calling(playbook, who, way, tuple(Called(lead) for lead in who.acting_leads()), ())
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
    """Return where the card goes: the initiative's channel, else the council's, else each owner.

    What is private never goes to the council's channel, and what is quiet to none.
    """
    shared = desk.books.registry.council().channel
    channel = initiative.channel or shared
    if initiative.private and channel == shared:
        channel = ""
    if channel and initiative.state not in QUIET:
        return (channel,)
    return tuple(f"person:{each.member.id}" for each in owners) or (NOBODY,)


def lanes_of_work(
    desk: Desk, initiative: Initiative, called: tuple[Called, ...]
) -> tuple[str, ...]:
    """Return where cards on moves and handoffs go: of what is quiet, to the council leads alone."""
    leads = people.acting_leads(desk) if initiative.state in QUIET else ()
    return lanes(desk, initiative, tuple(Called(lead) for lead in leads) or called)
