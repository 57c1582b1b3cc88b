"""Notices in order per conversation, and how each of them stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, bindparam, func, or_
from sqlalchemy import select as pick
from sqlmodel import col, select

from council.store.base import Book, one_of, slices, table
from council.tables import Lane, OutboxRow

_LANE = table(Lane)
_OUTBOX = table(OutboxRow)

_HOLD = (
    pick(_LANE.c.lane, _LANE.c.tail)
    .where(one_of(_LANE.c.lane, "lanes"))
    .order_by(_LANE.c.lane)
    .with_for_update()
)
_LENGTHEN = (
    _LANE.update()
    .where(_LANE.c.lane == bindparam("held"))
    .values(
        tail=bindparam("new_tail"),
        urgent=or_(_LANE.c.urgent, bindparam("now_urgent", type_=Boolean)),
    )
)
_CARDS = pick(_OUTBOX.c.lane, _OUTBOX.c.subject, _OUTBOX.c.audience).where(
    _OUTBOX.c.council_id == bindparam("council"),
    one_of(_OUTBOX.c.subject, "subjects"),
    _OUTBOX.c.form == "card",
)
_UNCLAIMED = _CARDS.add_columns(_OUTBOX.c.correlation).where(_OUTBOX.c.state == "pending")
_TOLD = _CARDS.where(_OUTBOX.c.state != "dropped").distinct()

# A row in one of these states still has to be dealt with.
OPEN = ("pending", "claimed", "failed")
UNDONE = (*OPEN, "dead")


class Outbox(Book):
    """Questions about notices, and about how long their lanes are."""

    def hold(self, lanes: Iterable[str]) -> dict[str, int]:
        """Lock these lanes in sorted order and return their tails; an unknown lane is left out."""
        found: dict[str, int] = {}
        for part in slices(sorted(set(lanes))):
            rows = self.session.connection().execute(_HOLD, {"lanes": part})
            found.update((lane, tail) for lane, tail in rows)
        return found

    def unclaimed_cards(
        self, lanes: Iterable[str], subjects: Iterable[str]
    ) -> dict[tuple[str, str, str], str]:
        """Return (lane, subject, audience) of cards on these that nobody has begun to send.

        The value is their correlation.
        """
        found: dict[tuple[str, str, str], str] = {}
        held = set(lanes)
        for part in slices(set(subjects)):
            given = {"council": self.council_id, "subjects": part}
            rows = self.session.connection().execute(_UNCLAIMED, given)
            found.update(
                ((lane, subject, audience), correlation)
                for lane, subject, audience, correlation in rows
                if lane in held
            )
        return found

    def told(self, subjects: Iterable[str]) -> set[tuple[str, str, str]]:
        """Return (lane, subject, audience) of every card that was ever put about these subjects."""
        found: set[tuple[str, str, str]] = set()
        for part in slices(set(subjects)):
            given = {"council": self.council_id, "subjects": part}
            rows = self.session.connection().execute(_TOLD, given)
            found.update((lane, subject, audience) for lane, subject, audience in rows)
        return found

    def append(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write notices at their places."""
        self.insert_all(OutboxRow, rows)

    def open_lanes(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write lanes that were not there."""
        self.insert_all(Lane, rows)

    def lengthen(self, tails: Mapping[str, int], urgent: Collection[str]) -> None:
        """Move the tails of lanes that are held; those in `urgent` are served before others."""
        if tails:
            rows = [
                {"held": lane, "new_tail": tail, "now_urgent": lane in urgent}
                for lane, tail in tails.items()
            ]
            self.run_on_all(_LENGTHEN, rows)

    def settle(self, lane: str, seqs: Sequence[int], change: dict[str, Any]) -> None:
        """Write how the rows at these places ended."""
        if seqs:
            self.session.connection().execute(
                _OUTBOX.update()
                .where(_OUTBOX.c.lane == lane, _OUTBOX.c.seq.in_(seqs))
                .values(change)
            )

    def page(self, state: str, limit: int, after: tuple[str, int] = ("", 0)) -> list[OutboxRow]:
        """Return up to `limit` notices in order of lane and place, of one state if given."""
        lane, seq = after
        query = (
            select(OutboxRow)
            .where(
                OutboxRow.council_id == self.council_id,
                (col(OutboxRow.lane) > lane) | ((OutboxRow.lane == lane) & (OutboxRow.seq > seq)),
            )
            .order_by(OutboxRow.lane, col(OutboxRow.seq))
            .limit(limit)
        )
        return list(self.session.exec(query.where(OutboxRow.state == state) if state else query))

    def by_mid(self, mid: str) -> OutboxRow | None:
        """Return the notice with this message id."""
        return self.session.exec(select(OutboxRow).where(OutboxRow.mid == mid)).first()

    def waiting(self) -> dict[str, tuple[int, datetime]]:
        """Return how many notices are in each state that is no good end, and since when."""
        rows = self.session.exec(
            select(OutboxRow.state, func.count(), func.min(OutboxRow.created_at))
            .where(OutboxRow.council_id == self.council_id, col(OutboxRow.state).in_(UNDONE))
            .group_by(OutboxRow.state)
        )
        return {state: (count, since) for state, count, since in rows}

    def count(self, state: str) -> int:
        """Return how many notices are in a state."""
        return self.session.exec(
            select(func.count())
            .select_from(OutboxRow)
            .where(OutboxRow.council_id == self.council_id, OutboxRow.state == state)
        ).one()
