"""What the read API lists: rows of the council as plain JSON, a slice at a time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.web import decided
from council import handoffs as packets
from council import standing
from council.cases import views
from council.desk import Desk
from council.initiatives import seen_by
from council.tables import OutboxRow, SignalRow

Items = tuple[list[dict[str, Any]], str | None]
Lister = Callable[[Desk, str, int], Items]
# Where the integers end in which databases number things.
_INTEGER, _LONG = (1 << 31) - 1, (1 << 63) - 1


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def initiatives(desk: Desk, cursor: str, limit: int) -> Items:
    """Return initiatives in order of key."""
    listed, more = standing.listing(desk, after=cursor, limit=limit)
    items = [
        {
            "key": one.key,
            "name": one.name,
            "playbook": one.playbook,
            "phase": one.phase,
            "step": one.step,
            "tier": one.tier,
            "state": one.state,
            "models": list(one.models),
            "open_cases": one.open_cases,
        }
        for one in listed
    ]
    return items, more or None


def people(desk: Desk, cursor: str, limit: int) -> Items:
    """Return people in order of handle."""
    rows = desk.books.people.page(cursor, limit + 1)
    ids = desk.books.people.identities(row.id for row in rows)
    items = [
        {
            "id": row.id,
            "handle": row.handle,
            "name": row.name,
            "email": row.email,
            "timezone": row.timezone,
            "identities": ids.get(row.id, {}),
        }
        for row in rows[:limit]
    ]
    return items, rows[limit - 1].handle if len(rows) > limit else None


def cases(desk: Desk, cursor: str, limit: int) -> Items:
    """Return cases, newest first."""
    rows = desk.books.cases.page(_number(cursor, _INTEGER, _INTEGER), limit + 1)
    owners = desk.books.initiatives.by_ids(row.initiative_id for row in rows)
    items = [_case(views.describe(desk, row, owners[row.initiative_id])) for row in rows[:limit]]
    return items, str(rows[limit - 1].number) if len(rows) > limit else None


def _case(view: views.CaseView) -> dict[str, Any]:
    return {
        "key": view.key,
        "initiative": view.initiative,
        "signal_class": view.signal_class,
        "severity": view.severity,
        "band": view.band,
        "status": view.status,
        "occurrences": view.occurrences,
        "conditions": {
            "firing": view.firing,
            "recovered": view.recovered,
            "low_evidence": view.low_evidence,
        },
        "opened_at": _iso(view.opened_at),
        "acknowledge_by": _iso(view.acknowledge_by),
        "acknowledged_at": _iso(view.acknowledged_at),
        "acknowledged_by": view.acknowledged_by.handle if view.acknowledged_by else None,
        "resolved_at": _iso(view.resolved_at),
        "resolved_by": view.resolved_by.handle if view.resolved_by else None,
        "outcome": view.outcome,
        "owners": [called.member.handle for called in view.owners],
        "informed": [called.member.handle for called in view.informed],
        "reason": view.reason,
    }


def handoffs(desk: Desk, cursor: str, limit: int) -> Items:
    """Return handoffs, newest first; those of private initiatives are left out."""
    rows = desk.books.handoffs.page(_number(cursor, _INTEGER, _INTEGER), limit + 1)
    items = [_handoff(packets.of(desk, row, owner)) for row, owner in rows[:limit]]
    return items, str(rows[limit - 1][0].number) if len(rows) > limit else None


def _handoff(view: packets.HandoffView) -> dict[str, Any]:
    return {
        "key": view.key,
        "initiative": view.initiative,
        "definition": view.definition,
        "state": view.state,
        "version": view.version,
        "items": len(view.items),
        "filled": view.filled,
        "giver": view.giver.handle if view.giver else None,
        "receivers": [called.member.handle for called in view.receivers],
        "offered_at": _iso(view.offered_at),
        "accept_by": _iso(view.accept_by),
        "answered_at": _iso(view.answered_at),
        "answered_by": view.answered_by.handle if view.answered_by else None,
        "waited_minutes": view.waited,
        "conditions_open": len(view.open_conditions),
        "returned_before": view.returned_before,
        "reason": view.reason,
    }


def signals(desk: Desk, cursor: str, limit: int) -> Items:
    """Return accepted signals, newest first."""
    rows = desk.books.cases.signals(_number(cursor, _LONG, _LONG), limit + 1)
    numbers = desk.books.cases.numbers(row.case_id for row in rows if row.case_id)
    items = [_signal(row, numbers) for row in rows[:limit]]
    return items, str(rows[limit - 1].number) if len(rows) > limit else None


def _signal(row: SignalRow, numbers: Mapping[str, int]) -> dict[str, Any]:
    case = numbers.get(row.case_id or "")
    return {
        "id": row.number,
        "dedup_key": row.dedup_key,
        "condition_key": row.condition_key,
        "case": views.case_key(case) if case else None,
        "signal_class": row.signal_class,
        "status": row.status,
        "band": row.band,
        "reason": row.reason,
        "model": row.model_name,
        "value": row.value,
        "received_at": _iso(row.received_at),
        "started_at": _iso(row.started_at),
        "ended_at": _iso(row.ended_at),
        **row.facts,
    }


def notices(desk: Desk, cursor: str, limit: int) -> Items:
    """Return notices by conversation, in their order there."""
    seq, _, lane = cursor.partition("@")
    after = (lane, _number(seq, _INTEGER)) if cursor else ("", 0)
    rows = desk.books.outbox.page("", limit + 1, after)
    last = rows[limit - 1] if len(rows) > limit else None
    hidden = _hidden(desk, {row.subject: "" for row in rows})
    shown = [notice(row) for row in rows[:limit] if row.subject not in hidden]
    return shown, f"{last.seq}@{last.lane}" if last else None


def notice(row: OutboxRow) -> dict[str, Any]:
    """Return one notice as plain JSON."""
    return {
        "id": row.mid,
        "kind": row.kind,
        "subject": row.subject,
        "audience": row.audience,
        "conversation": row.lane,
        "form": row.form,
        "state": row.state,
        "attempts": row.attempts,
        "reason": row.reason,
        "correlation": row.correlation,
        "created_at": _iso(row.created_at),
        "settled_at": _iso(row.settled_at),
    }


def ledger(desk: Desk, cursor: str, limit: int) -> Items:
    """Return the chain, oldest first, with the texts that are still beside it."""
    rows = desk.books.ledger.after(_number(cursor, _LONG, 0), limit + 1)
    shown = rows[:limit]
    hidden = _hidden(desk, {row.subject: str(row.facts.get("initiative", "")) for row in shown})
    texts: dict[int, dict[str, str]] = {}
    for text in desk.books.ledger.texts(shown[0].seq, shown[-1].seq) if shown else ():
        texts.setdefault(text.seq, {})[text.name] = text.text
    items = [
        {
            "seq": row.seq,
            "at": _iso(row.at),
            "kind": row.kind,
            "actor": row.actor,
            "subject": row.subject,
            "facts": row.facts,
            "texts": texts.get(row.seq, {}),
            "previous": row.previous,
            "hash": row.hash,
        }
        for row in shown
        if row.subject not in hidden
    ]
    return items, str(shown[-1].seq) if len(rows) > limit else None


def huddles(desk: Desk, cursor: str, limit: int) -> Items:
    """Return huddles, newest first."""
    return decided.huddles(desk, _number(cursor, _INTEGER, _INTEGER), limit)


def decisions(desk: Desk, cursor: str, limit: int) -> Items:
    """Return decisions, newest first."""
    return decided.decisions(desk, _number(cursor, _INTEGER, _INTEGER), limit)


def _number(cursor: str, most: int, default: int | None = None) -> int:
    """Read a cursor; raises ValueError for what no page can have ended with."""
    if not cursor and default is not None:
        return default
    if not (cursor.isascii() and cursor.isdecimal()) or int(cursor) > most:
        raise ValueError(cursor)
    return int(cursor)


def _hidden(desk: Desk, subjects: Mapping[str, str]) -> set[str]:
    """Return those subjects that belong to what is private; each with an initiative, if known."""
    owners = {**subjects, **desk.books.everyday.owners_of(subjects)}
    seen = desk.books.initiatives.by_ids(owner for owner in owners.values() if owner)
    return {subject for subject, owner in owners.items() if owner and owner not in seen}


def _for_anybody(lister: Lister) -> Lister:
    """Return a list without what is private: a token is nobody in particular.

    What is left out is not counted; a page may then hold fewer items than it might.
    """

    def listed(desk: Desk, cursor: str, limit: int) -> Items:
        with seen_by(desk, ""):
            return lister(desk, cursor, limit)

    return listed


_ALL: Mapping[str, Lister] = {
    "initiatives": initiatives,
    "people": people,
    "cases": cases,
    "handoffs": handoffs,
    "huddles": huddles,
    "decisions": decisions,
    "signals": signals,
    "notices": notices,
    "ledger": ledger,
}
LISTS: Mapping[str, Lister] = {name: _for_anybody(lister) for name, lister in _ALL.items()}
