"""Notices in order per conversation, and how each of them stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, bindparam, func, or_
from sqlalchemy import select as pick
from sqlmodel import col, select

from council.store.base import SLICE, Book, one_of, slices, table
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

_SENT = (
    pick(_OUTBOX.c.form, _OUTBOX.c.subject, _OUTBOX.c.audience)
    .add_columns(_OUTBOX.c.reason, _OUTBOX.c.settled_at)
    .where(_OUTBOX.c.lane == bindparam("lane"), _OUTBOX.c.state == "sent")
    .order_by(_OUTBOX.c.seq)
)

# Why a notice was not sent that a summary says later.
HELD = "in_summary"
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

    def last_cards(self, subjects: Iterable[str]) -> list[OutboxRow]:
        """Return the last card on each of these subjects, per lane and audience."""
        found: dict[tuple[str, str, str], OutboxRow] = {}
        for part in slices(set(subjects)):
            rows = self.session.exec(
                select(OutboxRow)
                .where(
                    OutboxRow.council_id == self.council_id,
                    col(OutboxRow.subject).in_(part),
                    OutboxRow.form == "card",
                    OutboxRow.state != "dropped",
                )
                .order_by(OutboxRow.lane, col(OutboxRow.seq))
            )
            found.update(((row.lane, row.subject, row.audience), row) for row in rows)
        return list(found.values())

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

    def first_sent(self, lane: str, since: datetime) -> int:
        """Return how many messages were new in a lane since then, of those that were not pressing.

        A card counts when it was first shown, a reply each time; an update in place does not.
        """
        rows = self.session.connection().execute(_SENT, {"lane": lane})
        shown: set[tuple[str, str]] = set()
        count = 0
        for form, subject, audience, reason, at in rows:
            new = form != "card" or (subject, audience) not in shown
            shown.add((subject, audience))
            count += new and at is not None and at >= since and not reason
        return count

    def held(self, lane: str, since: datetime | None) -> list[OutboxRow]:
        """Return what was kept for a summary in a lane, after `since` if given, oldest first."""
        query = select(OutboxRow).where(
            OutboxRow.lane == lane, OutboxRow.state == "superseded", OutboxRow.reason == HELD
        )
        if since is not None:
            query = query.where(col(OutboxRow.settled_at) > since)
        return list(self.session.exec(query.order_by(col(OutboxRow.seq)).limit(SLICE)))

    def last_sent(self, lane: str, subject: str, audience: str) -> str | None:
        """Return why the card that was sent last was (its `reason`); None if none was."""
        return self.session.exec(
            select(OutboxRow.reason)
            .where(
                OutboxRow.lane == lane,
                OutboxRow.subject == subject,
                OutboxRow.audience == audience,
                OutboxRow.form == "card",
                OutboxRow.state == "sent",
            )
            .order_by(col(OutboxRow.seq).desc())
            .limit(1)
        ).first()

    def was_held(self, lane: str, subject: str, audience: str) -> bool:
        """Whether a notice on a subject, for an audience, was kept for a summary in a lane."""
        found = self.session.exec(
            select(OutboxRow.seq)
            .where(
                OutboxRow.lane == lane,
                OutboxRow.subject == subject,
                OutboxRow.audience == audience,
                OutboxRow.state == "superseded",
                OutboxRow.reason == HELD,
            )
            .limit(1)
        )
        return found.first() is not None

    def last_of(self, lane: str, kind: str) -> OutboxRow | None:
        """Return the last notice of a kind in a lane."""
        return self.session.exec(
            select(OutboxRow)
            .where(OutboxRow.lane == lane, OutboxRow.kind == kind)
            .order_by(col(OutboxRow.seq).desc())
            .limit(1)
        ).first()

    def of_audience(self, subject: str, audience: str) -> list[OutboxRow]:
        """Return every notice on a subject that was made for an audience, oldest first."""
        return list(
            self.session.exec(
                select(OutboxRow)
                .where(
                    OutboxRow.council_id == self.council_id,
                    OutboxRow.subject == subject,
                    OutboxRow.audience == audience,
                )
                .order_by(OutboxRow.lane, col(OutboxRow.seq))
            )
        )

    def count(self, state: str) -> int:
        """Return how many notices are in a state."""
        return self.session.exec(
            select(func.count())
            .select_from(OutboxRow)
            .where(OutboxRow.council_id == self.council_id, OutboxRow.state == state)
        ).one()
