"""Pause an initiative: its clocks stop, and what comes up meanwhile is noted and disturbs nobody.

Cases begin anew when it goes on. Whatever else was due has as long left as when it stopped; until
then its rows stay on the agenda, held far in the future, so that whatever ends it takes them off.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from council import (
    agenda,
    calendar,
    changes,
    following,
    initiatives,
    ledger,
    outbox,
    people,
    rights,
)
from council.calendar import Hours
from council.cases import clocks, follow, paging, restarting
from council.cases.routing import lanes, ringing
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.notices import CaseReply
from council.tables import AgendaRow, Decision, Handoff, Huddle, Initiative, Review

RESUME = "initiative.resume"
PAUSED, RESUMED = "initiative.paused", "initiative.resumed"
COUNCIL = "council"
# Nothing is due then, and nothing ever will be.
_HELD = timedelta(days=365_000)
_LONGEST = timedelta(days=366)
# What people chose themselves goes on.
_GO_ON = frozenset({RESUME, clocks.WAKE})
# `paused` alone would say that nothing moves there.
_STATES = {"paused": "paused_already"}
_MINUTE = timedelta(minutes=1)
Later = Callable[[str, str, datetime], datetime]
Shown = Huddle | Handoff | Decision | Review


@dataclass(frozen=True, slots=True)
class Pause:
    """How an initiative stands that was paused, or goes on: `cases` are those that are open."""

    key: str
    name: str
    state: str
    until: datetime | None
    zone: str
    cases: tuple[str, ...]
    clocks: int


def pause(desk: Desk, actor: str, key: str, reason: str = "", until: str = "") -> Pause:
    """Stop the clocks of an initiative, until a day if one is given.

    Raises Conflict if it is paused already or not live, Invalid for a day nobody can mean.
    """
    initiative = _pausable(desk, actor, key)
    at = _day(desk, actor, until) if until else None
    held = _stop(desk, initiative)
    initiative.state, initiative.paused_at, initiative.paused_until = "paused", desk.now(), at
    desk.books.add(initiative)
    if at is not None:
        agenda.schedule(desk, [agenda.Due(RESUME, initiative.id, at)])
    _tell(desk, actor, initiative, PAUSED, reason)
    return _described(desk, actor, initiative, held)


def would_pause(desk: Desk, actor: str, key: str) -> Pause:
    """Return what would stand still if it were paused; nothing is changed. Raises as `pause`."""
    initiative = _pausable(desk, actor, key)
    rows = desk.books.everyday.clocks_of(initiative.id)
    return _described(desk, actor, initiative, sum(row.kind not in _GO_ON for row in rows))


def _pausable(desk: Desk, actor: str, key: str) -> Initiative:
    initiative = initiatives.get(desk, key)
    rights.require_change(initiative, people.roster(desk, initiative), actor, "pause")
    if initiative.state != "active":
        raise Conflict(initiative.key, _STATES.get(initiative.state, initiative.state))
    return initiative


def resume(desk: Desk, actor: str, key: str) -> Pause:
    """Let the clocks of an initiative run again; raises Conflict if it is not paused."""
    initiative = initiatives.get(desk, key)
    rights.require_change(initiative, people.roster(desk, initiative), actor, "resume")
    if initiative.state != "paused":
        raise Conflict(initiative.key, "not_paused")
    return _go_on(desk, actor, initiative)


def due(desk: Desk, initiative_id: str) -> None:
    """Let an initiative go on whose day has come; called by the agenda."""
    initiative = desk.books.initiatives.by_id(initiative_id)
    if initiative is not None and initiative.state == "paused":
        _go_on(desk, COUNCIL, initiative)


def _stop(desk: Desk, initiative: Initiative) -> int:
    """Stop every clock of an initiative; return how many there were."""
    rows = [row for row in desk.books.everyday.clocks_of(initiative.id) if row.kind not in _GO_ON]
    running = [case for case in desk.books.cases.open_of(initiative.id) if case.status != "snoozed"]
    restarting.stop(desk, running)
    gone = {case.id for case in running}
    agenda.schedule(
        desk,
        [
            _moved(row, row.due_at + _HELD)
            for row in rows
            if row.subject not in gone and row.due_at > desk.now()
        ],
    )
    return len(rows)


def _go_on(desk: Desk, actor: str, initiative: Initiative) -> Pause:
    stopped = initiative.paused_at or desk.now()
    initiative.state, initiative.paused_at, initiative.paused_until = "active", None, None
    desk.books.add(initiative)
    agenda.cancel(desk, RESUME, [initiative.id])
    later = _mover(desk, initiative, stopped)
    held = [row for row in desk.books.everyday.clocks_of(initiative.id) if row.due_at > _far(desk)]
    agenda.schedule(
        desk, [_moved(row, later(row.subject, row.kind, row.due_at - _HELD)) for row in held]
    )
    _show_later(desk, initiative, stopped, later)
    for case in desk.books.cases.open_of(initiative.id):
        if case.status == "snoozed":
            continue
        who = restarting.restart(desk, case, initiative)
        follow.announce(desk, case, "resumed")
        outbox.put(desk, paging.anew(desk, initiative, case))
        ring = tuple(each.member.id for each in who.owners if each.member.id != actor)
        if case.status == "open" and ring:
            where = ringing(lanes(desk, initiative, who.owners), ring)
            outbox.put(desk, [(lane, CaseReply(case.id, "resumed", ring)) for lane in where])
    _tell(desk, actor, initiative, RESUMED)
    return _described(desk, actor, initiative, len(held))


def _mover(desk: Desk, initiative: Initiative, stopped: datetime) -> Later:
    """Return what says when something is due now, by its id and what its clock is called.

    What runs by somebody's working hours has as many of them left as when it stopped.
    """
    with following.seeing_all(desk):
        opened = following.asked(desk, initiative).open.values()
    walls = {
        (item.id, clock.kind or clock.column): [
            people.hours_of(desk, each) for each in clock.holders or ("",)
        ]
        for item in opened
        for clock in item.clocks
    }
    usual, now = people.hours_of(desk, ""), desk.now()

    def later(about: str, name: str, at: datetime) -> datetime:
        hours = walls.get((about, name))
        if hours is None:
            return _later(at, stopped, now, usual)
        return max(
            calendar.after(now, calendar.between(stopped, at, each), business=True, hours=each)
            for each in hours
        )

    return later


def _later(at: datetime, stopped: datetime, now: datetime, usual: Hours) -> datetime:
    """Return when something is due that had so long left when it stopped.

    What was due while people work is due while they work.
    """
    moved = now + (at - stopped)
    if calendar.is_open(at - _MINUTE, usual) and not calendar.is_open(moved - _MINUTE, usual):
        return calendar.next_opening(moved, usual)
    return moved


def _show_later(desk: Desk, initiative: Initiative, stopped: datetime, later: Later) -> None:
    """Write the new times where cards read them: huddles, handoffs, decisions, reviews."""
    huddles = desk.books.huddles
    shown: tuple[tuple[Sequence[Shown], tuple[str, ...]], ...] = (
        (huddles.open_of(initiative.id), ("decide_by",)),
        (desk.books.handoffs.unanswered([initiative.id]), ("accept_by",)),
        (huddles.unsettled(initiative.id), ("confirm_by", "check_at")),
        (huddles.open_reviews(initiative.id), ("due_at",)),
    )
    for rows, columns in shown:
        for row in rows:
            for column in columns:
                at: datetime | None = getattr(row, column)
                if at and at > stopped:
                    setattr(row, column, later(row.id, column, at))
            desk.books.add(row)


def _moved(row: AgendaRow, at: datetime) -> agenda.Due:
    return agenda.Due(row.kind, row.subject, at, row.period)


def _far(desk: Desk) -> datetime:
    return desk.now() + _HELD / 2


def _day(desk: Desk, actor: str, text: str) -> datetime:
    now = desk.now()
    at = calendar.until(text, now, people.hours_of(desk, actor))
    if at is None or at - now > _LONGEST:
        raise Invalid("until", text, "moment", ("monday", "2w", "2026-12-01"))
    return at


def _tell(desk: Desk, actor: str, initiative: Initiative, kind: str, reason: str = "") -> None:
    until = initiative.paused_until
    facts = {
        "initiative": initiative.id,
        "state": initiative.state,
        "until": until.isoformat() if until else "",
    }
    texts = {"why": (reason, actor)} if reason else {}
    subject = f"initiative:{initiative.id}"
    ledger.append(desk, [ledger.Entry(kind, actor, subject, facts, texts)])
    if actor != COUNCIL:
        changes.note(desk, actor, kind, subject, {})
    if kind == PAUSED:
        for case in desk.books.cases.open_of(initiative.id):
            follow.announce(desk, case, "paused")
    initiatives.tell_shelf(desk, initiative)


def _described(desk: Desk, actor: str, initiative: Initiative, stopped: int) -> Pause:
    found = desk.books.cases.open_of(initiative.id)
    return Pause(
        initiative.key,
        initiative.name,
        initiative.state,
        initiative.paused_until,
        people.hours_of(desk, "" if actor == COUNCIL else actor).zone,
        tuple(f"C-{case.number}" for case in found),
        stopped,
    )
