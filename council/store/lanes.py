"""Lanes being served: leases, what stands first, where cards were posted; set by set."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, RowMapping, Update, bindparam, func, or_
from sqlalchemy import select as pick

from council.store.base import Book, one_of, rewrite, rewritten, slices, table
from council.store.outbox import OPEN
from council.tables import Lane, OutboxRow, ReceiptRow

_LANE, _OUTBOX, _RECEIPT = table(Lane), table(OutboxRow), table(ReceiptRow)

_FIRST_OPEN = (
    pick(_OUTBOX.c.lane, func.min(_OUTBOX.c.seq).label("seq"))
    .join(_LANE, _LANE.c.lane == _OUTBOX.c.lane)
    .where(
        one_of(_OUTBOX.c.lane, "lanes"),
        _OUTBOX.c.seq > _LANE.c.head,
        _OUTBOX.c.state.in_(OPEN),
    )
    .group_by(_OUTBOX.c.lane)
)
_first = _FIRST_OPEN.subquery()
_HEADS = pick(_OUTBOX).join(
    _first, (_first.c.lane == _OUTBOX.c.lane) & (_first.c.seq == _OUTBOX.c.seq)
)
_UNSENT = (
    pick(_OUTBOX.c.lane, _OUTBOX.c.seq, _OUTBOX.c.subject, _OUTBOX.c.audience)
    .where(
        one_of(_OUTBOX.c.lane, "lanes"),
        one_of(_OUTBOX.c.subject, "subjects"),
        _OUTBOX.c.form == "card",
        _OUTBOX.c.state.in_(("pending", "claimed")),
    )
    .order_by(_OUTBOX.c.seq)
)
_RECEIPTS = pick(_RECEIPT).where(
    one_of(_RECEIPT.c.lane, "lanes"), one_of(_RECEIPT.c.subject, "subjects")
)
_HELD = pick(_LANE).where(one_of(_LANE.c.lane, "lanes")).order_by(_LANE.c.lane).with_for_update()
_ready = (
    pick(_LANE.c.lane)
    .where(
        _LANE.c.council_id == bindparam("council"),
        _LANE.c.head < _LANE.c.tail,
        _LANE.c.ready_at <= bindparam("now"),
        or_(_LANE.c.lease_until.is_(None), _LANE.c.lease_until <= bindparam("now")),
        ~one_of(_LANE.c.lane, "skip"),
    )
    .order_by(_LANE.c.urgent.desc(), _LANE.c.ready_at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("ready")  # as a plain sub-query it may be run again for each row, past the limit
)
_CLAIM = (
    _LANE.update()
    .where(_LANE.c.lane.in_(pick(_ready.c.lane)))
    .values(
        owner=bindparam("new_owner"),
        lease_until=bindparam("new_lease"),
        fence=_LANE.c.fence + 1,
    )
    .returning(_LANE)
)
_LANE_KEYS, _GIVEN_BACK = ("lane", "fence"), ("owner", "lease_until", "ready_at", "head", "urgent")
_GIVE_BACK = rewrite(_LANE, _LANE_KEYS, _GIVEN_BACK)
_PLACE = ("lane", "seq")


@cache
def _rewrite(columns: tuple[str, ...]) -> Update:
    return rewrite(_OUTBOX, _PLACE, columns)


class Lanes(Book):
    """Questions about lanes whose first notice is being sent."""

    def claim(
        self, owner: str, now: datetime, lease_until: datetime, limit: int, skip: Collection[str]
    ) -> list[RowMapping]:
        """Take up to `limit` lanes that are ready and free, urgent ones first; return them.

        Of several owners exactly one gets a lane: rows are locked and skipped (PostgreSQL) or the
        one writer runs at a time (SQLite).
        """
        given = {
            "council": self.council_id,
            "now": now,
            "skip": list(skip),
            "most": limit,
            "new_owner": owner,
            "new_lease": lease_until,
        }
        taken = self.session.connection().execute(_CLAIM, given).mappings()
        return sorted(taken, key=lambda lane: (not lane["urgent"], lane["ready_at"]))

    def heads(self, lanes: Collection[str]) -> dict[str, RowMapping]:
        """Return the first open row of each of these lanes, by lane."""
        rows = self.session.connection().execute(_HEADS, {"lanes": list(lanes)}).mappings()
        return {row["lane"]: row for row in rows}

    def begin(self, rows: Collection[Mapping[Any, Any]], now: datetime) -> None:
        """Mark rows as being sent, so that a crash from here on is known to be one."""
        self._change(
            [
                {
                    "lane": row["lane"],
                    "seq": row["seq"],
                    "state": "claimed",
                    "attempts": row["attempts"] + 1,
                    "first_try_at": row["first_try_at"] or now,
                }
                for row in rows
            ]
        )

    def covered(self, heads: Collection[Mapping[Any, Any]]) -> dict[str, list[int]]:
        """Return, by lane, later cards on the same subject: the first, made now, says them as well.

        Those that an earlier try of it covered are `claimed`; none was ever sent itself.
        """
        cards = {row["lane"]: row for row in heads if row["form"] == "card"}
        found: dict[str, list[int]] = {}
        if cards:
            subjects = {row["subject"] for row in cards.values()}
            given = {"lanes": list(cards), "subjects": list(subjects)}
            for lane, seq, *about in self.session.connection().execute(_UNSENT, given):
                head = cards[lane]
                if seq > head["seq"] and about == [head["subject"], head["audience"]]:
                    found.setdefault(lane, []).append(seq)
        return found

    def take_along(self, covered: Mapping[str, Sequence[int]]) -> None:
        """Mark rows as being said by the first of their lane."""
        self._change(
            [
                {"lane": lane, "seq": seq, "state": "claimed"}
                for lane, seqs in covered.items()
                for seq in seqs
            ]
        )

    def held(self, lanes: Iterable[str]) -> dict[str, RowMapping]:
        """Lock these lanes in sorted order, so that nobody takes one over; return them by name."""
        found: dict[str, RowMapping] = {}
        for part in slices(sorted(set(lanes))):
            rows = self.session.connection().execute(_HELD, {"lanes": part}).mappings()
            found.update((row["lane"], row) for row in rows)
        return found

    def first_open(self, lanes: Collection[str]) -> dict[str, int]:
        """Return the place of the first open row of each of these lanes that has one."""
        found: dict[str, int] = {}
        for part in slices(lanes):
            rows = self.session.connection().execute(_FIRST_OPEN, {"lanes": part})
            found.update((lane, seq) for lane, seq in rows)
        return found

    def give_back(self, lanes: Sequence[dict[str, Any]]) -> None:
        """Let go of lanes that are held: each with its `fence`, `ready_at`, `head` and `tail`.

        One that is empty is not urgent any more.
        """
        rows = [
            {
                **lane,
                "owner": "",
                "lease_until": None,
                "urgent": lane["urgent"] and lane["head"] < lane["tail"],
            }
            for lane in lanes
        ]
        if rows:
            self.run_on_all(_GIVE_BACK, rewritten(rows, _LANE_KEYS, _GIVEN_BACK))

    def finish(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write how rows ended: the `state`, `reason` and `settled_at` of each place."""
        self._change(rows)

    def supersede(self, places: Iterable[tuple[str, int]], now: datetime) -> None:
        """Mark rows as said by another."""
        self._change(
            [
                {"lane": lane, "seq": seq, "state": "superseded", "settled_at": now}
                for lane, seq in places
            ]
        )

    def _change(self, rows: Sequence[dict[str, Any]]) -> None:
        """Rewrite the rows at these places, all in the same columns."""
        if rows:
            columns = tuple(name for name in rows[0] if name not in _PLACE)
            self.run_on_all(_rewrite(columns), rewritten(rows, _PLACE, columns))

    def receipts(
        self, rows: Collection[Mapping[Any, Any]]
    ) -> dict[tuple[str, str, str], RowMapping]:
        """Return where the cards on what these rows are about stand in their lanes."""
        found: dict[tuple[str, str, str], RowMapping] = {}
        given = {
            "lanes": list({row["lane"] for row in rows}),
            "subjects": list({row["subject"] for row in rows}),
        }
        for row in self.session.connection().execute(_RECEIPTS, given).mappings():
            found[row["lane"], row["subject"], row["audience"]] = row
        return found

    def save_receipts(self, rows: Sequence[dict[str, Any]]) -> None:
        """Remember where cards were posted."""
        changed = ("platform", "conversation", "message", "posted_at")
        self.upsert_all(ReceiptRow, rows, changed)
