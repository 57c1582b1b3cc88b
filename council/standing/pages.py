"""Initiatives in lines, a page at a time."""

from council import initiatives
from council.desk import Desk
from council.playbook import Playbook, phases_in_order
from council.standing.facts import Listed


def listing(
    desk: Desk, *, after: str = "", limit: int = 25, phase: str = "", archived: bool = True
) -> tuple[tuple[Listed, ...], str]:
    """Return a page of initiatives in order of key, and the key to go on from ("" at the end)."""
    rows = desk.books.initiatives.page(after, limit + 1, phase, archived=archived)
    shown = rows[:limit]
    counts = desk.books.cases.open_counts(row.id for row in shown)
    models = desk.books.initiatives.models_of(row.id for row in shown)
    listed = tuple(
        Listed(
            row.key,
            row.name,
            row.phase,
            initiatives.phase_of(desk, row).name,
            row.tier,
            row.state,
            counts.get(row.id, 0),
            row.playbook_id,
            models.get(row.id, ()),
            row.step,
            _phases(initiatives.playbook_of(desk, row)),
        )
        for row in shown
    )
    return listed, shown[-1].key if len(rows) > limit else ""


def _phases(playbook: Playbook) -> tuple[tuple[str, str], ...]:
    return tuple((each.id, each.name) for each in phases_in_order(playbook))
