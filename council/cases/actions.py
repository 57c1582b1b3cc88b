"""What people do about a case: take it, pass it on, close it, raise one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from council import agenda, initiatives, ledger, outbox, people, rights
from council.cases import clocks, follow, reminding, views
from council.cases.receive import Intake
from council.cases.routing import (
    ASKED,
    HANDED,
    NOT_ME,
    Calling,
    calling,
    deadline,
    lanes,
    ringing,
    runs,
)
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.notices import CaseCard, CaseReply
from council.signal import DEFAULT_CLASS, Loudness, Signal, Status, key_of
from council.tables import Case, Initiative

OUTCOMES = ("noise", "fixed", "expected", "other")
_BANDS = {"act": Loudness.CRITICAL, "watch": Loudness.WARNING}


@dataclass(frozen=True, slots=True)
class Concern:
    """What a person noticed before any monitor did; `band` is watch or act."""

    key: str
    what: str
    signal_class: str = DEFAULT_CLASS
    band: str = "watch"


def acknowledge(desk: Desk, actor: str, key: str) -> views.CaseView:
    """Take a case ("I have it"): the clock stops. Taking it twice says: still on it.

    Raises Conflict if somebody else has it, or if it is resolved.
    """
    case, initiative = _changeable(desk, actor, key, "acknowledge")
    if case.status == "acknowledged":
        if case.acknowledged_by != actor:
            raise Conflict(key, "acknowledged", _name(desk, case.acknowledged_by))
        reminding.begin(desk, case, initiative)
        return views.describe(desk, case, initiative)
    take(desk, actor, case, initiative)
    follow.announce(desk, case, "acknowledged")
    return views.describe(desk, case, initiative)


def take(desk: Desk, actor: str, case: Case, initiative: Initiative) -> None:
    """Put a case into somebody's hands; no rights are asked here, and nothing is announced."""
    case.status = "acknowledged"
    case.acknowledged_by = actor
    case.acknowledged_at = desk.now()
    case.acknowledge_by = case.snoozed_until = None
    desk.books.add(case)
    for before in (NOT_ME, HANDED):
        desk.books.cases.take_back(case.id, actor, before)
    agenda.cancel(desk, clocks.ACKNOWLEDGE, [case.id])
    agenda.cancel(desk, clocks.WAKE, [case.id])
    reminding.begin(desk, case, initiative)
    facts = {"initiative": initiative.id, "state": case.status}
    ledger.append(desk, [ledger.Entry("case.acknowledged", actor, f"case:{case.id}", facts)])


def not_me(desk: Desk, actor: str, key: str, reason: str = "", to: str = "") -> views.CaseView:
    """Say that this is not mine to do: whoever is called instead is asked in the thread.

    With `to`, that person is asked next; for somebody who is away, their deputy. If the actor had
    taken the case, it is open again and its clock starts anew. Raises Invalid (`no_part_here`) for
    somebody who holds no role there, Conflict (`last_asked`) where nobody else is left to ask.
    """
    case, initiative = _changeable(desk, actor, key, "decline")
    asked = _asked_next(desk, initiative, actor, to) if to else ""
    left = _called(desk, case, initiative, {actor: NOT_ME})
    if not asked and [each.member.id for each in left.owners] == [actor]:
        raise Conflict(key, "last_asked")
    return _decline(desk, actor, case, initiative, reason, asked)


def give_up(desk: Desk, actor: str, key: str) -> views.CaseView:
    """Give a case back by leaving: as `not_me`, but also where nobody else is left to ask."""
    case, initiative = _changeable(desk, actor, key, "decline")
    return _decline(desk, actor, case, initiative)


def _decline(
    desk: Desk, actor: str, case: Case, initiative: Initiative, reason: str = "", asked: str = ""
) -> views.CaseView:
    before = _called(desk, case, initiative)
    desk.books.cases.answer(case.id, actor, NOT_ME, desk.now())
    if asked:
        desk.books.cases.answer(case.id, asked, ASKED, desk.now())
    after = _called(desk, case, initiative)
    if case.acknowledged_by == actor:
        _open_again(desk, case, deadline(desk, after, case.severity) if runs(initiative) else None)
    desk.books.add(case)
    texts = {"reason": (reason, actor)} if reason else {}
    facts = {"initiative": initiative.id, "state": case.status}
    facts |= {"asked": asked} if asked else {}
    ledger.append(desk, [ledger.Entry("case.not_me", actor, f"case:{case.id}", facts, texts)])
    follow.announce(desk, case, "passed_on")
    known = {each.member.id for each in before.owners}
    fresh = tuple(each.member.id for each in after.owners if each.member.id not in known)
    ring = (asked,) if asked else fresh
    if ring or reason:  # whoever is asked already reads in the thread what was said, and by whom
        _pass_on(desk, case, lanes(desk, initiative, after.owners), ring)
    return views.describe(desk, case, initiative)


def _called(
    desk: Desk, case: Case, initiative: Initiative, more: Mapping[str, str] | None = None
) -> Calling:
    """Return who is called after what people answered, and after `more`."""
    answers = {**desk.books.cases.answers(case.id), **(more or {})}
    return calling(desk, initiative, case.signal_class, answers)


def _pass_on(desk: Desk, case: Case, lanes_of: tuple[str, ...], ring: tuple[str, ...]) -> None:
    where = ringing(lanes_of, ring)
    cards = [(lane, CaseCard(case.id, "passed_on")) for lane in where if ring]
    replies = [(lane, CaseReply(case.id, "not_me", ring)) for lane in where]
    outbox.put(desk, [*cards, *replies])


def close(desk: Desk, actor: str, key: str, outcome: str, reason: str = "") -> views.CaseView:
    """Close a case by hand: noise, fixed, expected or other, with a line of why."""
    if outcome not in OUTCOMES:
        raise Invalid("outcome", outcome, "not_one_of", OUTCOMES)
    case, initiative = _changeable(desk, actor, key, "close")
    case.status = "resolved"
    case.resolved_at = desk.now()
    case.resolved_by = actor
    case.outcome = outcome
    clocks.end(desk, case)
    texts = {"reason": (reason, actor)} if reason else {}
    facts = {"initiative": initiative.id, "state": case.status, "outcome": outcome}
    ledger.append(desk, [ledger.Entry("case.closed", actor, f"case:{case.id}", facts, texts)])
    follow.announce(desk, case, "closed")
    return views.describe(desk, case, initiative)


def flag(desk: Desk, actor: str, concern: Concern) -> views.CaseView:
    """Raise a concern by hand; it is routed exactly as a monitor's signal would be.

    Raises NotFound, Invalid, or Conflict (`resting`) on what is archived.
    """
    initiative = initiatives.get(desk, concern.key)
    initiatives.require_out(initiative)
    what = concern.what.strip()
    if not what:
        raise Invalid("what", concern.what, "empty")
    playbook = initiatives.playbook_of(desk, initiative)
    signal_class = playbook.find_signal_class(concern.signal_class)
    if concern.band not in _BANDS:
        raise Invalid("band", concern.band, "not_one_of", tuple(_BANDS))
    now = desk.now()
    signal = Signal(
        condition_key=key_of("person", initiative.id, signal_class, what),
        episode=desk.ids.new(),
        status=Status.FIRING,
        signal_class=signal_class,
        loudness=_BANDS[concern.band],
        observed_at=now,
        started_at=now,
        source_system="person",
        title=what,
    )
    intake = Intake(desk)
    judged = intake.judge([signal], initiative)
    intake.load(judged)
    taken = intake.take(judged[0], "", actor)
    for work in intake.cases.values():
        work.by = actor
    intake.finish()
    texts = {"what": (what, actor)}
    subject = f"initiative:{initiative.id}"
    ledger.append(desk, [ledger.Entry("concern.raised", actor, subject, {}, texts)])
    return views.view(desk, taken.case or "")


def _open_again(desk: Desk, case: Case, by: datetime | None) -> None:
    """Let a case wait for an answer again, until then if a clock runs."""
    case.status, case.acknowledged_by, case.acknowledged_at = "open", None, None
    agenda.cancel(desk, clocks.REMIND, [case.id])
    case.acknowledge_by = by
    if by:
        agenda.schedule(desk, [agenda.Due(follow.ACKNOWLEDGE, case.id, by)])


def _asked_next(desk: Desk, initiative: Initiative, actor: str, to: str) -> str:
    """Return the id of whoever is to be asked next, who must have a part there."""
    person = people.find(desk, to)
    who = people.roster(desk, initiative)
    if person.id == actor or not who.roles_of(person.id):
        able = {each.handle: each.id for held in who.by_role.values() for each in held}
        others = tuple(handle for handle, one in able.items() if one != actor)
        raise Invalid("person", person.handle, "no_part_here", others[:5])
    gone = who.away.get(person.id)
    return gone.deputy.id if gone and gone.deputy else person.id


def _changeable(desk: Desk, actor: str, key: str, deed: str) -> tuple[Case, Initiative]:
    case, initiative = views.get(desk, key)
    who = people.roster(desk, initiative)
    asked = actor in desk.books.cases.answers(case.id) or _was_asked(desk, actor, case, who)
    if not asked:
        rights.require_change(initiative, who, actor, deed)
    if case.status == "resolved":
        raise Conflict(key, "resolved", _name(desk, case.resolved_by))
    return case, initiative


def _was_asked(desk: Desk, actor: str, case: Case, who: people.Roster) -> bool:
    """Whether somebody was called as a deputy while it was open, and may take it all the same."""
    absent = desk.books.absences.stood_in_for(actor, case.opened_at)
    return any(who.roles_of(each) for each in absent)


def _name(desk: Desk, person_id: str | None) -> str:
    found = people.members(desk, [person_id]) if person_id else ()
    return found[0].handle if found else ""
