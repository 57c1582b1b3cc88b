"""What is put off, and what it covers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as pick
from sqlmodel import col, func, select, update

from council.store.base import Book, one_of, slices, table
from council.tables import Condition, SignalRow, Snooze

_SNOOZE = table(Snooze)
_RUNNING = (
    _SNOOZE.c.council_id == bindparam("council"),
    one_of(_SNOOZE.c.initiative_id, "initiatives"),
    _SNOOZE.c.ended_at.is_(None),
    _SNOOZE.c.until > bindparam("now"),
)
_SNOOZES = select(Snooze).where(*_RUNNING)
_FILTERS = pick(
    _SNOOZE.c.initiative_id,
    _SNOOZE.c.signal_class,
    _SNOOZE.c.feature,
    _SNOOZE.c.until,
    _SNOOZE.c.created_at,
).where(*_RUNNING, _SNOOZE.c.case_id == "")


class Filter(NamedTuple):
    """What is to be quiet on an initiative: a class (empty: any), a feature (empty: any)."""

    initiative_id: str
    signal_class: str
    feature: str
    until: datetime
    created_at: datetime


class Snoozes(Book):
    """Questions about what is put off."""

    def running(self, initiative_ids: Iterable[str], now: datetime) -> list[Snooze]:
        """Return what is to be quiet on these initiatives now; a single case by its row."""
        found: list[Snooze] = []
        for part in slices(initiative_ids):
            given = {"council": self.council_id, "initiatives": part, "now": now}
            found += self.session.exec(_SNOOZES, params=given)
        return found

    def filters(self, initiative_ids: Iterable[str], now: datetime) -> list[Filter]:
        """Return what matches is to be quiet on these initiatives now; single cases left out."""
        found: list[Filter] = []
        for part in slices(initiative_ids):
            given = {"council": self.council_id, "initiatives": part, "now": now}
            found += map(Filter._make, self.session.connection().execute(_FILTERS, given))
        return found

    def end_of_cases(self, case_ids: Sequence[str], now: datetime) -> None:
        """Write that single cases are put off no more."""
        self.session.exec(
            update(Snooze)
            .where(
                col(Snooze.council_id) == self.council_id,
                col(Snooze.case_id).in_(case_ids),
                col(Snooze.ended_at).is_(None),
            )
            .values(ended_at=now)
        )

    def firing_besides(self, case_ids: Sequence[str], feature: str) -> set[str]:
        """Return those of these cases in which something else than this feature holds."""
        rows = self.session.exec(
            select(Condition.case_id).where(
                Condition.council_id == self.council_id,
                col(Condition.case_id).in_(case_ids),
                Condition.state == "firing",
                Condition.feature != feature,
            )
        )
        return {case_id for case_id in rows if case_id}

    def signals_like(
        self, initiative_id: str, since: datetime, signal_class: str, feature: str
    ) -> int:
        """Return how many signals since then were of a class and a feature, where given."""
        query = (
            select(func.count())
            .select_from(SignalRow)
            .where(
                SignalRow.council_id == self.council_id,
                SignalRow.initiative_id == initiative_id,
                SignalRow.received_at >= since,
            )
        )
        if signal_class:
            query = query.where(SignalRow.signal_class == signal_class)
        if feature:
            query = query.join(
                Condition,
                (col(Condition.condition_key) == SignalRow.condition_key)
                & (col(Condition.council_id) == SignalRow.council_id),
            ).where(Condition.feature == feature)
        return self.session.exec(query).one()
