"""Huddles, what was chosen there, and what is known before they decide."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, func, select

from council.store.decisions import Decisions
from council.tables import (
    Case,
    Condition,
    Decision,
    Handoff,
    Huddle,
    HuddleChoice,
    Initiative,
    Link,
    Review,
    SignalRow,
    Visit,
)

OPEN = "open"


class Huddles(Decisions):
    """Questions about huddles, and about what came of them."""

    def by_id(self, huddle_id: str) -> Huddle | None:
        """Return the huddle with this opaque id."""
        found = self.session.get(Huddle, huddle_id)
        return found if found and found.council_id == self.council_id else None

    def by_number(self, number: int) -> Huddle | None:
        """Return the huddle `R-<number>`."""
        return self.session.exec(
            select(Huddle).where(Huddle.council_id == self.council_id, Huddle.number == number)
        ).first()

    def open_on(self, initiative_id: str, case_id: str = "") -> Huddle | None:
        """Return the open huddle on a case, or on the initiative as a whole."""
        if case_id in self._open:
            return self._open[case_id]
        return self.session.exec(
            select(Huddle).where(
                Huddle.council_id == self.council_id,
                Huddle.initiative_id == initiative_id,
                Huddle.case_id == case_id,
                Huddle.state == OPEN,
            )
        ).first()

    def open_of(self, initiative_id: str) -> list[Huddle]:
        """Return the open huddles of an initiative, oldest first."""
        return list(
            self.session.exec(
                select(Huddle)
                .where(
                    Huddle.council_id == self.council_id,
                    Huddle.initiative_id == initiative_id,
                    Huddle.state == OPEN,
                )
                .order_by(col(Huddle.number))
            )
        )

    def busy(self) -> set[str]:
        """Return ids of initiatives where something is to be chosen, told or looked back at."""
        open_ones = (
            select(Huddle.initiative_id).where(
                Huddle.council_id == self.council_id, Huddle.state == OPEN
            ),
            select(Decision.initiative_id).where(
                Decision.council_id == self.council_id, Decision.outcome == ""
            ),
            select(Review.initiative_id).where(
                Review.council_id == self.council_id, Review.state == OPEN
            ),
        )
        return {each for query in open_ones for each in self.session.exec(query.distinct())}

    def page(self, below: int, limit: int) -> list[Huddle]:
        """Return up to `limit` huddles, newest first; none of private initiatives."""
        rows = self.session.exec(
            select(Huddle)
            .join(Initiative, col(Initiative.id) == Huddle.initiative_id)
            .where(
                Huddle.council_id == self.council_id,
                Huddle.number < below,
                col(Initiative.private).is_(False),
            )
            .order_by(col(Huddle.number).desc())
            .limit(limit)
        )
        return list(rows)

    # ── choices ──────────────────────────────────────────────────────────────────────────────────

    def choices(self, huddle_id: str, only_round: int | None = None) -> list[HuddleChoice]:
        """Return every choice of a huddle, or of one round, by round and then by time."""
        asked = select(HuddleChoice).where(
            HuddleChoice.council_id == self.council_id, HuddleChoice.huddle_id == huddle_id
        )
        if only_round is not None:
            asked = asked.where(HuddleChoice.round == only_round)
        order = (col(HuddleChoice.round), col(HuddleChoice.at), HuddleChoice.person_id)
        return list(self.session.exec(asked.order_by(*order)))

    def choice(self, huddle_id: str, round_: int, person_id: str) -> HuddleChoice | None:
        """Return what somebody chose in a round, if they have."""
        return self.session.get(HuddleChoice, (huddle_id, round_, person_id))

    # ── what a huddle is told before it decides ──────────────────────────────────────────────────

    def cases_before(
        self, initiative_id: str, signal_class: str, below: int, limit: int
    ) -> list[Case]:
        """Return resolved cases of a class with numbers below `below`, newest first."""
        rows = self.session.exec(
            select(Case)
            .where(
                Case.council_id == self.council_id,
                Case.initiative_id == initiative_id,
                Case.signal_class == signal_class,
                Case.status == "resolved",
                Case.number < below,
            )
            .order_by(col(Case.number).desc())
            .limit(limit)
        )
        return list(rows)

    def cases_since(
        self, initiative_id: str, signal_class: str, since: datetime, limit: int
    ) -> list[Case]:
        """Return cases of a class that came up since then and were no noise, newest first."""
        rows = self.session.exec(
            select(Case)
            .where(
                Case.council_id == self.council_id,
                Case.initiative_id == initiative_id,
                Case.signal_class == signal_class,
                Case.opened_at >= since,
                Case.outcome != "noise",
            )
            .order_by(col(Case.number).desc())
            .limit(limit)
        )
        return list(rows)

    def like_elsewhere(
        self, initiative_id: str, case_id: str, limit: int
    ) -> list[tuple[Case, Initiative]]:
        """Return cases on other initiatives about a feature of this case, newest first.

        Only those that were decided or are over, and none of private initiatives.
        """
        features = select(func.lower(Condition.feature)).where(
            Condition.council_id == self.council_id,
            Condition.case_id == case_id,
            Condition.feature != "",
        )
        same = select(Condition.case_id).where(
            Condition.council_id == self.council_id,
            col(Condition.initiative_id) != initiative_id,
            func.lower(Condition.feature).in_(features),
        )
        decided = select(Decision.case_id).where(Decision.council_id == self.council_id)
        rows = self.session.exec(
            select(Case, Initiative)
            .join(Initiative, col(Initiative.id) == Case.initiative_id)
            .where(
                Case.council_id == self.council_id,
                col(Initiative.private).is_(False),
                col(Case.id).in_(same),
                (col(Case.status) == "resolved") | col(Case.id).in_(decided),
            )
            .order_by(col(Case.number).desc())
            .limit(limit)
        )
        return [(case, initiative) for case, initiative in rows]

    def of_conditions(self, case_ids: Collection[str], of_case: str) -> set[str]:
        """Return those of the few cases that had to do with a condition which this case holds."""
        held = select(Condition.condition_key).where(
            Condition.council_id == self.council_id, Condition.case_id == of_case
        )
        rows = self.session.exec(
            select(SignalRow.case_id)
            .where(
                SignalRow.council_id == self.council_id,
                col(SignalRow.case_id).in_(case_ids),
                col(SignalRow.condition_key).in_(held),
            )
            .distinct()
        )
        return {case_id for case_id in rows if case_id}

    def open_handoffs(self, initiative_id: str, limit: int) -> list[Handoff]:
        """Return packets of an initiative that are on their way."""
        rows = self.session.exec(
            select(Handoff)
            .where(
                Handoff.council_id == self.council_id,
                Handoff.initiative_id == initiative_id,
                col(Handoff.state).in_(("draft", "offered")),
            )
            .order_by(col(Handoff.number))
            .limit(limit)
        )
        return list(rows)

    def visits_since(self, initiative_id: str, since: datetime, limit: int) -> list[Visit]:
        """Return phases that an initiative came to since then, newest first."""
        rows = self.session.exec(
            select(Visit)
            .where(
                Visit.council_id == self.council_id,
                Visit.initiative_id == initiative_id,
                Visit.entered_at >= since,
                Visit.kind != "opened",
            )
            .order_by(col(Visit.number).desc())
            .limit(limit)
        )
        return list(rows)

    def loops(self, initiative_id: str) -> int:
        """Return how often an initiative has gone back."""
        return self.session.exec(
            select(func.count())
            .select_from(Visit)
            .where(
                Visit.council_id == self.council_id,
                Visit.initiative_id == initiative_id,
                Visit.kind == "back",
            )
        ).one()

    def meeting_of(self, initiative_id: str) -> str:
        """Return the address where an initiative meets, if one is linked."""
        found = self.session.exec(
            select(Link.url)
            .where(
                Link.council_id == self.council_id,
                Link.subject == f"initiative:{initiative_id}",
                func.lower(Link.label) == "meeting",
                col(Link.removed_at).is_(None),
            )
            .order_by(col(Link.added_at).desc())
            .limit(1)
        ).first()
        return found or ""
