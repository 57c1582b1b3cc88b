"""What huddles decided, and looks back at cases."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from council.store.base import Book, one_of, table
from council.tables import Case, Decision, Huddle, Initiative, Review

OPEN = "open"

# Every card on a case asks these; a statement that is made once costs a third (see base.py).
_DECISION, _HUDDLE = table(Decision), table(Huddle)
_DECIDED = (
    select(Decision)
    .where(_DECISION.c.council_id == bindparam("council"), one_of(_DECISION.c.case_id, "cases"))
    .order_by(_DECISION.c.number)
)
_OPEN = select(Huddle).where(
    _HUDDLE.c.council_id == bindparam("council"),
    one_of(_HUDDLE.c.case_id, "cases"),
    _HUDDLE.c.state == OPEN,
)


class Decisions(Book):
    """Questions about decisions and reviews."""

    def __init__(self, session: Session, council_id: int) -> None:
        """Hold the session; nothing is read yet."""
        super().__init__(session, council_id)
        self._open: dict[str, Huddle | None] = {}
        self._decided: dict[str, Decision | None] = {}

    def read_ahead(self, case_ids: Collection[str]) -> None:
        """Read at once which huddle is open on these few cases, and what was last decided.

        For a transaction that only reads: what is asked later is answered from this.
        """
        given = {"council": self.council_id, "cases": list(case_ids)}
        found = {row.case_id: row for row in self.session.exec(_OPEN, params=given)}
        decided = {row.case_id: row for row in self.session.exec(_DECIDED, params=given)}
        self._open.update((each, found.get(each)) for each in case_ids)
        self._decided.update((each, decided.get(each)) for each in case_ids)

    def decision(self, decision_id: str) -> Decision | None:
        """Return the decision with this opaque id."""
        found = self.session.get(Decision, decision_id)
        return found if found and found.council_id == self.council_id else None

    def decision_by_number(self, number: int) -> Decision | None:
        """Return the decision `D-<number>`."""
        return self.session.exec(
            select(Decision).where(
                Decision.council_id == self.council_id, Decision.number == number
            )
        ).first()

    def decision_of(self, huddle_id: str) -> Decision | None:
        """Return what a huddle decided, if it did."""
        return self.session.exec(
            select(Decision)
            .where(Decision.council_id == self.council_id, Decision.huddle_id == huddle_id)
            .order_by(col(Decision.number).desc())
        ).first()

    def decisions_on(self, initiative_id: str, signal_class: str, limit: int) -> list[Decision]:
        """Return the last decisions on an initiative and signal class, newest first."""
        rows = self.session.exec(
            select(Decision)
            .where(
                Decision.council_id == self.council_id,
                Decision.initiative_id == initiative_id,
                Decision.signal_class == signal_class,
            )
            .order_by(col(Decision.number).desc())
            .limit(limit)
        )
        return list(rows)

    def decisions_about(self, case_id: str, initiative_id: str) -> list[Decision]:
        """Return the last decisions on a case, or on an initiative as a whole; newest first."""
        rows = self.session.exec(
            select(Decision)
            .where(
                Decision.council_id == self.council_id,
                Decision.case_id == case_id,
                Decision.initiative_id == initiative_id,
            )
            .order_by(col(Decision.number).desc())
            .limit(20)
        )
        return list(rows)

    def to_do_of(self, person_id: str) -> list[Decision]:
        """Return the decisions that somebody has still to carry out, oldest first."""
        rows = self.session.exec(
            select(Decision)
            .where(
                Decision.council_id == self.council_id,
                Decision.owner_id == person_id,
                Decision.outcome == "",
                col(Decision.done_at).is_(None),
            )
            .order_by(col(Decision.number))
        )
        return list(rows)

    def decided(self, case_ids: Collection[str]) -> dict[str, Decision]:
        """Return the last decision on each of these few cases, by case id."""
        known = {each: self._decided[each] for each in case_ids if each in self._decided}
        found = {each: row for each, row in known.items() if row is not None}
        if missing := [each for each in case_ids if each not in known]:
            given = {"council": self.council_id, "cases": missing}
            found.update((row.case_id, row) for row in self.session.exec(_DECIDED, params=given))
        return found

    def unsettled(self, initiative_id: str) -> list[Decision]:
        """Return decisions of an initiative without an outcome, oldest first."""
        rows = self.session.exec(
            select(Decision)
            .where(
                Decision.council_id == self.council_id,
                Decision.initiative_id == initiative_id,
                Decision.outcome == "",
            )
            .order_by(col(Decision.number))
            .limit(50)
        )
        return list(rows)

    def outcomes_since(self, since: datetime, limit: int) -> list[tuple[Decision, Initiative]]:
        """Return decisions whose outcome was told since then, oldest first."""
        rows = self.session.exec(
            select(Decision, Initiative)
            .join(Initiative, col(Initiative.id) == Decision.initiative_id)
            .where(
                Decision.council_id == self.council_id,
                col(Decision.outcome_at) >= since,
            )
            .order_by(col(Decision.outcome_at), col(Decision.number))
            .limit(limit)
        )
        return [(decision, initiative) for decision, initiative in rows]

    def decision_page(self, below: int, limit: int) -> list[Decision]:
        """Return up to `limit` decisions, newest first; none of private initiatives."""
        rows = self.session.exec(
            select(Decision)
            .join(Initiative, col(Initiative.id) == Decision.initiative_id)
            .where(
                Decision.council_id == self.council_id,
                Decision.number < below,
                col(Initiative.private).is_(False),
            )
            .order_by(col(Decision.number).desc())
            .limit(limit)
        )
        return list(rows)

    # ── reviews ──────────────────────────────────────────────────────────────────────────────────

    def review(self, review_id: str) -> Review | None:
        """Return the review with this opaque id."""
        found = self.session.get(Review, review_id)
        return found if found and found.council_id == self.council_id else None

    def review_by_number(self, number: int) -> Review | None:
        """Return the review `V-<number>`."""
        return self.session.exec(
            select(Review).where(Review.council_id == self.council_id, Review.number == number)
        ).first()

    def review_of(self, case_id: str) -> Review | None:
        """Return the review of a case, if there is one."""
        return self.session.exec(
            select(Review).where(Review.council_id == self.council_id, Review.case_id == case_id)
        ).first()

    def open_reviews(self, initiative_id: str) -> list[Review]:
        """Return the open reviews of an initiative, oldest first."""
        rows = self.session.exec(
            select(Review)
            .where(
                Review.council_id == self.council_id,
                Review.initiative_id == initiative_id,
                Review.state == OPEN,
            )
            .order_by(col(Review.number))
        )
        return list(rows)

    def recurrences(
        self, initiative_id: str, signal_class: str, since: datetime, without: str
    ) -> int:
        """Return how many other cases of a class came up since then, noise left out."""
        return self.session.exec(
            select(func.count())
            .select_from(Case)
            .where(
                Case.council_id == self.council_id,
                Case.initiative_id == initiative_id,
                Case.signal_class == signal_class,
                Case.opened_at >= since,
                Case.id != without,
                Case.outcome != "noise",
            )
        ).one()
