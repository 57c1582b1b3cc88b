"""What a notice about a handoff says when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from council import people
from council.desk import Desk
from council.handoffs.views import HandoffView, view_by_id
from council.news import News
from council.people import Member

_OF_CONDITIONS = frozenset({"conditions", "still_open", "condition_late"})
# Of others: in which states it still waits for whoever is rung.
_WAITS: Mapping[str, tuple[str, ...]] = {
    "next_offer": ("returned",),
    "yours": ("offered", "returned"),
}


@dataclass(frozen=True, slots=True)
class HandoffNews(News):
    """A handoff, and the people whom a reply mentions; `why` is why it rings them."""

    handoff: HandoffView
    ring: tuple[Member, ...]
    why: str = ""

    @property
    def overtaken(self) -> bool:
        """Nobody must act any more: it is answered, withdrawn, closed, or the phase has gone on."""
        view = self.handoff
        over = view.target is not None and view.target.gone_on
        if self.why in _OF_CONDITIONS:
            return over or not view.open_conditions
        return over or view.state not in _WAITS.get(self.why, ("offered",))

    @property
    def answer_by(self) -> datetime | None:
        """Until when an offer is to be answered."""
        return self.handoff.accept_by if self.handoff.state == "offered" else None


def handoff_news(desk: Desk, handoff_id: str, facts: Mapping[str, Any]) -> HandoffNews | None:
    """Return how a handoff stands."""
    found = view_by_id(desk, handoff_id)
    ring = people.members(desk, facts.get("ring", ()))
    return HandoffNews(found, ring, str(facts.get("why", ""))) if found else None
