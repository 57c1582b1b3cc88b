"""Roles that nobody fills: looked for each business morning, told to the council lead once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from council import agenda, ledger, outbox, people
from council.calendar import Hours
from council.desk import Desk
from council.initiatives.finding import needed, playbook_of
from council.initiatives.wishes import wishes
from council.notices import GapCard
from council.people import Member, Roster
from council.playbook import MoveKind, Phase, Playbook, transitions_from
from council.tables import Initiative

CHECK = "roles.check"
NOTED = "roles.vacant"
COUNCIL = "council"
_PAGE = 50


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A role that nobody fills, here or in the phase that comes next.

    `why` is `nobody`, or `away`: everybody in it is (`absent`), and nobody stands in. Or its `rota`
    puts nobody on duty: it names nobody who is known here (`rota`), or is `unread` for too long.
    """

    role: str
    role_name: str
    why: str
    since: datetime
    phase_name: str
    phase_number: int
    now: bool
    absent: tuple[Member, ...] = ()
    rota: people.Idle | None = None


def vacant_roles(desk: Desk, initiative: Initiative) -> tuple[Vacancy, ...]:
    """Return the roles that nobody fills: those that this phase needs, then those of the next."""
    playbook = playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    by_rota = {role for role, _ in desk.books.absences.on_duty(initiative.id)}
    idle = people.idle(desk, initiative.id)
    found: dict[str, Vacancy] = {}
    for phase, roles in _asked_of(playbook, playbook.phases[initiative.phase]):
        for role in roles:
            if role in found or who.acting(role):
                continue
            absent = who.holders(role)
            rota = None if absent else idle.get(role)
            if role in by_rota and not absent and rota is None:
                continue  # somebody's turn comes
            here = phase.id == initiative.phase
            if not here and absent:
                continue  # whoever is away now may be back by then
            found[role] = Vacancy(
                role,
                playbook.role(role).name,
                "away" if absent else (rota.why if rota else "nobody"),
                rota.since if rota else _since(desk, initiative, role, who),
                phase.name,
                phase.order,
                here,
                absent,
                rota,
            )
    return tuple(found.values())


def _asked_of(playbook: Playbook, phase: Phase) -> Iterator[tuple[Phase, tuple[str, ...]]]:
    if phase.terminal:
        return
    yield phase, needed(phase)
    for way in transitions_from(playbook, phase.id):
        if way.kind is MoveKind.FORWARD:
            ahead = playbook.phases[way.target]
            yield ahead, needed(ahead)


def _since(desk: Desk, initiative: Initiative, role: str, who: Roster) -> datetime:
    """Return since when nobody fills a role."""
    holders = [each.id for each in who.holders(role)]
    if not holders:
        return desk.books.people.vacant_since(initiative.id, role) or initiative.created_at
    now = desk.now()
    spells = desk.books.absences.spells(holders)
    starts = [start for found in spells.values() for start, _, _ in found if start <= now]
    return max(starts, default=now)


def check_roles(desk: Desk, after: str, period: str) -> None:
    """Look at a page of initiatives; tell the council lead what is new, and go on or sleep.

    A vacancy is told once, and again only if the role was filled in between.
    """
    rows = desk.books.initiatives.page(after, _PAGE + 1)
    for row in rows[:_PAGE]:
        if row.state == "active":
            _check(desk, row, period)
    if len(rows) > _PAGE:
        agenda.schedule(desk, [agenda.Due(CHECK, rows[_PAGE - 1].key, desk.now(), period)])
    else:
        begin_checks(desk)


def begin_checks(desk: Desk) -> None:
    """See to it that roles are checked on the next business morning; again, it changes nothing."""
    hours = Hours(desk.books.registry.council().timezone)
    day = hours.local(desk.now()).date()
    while not hours.works_on(day) or hours.on(day, hours.opens) <= desk.now():
        day += timedelta(days=1)
    at = hours.on(day, hours.opens)
    agenda.schedule(desk, [agenda.Due(CHECK, "", at, day.isoformat())])


def _check(desk: Desk, initiative: Initiative, period: str) -> None:
    vacant = vacant_roles(desk, initiative)
    if not vacant:
        return
    told, wished = _told(desk, initiative), wishes(desk, initiative)
    fresh = [
        each
        for each in vacant
        if each.role not in told
        or told[each.role] < max((each.since, *wished.get(each.role, {}).values()))
    ]
    if not fresh:
        return
    roles = tuple(each.role for each in fresh)
    facts = {"initiative": initiative.id, "roles": list(roles)}
    ledger.append(desk, [ledger.Entry(NOTED, COUNCIL, f"initiative:{initiative.id}", facts)])
    card = GapCard(initiative.id, period, roles)
    asked = {person for role in roles for person in wished.get(role, {})}
    lanes = dict.fromkeys((*lead_lanes(desk, initiative), *(f"person:{each}" for each in asked)))
    outbox.put(desk, [(lane, card) for lane in lanes])


def _told(desk: Desk, initiative: Initiative) -> dict[str, datetime]:
    """Return when each role was last told to be filled by nobody."""
    entries = desk.books.ledger.of_kind(f"initiative:{initiative.id}", NOTED)
    return {str(role): entry.at for entry in entries for role in entry.facts["roles"]}


def lead_lanes(desk: Desk, initiative: Initiative) -> tuple[str, ...]:
    """Return where who leads the council now is told: directly, else in the council's channel."""
    persons = tuple(f"person:{lead.id}" for lead in people.acting_leads(desk))
    channel = "" if initiative.private else desk.books.registry.council().channel
    return persons or ((channel,) if channel else (outbox.NOBODY,))
