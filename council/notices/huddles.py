"""What is said of huddles, of what they decided, and of reviews."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from council.notices.base import Audience, Form


@dataclass(frozen=True, slots=True)
class HuddleCard:
    """The state of a huddle; `change` is what brought it up (opened, chose, decided, …)."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = True

    huddle_id: str
    change: str
    audience: Audience = Audience.OWNERS
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the fact: `huddle_opened` and so on."""
        return f"huddle_{self.change}"

    @property
    def subject(self) -> str:
        """The huddle."""
        return f"huddle:{self.huddle_id}"


@dataclass(frozen=True, slots=True)
class HuddleReply:
    """Somebody is called: `ring` are person ids, `stage` whose choice it was then (empty: any).

    `why` is `second_round`, `remind`, `last_word`, `remind_last`, or `yours`: it was another's.
    """

    form: ClassVar[Form] = Form.REPLY
    urgent: ClassVar[bool] = True

    huddle_id: str
    why: str
    ring: tuple[str, ...]
    audience: Audience = Audience.OWNERS
    stage: str = ""

    @property
    def kind(self) -> str:
        """The name of the fact: `huddle_second_round_reply` and so on."""
        return f"huddle_{self.why}_reply"

    @property
    def subject(self) -> str:
        """The huddle."""
        return f"huddle:{self.huddle_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Why, whom to mention, and whose choice it was then."""
        return {"why": self.why, "ring": list(self.ring), "stage": self.stage}


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """What was decided, and what came of it; `change` is what brought it up."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = True

    decision_id: str
    change: str
    audience: Audience = Audience.OWNERS
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the fact: `decision_recorded` and so on."""
        return f"decision_{self.change}"

    @property
    def subject(self) -> str:
        """The decision."""
        return f"decision:{self.decision_id}"


@dataclass(frozen=True, slots=True)
class DecisionReply:
    """Somebody is asked: `ring` are person ids.

    `why` is `confirm`, `effect`, `effect_again`, or `owner`: to do what was decided.
    """

    form: ClassVar[Form] = Form.REPLY
    urgent: ClassVar[bool] = False

    decision_id: str
    why: str
    ring: tuple[str, ...]
    audience: Audience = Audience.OWNERS

    @property
    def kind(self) -> str:
        """The name of the fact: `decision_effect_reply` and so on."""
        return f"decision_{self.why}_reply"

    @property
    def subject(self) -> str:
        """The decision."""
        return f"decision:{self.decision_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Why, and whom to mention."""
        return {"why": self.why, "ring": list(self.ring)}


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A look back that is open, or done; `change` is what brought it up."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    review_id: str
    change: str
    audience: Audience = Audience.OWNERS
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the fact: `review_opened` and so on."""
        return f"review_{self.change}"

    @property
    def subject(self) -> str:
        """The review."""
        return f"review:{self.review_id}"


@dataclass(frozen=True, slots=True)
class ReviewReply:
    """Whoever looks back is reminded: `why` is `due`; `ring` are person ids."""

    form: ClassVar[Form] = Form.REPLY
    urgent: ClassVar[bool] = False

    review_id: str
    why: str
    ring: tuple[str, ...]
    audience: Audience = Audience.OWNERS

    @property
    def kind(self) -> str:
        """The name of the fact: `review_due_reply`."""
        return f"review_{self.why}_reply"

    @property
    def subject(self) -> str:
        """The review."""
        return f"review:{self.review_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Why, and whom to mention."""
        return {"why": self.why, "ring": list(self.ring)}
