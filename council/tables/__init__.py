"""What a row is; nothing else. Every row of a council carries its `council_id`."""

from council.tables.cases import Case, CaseAnswer, Condition, SignalRow
from council.tables.council import AgendaRow, Council, Counter, Seen
from council.tables.delivery import Lane, OutboxRow, ReceiptRow
from council.tables.history import LedgerEntry, LedgerText
from council.tables.initiatives import Assignment, Initiative, InitiativeModel, PlaybookVersion
from council.tables.people import Identity, Person
from council.tables.senders import (
    ApiToken,
    DeliveryRow,
    Integration,
    IntegrationSecret,
    QuarantineRow,
    Trouble,
)

__all__ = [
    "AgendaRow",
    "ApiToken",
    "Assignment",
    "Case",
    "CaseAnswer",
    "Condition",
    "Council",
    "Counter",
    "DeliveryRow",
    "Identity",
    "Initiative",
    "InitiativeModel",
    "Integration",
    "IntegrationSecret",
    "Lane",
    "LedgerEntry",
    "LedgerText",
    "OutboxRow",
    "Person",
    "PlaybookVersion",
    "QuarantineRow",
    "ReceiptRow",
    "Seen",
    "SignalRow",
    "Trouble",
]
