"""What becomes of a decision: the others confirm it or not, and somebody says how it turned out."""

from dataclasses import dataclass
from datetime import datetime

from council import agenda, ledger, people, rights
from council.desk import Desk
from council.errors import Conflict, Invalid, NotAllowed
from council.huddles import convening, rules, telling
from council.huddles.checks import EFFECT
from council.huddles.deciding import CONFIRM
from council.huddles.finding import OVER, decision_key, get_decision
from council.huddles.records import DecisionView, about_again, describe_decision
from council.huddles.seats import seats
from council.huddles.views import HuddleView, chosen, describe
from council.people import LEAD_ROLE, Member, due_for
from council.playbook import Span
from council.tables import Decision, Initiative

_AGAIN = "again"
# A working day and an hour: never on the day of the question itself.
_REMIND_AFTER = Span(9 * 60, business=True)
_MOST = 200
ASKED, CONFIRMED, CONTESTED, SILENT = "asked", "confirmed", "contested", "silent"


def decision(desk: Desk, actor: str, key: str) -> DecisionView:
    """Return how a decision stands."""
    return describe_decision(desk, *get_decision(desk, actor, key))


# ── decided by one: the others confirm, or see it otherwise ──────────────────────────────────────


def confirm(desk: Desk, actor: str, key: str) -> DecisionView:
    """Agree to what somebody decided alone; doing so twice changes nothing.

    Raises Conflict for whoever saw it otherwise, or let the time pass: that stands.
    """
    row, initiative, before = _asked(desk, actor, key, "confirm")
    if before == ASKED:
        _answer(desk, actor, row, CONFIRMED)
        _write(desk, actor, row, "decision.confirmed")
        telling.update_decision(desk, row, "confirmed")
    elif before != CONFIRMED:
        raise _answered(desk, row, initiative, before)
    return describe_decision(desk, row, initiative)


def contest(desk: Desk, actor: str, key: str, reason: str) -> HuddleView:
    """See it otherwise than who decided alone: it stands, and a new huddle opens, dissent kept.

    Whoever does so again says another line why. Raises Invalid without a reason, Conflict for
    whoever agreed, or let the time pass.
    """
    row, initiative, before = _asked(desk, actor, key, "contest")
    case = desk.books.cases.by_id(row.case_id) if row.case_id else None
    case = case if case and case.status != "resolved" else None
    huddle = desk.books.huddles.open_on(initiative.id, case.id if case else "")
    if before not in {ASKED, CONTESTED} or (before == CONTESTED and huddle is None):
        raise _answered(desk, row, initiative, before)
    why = reason.strip()
    if not why:
        raise Invalid("why", "", "needed")
    told = row.dissent.get(actor, {})
    if before == CONTESTED and told.get("line") == why and huddle is not None:
        return describe(desk, huddle, initiative)
    _answer(desk, actor, row, CONTESTED)
    row.dissent = {**row.dissent, actor: {"choice": _chose(row, actor), "line": why}}
    desk.books.add(row)
    _write(desk, actor, row, "decision.contested", texts={"reason": (why, actor)})
    telling.update_decision(desk, row, "contested")
    if huddle is None and initiative.state not in OVER:
        call = convening.Call(actor, "contested", why)
        huddle = convening.open_huddle(desk, initiative, case, call)
    if huddle is None:
        raise Conflict(initiative.key, initiative.state)
    return describe(desk, huddle, initiative)


def _asked(desk: Desk, actor: str, key: str, deed: str) -> tuple[Decision, Initiative, str]:
    """Return a decision, and what the actor said to it before; raises NotAllowed for others."""
    row, initiative = get_decision(desk, actor, key)
    answer = row.deciders.get(actor, {}).get("answer", "")
    if answer:
        return row, initiative, answer
    if actor in row.deciders:
        raise _answered(desk, row, initiative, "own")
    asked = [who for who, facts in row.deciders.items() if facts.get("answer")]
    able = tuple(each.handle for each in people.members(desk, asked))
    raise NotAllowed(actor, deed, decision_key(row.number), "a part in deciding", able)


def _answered(desk: Desk, row: Decision, initiative: Initiative, before: str) -> Conflict:
    """Return what to say to whoever was not asked, or has answered; and how it is looked at anew.

    `more` holds what they said (or `own`), and what a huddle would be about, if one can be begun.
    """
    case = desk.books.cases.by_id(row.case_id) if row.case_id else None
    about = about_again(initiative, case)
    return Conflict(decision_key(row.number), "decision_answered", more=(before, about))


def _chose(row: Decision, person: str) -> str:
    """Return what somebody chose before another decided alone, if it was something else."""
    choice = str(row.deciders.get(person, {}).get("choice", ""))
    return "" if choice == row.kind else choice


def _answer(desk: Desk, actor: str, row: Decision, answer: str) -> None:
    row.deciders = {
        who: {**facts, "answer": answer} if who == actor else facts
        for who, facts in row.deciders.items()
    }
    desk.books.add(row)
    if ASKED not in {facts.get("answer") for facts in row.deciders.values()}:
        agenda.cancel(desk, CONFIRM, [row.id])


def confirm_due(desk: Desk, decision_id: str) -> None:
    """Who has not answered by noon lets it stand, which is recorded; called by the agenda.

    What they chose before is kept as their dissent.
    """
    row = desk.books.huddles.decision(decision_id)
    if row is None:
        return
    silent = [who for who, facts in row.deciders.items() if facts.get("answer") == ASKED]
    if not silent:
        return
    row.deciders = {
        who: {**facts, "answer": SILENT} if who in silent else facts
        for who, facts in row.deciders.items()
    }
    chose = rules.dissent(chosen(desk.books.huddles.choices(row.huddle_id)), row.kind)
    row.dissent = {**row.dissent, **{who: each for who, each in chose.items() if who in silent}}
    desk.books.add(row)
    dissent = {who: each["choice"] for who, each in row.dissent.items()}
    _write(desk, telling.COUNCIL, row, "decision.confirmed", silent=silent, dissent=dissent)
    telling.update_decision(desk, row, "confirmed")


# ── who does it ──────────────────────────────────────────────────────────────────────────────────


def did(desk: Desk, actor: str, key: str, line: str = "") -> DecisionView:
    """Say that its owner has done what was decided: they, who decided it, or who may change it.

    Raises Conflict if that was said, or nobody was named to do it.
    """
    row, initiative = get_decision(desk, actor, key)
    if not row.owner_id:
        raise Conflict(decision_key(row.number), "nobody_does_it")
    if actor != row.owner_id and actor not in row.deciders:
        rights.require_change(initiative, people.roster(desk, initiative), actor, "answer_for")
    if row.done_at is not None:
        raise Conflict(decision_key(row.number), "done")
    row.done_at = desk.now()
    if line.strip():
        row.record = {**row.record, "done": line.strip()}
    desk.books.add(row)
    texts = {"done": (line.strip(), actor)} if line.strip() else {}
    _write(desk, actor, row, "decision.done", texts=texts)
    telling.update_decision(desk, row, "done")
    return describe_decision(desk, row, initiative)


# ── did it work? ─────────────────────────────────────────────────────────────────────────────────


def effect_due(desk: Desk, decision_id: str, period: str) -> None:
    """Ask the deciders how it turned out, and once more if nobody says; called by the agenda."""
    row = desk.books.huddles.decision(decision_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None or row.outcome or initiative.state in OVER:
        return
    asked = answerable(desk, row, initiative)
    again = period == _AGAIN
    if not again:
        row.asked_at = desk.now()
        desk.books.add(row)
        _write(desk, telling.COUNCIL, row, "decision.asked")
        later = due_for(desk, _REMIND_AFTER, asked[0]) if asked else None
        if later:
            agenda.schedule(desk, [agenda.Due(EFFECT, row.id, later, _AGAIN)])
    telling.ask_effect(desk, row, initiative, asked, "effect_again" if again else "effect")


def answerable(desk: Desk, row: Decision, initiative: Initiative) -> tuple[Member, ...]:
    """Return who is asked how it turned out: who decided and is still there, else who would now."""
    at = seats(desk, initiative, row.signal_class)
    here = [who for who in row.deciders if at.roster.roles_of(who)]
    return people.members(desk, here) or tuple(each.member for each in at.deciders)


def outcome(desk: Desk, actor: str, key: str, how: str, note: str = "") -> DecisionView:
    """Say how a decision turned out: worked, partly, did_not_work or cannot_tell.

    The first answer counts. Raises Conflict for a second one, UnknownName for another word,
    NotAllowed for whoever did not decide it; a council lead may answer for them.
    """
    row, initiative = get_decision(desk, actor, key)
    said = rules.find_outcome(how)
    able = answerable(desk, row, initiative)
    if actor not in {each.id for each in able} | set(row.deciders):
        who = people.roster(desk, initiative)
        if LEAD_ROLE not in who.roles_of(actor):
            handles = tuple(each.handle for each in able)
            raise NotAllowed(
                actor, "answer_for", decision_key(row.number), "a part in deciding", handles
            )
    if row.outcome:
        if row.outcome_by == actor and row.outcome == said:
            return describe_decision(desk, row, initiative)
        by = people.members(desk, [row.outcome_by])
        handle = "" if row.outcome_by == actor or not by else by[0].handle
        raise Conflict(decision_key(row.number), "outcome_told", handle, (row.outcome,))
    row.outcome, row.outcome_by, row.outcome_at = said, actor, desk.now()
    row.note = note.strip()
    row.record = {**row.record, "outcome": said}
    desk.books.add(row)
    agenda.cancel(desk, EFFECT, [row.id])
    texts = {"note": (row.note, actor)} if row.note else {}
    _write(desk, actor, row, "decision.outcome", outcome=said, texts=texts)
    telling.update_decision(desk, row, "outcome")
    return describe_decision(desk, row, initiative)


def _write(desk: Desk, actor: str, row: Decision, kind: str, **more: object) -> None:
    texts = more.pop("texts", {})
    facts = {
        "initiative": row.initiative_id,
        "number": row.number,
        "state": row.outcome or "decided",
        "answers": {
            who: each["answer"] for who, each in row.deciders.items() if each.get("answer")
        },
        **more,
    }
    entry = ledger.Entry(kind, actor, f"decision:{row.id}", facts, texts)  # type: ignore[arg-type]
    ledger.append(desk, [entry])


@dataclass(frozen=True, slots=True)
class Told:
    """A line for the digest: how a decision turned out; facts only, of no private initiative."""

    key: str
    initiative: str
    initiative_name: str
    signal_class: str
    kind: str
    decided_at: datetime
    expected: str
    outcome: str
    outcome_at: datetime
    note: str


def outcomes_since(desk: Desk, since: datetime) -> tuple[Told, ...]:
    """Return what was told since then, oldest first."""
    return tuple(
        Told(
            decision_key(row.number),
            initiative.key,
            initiative.name,
            row.signal_class,
            row.kind,
            row.decided_at,
            str(row.fields.get("expected_effect", "")),
            row.outcome,
            row.outcome_at,
            row.note,
        )
        for row, initiative in desk.books.huddles.outcomes_since(since, _MOST)
        if row.outcome_at is not None and not initiative.private
    )
