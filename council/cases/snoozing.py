"""Later, not now: one case, or what matches on an initiative, does not disturb until then.

What comes meanwhile is accepted and counted. Worse ends it, and so does its time: a case that is
not resolved by then asks anew, with fresh clocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from council import agenda, calendar, initiatives, ledger, outbox, people, rights
from council.cases import clocks, follow, paging, restarting, views
from council.cases.quiet import LONGEST_WORST, WORST
from council.cases.routing import lanes, ringing, runs
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.notices import CaseReply
from council.tables import Case, Initiative, Snooze

AWAKE = "awake"
OFF = "off"
# What may be chosen by a press, in the reader's own zone.
PRESETS = ("1h", "tomorrow", "monday")
LONGEST = timedelta(days=90)
_LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class What:
    """What is to be quiet on an initiative: a class (empty: any), a feature (empty: any)."""

    key: str
    signal_class: str = ""
    feature: str = ""


@dataclass(frozen=True, slots=True)
class Quiet:
    """What a snooze covers: open cases, and how many signals of the last 7 days matched.

    `done` tells whether it holds now, or is only thought of; `until` None: it was ended.
    """

    key: str
    name: str
    signal_class: str
    feature: str
    until: datetime | None
    zone: str
    cases: tuple[str, ...]
    worst: tuple[str, ...]
    signals: int
    done: bool


def snooze(desk: Desk, actor: str, key: str, until: str, reason: str = "") -> views.CaseView:
    """Put one case off until then; its clocks stop. `off` ends it.

    Raises Invalid for a time that nobody can mean, or too far away; Conflict if it is resolved,
    or was not put off.
    """
    case, initiative = views.get(desk, key)
    rights.require_change(initiative, people.roster(desk, initiative), actor, "snooze")
    if case.status == "resolved":
        raise Conflict(views.case_key(case.number), "resolved")
    if until == OFF:
        if case.status != "snoozed":
            raise Conflict(views.case_key(case.number), "awake")
        _wake(desk, case, initiative, actor)
        return views.describe(desk, case, initiative)
    longest = LONGEST_WORST if case.severity == WORST else LONGEST
    at = _moment(desk, actor, until, longest)
    _put_off(desk, case, at)
    _keep(desk, actor, initiative, _row(desk, actor, initiative, at, case.id), reason)
    follow.announce(desk, case, "snoozed")
    return views.describe(desk, case, initiative)


def preview(desk: Desk, actor: str, what: What, until: str) -> Quiet:
    """Return what would be covered; nothing is changed."""
    initiative, what = _meant(desk, actor, what)
    at = _moment(desk, actor, until, LONGEST)
    return _quiet(desk, actor, initiative, what, at, done=False)


def snooze_all(desk: Desk, actor: str, what: What, until: str, reason: str = "") -> Quiet:
    """Be quiet about what matches until then: open cases are put off, new ones open so.

    The worst severity is covered for 24 hours at most; what is put off for longer stays so. `off`
    ends what matches; what was put off by itself, or by something else too, stays so until then.
    """
    initiative, what = _meant(desk, actor, what)
    if until == OFF:
        return _end_all(desk, actor, initiative, what)
    at = _moment(desk, actor, until, LONGEST)
    covered = _covered(desk, initiative, what)
    row = _row(desk, actor, initiative, at)
    row.signal_class, row.feature = what.signal_class, what.feature
    _keep(desk, actor, initiative, row, reason)
    for case in covered:
        worst = case.severity == WORST
        until_then = min(at, desk.now() + LONGEST_WORST) if worst else at
        if case.snoozed_until is None or case.snoozed_until < until_then:
            _put_off(desk, case, until_then)
            follow.announce(desk, case, "snoozed")
    return _quiet(desk, actor, initiative, what, at, done=True)


def wake(desk: Desk, case_id: str) -> None:
    """Have a case that was put off ask anew; called by the agenda."""
    case = desk.books.cases.by_id(case_id)
    initiative = desk.books.initiatives.by_id(case.initiative_id) if case else None
    if case is not None and initiative is not None and case.status == "snoozed":
        _wake(desk, case, initiative, follow.COUNCIL)


def _wake(desk: Desk, case: Case, initiative: Initiative, actor: str) -> None:
    case.status, case.snoozed_until = "open", None
    case.acknowledged_at = case.acknowledged_by = None
    agenda.cancel(desk, clocks.WAKE, [case.id])
    desk.books.snoozes.end_of_cases([case.id], desk.now())
    who = restarting.restart(desk, case, initiative)
    facts = {"initiative": initiative.id, "state": case.status}
    ledger.append(desk, [ledger.Entry("case.woken", actor, f"case:{case.id}", facts)])
    follow.announce(desk, case, AWAKE)
    if not runs(initiative):
        return
    outbox.put(desk, paging.anew(desk, initiative, case))
    ring = tuple(each.member.id for each in who.owners if each.member.id != actor)
    where = ringing(lanes(desk, initiative, who.owners), ring)
    outbox.put(desk, [(lane, CaseReply(case.id, AWAKE, ring)) for lane in where if ring])


def _put_off(desk: Desk, case: Case, at: datetime) -> None:
    restarting.stop(desk, [case])
    case.status, case.snoozed_until = "snoozed", at
    desk.books.add(case)
    agenda.schedule(desk, [agenda.Due(clocks.WAKE, case.id, at)])
    facts = {"initiative": case.initiative_id, "state": case.status, "until": at.isoformat()}
    entry = ledger.Entry("case.snoozed", follow.COUNCIL, f"case:{case.id}", facts)
    ledger.append(desk, [entry])


def _row(desk: Desk, actor: str, initiative: Initiative, at: datetime, case_id: str = "") -> Snooze:
    return Snooze(
        id=desk.ids.new(),
        council_id=desk.council_id,
        initiative_id=initiative.id,
        case_id=case_id,
        until=at,
        created_by=actor,
        created_at=desk.now(),
    )


def _keep(desk: Desk, actor: str, initiative: Initiative, row: Snooze, reason: str) -> None:
    """Write a snooze down, with who wanted it and why."""
    row.reason = reason
    desk.books.add(row)
    facts = {
        "initiative": initiative.id,
        "case": row.case_id,
        "signal_class": row.signal_class,
        "until": row.until.isoformat(),
    }
    texts = {"reason": (reason, actor)} if reason else {}
    if row.feature:
        texts["feature"] = (row.feature, actor)
    subject = f"initiative:{initiative.id}"
    ledger.append(desk, [ledger.Entry("snooze.set", actor, subject, facts, texts)])


def _end_all(desk: Desk, actor: str, initiative: Initiative, what: What) -> Quiet:
    running = desk.books.snoozes.running([initiative.id], desk.now())
    rows = [row for row in running if _means(what, row)]
    put_off = [case for case in _covered(desk, initiative, what) if case.status == "snoozed"]
    if not rows and not put_off:
        raise Conflict(initiative.key, "awake")
    for row in rows:
        row.ended_at = desk.now()
        desk.books.add(row)
    # With nothing that is alike to end, those that were put off by themselves are meant.
    rest = [row for row in running if row not in rows] if rows else []
    for case in put_off:
        now = desk.now()
        until = max((_until(row, case) for row in rest if _covers(desk, row, case)), default=now)
        if until <= now:
            _wake(desk, case, initiative, actor)
        elif until != case.snoozed_until:
            _put_off(desk, case, until)
            follow.announce(desk, case, "snoozed")
    facts = {"initiative": initiative.id, "signal_class": what.signal_class}
    subject = f"initiative:{initiative.id}"
    ledger.append(desk, [ledger.Entry("snooze.ended", actor, subject, facts)])
    return _quiet(desk, actor, initiative, what, None, done=True)


def _means(what: What, row: Snooze) -> bool:
    """Whether somebody who ends this means that row, of what is alike."""
    named = what.signal_class in {"", row.signal_class} and what.feature in {"", row.feature}
    return named and not row.case_id


def _until(row: Snooze, case: Case) -> datetime:
    worst = case.severity == WORST
    return min(row.until, row.created_at + LONGEST_WORST) if worst else row.until


def _covers(desk: Desk, row: Snooze, case: Case) -> bool:
    if row.case_id:
        return row.case_id == case.id
    if row.signal_class not in {"", case.signal_class}:
        return False
    return not row.feature or not desk.books.snoozes.firing_besides([case.id], row.feature)


def _meant(desk: Desk, actor: str, what: What) -> tuple[Initiative, What]:
    initiative = initiatives.get(desk, what.key)
    rights.require_change(initiative, people.roster(desk, initiative), actor, "snooze")
    playbook = initiatives.playbook_of(desk, initiative)
    about = playbook.find_signal_class(what.signal_class) if what.signal_class else ""
    return initiative, What(initiative.key, about, what.feature.strip())


def _moment(desk: Desk, actor: str, text: str, longest: timedelta) -> datetime:
    """Return the moment meant, on the actor's own wall."""
    now = desk.now()
    at = calendar.until(text, now, people.hours_of(desk, actor))
    if at is None:
        raise Invalid("until", text, "moment", (*PRESETS, "2d"))
    if at - now > longest:
        why = "too_long_for_the_worst" if longest == LONGEST_WORST else "too_far_away"
        raise Invalid("until", text, why, PRESETS[:1])
    return at


def _cases(desk: Desk, initiative: Initiative, what: What) -> list[Case]:
    """Return the unresolved cases of a class."""
    return [
        case
        for case in desk.books.cases.open_of(initiative.id)
        if what.signal_class in {"", case.signal_class}
    ]


def _covered(desk: Desk, initiative: Initiative, what: What) -> list[Case]:
    """Return the cases of which everything that still holds matches."""
    found = _cases(desk, initiative, what)
    if not what.feature:
        return found
    others = desk.books.snoozes.firing_besides([case.id for case in found], what.feature)
    return [case for case in found if case.id not in others]


def _quiet(
    desk: Desk,
    actor: str,
    initiative: Initiative,
    what: What,
    at: datetime | None,
    *,
    done: bool,
) -> Quiet:
    found: Sequence[Case] = _covered(desk, initiative, what)
    since = desk.now() - _LOOK_BACK
    return Quiet(
        initiative.key,
        initiative.name,
        what.signal_class,
        what.feature,
        at,
        people.hours_of(desk, actor).zone,
        tuple(views.case_key(case.number) for case in found),
        tuple(views.case_key(case.number) for case in found if case.severity == WORST),
        desk.books.snoozes.signals_like(initiative.id, since, what.signal_class, what.feature),
        done,
    )
