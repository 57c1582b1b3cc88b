"""Conditions, cases and accepted signals; set-based Core on the hook's path."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as pick
from sqlmodel import col, delete, func, select

from council.store.base import one_of, plain, rewrite, rewritten, slices, table
from council.store.shown import Shown
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

_KNOWN = pick(_SIGNAL.c.dedup_key).where(
    _SIGNAL.c.council_id == bindparam("council"), one_of(_SIGNAL.c.dedup_key, "keys")
)
_CONDITIONS = (
    pick(_CONDITION, _CASE.c.number, _CASE.c.status)
    .select_from(_CONDITION.outerjoin(_CASE, _CASE.c.id == _CONDITION.c.case_id))
    .where(
        _CONDITION.c.council_id == bindparam("council"), one_of(_CONDITION.c.condition_key, "keys")
    )
)
_WAITING = pick(_CONDITION).where(
    _CONDITION.c.council_id == bindparam("council"),
    _CONDITION.c.initiative_id.is_(None),
    one_of(_CONDITION.c.model_name, "models"),
    _CONDITION.c.state == "firing",
)
_OPEN = pick(_CASE).where(
    _CASE.c.council_id == bindparam("council"),
    one_of(_CASE.c.initiative_id, "initiatives"),
    one_of(_CASE.c.signal_class, "classes"),
    _CASE.c.status != "resolved",
)
UNRESOLVED = ("open", "acknowledged", "snoozed")
_CONDITION_KEYS = ("council_id", "condition_key")
_CONDITION_CHANGES = tuple(c.name for c in _CONDITION.columns if c.name not in _CONDITION_KEYS)
_REWRITE_CONDITION = rewrite(_CONDITION, _CONDITION_KEYS, _CONDITION_CHANGES)
_REPEATED = ("repeats", "last_seen_at")
_REWRITE_REPEATS = rewrite(_CONDITION, _CONDITION_KEYS, _REPEATED)
# What a case is about stays; naming those columns would have SQLite write their indexes again.
_CASE_KEPT = ("id", "council_id", "number", "initiative_id", "signal_class", "opened_at")
_CASE_CHANGES = tuple(c.name for c in _CASE.columns if c.name not in _CASE_KEPT)
_REWRITE_CASE = rewrite(_CASE, ("id",), _CASE_CHANGES)
_CASE_COUNTS = ("reason", "occurrences", "firing")
_RECOUNT_CASE = rewrite(_CASE, ("id",), _CASE_COUNTS)


class Cases(Shown):
    """Questions about cases and what they hold."""

    def known(self, dedup_keys: Iterable[str]) -> set[str]:
        """Return those transition keys that were accepted before."""
        found: set[str] = set()
        for part in slices(dedup_keys):
            given = {"council": self.council_id, "keys": part}
            found.update(self.session.connection().scalars(_KNOWN, given))
        return found

    def conditions(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        """Return what is known of these conditions, with number and status of their case."""
        found: list[dict[str, Any]] = []
        for part in slices(keys):
            given = {"council": self.council_id, "keys": part}
            found += plain(self.session.connection().execute(_CONDITIONS, given))
        return found

    def waiting(self, model_names: Iterable[str]) -> list[dict[str, Any]]:
        """Return firing conditions of these models that no initiative has claimed yet."""
        found: list[dict[str, Any]] = []
        for part in slices(model_names):
            given = {"council": self.council_id, "models": part}
            found += plain(self.session.connection().execute(_WAITING, given))
        return found

    def open_for(
        self, initiative_ids: Iterable[str], signal_classes: Collection[str]
    ) -> list[dict[str, Any]]:
        """Return the cases of these initiatives and classes that are not resolved."""
        found: list[dict[str, Any]] = []
        for part in slices(initiative_ids):
            given = {
                "council": self.council_id,
                "initiatives": part,
                "classes": list(signal_classes),
            }
            found += plain(self.session.connection().execute(_OPEN, given))
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
        if changed:
            rows = rewritten(changed, _CONDITION_KEYS, _CONDITION_CHANGES)
            self.run_on_all(_REWRITE_CONDITION, rows)

    def count_repeats(self, rows: Sequence[dict[str, Any]]) -> None:
        """Rewrite how often conditions were repeated, and when last; nothing else of them."""
        if rows:
            self.run_on_all(_REWRITE_REPEATS, rewritten(rows, _CONDITION_KEYS, _REPEATED))

    def save_cases(
        self,
        new: Sequence[dict[str, Any]],
        changed: Sequence[dict[str, Any]],
        counted: Sequence[dict[str, Any]] = (),
    ) -> None:
        """Rewrite changed cases, then insert new ones: one may take the place of a resolved one.

        Of those that are `counted` no more changed than how much was seen, as for most signals.
        """
        if changed:
            rows = rewritten(changed, ("id",), _CASE_CHANGES)
            self.run_on_all(_REWRITE_CASE, rows)
        if counted:
            self.run_on_all(_RECOUNT_CASE, rewritten(counted, ("id",), _CASE_COUNTS))
        self.insert_all(Case, new)

    def by_number(self, number: int) -> Case | None:
        """Return the case `C-<number>`."""
        return self.session.exec(
            select(Case).where(Case.council_id == self.council_id, Case.number == number)
        ).first()

    def open_of(self, *initiative_ids: str) -> list[Case]:
        """Return the unresolved cases of these initiatives, worst first."""
        found: list[Case] = []
        for part in slices(initiative_ids):
            found += self.session.exec(
                select(Case).where(
                    Case.council_id == self.council_id,
                    col(Case.initiative_id).in_(part),
                    Case.status != "resolved",
                )
            )
        return sorted(found, key=lambda case: (case.severity, case.number))

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

    def in_hands_of(self, person_id: str) -> list[Case]:
        """Return the unresolved cases that a person took, worst first."""
        rows = self.session.exec(
            select(Case)
            .where(
                Case.council_id == self.council_id,
                Case.acknowledged_by == person_id,
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

    def open_by_severity(self) -> dict[tuple[str, str], int]:
        """Return the number of unresolved cases by (severity, status)."""
        rows = self.session.exec(
            select(Case.severity, Case.status, func.count())
            .where(Case.council_id == self.council_id, col(Case.status).in_(UNRESOLVED))
            .group_by(Case.severity, Case.status)
        )
        return {(severity, status): count for severity, status, count in rows}

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
