"""What every notice has: a kind, a subject, an audience, and how it reaches a conversation.

A card shows how its subject stands when it is sent, and is updated in place afterwards; a reply
says once, in the card's thread, what somebody must act on anew.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, Protocol


class Form(StrEnum):
    """How a notice reaches the conversation."""

    CARD = "card"
    REPLY = "reply"


class Audience(StrEnum):
    """For whom a card is made; each has at most one visible card per subject and conversation."""

    OWNERS = "owners"
    ASKED = "asked"
    LEAD = "lead"
    PERSON = "person"
    MACHINE = "machine"
    PAGED = "paged"


class Notice(Protocol):
    """A fact with an audience, about a subject such as `case:<id>`."""

    form: ClassVar[Form]
    urgent: ClassVar[bool]

    @property
    def kind(self) -> str:
        """The name of the fact."""
        ...

    @property
    def subject(self) -> str:
        """What it is about."""
        ...

    @property
    def audience(self) -> Audience:
        """For whom it is."""
        ...

    @property
    def facts(self) -> Mapping[str, Any]:
        """What cannot be read from the subject when the notice is sent."""
        ...
