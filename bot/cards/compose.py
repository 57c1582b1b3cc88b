"""A notice becomes a card: the table of composers."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.cards import absence, clock, event, everyday, gaps, move, phase, playbook, rota, system
from bot.cards.case import case_card, reply_card
from bot.cards.decision import decision_card, decision_reply_card, review_card, review_reply_card
from bot.cards.handoff import news_card
from bot.cards.huddle import huddle_card
from bot.cards.huddle import reply_card as huddle_reply_card
from bot.cards.model import Card
from council.announcements import (
    AbsenceNews,
    AssignedNews,
    CaseNews,
    EventNews,
    GapNews,
    News,
    RotaNews,
    ShelfNews,
    SummaryNews,
    SwitchNews,
    TroubleNews,
    WaitingNews,
)
from council.handoffs import HandoffNews
from council.huddles import DecisionNews, HuddleNews, ReviewNews
from council.moves import MoveNews, VisitNews


def compose(kind: str, facts: Mapping[str, Any], news: News) -> Card:
    """Return the card that says a notice of this kind, with the facts as they are now."""
    return _COMPOSERS[type(news)](kind, facts, news)


def _case(kind: str, facts: Mapping[str, Any], news: CaseNews) -> Card:
    return (
        reply_card(news, str(facts["why"]))
        if kind.endswith("_reply")
        else case_card(news.case, str(facts.get("by", "")))
    )


def _move(kind: str, facts: Mapping[str, Any], news: MoveNews) -> Card:
    if kind.endswith("_reply"):
        return move.reply_card(news, str(facts["why"]))
    return move.move_card(news.move, escalated=kind == "move_escalated")


def _absence(kind: str, facts: Mapping[str, Any], news: AbsenceNews) -> Card:
    if kind.endswith("_reply"):
        return absence.reply_card(news, str(facts["why"]))
    compose_it = {"absence_asked": absence.asked_card, "absence_begun": absence.begun_card}
    return compose_it.get(kind, absence.told_card)(news)


def _summary(_kind: str, _facts: Mapping[str, Any], news: SummaryNews) -> Card:
    cards = [compose(each.kind, each.facts, each.news) for each in news.kept]
    return clock.summary_card(news, cards)


def _huddle(kind: str, _facts: Mapping[str, Any], news: HuddleNews) -> Card:
    return huddle_reply_card(news) if kind.endswith("_reply") else huddle_card(news.huddle)


def _decision(kind: str, _facts: Mapping[str, Any], news: DecisionNews) -> Card:
    return decision_reply_card(news) if kind.endswith("_reply") else decision_card(news.decision)


def _review(kind: str, _facts: Mapping[str, Any], news: ReviewNews) -> Card:
    return review_reply_card(news) if kind.endswith("_reply") else review_card(news.review)


_COMPOSERS: Mapping[type[News], Callable[[str, Mapping[str, Any], Any], Card]] = {
    AbsenceNews: _absence,
    AssignedNews: lambda _kind, _facts, news: system.assigned_card(news),
    CaseNews: _case,
    EventNews: lambda _kind, _facts, news: event.event_card(news),
    DecisionNews: _decision,
    HandoffNews: lambda kind, _facts, news: news_card(kind, news),
    HuddleNews: _huddle,
    ReviewNews: _review,
    ShelfNews: lambda _kind, _facts, news: everyday.shelf_card(news),
    SummaryNews: _summary,
    SwitchNews: lambda _kind, _facts, news: playbook.switched_card(news),
    MoveNews: _move,
    GapNews: lambda _kind, _facts, news: gaps.gap_card(news),
    RotaNews: lambda _kind, _facts, news: rota.rota_card(news),
    TroubleNews: lambda _kind, _facts, news: system.trouble_card(news),
    VisitNews: lambda _kind, _facts, news: phase.visit_card(news),
    WaitingNews: lambda _kind, _facts, news: system.waiting_card(news),
}
