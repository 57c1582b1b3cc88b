"""Cases: what is wrong with an initiative, who is called for it, and until when.

`rules` judges a signal (pure), `receive` takes whole deliveries set by set, `actions` is what
people do about a case, `follow` calls people and keeps the clock, `views` says how it stands.
"""

from council.cases.actions import OUTCOMES, Concern, acknowledge, close, flag, not_me
from council.cases.escalation import overdue
from council.cases.follow import adopt_models, report_trouble
from council.cases.receive import Accepted, Item, receive
from council.cases.rules import Band, Reason, assess
from council.cases.views import CaseView, ConditionView, case_key, case_number, view

__all__ = [
    "OUTCOMES",
    "Accepted",
    "Band",
    "CaseView",
    "Concern",
    "ConditionView",
    "Item",
    "Reason",
    "acknowledge",
    "adopt_models",
    "assess",
    "case_key",
    "case_number",
    "close",
    "flag",
    "not_me",
    "overdue",
    "receive",
    "report_trouble",
    "view",
]
