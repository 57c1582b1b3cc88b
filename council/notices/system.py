"""What is said of the council itself: its senders, its models, its roles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from council.notices.base import Audience, Form


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
