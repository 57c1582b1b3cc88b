"""Moves, steps and marks are put back as they were, for whoever takes their own change back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from council import handoffs
from council.desk import Desk
from council.errors import Conflict
from council.moves import going
from council.moves.visits import visit_of
from council.tables import Checkmark, Initiative

Before = Mapping[str, Any]


def revert(desk: Desk, actor: str, initiative: Initiative, kind: str, before: Before) -> None:
    """Put a change of this kind back; `before` is what was noted then. The cards follow.

    Raises Conflict where the initiative has gone on since. The caller writes the ledger.
    """
    _BY_KIND[kind](desk, actor, initiative, before)


def _entered(desk: Desk, actor: str, initiative: Initiative, before: Before) -> None:
    """Go back into the stay that was left, as if the next one had never begun."""
    visit = visit_of(desk, initiative)
    left = desk.books.moves.visit(initiative.id, before["visit"])
    if left is None or visit.number != left.number + 1:
        raise Conflict(initiative.key, "moved")
    number = visit.number
    desk.books.moves.forget_visit(visit)
    left.left_at = None
    desk.books.add(left)
    for name in ("phase", "step", "state", "serving"):
        setattr(initiative, name, before[name])
    initiative.ended_at = None
    desk.books.add(initiative)
    move = desk.books.moves.by_id(before["move"]) if before["move"] else None
    if move is not None:
        going.settle(desk, actor, move, "withdrawn")
    going.announce_visit(desk, initiative, number, "taken_back")
    going.announce_visit(desk, initiative, left.number, "worked_on")
    handoffs.stay_ended(desk, initiative, left.number)


def _step(desk: Desk, _actor: str, initiative: Initiative, before: Before) -> None:
    visit = visit_of(desk, initiative)
    if visit.number != before["visit"] or initiative.phase != before["phase"]:
        raise Conflict(initiative.key, "moved")
    initiative.step = before["step"]
    desk.books.add(initiative)
    going.announce_visit(desk, initiative, visit.number, "worked_on")


def _mark(desk: Desk, _actor: str, initiative: Initiative, before: Before) -> None:
    """Take a new mark away, or put one back with what showed it."""
    visit, item = before["visit"], before["item"]
    row = desk.books.moves.checkmark(initiative.id, visit, item)
    if before["done"]:
        row = row or Checkmark(
            initiative_id=initiative.id,
            visit=visit,
            item=item,
            council_id=desk.council_id,
            done_by=before["done_by"],
            done_at=desk.now(),
        )
        row.done_by, row.done_at = before["done_by"], datetime.fromisoformat(before["done_at"])
        row.link, row.note = before["link"], before["note"]
        desk.books.add(row)
    elif row is not None:
        desk.books.moves.uncheck(row)
    going.follow_lists(desk, initiative)


_BY_KIND: Mapping[str, Callable[[Desk, str, Initiative, Before], None]] = {
    "phase.entered": _entered,
    "step.entered": _step,
    "item.checked": _mark,
    "item.unchecked": _mark,
}
KINDS = frozenset(_BY_KIND)
