"""Handoffs: one role offers a packet, another takes it, perhaps on conditions, or gives it back."""

from council.handoffs.answering import Return, accept, answerable, close_condition, give_back
from council.handoffs.beginning import Option, Which, begin, begin_again
from council.handoffs.clocks import escalate, remind
from council.handoffs.clocks import start_all as start_clocks
from council.handoffs.filling import Filling, fill, keep, mark
from council.handoffs.finding import handoff_key
from council.handoffs.news import HandoffNews, handoff_news
from council.handoffs.offering import drop, offer, withdraw
from council.handoffs.parties import parties
from council.handoffs.standing import missing, on_its_way, open_of, taken, waiting
from council.handoffs.telling import stay_ended
from council.handoffs.views import (
    ConditionView,
    HandoffView,
    ItemView,
    Target,
    of,
    view,
    view_by_id,
)

__all__ = [
    "ConditionView",
    "Filling",
    "HandoffNews",
    "HandoffView",
    "ItemView",
    "Option",
    "Return",
    "Target",
    "Which",
    "accept",
    "answerable",
    "begin",
    "begin_again",
    "close_condition",
    "drop",
    "escalate",
    "fill",
    "give_back",
    "handoff_key",
    "handoff_news",
    "keep",
    "mark",
    "missing",
    "of",
    "offer",
    "on_its_way",
    "open_of",
    "parties",
    "remind",
    "start_clocks",
    "stay_ended",
    "taken",
    "view",
    "view_by_id",
    "waiting",
    "withdraw",
]
