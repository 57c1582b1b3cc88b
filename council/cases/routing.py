"""Whom a case calls, where it is posted and when it is late: the playbook's answer, in people."""

from collections.abc import Collection, Iterable, Mapping
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
# Who took a case left, and it is with this person since; they said nothing themselves.
HANDED = "handed_over"
STILL = ("paused", "watching", "retired", "archived")
# Of these only the council leads hear, each directly: not live yet, or put away.
QUIET = ("watching", "archived")


@dataclass(frozen=True, slots=True)
class Calling:
    """Who must act (`owners`), who is told (`informed`); ids of those who said "not me"."""

    playbook: Playbook
    roster: Roster
    route: Route
    owners: tuple[Called, ...]
    informed: tuple[Called, ...]
    declined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is asked next when nobody answers: a role, or the `deputy` of somebody who was asked.

    Whoever is away in a role is stood in for from the first, and asked as those in it are; this is
    for those who were asked themselves, and went away since.
    """

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
    asked = [each.member.id for each in who.owners]
    over = {*asked, *who.declined}
    return tuple(each for each in people.deputies_of(desk, asked) if each.id not in over)


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
    declined = frozenset(person for person, answer in answers.items() if answer == NOT_ME)
    owners = who.call(way.notify, declined)
    known = {each.member.id for each in owners}
    asked = [person for person, answer in answers.items() if answer == ASKED]
    extra = people.members(desk, [person for person in asked if person not in known])
    owners += tuple(Called(member) for member in extra)
    known |= {each.id for each in extra}
    informed = tuple(
        each for each in who.call(way.inform) if each.member.id not in known and each.roles
    )
    return Calling(playbook, who, way, owners, informed, declined)


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


def ringing(where: Iterable[str], ring: Collection[str]) -> tuple[str, ...]:
    """Return where a reply that rings these people belongs: in channels, and with each of them.

    Somebody else's own conversation would tell them that a third person is asked.
    """
    return tuple(
        lane
        for lane in where
        if not lane.startswith("person:") or lane.removeprefix("person:") in ring
    )


def lanes_of_work(
    desk: Desk, initiative: Initiative, called: tuple[Called, ...]
) -> tuple[str, ...]:
    """Return where cards on moves and handoffs go: of what is quiet, to the council leads alone."""
    leads = people.acting_leads(desk) if initiative.state in QUIET else ()
    return lanes(desk, initiative, tuple(Called(lead) for lead in leads) or called)
