"""What a claimed notice says now, and to whom: resolved when it is sent, never before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from council import cases, manners, outbox, people
from council.announcements.absences import (
    AbsenceNews,
    GapNews,
    RotaNews,
    absence_news,
    gap_news,
    of_absence,
    rota_news,
)
from council.announcements.events import EventNews, event_news
from council.announcements.news import (
    AssignedNews,
    CaseNews,
    TroubleNews,
    WaitingNews,
    assigned_news,
    case_news,
    trouble_news,
    waiting_news,
)
from council.announcements.shelf import ShelfNews, shelf_news
from council.announcements.summary import Kept, SummaryNews, summary_news
from council.announcements.withdrawn import WITHDRAWN, WithdrawnNews, withdrawn_news
from council.desk import Desk
from council.handoffs import handoff_news
from council.huddles import decision_news, huddle_news, review_news
from council.leaving import left_news
from council.moves import MoveNews, VisitNews, move_news, visit_news
from council.news import News
from council.notices import Audience, Form
from council.outbox import Claimed, Settled
from council.store.outbox import HELD
from council.switching import SwitchNews, switch_news

__all__ = [
    "AbsenceNews",
    "AssignedNews",
    "CaseNews",
    "EventNews",
    "GapNews",
    "Kept",
    "MoveNews",
    "News",
    "RotaNews",
    "ShelfNews",
    "Spoken",
    "SummaryNews",
    "SwitchNews",
    "TroubleNews",
    "Unsaid",
    "VisitNews",
    "WaitingNews",
    "WithdrawnNews",
    "of_absence",
    "prepare",
    "prepare_all",
    "settle",
]

_SETTLED = frozenset({"sent", "dead"})
# What is told there is told to programs, whose own rules say what of it may be known.
_MACHINES = frozenset({"pagerduty", "page", "events"})

# By the noun of the notice's subject; what is None has nothing left to say.
_READERS: Mapping[str, Callable[[Desk, str, Mapping[str, Any]], News | None]] = {
    "absence": absence_news,
    "assignment": assigned_news,
    "case": case_news,
    "handoff": handoff_news,
    "decision": decision_news,
    "huddle": huddle_news,
    "review": review_news,
    "gap": gap_news,
    "event": event_news,
    "integration": trouble_news,
    "leaving": left_news,
    "move": move_news,
    "rota": rota_news,
    "shelf": shelf_news,
    "summary": lambda desk, about, facts: summary_news(desk, about, facts, _news),
    "switch": switch_news,
    "visit": visit_news,
    "waiting-models": waiting_news,
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """The platform and address to speak to, and the facts to speak of."""

    platform: str
    address: str
    direct: bool
    view: News

    @property
    def reason(self) -> str:
        """What a notice that was sent is remembered by: pressing ones are not counted."""
        if isinstance(self.view, WithdrawnNews):
            return WITHDRAWN
        return "pressing" if self.direct and self.view.pressing else ""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """How a notice ends that is not sent, and why.

    It is superseded when it was `overtaken` by what happened since, or is said `in_summary` later
    because somebody is to be left in peace; dropped when there is
    `nothing_left_to_say`, or the person has `left`, or when it is a courtesy to somebody
    `not_in_chat`.
    """

    state: str
    reason: str


def prepare_all(
    desk: Desk, claimed: Sequence[Claimed], platforms: tuple[str, ...]
) -> list[Spoken | Unsaid]:
    """Return for each of a few what `prepare` does; what they have in common is read once."""
    about = [each.subject.partition(":") for each in claimed]
    cases.views.read_ahead(desk, [subject for noun, _, subject in about if noun == "case"])
    private = desk.books.sights.anything_private()
    return [prepare(desk, each, platforms, private=private) for each in claimed]


def prepare(
    desk: Desk, claimed: Claimed, platforms: tuple[str, ...], *, private: bool = True
) -> Spoken | Unsaid:
    """Return what to say and where, or why not to; not `private`: nothing in the council is."""
    news = _news(desk, claimed.subject, claimed.facts)
    if news is None:
        return Unsaid("dropped", "nothing_left_to_say")
    if claimed.form is Form.REPLY and news.overtaken:
        # Somebody has it, or it is over: nobody must act any more.
        return Unsaid("superseded", "overtaken")
    platform, _, address = claimed.lane.partition(":")
    if platform == "person":
        if people.has_left(desk, address):
            return Unsaid("dropped", "left")
        return _directly(desk, claimed, news, _reach(desk, address, platforms))
    if private and platform not in _MACHINES and not _may_be_shown(desk, claimed):
        gone = withdrawn_news(desk, claimed)
        if gone is None:
            return Unsaid("dropped", "private")
        news = gone
    return Spoken(platform, address, direct=False, view=news)


def _directly(desk: Desk, claimed: Claimed, news: News, reach: tuple[str, str]) -> Spoken | Unsaid:
    """Return what one person is told now, or why not; `reach` is where they are known."""
    platform, address = reach
    unseen = claimed.form is Form.CARD and claimed.card is None
    if (news.moot and unseen) or (news.overtaken and manners.never_shown(desk, claimed)):
        return Unsaid("superseded", "overtaken")
    if not platform and news.courtesy:
        return Unsaid("dropped", "not_in_chat")
    if manners.holds(desk, claimed, news):
        return Unsaid("superseded", HELD)
    return Spoken(platform, address, direct=True, view=news)


def settle(desk: Desk, results: Sequence[Settled]) -> None:
    """Write how tries ended, and let what follows from that follow in the same transaction."""
    outbox.settle(desk, results)
    for lane in sorted({each.claimed.lane for each in results if each.reason == HELD}):
        manners.keep(desk, lane)
    pages = [each.claimed for each in results if each.state in _SETTLED]
    for claimed in pages:
        if claimed.audience == Audience.PAGED and claimed.card is None:
            cases.page_settled(desk, claimed.subject.partition(":")[2])


def _may_be_shown(desk: Desk, claimed: Claimed) -> bool:
    """Whether a card may stand in this channel: one on what is private only in its own.

    It may have become private after the card was put, or even after it was posted.
    """
    found = desk.books.everyday.owners_of([claimed.subject]).get(claimed.subject)
    initiative = desk.books.initiatives.by_id(found) if found else None
    return initiative is None or not initiative.private or initiative.channel == claimed.lane


def _reach(desk: Desk, person_id: str, platforms: tuple[str, ...]) -> tuple[str, str]:
    """Return the platform, of those configured, on which a person is known, and their id there."""
    found = people.members(desk, [person_id])
    for member in found:
        for platform in platforms:
            if platform in member.ids:
                return platform, member.ids[platform]
        if "local" in platforms:
            return "local", member.handle
    return "", ""


def _news(desk: Desk, subject: str, facts: Mapping[str, Any]) -> News | None:
    noun, _, about = subject.partition(":")
    reader = _READERS.get(noun)
    return reader(desk, about, facts) if reader else None
