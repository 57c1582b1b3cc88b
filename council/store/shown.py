"""What a card on a case asks of it; for many cases at once where many cards are made."""

from collections.abc import Collection

from sqlalchemy import Integer, bindparam
from sqlalchemy import select as pick
from sqlmodel import Session, col, func, select

from council.store.base import Book, one_of, table
from council.tables import Case, CaseAnswer, Condition, SignalRow

_CASE, _CONDITION, _ANSWER = table(Case), table(Condition), table(CaseAnswer)
_CASES = select(Case).where(one_of(_CASE.c.id, "cases"))
_ANSWERS = pick(_ANSWER.c.case_id, _ANSWER.c.person_id, _ANSWER.c.answer).where(
    one_of(_ANSWER.c.case_id, "cases")
)
_COUNTS = (
    pick(_CONDITION.c.case_id, _CONDITION.c.state, _CONDITION.c.low_evidence, func.count())
    .where(one_of(_CONDITION.c.case_id, "cases"))
    .group_by(_CONDITION.c.case_id, _CONDITION.c.state, _CONDITION.c.low_evidence)
)
_WORST = (
    select(Condition)
    .where(_CONDITION.c.case_id == bindparam("case"))
    .order_by(
        Condition.state,
        col(Condition.low_evidence),
        Condition.band,
        col(Condition.badness).desc(),
        Condition.feature,
        Condition.condition_key,
    )
    .limit(bindparam("most", type_=Integer))
)

_SIGNAL = table(SignalRow)
_PEAKS = (
    pick(_SIGNAL.c.condition_key, func.min(_SIGNAL.c.value), func.max(_SIGNAL.c.value))
    .where(
        _SIGNAL.c.case_id == bindparam("case"),
        _SIGNAL.c.status == "firing",
        _SIGNAL.c.value.is_not(None),
    )
    .group_by(_SIGNAL.c.condition_key)
)

Answers = dict[str, str]
Counts = dict[tuple[str, bool], int]


class Shown(Book):
    """Questions about one case, and what was read ahead of them."""

    def __init__(self, session: Session, council_id: int) -> None:
        """Hold the session; nothing is read yet."""
        super().__init__(session, council_id)
        self._ahead: list[Case] = []
        self._answers: dict[str, Answers] = {}
        self._counts: dict[str, Counts] = {}

    def read_ahead(self, case_ids: Collection[str]) -> list[Case]:
        """Read these few cases, and what cards on them ask, at once.

        For a transaction that only reads: what is asked later is answered from this.
        """
        found = list(self.session.exec(_CASES, params={"cases": list(case_ids)}))
        self._ahead += found  # the session itself forgets rows that nobody holds
        self._answers.update(self._read_answers(case_ids))
        self._counts.update(self._read_counts(case_ids))
        return found

    def by_id(self, case_id: str) -> Case | None:
        """Return the case with this opaque id."""
        found = self.session.get(Case, case_id)
        return found if found and found.council_id == self.council_id else None

    def worst(self, case_id: str, limit: int) -> list[Condition]:
        """Return the conditions of a case: those that still hold first, then the worst."""
        return list(self.session.exec(_WORST, params={"case": case_id, "most": limit}))

    def peaks(self, case_id: str) -> dict[str, tuple[float, float]]:
        """Return the least and the greatest value that each condition of a case was seen at."""
        rows = self.session.connection().execute(_PEAKS, {"case": case_id})
        return {key: (least, most) for key, least, most in rows}

    def unsure(self, initiative_id: str, limit: int) -> list[Condition]:
        """Return conditions of an initiative that hold by too few samples to be judged."""
        rows = self.session.exec(
            select(Condition)
            .where(
                Condition.council_id == self.council_id,
                Condition.initiative_id == initiative_id,
                col(Condition.low_evidence),
                Condition.state == "firing",
            )
            .order_by(col(Condition.badness).desc(), Condition.condition_key)
            .limit(limit)
        )
        return list(rows)

    def counts(self, case_id: str) -> Counts:
        """Return how many conditions a case holds, by (state, low evidence)."""
        known = self._counts.get(case_id)
        return self._read_counts([case_id])[case_id] if known is None else known

    def answers(self, case_id: str) -> Answers:
        """Return what the people who were asked said, by person id."""
        known = self._answers.get(case_id)
        return self._read_answers([case_id])[case_id] if known is None else known

    def _read_counts(self, case_ids: Collection[str]) -> dict[str, Counts]:
        found: dict[str, Counts] = {case: {} for case in case_ids}
        rows = self.session.connection().execute(_COUNTS, {"cases": list(case_ids)})
        for case, state, low, count in rows:
            found[case][state, low] = count
        return found

    def _read_answers(self, case_ids: Collection[str]) -> dict[str, Answers]:
        found: dict[str, Answers] = {case: {} for case in case_ids}
        rows = self.session.connection().execute(_ANSWERS, {"cases": list(case_ids)})
        for case, person, answer in rows:
            found[case][person] = answer
        return found
