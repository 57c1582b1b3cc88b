"""What is due at a time: schedule it, cancel it, take what is due.

Taking a row, the change it causes and the notice about it are one transaction: of several
replicas exactly one takes a row, and a crash leaves it due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from council.desk import Desk

# A row whose owner failed is tried again, but not at every tick.
_LATER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do at `at`: one row per (kind, subject, period)."""

    kind: str
    subject: str
    at: datetime
    period: str = ""


def schedule(desk: Desk, items: Sequence[Due]) -> None:
    """Put items on the agenda; one that is there already moves to the new time."""
    desk.books.agenda.add(
        [
            {
                "council_id": desk.council_id,
                "kind": item.kind,
                "subject": item.subject,
                "period": item.period,
                "due_at": item.at,
            }
            for item in items
        ]
    )


def cancel(desk: Desk, kind: str | Sequence[str], subjects: Sequence[str]) -> None:
    """Take everything of this kind, or of these kinds, about these subjects off the agenda."""
    kinds = (kind,) if isinstance(kind, str) else kind
    desk.books.agenda.cancel(kinds, subjects)


def due(desk: Desk, limit: int = 64) -> list[Due]:
    """Return what is due now, oldest first."""
    return [
        Due(row.kind, row.subject, row.due_at, row.period)
        for row in desk.books.agenda.due(desk.now(), limit)
    ]


def take(desk: Desk, item: Due) -> bool:
    """Take an item for this transaction; False if another one did, or it was moved."""
    return desk.books.agenda.take(item.kind, item.subject, item.period, desk.now())


def postpone(desk: Desk, item: Due) -> None:
    """Try an item again later, after its owner failed."""
    schedule(desk, [Due(item.kind, item.subject, desk.now() + _LATER, item.period)])
