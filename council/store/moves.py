"""Visits of phases, proposed moves and what was checked off."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, func, select

from council.store.base import SLICE, Book, slices
from council.tables import Checkmark, Decision, Initiative, Move, MoveAnswer, Visit

PROPOSED, DONE = "proposed", "done"
BACK = "back"


class Moves(Book):
    """Questions about moves."""

    def visits(self, initiative_id: str) -> list[Visit]:
        """Return the stays of an initiative in phases, oldest first."""
        return list(
            self.session.exec(
                select(Visit)
                .where(Visit.council_id == self.council_id, Visit.initiative_id == initiative_id)
                .order_by(col(Visit.number))
            )
        )

    def visit(self, initiative_id: str, number: int) -> Visit | None:
        """Return the stay of this number."""
        found = self.session.get(Visit, (initiative_id, number))
        return found if found and found.council_id == self.council_id else None

    def last_visit(self, initiative_id: str) -> Visit | None:
        """Return the newest stay of an initiative, if any is noted."""
        return self.session.exec(
            select(Visit)
            .where(Visit.council_id == self.council_id, Visit.initiative_id == initiative_id)
            .order_by(col(Visit.number).desc())
            .limit(1)
        ).first()

    def current_visit_number(self, initiative_id: str) -> int:
        """Return the number of the present stay; 1 where none is noted yet."""
        found = self.last_visit(initiative_id)
        return found.number if found else 1

    def forget_visit(self, visit: Visit) -> None:
        """Take a stay away that should not have begun, with what was checked off in it."""
        for mark in self.checkmarks(visit.initiative_id, [visit.number]):
            self.session.delete(mark)
        self.session.delete(visit)
        self.session.flush()

    def loop_counts(self) -> list[int]:
        """Return how often each initiative that is not private went back, if it ever did."""
        rows = self.session.exec(
            select(func.count())
            .select_from(Visit)
            .join(Initiative, col(Initiative.id) == Visit.initiative_id)
            .where(
                Visit.council_id == self.council_id,
                Visit.kind == BACK,
                col(Initiative.private).is_(False),
            )
            .group_by(Visit.initiative_id)
        )
        return [int(count) for count in rows]

    def proposed(self, initiative_id: str) -> Move | None:
        """Return the move that is proposed for an initiative now; there is at most one."""
        return self.session.exec(
            select(Move).where(
                Move.council_id == self.council_id,
                Move.initiative_id == initiative_id,
                Move.state == PROPOSED,
            )
        ).first()

    def proposed_on(self, initiative_ids: Iterable[str]) -> list[Move]:
        """Return the moves that are proposed for any of these initiatives, oldest first."""
        found: list[Move] = []
        for part in slices(set(initiative_ids)):
            found += self.session.exec(
                select(Move).where(
                    Move.council_id == self.council_id,
                    col(Move.initiative_id).in_(part),
                    Move.state == PROPOSED,
                )
            )
        return sorted(found, key=lambda move: move.number)

    def all_proposed(self, limit: int = SLICE) -> list[Move]:
        """Return the moves that are proposed anywhere, oldest first."""
        return list(
            self.session.exec(
                select(Move)
                .where(Move.council_id == self.council_id, Move.state == PROPOSED)
                .order_by(col(Move.number))
                .limit(limit)
            )
        )

    def done_from(self, initiative_id: str, visit: int, transition: str) -> Move | None:
        """Return the move that was proposed in a stay and took this way, if one did."""
        return self.session.exec(
            select(Move)
            .where(
                Move.council_id == self.council_id,
                Move.initiative_id == initiative_id,
                Move.visit == visit,
                Move.transition == transition,
                Move.state == DONE,
            )
            .order_by(col(Move.number).desc())
        ).first()

    def decision_behind(
        self, initiative_id: str, transition: str, since: datetime, until: datetime
    ) -> Decision | None:
        """Return the last decision that took this way within that time, if one did."""
        return self.session.exec(
            select(Decision)
            .where(
                Decision.council_id == self.council_id,
                Decision.initiative_id == initiative_id,
                Decision.transition == transition,
                col(Decision.decided_at) >= since,
                col(Decision.decided_at) <= until,
            )
            .order_by(col(Decision.number).desc())
        ).first()

    def by_number(self, number: int) -> Move | None:
        """Return the move of this number (3 of `M-3`)."""
        return self.session.exec(
            select(Move).where(Move.council_id == self.council_id, Move.number == number)
        ).first()

    def by_id(self, move_id: str) -> Move | None:
        """Return the move with this opaque id."""
        found = self.session.get(Move, move_id)
        return found if found and found.council_id == self.council_id else None

    def answers(self, move_id: str) -> list[MoveAnswer]:
        """Return what was answered to a move, oldest first."""
        return list(
            self.session.exec(
                select(MoveAnswer)
                .where(MoveAnswer.council_id == self.council_id, MoveAnswer.move_id == move_id)
                .order_by(col(MoveAnswer.at), MoveAnswer.person_id)
            )
        )

    def answer(self, move_id: str, person_id: str) -> MoveAnswer | None:
        """Return what one person answered to a move."""
        found = self.session.get(MoveAnswer, (move_id, person_id))
        return found if found and found.council_id == self.council_id else None

    def checkmarks(self, initiative_id: str, visits: Iterable[int]) -> list[Checkmark]:
        """Return what was checked off in these stays, oldest stay first."""
        found: list[Checkmark] = []
        for part in slices(sorted(set(visits))):
            found += self.session.exec(
                select(Checkmark)
                .where(
                    Checkmark.council_id == self.council_id,
                    Checkmark.initiative_id == initiative_id,
                    col(Checkmark.visit).in_(part),
                )
                .order_by(col(Checkmark.visit), col(Checkmark.done_at), Checkmark.item)
            )
        return found

    def checkmark(self, initiative_id: str, visit: int, item: str) -> Checkmark | None:
        """Return the mark on one item in one stay."""
        found = self.session.get(Checkmark, (initiative_id, visit, item))
        return found if found and found.council_id == self.council_id else None

    def uncheck(self, mark: Checkmark) -> None:
        """Take a mark away."""
        self.session.delete(mark)
        self.session.flush()
