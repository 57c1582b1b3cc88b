"""Rows as the ledger tells of them, a slice at a time: to hold them against the chain."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, select

from council.store.base import Book, slices
from council.tables import Assignment, Checkmark, HandoffCondition, Visit

T = TypeVar("T", bound=SQLModel)


class Replayed(Book):
    """Questions of whoever checks the tables."""

    def page(self, model: type[T], after: str, limit: int) -> list[T]:
        """Return up to `limit` rows of a table that has opaque ids, in their order."""
        key: Any = model.id  # type: ignore[attr-defined]  # the tables asked for have one
        rows = self.session.exec(
            select(model)
            .where(model.council_id == self.council_id, key > after)  # type: ignore[attr-defined]
            .order_by(key)
            .limit(limit)
        )
        return list(rows)

    def by_ids(self, model: type[T], ids: Iterable[str]) -> list[T]:
        """Return the rows with these ids."""
        key: Any = model.id  # type: ignore[attr-defined]
        found: list[T] = []
        for part in slices(set(ids)):
            found += self.session.exec(
                select(model).where(
                    model.council_id == self.council_id,  # type: ignore[attr-defined]
                    key.in_(part),
                )
            )
        return found

    def staff(self, initiatives: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return (initiative, role, person) of all assignments that hold."""
        rows: list[tuple[str, str, str]] = []
        for part in slices(set(initiatives)):
            rows += self.session.exec(
                select(Assignment.initiative_id, Assignment.role, Assignment.person_id).where(
                    col(Assignment.initiative_id).in_(part), col(Assignment.until).is_(None)
                )
            )
        return rows

    def checked(self, initiatives: Iterable[str]) -> list[tuple[str, int, str]]:
        """Return (initiative, stay, item) of all that is checked off."""
        rows: list[tuple[str, int, str]] = []
        for part in slices(set(initiatives)):
            rows += self.session.exec(
                select(Checkmark.initiative_id, Checkmark.visit, Checkmark.item).where(
                    col(Checkmark.initiative_id).in_(part)
                )
            )
        return rows

    def visits(self, initiatives: Iterable[str]) -> list[tuple[str, int, str]]:
        """Return (initiative, number, kind) of all stays."""
        rows: list[tuple[str, int, str]] = []
        for part in slices(set(initiatives)):
            rows += self.session.exec(
                select(Visit.initiative_id, Visit.number, Visit.kind).where(
                    col(Visit.initiative_id).in_(part)
                )
            )
        return rows

    def open_conditions(self, handoffs: Iterable[str]) -> list[tuple[str, int]]:
        """Return (handoff, number) of all conditions that nobody has closed."""
        rows: list[tuple[str, int]] = []
        for part in slices(set(handoffs)):
            rows += self.session.exec(
                select(HandoffCondition.handoff_id, HandoffCondition.number).where(
                    col(HandoffCondition.handoff_id).in_(part),
                    col(HandoffCondition.closed_at).is_(None),
                )
            )
        return rows
