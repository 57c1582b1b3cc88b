"""What tells which version of an initiative serves: signals, decisions, packets that were taken."""

from datetime import datetime

from sqlmodel import col, func, select

from council.store.base import Book
from council.tables import Case, Condition, Decision, Handoff

_FALLS = ("roll_back", "fall_back")
_TAKEN = ("accepted", "accepted_with_conditions")
_LOOKED_THROUGH = 5


class Running(Book):
    """Questions about what of an initiative runs, on what, and how that went."""

    def seen(self, initiative_id: str) -> tuple[str, datetime] | None:
        """Return the version that the last trouble was about, and when that began."""
        row = self.session.exec(
            select(Condition.model_version, Condition.started_at)
            .where(
                Condition.council_id == self.council_id,
                Condition.initiative_id == initiative_id,
                Condition.model_version != "",
            )
            .order_by(col(Condition.started_at).desc(), Condition.condition_key)
            .limit(1)
        ).first()
        return (row[0], row[1]) if row else None

    def features(self, initiative_id: str) -> list[str]:
        """Return the features that monitors ever named, those that were seen last first."""
        rows = self.session.exec(
            select(Condition.feature)
            .where(
                Condition.council_id == self.council_id,
                Condition.initiative_id == initiative_id,
                Condition.feature != "",
            )
            .group_by(Condition.feature)
            .order_by(func.max(Condition.last_seen_at).desc(), Condition.feature)
        )
        return list(rows)

    def last_cases(self, initiative_id: str, limit: int) -> list[Case]:
        """Return the last cases of an initiative, newest first."""
        rows = self.session.exec(
            select(Case)
            .where(Case.council_id == self.council_id, Case.initiative_id == initiative_id)
            .order_by(col(Case.number).desc())
            .limit(limit)
        )
        return list(rows)

    def fell_back(self, initiative_id: str) -> Decision | None:
        """Return the last decision to roll or fall back, if there was one."""
        return self.session.exec(
            select(Decision)
            .where(
                Decision.council_id == self.council_id,
                Decision.initiative_id == initiative_id,
                col(Decision.kind).in_(_FALLS),
            )
            .order_by(col(Decision.number).desc())
            .limit(1)
        ).first()

    def handed(self, initiative_id: str) -> list[tuple[str, datetime]]:
        """Return the versions of the packets that were taken last, newest first, and when."""
        rows = self.session.exec(
            select(Handoff)
            .where(
                Handoff.council_id == self.council_id,
                Handoff.initiative_id == initiative_id,
                col(Handoff.state).in_(_TAKEN),
                Handoff.version != "",
            )
            .order_by(col(Handoff.answered_at).desc(), col(Handoff.number).desc())
            .limit(_LOOKED_THROUGH)
        )
        return [(row.version, row.answered_at) for row in rows if row.answered_at]
