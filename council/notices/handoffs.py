"""What is said of handoffs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from council.notices.base import Audience, Form


@dataclass(frozen=True, slots=True)
class HandoffCard:
    """The state of a handoff; `change` is what brought it up (offered, accepted, returned, …).

    The giver's own card (audience `person`) says why it came back in full; all others in short.
    """

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    handoff_id: str
    change: str
    audience: Audience = Audience.OWNERS
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the fact: `handoff_offered`; of the giver's card `handoff_returned_giver`."""
        whose = "_giver" if self.audience is Audience.PERSON else ""
        return f"handoff_{self.change}{whose}"

    @property
    def subject(self) -> str:
        """The handoff."""
        return f"handoff:{self.handoff_id}"


@dataclass(frozen=True, slots=True)
class HandoffReply:
    """Somebody must act anew: `why` is `again`, `remind` or `escalated` of an offer.

    Of an acceptance it is `conditions`, `still_open` or `condition_late`; of what came back
    `next_offer`. Where people changed it is `yours`. `ring` are person ids.
    """

    form: ClassVar[Form] = Form.REPLY
    urgent: ClassVar[bool] = False

    handoff_id: str
    why: str
    ring: tuple[str, ...]
    audience: Audience = Audience.OWNERS

    @property
    def kind(self) -> str:
        """The name of the fact: `handoff_remind_reply` and so on."""
        return f"handoff_{self.why}_reply"

    @property
    def subject(self) -> str:
        """The handoff."""
        return f"handoff:{self.handoff_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Why, and whom to mention."""
        return {"why": self.why, "ring": list(self.ring)}
