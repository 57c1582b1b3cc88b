"""Handoffs, their packets and conditions."""

from collections.abc import Iterable

from sqlmodel import col, select

from council.store.base import Book, slices
from council.tables import Handoff, HandoffCondition, HandoffItem, Initiative

# In these states the givers or the receivers still have to do something.
UNANSWERED = ("draft", "offered", "returned")
TAKEN = ("accepted", "accepted_with_conditions")


class Handoffs(Book):
    """Questions about handoffs."""

    def by_id(self, handoff_id: str) -> Handoff | None:
        """Return the handoff with this opaque id."""
        found = self.session.get(Handoff, handoff_id)
        return found if found and found.council_id == self.council_id else None

    def by_number(self, number: int) -> Handoff | None:
        """Return the handoff `H-<number>`."""
        return self.session.exec(
            select(Handoff).where(Handoff.council_id == self.council_id, Handoff.number == number)
        ).first()

    def of(self, initiative_id: str, definition: str = "") -> list[Handoff]:
        """Return the handoffs of an initiative, newest first; of one definition if given."""
        query = (
            select(Handoff)
            .where(Handoff.council_id == self.council_id, Handoff.initiative_id == initiative_id)
            .order_by(col(Handoff.number).desc())
        )
        named = query.where(Handoff.definition == definition) if definition else query
        return list(self.session.exec(named))

    def unanswered(self, initiative_ids: Iterable[str]) -> list[Handoff]:
        """Return what is drafted, offered or given back on these initiatives, oldest first."""
        found: list[Handoff] = []
        for part in slices(set(initiative_ids)):
            found += self.session.exec(
                select(Handoff)
                .where(
                    Handoff.council_id == self.council_id,
                    col(Handoff.initiative_id).in_(part),
                    col(Handoff.state).in_(UNANSWERED),
                )
                .order_by(col(Handoff.number))
            )
        return found

    def all_unanswered(self, limit: int) -> list[Handoff]:
        """Return up to `limit` handoffs that are drafted, offered or given back, oldest first."""
        rows = self.session.exec(
            select(Handoff)
            .where(Handoff.council_id == self.council_id, col(Handoff.state).in_(UNANSWERED))
            .order_by(col(Handoff.number))
            .limit(limit)
        )
        return list(rows)

    def items(self, handoff_id: str) -> list[HandoffItem]:
        """Return the packet of a handoff, in its order."""
        rows = self.session.exec(
            select(HandoffItem)
            .where(HandoffItem.handoff_id == handoff_id)
            .order_by(col(HandoffItem.position))
        )
        return list(rows)

    def conditions(self, handoff_id: str) -> list[HandoffCondition]:
        """Return the conditions on which a handoff was accepted, in their order."""
        rows = self.session.exec(
            select(HandoffCondition)
            .where(HandoffCondition.handoff_id == handoff_id)
            .order_by(col(HandoffCondition.number))
        )
        return list(rows)

    def offered_by(self, person_id: str) -> list[Handoff]:
        """Return what somebody offered and nobody has answered, oldest first."""
        rows = self.session.exec(
            select(Handoff)
            .where(
                Handoff.council_id == self.council_id,
                Handoff.giver_id == person_id,
                Handoff.state == "offered",
            )
            .order_by(col(Handoff.number))
        )
        return list(rows)

    def open_conditions(
        self, initiative_id: str = "", owner_id: str = "", giver_id: str = ""
    ) -> list[tuple[Handoff, HandoffCondition]]:
        """Return conditions that nobody has closed: of an initiative, an owner, a giver, or all."""
        query = (
            select(Handoff, HandoffCondition)
            .join(HandoffCondition, col(HandoffCondition.handoff_id) == Handoff.id)
            .where(
                Handoff.council_id == self.council_id,
                Handoff.state == "accepted_with_conditions",
                col(HandoffCondition.closed_at).is_(None),
            )
            .order_by(col(Handoff.number), col(HandoffCondition.number))
        )
        if initiative_id:
            query = query.where(Handoff.initiative_id == initiative_id)
        if owner_id:
            query = query.where(HandoffCondition.owner_id == owner_id)
        if giver_id:
            query = query.where(Handoff.giver_id == giver_id)
        return list(self.session.exec(query))

    def waits(self, limit: int) -> list[tuple[str, int]]:
        """Return who answered, and after how many working minutes: the last `limit` offers.

        Those of private initiatives are left out.
        """
        rows = self.session.exec(
            select(Handoff.answered_by, Handoff.waited)
            .join(Initiative, col(Initiative.id) == Handoff.initiative_id)
            .where(
                Handoff.council_id == self.council_id,
                col(Handoff.waited).is_not(None),
                col(Initiative.private).is_(False),
            )
            .order_by(col(Handoff.number).desc())
            .limit(limit)
        )
        return [(person, waited) for person, waited in rows if waited is not None]

    def page(self, below: int, limit: int) -> list[tuple[Handoff, Initiative]]:
        """Return up to `limit` handoffs that are not private, newest first, numbered below."""
        rows = self.session.exec(
            select(Handoff, Initiative)
            .join(Initiative, col(Initiative.id) == Handoff.initiative_id)
            .where(
                Handoff.council_id == self.council_id,
                Handoff.number < below,
                col(Initiative.private).is_(False),
            )
            .order_by(col(Handoff.number).desc())
            .limit(limit)
        )
        return list(rows)
