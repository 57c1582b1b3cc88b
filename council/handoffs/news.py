"""What a notice about a handoff says when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from council import people
from council.desk import Desk
from council.handoffs.views import HandoffView, view_by_id
from council.news import News
from council.people import Member


@dataclass(frozen=True, slots=True)
class HandoffNews(News):
    """A handoff, and the people whom a reply mentions; `why` is why it rings them."""

    handoff: HandoffView
    ring: tuple[Member, ...]
    why: str = ""

    @property
    def overtaken(self) -> bool:
        """It is answered or withdrawn, or no condition is open: nobody must act any more."""
        if self.why == "conditions":
            return not self.handoff.open_conditions
        return self.handoff.state != "offered"


def handoff_news(desk: Desk, handoff_id: str, facts: Mapping[str, Any]) -> HandoffNews | None:
    """Return how a handoff stands."""
    found = view_by_id(desk, handoff_id)
    ring = people.members(desk, facts.get("ring", ()))
    return HandoffNews(found, ring, str(facts.get("why", ""))) if found else None
