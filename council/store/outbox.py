"""Notices in order per conversation: lanes, leases and receipts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, RowMapping, bindparam, func, or_
from sqlalchemy import select as pick
from sqlmodel import col, select

from council.store.base import Book, one_of, slices, table
from council.tables import Lane, OutboxRow, ReceiptRow

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
    """Questions about lanes and what waits in them."""

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

    def claim(
        self, owner: str, now: datetime, lease_until: datetime, limit: int, skip: Collection[str]
    ) -> list[RowMapping]:
        """Take up to `limit` lanes that are ready and free, urgent ones first; return them.

        Of several owners exactly one gets a lane: rows are locked and skipped (PostgreSQL) or the
        one writer runs at a time (SQLite).
        """
        free = or_(_LANE.c.lease_until.is_(None), _LANE.c.lease_until <= now)
        ready = (
            pick(_LANE.c.lane)
            .where(
                _LANE.c.council_id == self.council_id,
                _LANE.c.head < _LANE.c.tail,
                _LANE.c.ready_at <= now,
                free,
                _LANE.c.lane.not_in(skip),
            )
            .order_by(_LANE.c.urgent.desc(), _LANE.c.ready_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("ready")  # as a plain sub-query it may be run again for each row, past the limit
        )
        taken = self.session.connection().execute(
            _LANE.update()
            .where(_LANE.c.lane.in_(pick(ready.c.lane)))
            .values(owner=owner, lease_until=lease_until, fence=_LANE.c.fence + 1)
            .returning(_LANE)
        )
        return list(taken.mappings())

    def heads(self, lanes: Collection[str]) -> list[RowMapping]:
        """Return the first open row of each of these lanes."""
        first = (
            pick(_OUTBOX.c.lane, func.min(_OUTBOX.c.seq).label("seq"))
            .join(_LANE, _LANE.c.lane == _OUTBOX.c.lane)
            .where(
                _OUTBOX.c.lane.in_(lanes),
                _OUTBOX.c.seq > _LANE.c.head,
                _OUTBOX.c.state.in_(OPEN),
            )
            .group_by(_OUTBOX.c.lane)
            .subquery()
        )
        rows = self.session.connection().execute(
            pick(_OUTBOX).join(
                first, (first.c.lane == _OUTBOX.c.lane) & (first.c.seq == _OUTBOX.c.seq)
            )
        )
        return list(rows.mappings())

    def begin(self, rows: Sequence[RowMapping], now: datetime) -> None:
        """Mark rows as being sent, so that a crash from here on is known to be one."""
        for row in rows:
            self.session.connection().execute(
                _OUTBOX.update()
                .where(_OUTBOX.c.lane == row["lane"], _OUTBOX.c.seq == row["seq"])
                .values(
                    state="claimed",
                    attempts=_OUTBOX.c.attempts + 1,
                    first_try_at=func.coalesce(_OUTBOX.c.first_try_at, row["first_try_at"] or now),
                )
            )

    def covered(self, row: Mapping[Any, Any]) -> list[int]:
        """Return later cards on the same subject, which this card, made now, says as well.

        Those that an earlier try of it covered are `claimed`; none was ever sent itself.
        """
        if row["form"] != "card":
            return []
        return list(
            self.session.connection().scalars(
                pick(_OUTBOX.c.seq).where(
                    _OUTBOX.c.lane == row["lane"],
                    _OUTBOX.c.seq > row["seq"],
                    _OUTBOX.c.subject == row["subject"],
                    _OUTBOX.c.audience == row["audience"],
                    _OUTBOX.c.form == "card",
                    _OUTBOX.c.state.in_(("pending", "claimed")),
                )
            )
        )

    def release(self, lane: str, fence: int, ready_at: datetime, head: int | None) -> bool:
        """Give a lane back; False (and no change) if somebody else took it over meanwhile."""
        change: dict[str, Any] = {"owner": "", "lease_until": None, "ready_at": ready_at}
        if head is not None:
            change["head"] = head
        done = self.session.connection().execute(
            _LANE.update().where(_LANE.c.lane == lane, _LANE.c.fence == fence).values(change)
        )
        return bool(done.rowcount)

    def first_open(self, lane: str, after: int) -> int | None:
        """Return the place of the first open row after `after`."""
        found: int | None = self.session.connection().scalar(
            pick(func.min(_OUTBOX.c.seq)).where(
                _OUTBOX.c.lane == lane, _OUTBOX.c.seq > after, _OUTBOX.c.state.in_(OPEN)
            )
        )
        return found

    def lane(self, lane: str) -> Lane | None:
        """Hold one lane, so that nobody takes it over meanwhile, and return it."""
        return self.session.get(Lane, lane, populate_existing=True, with_for_update=True)

    def calm(self, lane: str) -> None:
        """Take the urgency off a lane that is empty."""
        self.session.connection().execute(
            _LANE.update()
            .where(_LANE.c.lane == lane, _LANE.c.head >= _LANE.c.tail, _LANE.c.urgent.is_(True))
            .values(urgent=False)
        )

    def settle(self, lane: str, seqs: Sequence[int], change: dict[str, Any]) -> None:
        """Write how the rows at these places ended."""
        if seqs:
            self.session.connection().execute(
                _OUTBOX.update()
                .where(_OUTBOX.c.lane == lane, _OUTBOX.c.seq.in_(seqs))
                .values(change)
            )

    def receipt(self, lane: str, subject: str, audience: str) -> ReceiptRow | None:
        """Return where the card on a subject stands."""
        return self.session.get(ReceiptRow, (lane, subject, audience))

    def save_receipt(self, row: dict[str, Any]) -> None:
        """Remember where a card was posted."""
        place = {name: row[name] for name in ("platform", "conversation", "message", "posted_at")}
        self.upsert(ReceiptRow, row, place)

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
