"""While a batch is taken in: what is put off stays so, until something else or worse comes up."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cached_property

from council.cases.follow import Work
from council.cases.judged import Judged
from council.desk import Desk
from council.playbook import Band
from council.store import Filter

# The worst is not put off for longer.
LONGEST_WORST = timedelta(hours=24)
WORST = "S1"


class Quiet:
    """What is to be quiet on the initiatives that a batch is about, read once if it matters.

    It does where a case opens, or where one that was put off is touched: seldom.
    """

    def __init__(self, desk: Desk, initiative_ids: Collection[str]) -> None:
        """Hold what to ask about; nothing is read yet."""
        self._desk = desk
        self._about = initiative_ids
        self._now = desk.now()

    @cached_property
    def _rows(self) -> list[Filter]:
        return self._desk.books.snoozes.filters(self._about, self._now)

    def put_off(self, work: Work, judged: Judged) -> None:
        """Have a new case wait, if what opened it is to be quiet."""
        until = max((self._until(row, judged) for row in self._matching(judged)), default=self._now)
        if until > self._now:
            work.row.update(status="snoozed", snoozed_until=until)

    def broken_by(self, work: Work, judged: Judged) -> bool:
        """Whether a signal that is no worse than its case ends all the same that it waits.

        It does when it is time to act now and was not before, or when nobody meant this one.
        """
        if work.row["status"] != "snoozed" or judged.low:
            return False
        if judged.band is Band.ACT and work.row["band"] != str(Band.ACT):
            return True
        about = {"", work.row["signal_class"]}
        by_filter = any(row.signal_class in about for row in self._rows)
        return by_filter and not self._matching(judged)

    def _matching(self, judged: Judged) -> list[Filter]:
        signal, initiative = judged.signal, judged.initiative
        return [
            row
            for row in self._rows
            if initiative
            and row.initiative_id == initiative.id
            and row.signal_class in {"", signal.signal_class}
            and row.feature in {"", signal.feature}
        ]

    def _until(self, row: Filter, judged: Judged) -> datetime:
        if judged.severity == WORST:
            return min(row.until, row.created_at + LONGEST_WORST)
        return row.until
