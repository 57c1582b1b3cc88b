"""Moves: an initiative goes through its phases and steps, forward and back, by those who decide."""

from council.moves.clocks import escalate, remind, start_clocks
from council.moves.ended import Ended
from council.moves.going import announce_move, announce_visit, apply, way_for, welcome
from council.moves.lists import Done, ListItem, items, missing
from council.moves.moving import MOVED_AWAY, follow_channel
from council.moves.news import MoveNews, VisitNews, move_news, visit_news
from council.moves.nextstep import NextStep
from council.moves.outlook import Choice, Outlook, Way, choose, outlook
from council.moves.reverting import KINDS as REVERTED
from council.moves.reverting import revert
from council.moves.stays import PhaseView, describe_visit, onward_from
from council.moves.steps import (
    Evidence,
    PhaseLists,
    StepLine,
    check,
    go_to_step,
    phase_lists,
    uncheck,
)
from council.moves.use import (
    after_handoff,
    answer,
    drop,
    go_on,
    propose,
    settle_if_agreed,
    ways,
    withdraw,
)
from council.moves.views import Answer, MoveView, describe, get, move_key, open_of, waiting
from council.moves.visits import Loops, loops, seen_visit, visit_of

__all__ = [
    "MOVED_AWAY",
    "REVERTED",
    "Answer",
    "Choice",
    "Done",
    "Ended",
    "Evidence",
    "ListItem",
    "Loops",
    "MoveNews",
    "MoveView",
    "NextStep",
    "Outlook",
    "PhaseLists",
    "PhaseView",
    "StepLine",
    "VisitNews",
    "Way",
    "after_handoff",
    "announce_move",
    "announce_visit",
    "answer",
    "apply",
    "check",
    "choose",
    "describe",
    "describe_visit",
    "drop",
    "escalate",
    "follow_channel",
    "get",
    "go_on",
    "go_to_step",
    "items",
    "loops",
    "missing",
    "move_key",
    "move_news",
    "onward_from",
    "open_of",
    "outlook",
    "phase_lists",
    "propose",
    "remind",
    "revert",
    "seen_visit",
    "settle_if_agreed",
    "start_clocks",
    "uncheck",
    "visit_news",
    "visit_of",
    "waiting",
    "way_for",
    "ways",
    "welcome",
    "withdraw",
]
