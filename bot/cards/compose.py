"""A notice becomes a card: the table of composers."""

from collections.abc import Mapping
from typing import Any

from bot.cards import system
from bot.cards.case import case_card, reply_card
from bot.cards.model import Card
from council.announcements import AssignedNews, CaseNews, News, TroubleNews, WaitingNews


def compose(kind: str, facts: Mapping[str, Any], news: News) -> Card:
    """Return the card that says a notice of this kind, with the facts as they are now."""
    match news:
        case CaseNews():
            if kind.endswith("_reply"):
                return reply_card(news, str(facts["why"]))
            return case_card(news.case)
        case WaitingNews():
            return system.waiting_card(news)
        case TroubleNews():
            return system.trouble_card(news)
        case AssignedNews():
            return system.assigned_card(news)
