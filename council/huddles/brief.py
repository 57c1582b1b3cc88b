"""What a huddle is told before it decides: what is seen, what was before, what changed upstream."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from council.cases import ConditionView, case_key
from council.cases.views import condition_view
from council.desk import Desk
from council.huddles.finding import decision_key
from council.people import Member, members
from council.playbook import Playbook
from council.tables import Case, Decision, Initiative

_SEEN, _BEFORE, _ELSEWHERE, _UPSTREAM, _HERE = 3, 3, 2, 3, 3
# What is wrong with the data shows in what is made of it.
_DATA = "data_quality"
_LOOKED_THROUGH = 12
_RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier case: what was decided, and how that turned out; empty if nothing.

    `same` says that it had to do with what is wrong now. One on the same feature of another
    initiative has that one's key and name, and who can help: those who decided it, or ended it.
    """

    key: str
    opened_at: datetime
    ended: str
    decision: str
    decision_key: str
    outcome: str
    same: bool
    initiative: str = ""
    initiative_name: str = ""
    helpers: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """What was decided on this very case, or initiative, before: by whom, and what came of it.

    `alone` says that one decided it; `contested` are those who see it otherwise, with a line each.
    """

    key: str
    kind: str
    at: datetime
    by: tuple[Member, ...]
    alone: bool
    contested: tuple[tuple[Member, str], ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Upstream:
    """What changed: a `handoff` on its way (its key, what it is), or a `move` to a phase.

    Or a `case` of what is wrong with the data (its key).
    """

    kind: str
    key: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that helps to decide; empty where there is no case, or nothing is known."""

    here: tuple[Here, ...] = ()
    evidence: tuple[ConditionView, ...] = ()
    before: tuple[Before, ...] = ()
    upstream: tuple[Upstream, ...] = ()


def brief(desk: Desk, initiative: Initiative, playbook: Playbook, case: Case | None) -> Brief:
    """Return what is known now."""
    upstream = _upstream(desk, initiative, playbook, case)
    rows = desk.books.huddles.decisions_about(case.id if case else "", initiative.id)
    here = tuple(_here(desk, row) for row in rows[:_HERE])
    if case is None:
        return Brief(here, upstream=upstream)
    seen = tuple(condition_view(row) for row in desk.books.cases.worst(case.id, _SEEN))
    return Brief(here, seen, (*_before(desk, case), *_elsewhere(desk, case)), upstream)


def _here(desk: Desk, row: Decision) -> Here:
    ids = list(row.deciders)[: None if row.how == "agreed" else 1]
    otherwise = [who for who, said in row.deciders.items() if said.get("answer") == "contested"]
    return Here(
        decision_key(row.number),
        row.kind,
        row.decided_at,
        members(desk, ids),
        row.how == "alone",
        tuple(
            (each, row.dissent.get(each.id, {}).get("line", ""))
            for each in members(desk, otherwise)
        ),
        row.outcome,
    )


def _before(desk: Desk, case: Case) -> tuple[Before, ...]:
    """Return the last cases of the class, those of the same conditions first."""
    found = desk.books.huddles.cases_before(
        case.initiative_id, case.signal_class, case.number, _LOOKED_THROUGH
    )
    if not found:
        return ()
    same = desk.books.huddles.of_conditions([each.id for each in found], case.id)
    shown = sorted(found, key=lambda each: each.id not in same)[:_BEFORE]
    decided = desk.books.huddles.decided([each.id for each in shown])
    return tuple(_past(each, decided.get(each.id), same=each.id in same) for each in shown)


def _past(case: Case, what: Decision | None, *, same: bool) -> Before:
    return Before(
        case_key(case.number),
        case.opened_at,
        case.outcome,
        what.kind if what else "",
        decision_key(what.number) if what else "",
        what.outcome if what else "",
        same,
    )


def _elsewhere(desk: Desk, case: Case) -> tuple[Before, ...]:
    """Return cases on the same feature of other initiatives, those that were decided first."""
    found = desk.books.huddles.like_elsewhere(case.initiative_id, case.id, _LOOKED_THROUGH)
    if not found:
        return ()
    decided = desk.books.huddles.decided([each.id for each, _ in found])
    rows = []
    for each, theirs in sorted(found, key=lambda pair: pair[0].id not in decided)[:_ELSEWHERE]:
        what = decided.get(each.id)
        past = _past(each, what, same=True)
        helpers = _helpers(desk, each, what)
        name = theirs.name
        rows.append(replace(past, initiative=theirs.key, initiative_name=name, helpers=helpers))
    return tuple(rows)


def _helpers(desk: Desk, case: Case, what: Decision | None) -> tuple[Member, ...]:
    """Return who knows what was done there and is still in the council."""
    ids = list(what.deciders) if what else [case.resolved_by or case.acknowledged_by or ""]
    people_ = desk.books.people.by_ids(each for each in ids if each)
    return members(desk, [each for each in ids if each in people_ and not people_[each].left_at])


def _upstream(
    desk: Desk, initiative: Initiative, playbook: Playbook, case: Case | None
) -> tuple[Upstream, ...]:
    books = desk.books.huddles
    found = [
        Upstream(
            "handoff",
            f"H-{row.number}",
            playbook.handoffs[row.definition].what if row.definition in playbook.handoffs else "",
            row.offered_at or row.created_at,
        )
        for row in books.open_handoffs(initiative.id, _UPSTREAM)
    ]
    since = desk.now() - _RECENT
    found += [
        Upstream("case", case_key(row.number), "", row.opened_at)
        for row in books.cases_since(initiative.id, _DATA, since, _UPSTREAM)
        if case is None or row.id != case.id
    ]
    found += [
        Upstream("move", row.kind, playbook.phases[row.phase].name, row.entered_at)
        for row in books.visits_since(initiative.id, since, _UPSTREAM)
        if row.phase in playbook.phases
    ]
    return tuple(found[:_UPSTREAM])
