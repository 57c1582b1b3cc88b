"""An initiative's stays in phases: the present one, those before it, and how often it went back."""

from dataclasses import dataclass
from statistics import median

from council.desk import Desk
from council.playbook import MoveKind
from council.tables import Initiative, Visit

OPENED = "opened"
_GROUP = 3  # a figure about a group says nothing about any one of fewer


@dataclass(frozen=True, slots=True)
class Loops:
    """How often an initiative went back, and began a step of a phase again.

    `usual` is the council's median over initiatives that ever went back; None for fewer than three.
    """

    back: int
    within: int
    usual: float | None = None


def visit_of(desk: Desk, initiative: Initiative) -> Visit:
    """Return the present stay, and note it if nobody has yet.

    Initiatives come without one from an older program, and when they are opened.
    """
    found = desk.books.moves.last_visit(initiative.id)
    if found is None:
        found = first_visit(initiative)
        desk.books.add(found)
    return found


def seen_visit(desk: Desk, initiative: Initiative) -> Visit:
    """Return the present stay without writing anything, for those who only ask."""
    return desk.books.moves.last_visit(initiative.id) or first_visit(initiative)


def first_visit(initiative: Initiative) -> Visit:
    """Return the stay in which an initiative was opened, not written yet."""
    return Visit(
        initiative_id=initiative.id,
        number=1,
        council_id=initiative.council_id,
        phase=initiative.phase,
        playbook=initiative.playbook_id,
        playbook_version=initiative.playbook_version,
        kind=OPENED,
        entered_at=initiative.created_at,
    )


def loops(desk: Desk, initiative: Initiative, *, compare: bool = False) -> Loops:
    """Return how often an initiative went back; with `compare`, beside the council's median."""
    kinds = [each.kind for each in desk.books.moves.visits(initiative.id)]
    counts = desk.books.moves.loop_counts() if compare else []
    usual = float(median(counts)) if len(counts) >= _GROUP else None
    return Loops(kinds.count(MoveKind.BACK), kinds.count(MoveKind.WITHIN), usual)
