"""What is said of keeping initiatives in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from council.notices.base import Audience, Form


@dataclass(frozen=True, slots=True)
class Shelved:
    """An initiative went live, was put away, or was taken out again: its channel is told."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    initiative_id: str
    kind: str = "initiative_shelved"
    audience: Audience = Audience.OWNERS
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The initiative, as far as it lives or rests."""
        return f"shelf:{self.initiative_id}"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A card stands where what it is about may not be read any more: it is replaced there."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    subject: str
    audience: Audience = Audience.OWNERS
    kind: str = "withdrawn"
    facts: Mapping[str, Any] = field(default_factory=dict)
