"""What is said of cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from council.notices.base import Audience, Form


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
