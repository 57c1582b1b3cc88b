"""What is due by somebody's working hours moves with whoever is asked: as long is left for them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from council import agenda, calendar, ledger, people
from council.calendar import Hours
from council.desk import Desk
from council.following.asked import row_of
from council.following.terms import Clock, Open
from council.tables import AgendaRow, Initiative

COUNCIL = "council"
_NOBODY_MOVED: Mapping[str, Hours] = {}


def move_clocks(
    desk: Desk,
    initiative: Initiative,
    pairs: Iterable[tuple[Open, Open]],
    walls: Mapping[str, Hours] = _NOBODY_MOVED,
) -> set[str]:
    """Move the clocks of what asks others than before; return the subjects that were moved.

    `pairs` is each open thing as it was and as it is, `walls` the former hours of people whose
    hours are others now.
    """
    changed = [
        (item, clock, old)
        for was, item in pairs
        for clock in item.clocks
        if (old := _holders(was, clock)) is not None
        and (old != clock.holders or not walls.keys().isdisjoint(old))
    ]
    if not changed or initiative.state != "active":
        return set()
    rows: dict[tuple[str, str], list[AgendaRow]] = {}
    for row in desk.books.everyday.clocks_of(initiative.id):
        rows.setdefault((row.kind, row.subject), []).append(row)
    moved: dict[str, tuple[Open, dict[str, str]]] = {}
    for item, clock, old in changed:
        later = _mover(desk, old, clock.holders, walls)
        facts = (
            _move_column(desk, item, clock.column, later)
            if clock.column
            else _move_rows(desk, rows.get((clock.kind, item.id), []), later)
        )
        if facts:
            moved.setdefault(item.subject, (item, {}))[1].update(facts)
    for item, facts in moved.values():
        _write(desk, initiative, item, facts)
    return set(moved)


def _holders(was: Open, clock: Clock) -> tuple[str, ...] | None:
    """Return by whose hours it was due; None if it was not."""
    return next(
        (
            each.holders
            for each in was.clocks
            if (each.kind, each.column) == (clock.kind, clock.column)
        ),
        None,
    )


def _mover(
    desk: Desk, old: tuple[str, ...], new: tuple[str, ...], walls: Mapping[str, Hours]
) -> Callable[[datetime], datetime]:
    """Return what says when something is due that has as many working minutes left for others."""
    before = [walls.get(each) or people.hours_of(desk, each) for each in old or ("",)]
    after = [people.hours_of(desk, each) for each in new or ("",)]

    def later(at: datetime) -> datetime:
        if at <= desk.now():
            return at
        now = desk.now().replace(second=0, microsecond=0)  # what is left is counted in minutes
        left = min(calendar.between(now, at, hours) for hours in before)
        return max(calendar.after(now, left, business=True, hours=hours) for hours in after)

    return later


def _move_rows(
    desk: Desk, rows: Iterable[AgendaRow], later: Callable[[datetime], datetime]
) -> dict[str, str]:
    dues = [
        agenda.Due(row.kind, row.subject, at, row.period)
        for row in rows
        if (at := later(row.due_at)) != row.due_at
    ]
    if dues:
        agenda.schedule(desk, dues)
    return {each.kind: each.at.isoformat() for each in dues}


def _move_column(
    desk: Desk, item: Open, column: str, later: Callable[[datetime], datetime]
) -> dict[str, str]:
    row = row_of(desk, item)
    at: datetime | None = getattr(row, column, None)
    if row is None or at is None or (new := later(at)) == at:
        return {}
    setattr(row, column, new)
    desk.books.add(row)
    return {column: new.isoformat()}


def _write(desk: Desk, initiative: Initiative, item: Open, facts: Mapping[str, str]) -> None:
    row = row_of(desk, item)
    state = getattr(row, "status", None) or getattr(row, "state", "")
    stands = {"initiative": initiative.id, "state": state, **facts}
    entry = ledger.Entry(f"{item.noun}.rescheduled", COUNCIL, item.subject, stands)
    ledger.append(desk, [entry])
