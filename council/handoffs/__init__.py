"""Handoffs: one role offers a packet, another takes it, perhaps on conditions, or gives it back."""

from council.handoffs.answering import accept, answerable
from council.handoffs.beginning import Option, Which, begin, begin_again, meant_by
from council.handoffs.clocks import escalate, remind
from council.handoffs.conditions import close_condition
from council.handoffs.conditions import due as condition_due
from council.handoffs.filling import Filling, fill, keep, mark
from council.handoffs.finding import handoff_key
from council.handoffs.following import start_clocks, stay_ended
from council.handoffs.news import HandoffNews, handoff_news
from council.handoffs.offering import drop, offer, withdraw
from council.handoffs.parties import parties
from council.handoffs.returning import Return, again_due, give_back
from council.handoffs.standing import held_up, missing, on_its_way, open_of, taken, waiting
from council.handoffs.target import Target
from council.handoffs.views import (
    ConditionView,
    HandoffView,
    ItemView,
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
    "again_due",
    "answerable",
    "begin",
    "begin_again",
    "close_condition",
    "condition_due",
    "drop",
    "escalate",
    "fill",
    "give_back",
    "handoff_key",
    "handoff_news",
    "held_up",
    "keep",
    "mark",
    "meant_by",
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
