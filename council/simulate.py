"""Who would be called if a signal of a class came now: the routing said aloud, nothing sent."""

from dataclasses import dataclass
from datetime import datetime

from council import initiatives, people
from council.cases.routing import DEPUTY, calling, deadline, ladder, lanes
from council.cases.rules import Band
from council.desk import Desk
from council.errors import Invalid
from council.people import Called, Member
from council.playbook import Playbook, clock_for, route, severity_for

BANDS = ("act", "watch")


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is asked at `at`, if nobody has answered until then."""

    at: datetime
    role_name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """The answer: who, where, until when, who comes next, who is told, and the rule behind it."""

    initiative: str
    initiative_name: str
    signal_class: str
    band: str
    tier: int
    severity: str
    lanes: tuple[str, ...]
    owners: tuple[Called, ...]
    informed: tuple[Called, ...]
    role_names: dict[str, str]
    deadline: datetime | None
    rungs: tuple[Rung, ...]
    page: bool
    zone: str


def simulate(desk: Desk, key: str, signal_class: str, band: str) -> Simulation:
    """Return whom a signal would call; raises NotFound, Invalid or UnknownName."""
    initiative = initiatives.get(desk, key)
    playbook = initiatives.playbook_of(desk, initiative)
    about = playbook.find_signal_class(signal_class)
    if band not in BANDS:
        raise Invalid("band", band, "not_one_of", BANDS)
    severity = str(severity_for(playbook, Band(band), initiative.tier, about))
    who = calling(desk, initiative, about)
    first = at = deadline(desk, who, severity)
    rungs: list[Rung] = []
    for rung in ladder(desk, who, severity) if first else ():
        if at is not None:
            rungs.append(Rung(at, _rung_name(playbook, rung.role), rung.members))
            span = clock_for(playbook, severity).acknowledge
            at = people.due_for(desk, span, rung.members[0], at)
    return Simulation(
        initiative.key,
        initiative.name,
        about,
        band,
        initiative.tier,
        severity,
        lanes(desk, initiative, who.owners),
        who.owners,
        who.informed,
        {role: playbook.role(role).name for role in playbook.roles}
        | {"council_lead": playbook.role("council_lead").name},
        first,
        tuple(rungs),
        clock_for(playbook, severity).page,
        who.owners[0].member.timezone if who.owners else "UTC",
    )


def _rung_name(playbook: Playbook, role: str) -> str:
    return "Deputy" if role == DEPUTY else playbook.role(role).name


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One row of a playbook's routing, in its own words (`council playbook simulate`)."""

    signal_class: str
    severity: str
    notify: tuple[str, ...]
    huddle: tuple[str, ...]
    decide: tuple[str, ...]
    inform: tuple[str, ...]
    acknowledge: str
    escalate_to: tuple[str, ...]


def routes(playbook: Playbook, tier: int, band: str, classes: tuple[str, ...]) -> list[RouteLine]:
    """Return how a playbook routes each class at a tier and band, without any initiative."""
    lines = []
    for about in classes:
        way = route(playbook, about)
        severity = str(severity_for(playbook, Band(band), tier, about))
        clock = clock_for(playbook, severity)
        lines.append(
            RouteLine(
                about,
                severity,
                tuple(playbook.role(role).name for role in way.notify),
                tuple(playbook.role(role).name for role in way.huddle),
                tuple(playbook.role(role).name for role in way.decide),
                tuple(playbook.role(role).name for role in way.inform),
                str(clock.acknowledge) if clock.acknowledge else "none",
                clock.escalate_to,
            )
        )
    return lines
