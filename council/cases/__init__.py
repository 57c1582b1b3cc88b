"""Cases: what is wrong with an initiative, who is called for it, and until when.

`rules` judges a signal (pure), `receive` takes whole deliveries set by set, `actions` is what
people do about a case, `follow` calls people and keeps the clock, `views` says how it stands.
"""

from council.cases.actions import OUTCOMES, Concern, acknowledge, close, flag, not_me, take
from council.cases.escalation import overdue
from council.cases.follow import adopt_models, report_trouble
from council.cases.paging import Page
from council.cases.paging import settled as page_settled
from council.cases.receive import Accepted, Item, receive
from council.cases.reminding import FORGOTTEN, REMINDER, remind
from council.cases.rules import Band, Reason, assess
from council.cases.snoozing import Quiet, What, preview, snooze, snooze_all, wake
from council.cases.views import CaseView, ConditionView, case_key, case_number, unsure, view

# The worst two do not wait for the morning; replies of these kinds go to whoever has a case.
PRESSING = frozenset({"S1", "S2"})
OF_WHO_HAS_IT = frozenset({REMINDER, FORGOTTEN})

__all__ = [
    "OF_WHO_HAS_IT",
    "OUTCOMES",
    "PRESSING",
    "Accepted",
    "Band",
    "CaseView",
    "Concern",
    "ConditionView",
    "Item",
    "Page",
    "Quiet",
    "Reason",
    "What",
    "acknowledge",
    "adopt_models",
    "assess",
    "case_key",
    "case_number",
    "close",
    "flag",
    "not_me",
    "overdue",
    "page_settled",
    "preview",
    "receive",
    "remind",
    "report_trouble",
    "snooze",
    "snooze_all",
    "take",
    "unsure",
    "view",
    "wake",
]
