"""Conditions, cases and accepted signals; set-based Core on the hook's path."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam
from sqlalchemy import select as pick
from sqlmodel import col, delete, func, select

from council.store.base import Book, slices, table
from council.tables import (
    Case,
    CaseAnswer,
    Condition,
    DeliveryRow,
    QuarantineRow,
    SignalRow,
)

_CONDITION = table(Condition)
_CASE = table(Case)
_SIGNAL = table(SignalRow)


class Cases(Book):
    """Questions about cases and what they hold."""

    def known(self, dedup_keys: Iterable[str]) -> set[str]:
        """Return those transition keys that were accepted before."""
        found: set[str] = set()
        for part in slices(dedup_keys):
            found.update(
                self.session.connection().scalars(
                    pick(_SIGNAL.c.dedup_key).where(
                        _SIGNAL.c.council_id == self.council_id, _SIGNAL.c.dedup_key.in_(part)
                    )
                )
            )
        return found

    def conditions(self, keys: Iterable[str]) -> list[RowMapping]:
        """Return what is known of these conditions, with number and status of their case."""
        found: list[RowMapping] = []
        for part in slices(keys):
            rows = self.session.connection().execute(
                pick(_CONDITION, _CASE.c.number, _CASE.c.status)
                .select_from(_CONDITION.outerjoin(_CASE, _CASE.c.id == _CONDITION.c.case_id))
                .where(
                    _CONDITION.c.council_id == self.council_id, _CONDITION.c.condition_key.in_(part)
                )
            )
            found.extend(rows.mappings())
        return found

    def waiting(self, model_names: Iterable[str]) -> list[RowMapping]:
        """Return firing conditions of these models that no initiative has claimed yet."""
        found: list[RowMapping] = []
        for part in slices(model_names):
            rows = self.session.connection().execute(
                pick(_CONDITION).where(
                    _CONDITION.c.council_id == self.council_id,
                    _CONDITION.c.initiative_id.is_(None),
                    _CONDITION.c.model_name.in_(part),
                    _CONDITION.c.state == "firing",
                )
            )
            found.extend(rows.mappings())
        return found

    def open_for(self, initiative_ids: Iterable[str]) -> list[RowMapping]:
        """Return the cases of these initiatives that are not resolved."""
        found: list[RowMapping] = []
        for part in slices(set(initiative_ids)):
            rows = self.session.connection().execute(
                pick(_CASE).where(
                    _CASE.c.council_id == self.council_id,
                    _CASE.c.initiative_id.in_(part),
                    _CASE.c.status != "resolved",
                )
            )
            found.extend(rows.mappings())
        return found

    def add_delivery(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep requests as they came."""
        self.insert_all(DeliveryRow, rows)

    def add_quarantine(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep items that could not be read."""
        self.insert_all(QuarantineRow, rows)

    def add_signals(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep accepted transitions in order."""
        self.insert_all(SignalRow, rows)

    def save_conditions(
        self, new: Sequence[dict[str, Any]], changed: Sequence[dict[str, Any]]
    ) -> None:
        """Insert new conditions and rewrite changed ones."""
        self.insert_all(Condition, new)
        self._rewrite(_CONDITION, ("council_id", "condition_key"), changed)

    def save_cases(self, new: Sequence[dict[str, Any]], changed: Sequence[dict[str, Any]]) -> None:
        """Insert new cases and rewrite changed ones."""
        self.insert_all(Case, new)
        self._rewrite(_CASE, ("id",), changed)

    def _rewrite(self, what: Any, keys: tuple[str, ...], rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = what.update().values(
            {name: bindparam(f"new_{name}") for name in rows[0] if name not in keys}
        )
        for key in keys:
            statement = statement.where(what.c[key] == bindparam(f"old_{key}"))
        self.session.connection().execute(
            statement,
            [
                {(f"old_{name}" if name in keys else f"new_{name}"): row[name] for name in row}
                for row in rows
            ],
        )

    def by_number(self, number: int) -> Case | None:
        """Return the case `C-<number>`."""
        return self.session.exec(
            select(Case).where(Case.council_id == self.council_id, Case.number == number)
        ).first()

    def by_id(self, case_id: str) -> Case | None:
        """Return the case with this opaque id."""
        found = self.session.get(Case, case_id)
        return found if found and found.council_id == self.council_id else None

    def open_of(self, initiative_id: str) -> list[Case]:
        """Return the unresolved cases of one initiative, worst first."""
        rows = self.session.exec(
            select(Case)
            .where(
                Case.council_id == self.council_id,
                Case.initiative_id == initiative_id,
                Case.status != "resolved",
            )
            .order_by(Case.severity, col(Case.number))
        )
        return list(rows)

    def asked_of(self, person_id: str) -> list[Case]:
        """Return the unresolved cases that came to a person because others did not answer."""
        rows = self.session.exec(
            select(Case)
            .join(CaseAnswer, col(CaseAnswer.case_id) == Case.id)
            .where(
                CaseAnswer.person_id == person_id,
                CaseAnswer.answer == "asked",
                Case.status != "resolved",
            )
            .order_by(Case.severity, col(Case.number))
        )
        return list(rows)

    def open_counts(self, initiative_ids: Iterable[str]) -> dict[str, int]:
        """Return the number of unresolved cases per initiative."""
        found: dict[str, int] = {}
        for part in slices(set(initiative_ids)):
            rows = self.session.exec(
                select(Case.initiative_id, func.count())
                .where(col(Case.initiative_id).in_(part), Case.status != "resolved")
                .group_by(Case.initiative_id)
            )
            found.update((initiative, count) for initiative, count in rows)
        return found

    def worst(self, case_id: str, limit: int) -> list[Condition]:
        """Return the conditions of a case: those that still hold first, then the worst."""
        rows = self.session.exec(
            select(Condition)
            .where(Condition.case_id == case_id)
            .order_by(
                Condition.state,
                col(Condition.low_evidence),
                Condition.band,
                col(Condition.badness).desc(),
                Condition.feature,
                Condition.condition_key,
            )
            .limit(limit)
        )
        return list(rows)

    def counts(self, case_id: str) -> dict[tuple[str, bool], int]:
        """Return how many conditions a case holds, by (state, low evidence)."""
        rows = self.session.exec(
            select(Condition.state, Condition.low_evidence, func.count())
            .where(Condition.case_id == case_id)
            .group_by(Condition.state, col(Condition.low_evidence))
        )
        return {(state, low): count for state, low, count in rows}

    def answers(self, case_id: str) -> dict[str, str]:
        """Return what the people who were asked said, by person id."""
        rows = self.session.exec(select(CaseAnswer).where(CaseAnswer.case_id == case_id))
        return {row.person_id: row.answer for row in rows}

    def page(self, below: int, limit: int, status: str = "") -> list[Case]:
        """Return up to `limit` cases, newest first, with numbers below `below`."""
        query = (
            select(Case)
            .where(Case.council_id == self.council_id, Case.number < below)
            .order_by(col(Case.number).desc())
            .limit(limit)
        )
        return list(self.session.exec(query.where(Case.status == status) if status else query))

    def signals(self, below: int, limit: int) -> list[SignalRow]:
        """Return up to `limit` accepted signals, newest first, with numbers below `below`."""
        rows = self.session.exec(
            select(SignalRow)
            .where(SignalRow.council_id == self.council_id, col(SignalRow.number) < below)
            .order_by(col(SignalRow.number).desc())
            .limit(limit)
        )
        return list(rows)

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the numbers of these cases, by id."""
        found: dict[str, int] = {}
        for part in slices(set(ids)):
            rows = self.session.exec(select(Case.id, Case.number).where(col(Case.id).in_(part)))
            found.update((case_id, number) for case_id, number in rows)
        return found

    def waiting_models(self, limit: int) -> list[tuple[str, int]]:
        """Return models that no initiative has claimed, with the number of firing conditions."""
        rows = self.session.exec(
            select(Condition.model_name, func.count())
            .where(
                Condition.council_id == self.council_id,
                col(Condition.initiative_id).is_(None),
                Condition.state == "firing",
            )
            .group_by(Condition.model_name)
            .order_by(func.count().desc(), Condition.model_name)
            .limit(limit)
        )
        return [(name, count) for name, count in rows]

    def answer(self, case_id: str, person_id: str, answer: str, at: datetime) -> None:
        """Remember what a person who is called said, or that they were asked."""
        row = {
            "case_id": case_id,
            "person_id": person_id,
            "council_id": self.council_id,
            "answer": answer,
            "at": at,
        }
        self.upsert(CaseAnswer, row, {"answer": answer, "at": at})

    def take_back(self, case_id: str, person_id: str, answer: str) -> None:
        """Forget an answer, if the person gave it."""
        self.session.exec(
            delete(CaseAnswer).where(
                col(CaseAnswer.case_id) == case_id,
                col(CaseAnswer.person_id) == person_id,
                col(CaseAnswer.answer) == answer,
            )
        )
