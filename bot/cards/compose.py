"""A notice becomes a card: the table of composers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.cards import absence, clock, event, gaps, move, phase, rota, shelf, system
from bot.cards.case import case_card, reply_card
from bot.cards.decision import decision_card, decision_reply_card
from bot.cards.handoff import news_card
from bot.cards.huddle import huddle_card
from bot.cards.huddle_reply import reply_card as huddle_reply_card
from bot.cards.leaving import left_card
from bot.cards.model import Card
from bot.cards.playbook_switched import switched_card
from bot.cards.review import review_card, review_reply_card
from bot.cards.withdrawn import withdrawn_card
from council.announcements import (
    AbsenceNews,
    AssignedNews,
    CaseNews,
    EventNews,
    GapNews,
    Kept,
    News,
    RotaNews,
    ShelfNews,
    SummaryNews,
    SwitchNews,
    TroubleNews,
    WaitingNews,
    WithdrawnNews,
)
from council.handoffs import HandoffNews
from council.huddles import DecisionNews, HuddleNews, ReviewNews
from council.leaving import LeftNews
from council.moves import MOVED_AWAY, MoveNews, VisitNews


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
    return clock.summary_card(news, [_kept(each) for each in news.kept])


def _kept(each: Kept) -> Card:
    """Return the card of one thing that was kept; a reply brings the buttons of its case."""
    card = compose(each.kind, each.facts, each.news)
    if not isinstance(each.news, CaseNews) or card.buttons:
        return card
    whole = case_card(each.news.case)
    return whole if each.news.case.status == "open" else replace(card, buttons=whole.buttons)


def _huddle(kind: str, facts: Mapping[str, Any], news: HuddleNews) -> Card:
    if kind.endswith("_reply"):
        return huddle_reply_card(news, str(facts["why"]))
    return huddle_card(news.huddle)


def _decision(kind: str, _facts: Mapping[str, Any], news: DecisionNews) -> Card:
    return decision_reply_card(news) if kind.endswith("_reply") else decision_card(news.decision)


def _review(kind: str, facts: Mapping[str, Any], news: ReviewNews) -> Card:
    if kind.endswith("_reply"):
        return review_reply_card(news, str(facts["why"]))
    return review_card(news.review)


def _visit(kind: str, _facts: Mapping[str, Any], news: VisitNews) -> Card:
    away = kind.endswith(MOVED_AWAY)
    return phase.elsewhere_card(news) if away else phase.visit_card(news)


_COMPOSERS: Mapping[type[News], Callable[[str, Mapping[str, Any], Any], Card]] = {
    AbsenceNews: _absence,
    AssignedNews: lambda _kind, _facts, news: system.assigned_card(news),
    CaseNews: _case,
    EventNews: lambda _kind, _facts, news: event.event_card(news),
    DecisionNews: _decision,
    HandoffNews: lambda kind, _facts, news: news_card(kind, news),
    HuddleNews: _huddle,
    ReviewNews: _review,
    ShelfNews: lambda _kind, _facts, news: shelf.shelf_card(news),
    SummaryNews: _summary,
    SwitchNews: lambda _kind, _facts, news: switched_card(news),
    MoveNews: _move,
    GapNews: lambda _kind, _facts, news: gaps.gap_card(news),
    RotaNews: lambda _kind, _facts, news: rota.rota_card(news),
    TroubleNews: lambda _kind, _facts, news: system.trouble_card(news),
    VisitNews: _visit,
    WaitingNews: lambda _kind, _facts, news: system.waiting_card(news),
    LeftNews: lambda _kind, _facts, news: left_card(news),
    WithdrawnNews: lambda _kind, _facts, _news: withdrawn_card(),
}
