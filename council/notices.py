"""Everything the council may say: one frozen dataclass per kind, facts only, no sentences.

A card shows how its subject stands when it is sent, and is updated in place afterwards; a reply
says once, in the card's thread, what somebody must act on anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class CaseCard:
    """The state of a case; `change` is what brought it up (opened, changed, acknowledged, …)."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = True

    case_id: str
    change: str
    audience: Audience = Audience.OWNERS
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the fact: `case_opened`, `case_changed` and so on."""
        return f"case_{self.change}"

    @property
    def subject(self) -> str:
        """The case."""
        return f"case:{self.case_id}"


@dataclass(frozen=True, slots=True)
class CaseReply:
    """Somebody must act anew: `why` is `worse`, `escalated` or `not_me`; `ring` are person ids."""

    form: ClassVar[Form] = Form.REPLY
    urgent: ClassVar[bool] = True

    case_id: str
    why: str
    ring: tuple[str, ...]
    audience: Audience = Audience.OWNERS

    @property
    def kind(self) -> str:
        """The name of the fact: `case_worse_reply` and so on."""
        return f"case_{self.why}_reply"

    @property
    def subject(self) -> str:
        """The case."""
        return f"case:{self.case_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Why, and whom to mention."""
        return {"why": self.why, "ring": list(self.ring)}


@dataclass(frozen=True, slots=True)
class WaitingModels:
    """Signals of models that no initiative has claimed wait for a council lead."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False
    kind: str = "waiting_models"
    subject: str = "waiting-models"
    audience: Audience = Audience.LEAD
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IntegrationTrouble:
    """An integration sends what cannot be read; for the council lead, who runs it."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    integration_id: str
    kind: str = "integration_trouble"
    audience: Audience = Audience.LEAD
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The integration."""
        return f"integration:{self.integration_id}"


@dataclass(frozen=True, slots=True)
class Assigned:
    """Somebody else put this person into a role, or took them out again."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    assignment_id: str
    kind: str = "assigned"
    audience: Audience = Audience.PERSON
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The assignment."""
        return f"assignment:{self.assignment_id}"
