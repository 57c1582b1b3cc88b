"""Huddles and decisions as the read API lists them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from council.desk import Desk
from council.huddles.records import DecisionView, describe_decision
from council.huddles.views import HuddleView, describe

Items = tuple[list[dict[str, Any]], str | None]


def huddles(desk: Desk, below: int, limit: int) -> Items:
    """Return huddles with numbers below, newest first; none of private initiatives."""
    rows = desk.books.huddles.page(below, limit + 1)
    owners = desk.books.initiatives.by_ids(row.initiative_id for row in rows)
    shown = [
        describe(desk, row, owners[row.initiative_id])
        for row in rows[:limit]
        if row.initiative_id in owners
    ]
    items = [_huddle(view) for view in shown]
    return items, str(rows[limit - 1].number) if len(rows) > limit else None


def _huddle(view: HuddleView) -> dict[str, Any]:
    return {
        "key": view.key,
        "initiative": view.initiative,
        "case": view.case or None,
        "signal_class": view.signal_class or None,
        "about": view.about,
        "state": view.state,
        "round": view.round,
        "stage": view.stage,
        "why": view.why,
        "convened_at": _iso(view.convened_at),
        "decide_by": _iso(view.decide_by),
        "deciders": [called.member.handle for called in view.deciders],
        "chosen": [member.handle for member in view.chosen],
        "decision": view.decision or None,
    }


def decisions(desk: Desk, below: int, limit: int) -> Items:
    """Return decisions with numbers below, newest first; none of private initiatives."""
    rows = desk.books.huddles.decision_page(below, limit + 1)
    owners = desk.books.initiatives.by_ids(row.initiative_id for row in rows)
    items = [
        _decision(describe_decision(desk, row, owners[row.initiative_id]), row.record)
        for row in rows[:limit]
        if row.initiative_id in owners
    ]
    return items, str(rows[limit - 1].number) if len(rows) > limit else None


def _decision(view: DecisionView, record: Mapping[str, Any]) -> dict[str, Any]:
    people = ("owner", "approval_sponsor")
    return {
        "key": view.key,
        "initiative": view.initiative,
        "huddle": view.huddle or None,
        "case": view.case or None,
        "signal_class": view.signal_class or None,
        "decision": view.kind,
        "how": view.how,
        "deciders": [member.handle for member in view.deciders],
        "stated": {name: text for name, text in view.fields.items() if name not in people},
        "owner": view.owner.handle if view.owner else None,
        "refused": dict(view.refused),
        "dissent": [
            {"person": each.member.handle, "choice": each.choice or None, "line": each.line}
            for each in view.dissent
        ],
        "evidence": {
            name: record.get(name)
            for name in ("band", "severity", "metric", "value", "n_reference", "n_current")
        },
        "evidence_links": record.get("evidence_links", []),
        "decided_at": _iso(view.decided_at),
        "check_at": _iso(view.check_at),
        "outcome": view.outcome or None,
        "outcome_by": view.outcome_by.handle if view.outcome_by else None,
        "note": view.note,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
