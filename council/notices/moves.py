"""What is said of moves: one that is proposed, and a phase that was entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from council.notices.base import Audience, Form


@dataclass(frozen=True, slots=True)
class MoveCard:
    """The state of a proposed move; `change` brought it up (proposed, answered, done, …)."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    move_id: str
    change: str
    audience: Audience = Audience.OWNERS
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the fact: `move_proposed` and so on."""
        return f"move_{self.change}"

    @property
    def subject(self) -> str:
        """The move."""
        return f"move:{self.move_id}"


@dataclass(frozen=True, slots=True)
class MoveReply:
    """Somebody must act anew: `why` is `remind`, `escalated` or `not_yet`; `ring` are people."""

    form: ClassVar[Form] = Form.REPLY
    urgent: ClassVar[bool] = False

    move_id: str
    why: str
    ring: tuple[str, ...]
    audience: Audience = Audience.OWNERS

    @property
    def kind(self) -> str:
        """The name of the fact: `move_remind_reply` and so on."""
        return f"move_{self.why}_reply"

    @property
    def subject(self) -> str:
        """The move."""
        return f"move:{self.move_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Why, and whom to mention."""
        return {"why": self.why, "ring": list(self.ring)}


@dataclass(frozen=True, slots=True)
class VisitCard:
    """An initiative's stay in a phase; `ring` are those who lead there and did not do it."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    initiative_id: str
    number: int
    change: str
    ring: tuple[str, ...] = ()
    audience: Audience = Audience.OWNERS

    @property
    def kind(self) -> str:
        """The name of the fact: `phase_entered`, `phase_worked_on` or `phase_left`."""
        return f"phase_{self.change}"

    @property
    def subject(self) -> str:
        """The stay."""
        return f"visit:{self.initiative_id}/{self.number}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Whom to mention."""
        return {"ring": list(self.ring)}
