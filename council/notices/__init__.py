"""Everything the council may say: one frozen dataclass per kind, facts only, no sentences.

A card shows how its subject stands when it is sent, and is updated in place afterwards; a reply
says once, in the card's thread, what somebody must act on anew.
"""

from council.notices.base import Audience, Form, Notice
from council.notices.cases import CaseCard, CaseReply
from council.notices.clocks import Event, PersonSummary
from council.notices.everyday import Shelved, Withdrawn
from council.notices.handoffs import HandoffCard, HandoffReply
from council.notices.huddles import (
    DecisionCard,
    DecisionReply,
    HuddleCard,
    HuddleReply,
    ReviewCard,
    ReviewReply,
)
from council.notices.moves import MoveCard, MoveReply, VisitCard
from council.notices.people import AbsenceCard, AbsenceReply, GapCard, Inherited, RotaTrouble
from council.notices.playbooks import Switched
from council.notices.system import Assigned, IntegrationTrouble, WaitingModels

__all__ = [
    "AbsenceCard",
    "AbsenceReply",
    "Assigned",
    "Audience",
    "CaseCard",
    "CaseReply",
    "DecisionCard",
    "DecisionReply",
    "Event",
    "Form",
    "GapCard",
    "HandoffCard",
    "HandoffReply",
    "HuddleCard",
    "HuddleReply",
    "Inherited",
    "IntegrationTrouble",
    "MoveCard",
    "MoveReply",
    "Notice",
    "PersonSummary",
    "ReviewCard",
    "ReviewReply",
    "RotaTrouble",
    "Shelved",
    "Switched",
    "VisitCard",
    "WaitingModels",
    "Withdrawn",
]
