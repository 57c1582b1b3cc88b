"""What was kept for somebody while they were to be left in peace: said at once, when they begin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from council.desk import Desk
from council.news import News
from council.tables import OutboxRow

Reader = Callable[[Desk, str, Mapping[str, Any]], News | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that was kept: of what kind the notice was, and how it stands now."""

    kind: str
    facts: Mapping[str, Any]
    news: News


@dataclass(frozen=True, slots=True)
class SummaryNews(News):
    """Everything that was kept and still matters, in the order in which it came up."""

    kept: tuple[Kept, ...]

    @property
    def asks(self) -> bool:
        """Whether anything in it asks for something."""
        return any(each.news.asks for each in self.kept)


def summary_news(
    desk: Desk, subject: str, facts: Mapping[str, Any], read: Reader
) -> SummaryNews | None:
    """Return what was kept and still matters; None if all of it is over."""
    person_id = subject.partition(":")[0]
    since, until = _moment(facts["since"]), _moment(facts["until"])
    latest: dict[tuple[str, str], OutboxRow] = {}
    for row in desk.books.outbox.held(f"person:{person_id}", since):
        if row.settled_at and until and row.settled_at <= until:
            latest[row.subject, row.audience] = row
    kept: list[Kept] = []
    for row in latest.values():
        news = read(desk, row.subject, row.facts)
        if news is not None and not news.overtaken:
            kept.append(Kept(row.kind, row.facts, news))
    return SummaryNews(tuple(kept)) if kept else None


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
