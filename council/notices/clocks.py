"""What is said when somebody comes back to what was kept for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from council.notices.base import Audience, Form


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """What was kept for somebody after `since` (empty: ever), up to `until`; both ISO moments."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    person_id: str
    since: str
    until: str
    kind: str = "person_summary"
    audience: Audience = Audience.PERSON

    @property
    def subject(self) -> str:
        """This one summary: a later one is a card of its own."""
        return f"summary:{self.person_id}:{self.until}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Between which moments."""
        return {"since": self.since, "until": self.until}


@dataclass(frozen=True, slots=True)
class Event:
    """A link of the ledger, told to other programs; `seq` is its number."""

    form: ClassVar[Form] = Form.REPLY
    urgent: ClassVar[bool] = False

    seq: int
    kind: str = "event"
    audience: Audience = Audience.MACHINE

    @property
    def subject(self) -> str:
        """The link."""
        return f"event:{self.seq}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Nothing: the link is read when it is told."""
        return {}
