"""What a row is; nothing else. Every row of a council carries its `council_id`."""

from council.tables.cases import Case, CaseAnswer, Condition, SignalRow, Snooze
from council.tables.council import AgendaRow, Council, Counter, Seen
from council.tables.delivery import Lane, OutboxRow, ReceiptRow
from council.tables.everyday import Change, Link
from council.tables.handoffs import Handoff, HandoffCondition, HandoffItem
from council.tables.history import LedgerEntry, LedgerText
from council.tables.huddles import Decision, Huddle, HuddleChoice, Review
from council.tables.initiatives import Assignment, Initiative, InitiativeModel, PlaybookVersion
from council.tables.moves import Checkmark, Move, MoveAnswer, Visit
from council.tables.people import Absence, Duty, Identity, Person, Preference, Rota
from council.tables.senders import (
    ApiToken,
    DeliveryRow,
    Integration,
    IntegrationSecret,
    QuarantineRow,
    Trouble,
)

__all__ = [
    "Absence",
    "AgendaRow",
    "ApiToken",
    "Assignment",
    "Case",
    "CaseAnswer",
    "Change",
    "Checkmark",
    "Condition",
    "Council",
    "Counter",
    "Decision",
    "DeliveryRow",
    "Duty",
    "Handoff",
    "HandoffCondition",
    "HandoffItem",
    "Huddle",
    "HuddleChoice",
    "Identity",
    "Initiative",
    "InitiativeModel",
    "Integration",
    "IntegrationSecret",
    "Lane",
    "LedgerEntry",
    "LedgerText",
    "Link",
    "Move",
    "MoveAnswer",
    "OutboxRow",
    "Person",
    "PlaybookVersion",
    "Preference",
    "QuarantineRow",
    "ReceiptRow",
    "Review",
    "Rota",
    "Seen",
    "SignalRow",
    "Snooze",
    "Trouble",
    "Visit",
]
