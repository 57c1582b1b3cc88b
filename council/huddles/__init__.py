"""Huddles: the people who must decide together, what they decide, and what came of it.

`rules` is pure; `convening` calls people together, `choosing` takes each one's choice, `lastword`
goes on where they differ, `deciding` records, `effect` asks how it turned out, `reviews` looks
back.
"""

from council.huddles.brief import Here
from council.huddles.choosing import Choosing, choose, offered
from council.huddles.convening import (
    cancel,
    case_due,
    convene,
    meet,
    of_case,
    of_initiative,
    start_clocks,
    view,
)
from council.huddles.effect import (
    Told,
    confirm,
    confirm_due,
    contest,
    decision,
    did,
    effect_due,
    outcome,
    outcomes_since,
)
from council.huddles.lastword import case_undecided, due
from council.huddles.news import (
    DecisionNews,
    HuddleNews,
    ReviewNews,
    decision_news,
    huddle_news,
    review_news,
)
from council.huddles.records import DecisionView, Moved, ReviewView
from council.huddles.reviews import case_over, initiative_over
from council.huddles.reviews import done as review_done
from council.huddles.reviews import due as review_due
from council.huddles.reviews import show as show_review
from council.huddles.rules import ALONE, FIELDS, OUTCOMES, Effectiveness, effectiveness
from council.huddles.views import ChoiceView, HuddleView, Option
from council.huddles.waiting import open_of, waiting

__all__ = [
    "ALONE",
    "FIELDS",
    "OUTCOMES",
    "ChoiceView",
    "Choosing",
    "DecisionNews",
    "DecisionView",
    "Effectiveness",
    "Here",
    "HuddleNews",
    "HuddleView",
    "Moved",
    "Option",
    "ReviewNews",
    "ReviewView",
    "Told",
    "cancel",
    "case_due",
    "case_over",
    "case_undecided",
    "choose",
    "confirm",
    "confirm_due",
    "contest",
    "convene",
    "decision",
    "decision_news",
    "did",
    "due",
    "effect_due",
    "effectiveness",
    "huddle_news",
    "initiative_over",
    "meet",
    "of_case",
    "of_initiative",
    "offered",
    "open_of",
    "outcome",
    "outcomes_since",
    "review_done",
    "review_due",
    "review_news",
    "show_review",
    "start_clocks",
    "view",
    "waiting",
]
