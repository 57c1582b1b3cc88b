"""The tables, in the words in which the ledger tells of them."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from council.desk import Desk
from council.tables import (
    Absence,
    Case,
    Decision,
    Handoff,
    Huddle,
    Initiative,
    Move,
    Review,
)

Known = dict[str, Any]
# Beside an initiative's row stand those of its people, stays and marks.
_PAGE = {"initiative": 20}
_SLICE = 200


def page(desk: Desk, noun: str, after: str) -> dict[str, tuple[str, Known]]:
    """Return the next rows of a noun by their opaque id: (what people call it, what is so)."""
    rows = desk.books.replayed.page(TABLES[noun], after, _PAGE.get(noun, _SLICE))
    return _told(desk, noun, rows)


def some(desk: Desk, noun: str, ids: Sequence[str]) -> dict[str, tuple[str, Known]]:
    """Return these rows of a noun; those that are not there are left out."""
    return _told(desk, noun, desk.books.replayed.by_ids(TABLES[noun], ids))


def _told(desk: Desk, noun: str, rows: Sequence[Any]) -> dict[str, tuple[str, Known]]:
    return {row.id: (_called(noun, row), known) for row, known in _TELLERS[noun](desk, list(rows))}


def _called(noun: str, row: Any) -> str:  # noqa: ANN401 -- a row of one of eight tables
    letter = _LETTERS.get(noun)
    return f"{letter}-{row.number}" if letter else str(row.key)


def _initiatives(desk: Desk, rows: list[Initiative]) -> list[tuple[Initiative, Known]]:
    ids = [row.id for row in rows]
    staff: dict[str, set[tuple[str, str]]] = {each: set() for each in ids}
    for each, role, person in desk.books.replayed.staff(ids):
        staff[each].add((role, person))
    checked: dict[str, set[tuple[int, str]]] = {each: set() for each in ids}
    for each, visit, item in desk.books.replayed.checked(ids):
        checked[each].add((visit, item))
    visits: dict[str, dict[int, str]] = {each: {} for each in ids}
    for each, number, kind in desk.books.replayed.visits(ids):
        visits[each][number] = kind
    return [
        (
            row,
            {
                "playbook": row.playbook_id,
                "version": row.playbook_version,
                "phase": row.phase,
                "step": row.step,
                "state": row.state,
                "serving": row.serving,
                "visit": max(visits[row.id], default=1),
                "back": list(visits[row.id].values()).count("back"),
                "within": list(visits[row.id].values()).count("within"),
                "tier": row.tier,
                "private": row.private,
                "decision_lead": row.decision_lead,
                "staff": frozenset(staff[row.id]),
                "checked": frozenset(checked[row.id]),
            },
        )
        for row in rows
    ]


def _cases(_desk: Desk, rows: list[Case]) -> list[tuple[Case, Known]]:
    return [(row, {"state": row.status}) for row in rows]


def _states(_desk: Desk, rows: list[Any]) -> list[tuple[Any, Known]]:
    return [(row, {"state": row.state}) for row in rows]


def _handoffs(desk: Desk, rows: list[Handoff]) -> list[tuple[Handoff, Known]]:
    taken = [row.id for row in rows if row.state == "accepted_with_conditions"]
    conditions: dict[str, set[int]] = {}
    for each, number in desk.books.replayed.open_conditions(taken):
        conditions.setdefault(each, set()).add(number)
    return [
        (row, {"state": row.state, "open": frozenset(conditions.get(row.id, ()))}) for row in rows
    ]


def _huddles(_desk: Desk, rows: list[Huddle]) -> list[tuple[Huddle, Known]]:
    return [(row, {"state": row.state, "round": row.round}) for row in rows]


def _decisions(_desk: Desk, rows: list[Decision]) -> list[tuple[Decision, Known]]:
    return [(row, {"decision": row.kind, "state": row.outcome or "decided"}) for row in rows]


def _absences(_desk: Desk, rows: list[Absence]) -> list[tuple[Absence, Known]]:
    return [
        (
            row,
            {
                "state": "ended" if row.ended_at else "planned",
                "deputy": row.deputy_id,
                "answer": row.deputy_state,
            },
        )
        for row in rows
    ]


TABLES: Mapping[str, Any] = MappingProxyType(
    {
        "initiative": Initiative,
        "case": Case,
        "move": Move,
        "handoff": Handoff,
        "huddle": Huddle,
        "decision": Decision,
        "review": Review,
        "absence": Absence,
    }
)
_TELLERS: Mapping[str, Callable[[Desk, list[Any]], list[tuple[Any, Known]]]] = MappingProxyType(
    {
        "initiative": _initiatives,
        "case": _cases,
        "move": _states,
        "handoff": _handoffs,
        "huddle": _huddles,
        "decision": _decisions,
        "review": _states,
        "absence": _absences,
    }
)
_LETTERS = {
    "case": "C",
    "move": "M",
    "handoff": "H",
    "huddle": "R",
    "decision": "D",
    "review": "V",
    "absence": "A",
}
