"""What a restored database no longer knows about its notices."""

from sqlalchemy import case, func, update
from sqlmodel import col

from council.store.base import Book
from council.store.outbox import OPEN
from council.tables import Lane, OutboxRow


def count_as_tried(book: Book) -> int:
    """Let every open notice, of all councils, count as tried since it was made; return how many."""
    row = OutboxRow
    done = book.session.connection().execute(
        update(row)
        .where(col(row.state).in_(OPEN))
        .values(
            attempts=case((col(row.attempts) < 1, 1), else_=row.attempts),
            first_try_at=func.coalesce(row.first_try_at, row.created_at),
        )
    )
    return int(done.rowcount)


def free_lanes(book: Book) -> None:
    """Take back every lease: whoever held one wrote into another file."""
    freed = update(Lane).where(col(Lane.owner) != "")
    book.session.connection().execute(
        freed.values(owner="", lease_until=None, fence=Lane.fence + 1)
    )
