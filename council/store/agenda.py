"""What is due at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, func, select

from council.store.base import Book
from council.tables import AgendaRow


class Agenda(Book):
    """Questions about the agenda."""

    def due(self, now: datetime, limit: int) -> list[AgendaRow]:
        """Return up to `limit` rows that are due, oldest first."""
        rows = self.session.exec(
            select(AgendaRow)
            .where(AgendaRow.council_id == self.council_id, AgendaRow.due_at <= now)
            .order_by(col(AgendaRow.due_at), AgendaRow.kind, AgendaRow.subject)
            .limit(limit)
        )
        return list(rows)

    def next_due(self) -> datetime | None:
        """Return when the next row is due."""
        return self.session.exec(
            select(AgendaRow.due_at)
            .where(AgendaRow.council_id == self.council_id)
            .order_by(col(AgendaRow.due_at))
            .limit(1)
        ).first()

    def overdue(self, now: datetime) -> tuple[int, datetime | None]:
        """Return how many rows are due, and since when the oldest is."""
        return self.session.exec(
            select(func.count(), func.min(AgendaRow.due_at)).where(
                AgendaRow.council_id == self.council_id, AgendaRow.due_at <= now
            )
        ).one()

    def add(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write rows; one that is there already gets the new time."""
        self.upsert_all(AgendaRow, rows, ("due_at",))

    def has(self, kind: str, subject: str) -> bool:
        """Whether anything of this kind about this subject is on the agenda."""
        asked = select(AgendaRow.subject).where(
            AgendaRow.council_id == self.council_id,
            AgendaRow.kind == kind,
            AgendaRow.subject == subject,
        )
        return self.session.exec(asked.limit(1)).first() is not None

    def take(self, kind: str, subject: str, period: str, now: datetime) -> bool:
        """Delete a row that is due; False if somebody else took it or moved it."""
        result = self.session.exec(
            delete(AgendaRow).where(
                col(AgendaRow.council_id) == self.council_id,
                col(AgendaRow.kind) == kind,
                col(AgendaRow.subject) == subject,
                col(AgendaRow.period) == period,
                col(AgendaRow.due_at) <= now,
            )
        )
        return bool(result.rowcount)

    def cancel(self, kinds: Sequence[str], subjects: Sequence[str]) -> None:
        """Delete the rows of these subjects."""
        if subjects:
            self.session.exec(
                delete(AgendaRow).where(
                    col(AgendaRow.council_id) == self.council_id,
                    col(AgendaRow.kind).in_(kinds),
                    col(AgendaRow.subject).in_(subjects),
                )
            )
