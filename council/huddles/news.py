"""What a notice about a huddle, a decision or a review says when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from council import people
from council.cases import PRESSING
from council.desk import Desk
from council.huddles.records import DecisionView, ReviewView, describe_decision, describe_review
from council.huddles.telling import CHOOSING
from council.huddles.views import HuddleView, describe
from council.news import News
from council.people import Member


@dataclass(frozen=True, slots=True)
class HuddleNews(News):
    """A huddle, and the people whom a reply calls: those who still have to choose.

    `stage` says whose choice it was then, empty where that is all one.
    """

    huddle: HuddleView
    ring: tuple[Member, ...]
    stage: str = ""

    @property
    def overtaken(self) -> bool:
        """It is decided or called off, or the choice has gone to somebody else."""
        passed_on = bool(self.stage) and self.huddle.stage != self.stage
        return self.huddle.state != "open" or passed_on or not self.ring

    @property
    def pressing(self) -> bool:
        """The worst two do not wait for the morning."""
        return self.huddle.severity in PRESSING


@dataclass(frozen=True, slots=True)
class DecisionNews(News):
    """A decision, and the people whom a reply asks `why`: to confirm it, to do it, how it went."""

    decision: DecisionView
    ring: tuple[Member, ...]
    why: str

    @property
    def overtaken(self) -> bool:
        """Whoever was asked has answered or done it, or somebody did for them."""
        done = self.why == "owner" and not self.decision.owner_busy
        return bool(self.decision.outcome) or not self.ring or done


@dataclass(frozen=True, slots=True)
class ReviewNews(News):
    """A review, and the people whom a reminder mentions."""

    review: ReviewView
    ring: tuple[Member, ...]

    @property
    def overtaken(self) -> bool:
        """It is done."""
        return self.review.state != "open"


def huddle_news(desk: Desk, huddle_id: str, facts: Mapping[str, Any]) -> HuddleNews | None:
    """Return how a huddle stands."""
    row = desk.books.huddles.by_id(huddle_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        return None
    view = describe(desk, row, initiative)
    if view.stage == CHOOSING:
        done = {each.id for each in view.chosen}
        asked = {each.member.id for each in view.deciders} - done
    else:
        asked = {each.id for each in view.last_word}
    ring = people.members(desk, [each for each in facts.get("ring", ()) if each in asked])
    return HuddleNews(view, ring, str(facts.get("stage", "")))


def decision_news(desk: Desk, decision_id: str, facts: Mapping[str, Any]) -> DecisionNews | None:
    """Return how a decision stands."""
    row = desk.books.huddles.decision(decision_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        return None
    view, why = describe_decision(desk, row, initiative), str(facts.get("why", ""))
    ring = people.members(desk, facts.get("ring", ()))
    if why == "confirm":
        ring = tuple(each for each in ring if each in view.to_confirm)
    return DecisionNews(view, ring, why)


def review_news(desk: Desk, review_id: str, facts: Mapping[str, Any]) -> ReviewNews | None:
    """Return how a review stands."""
    row = desk.books.huddles.review(review_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        return None
    view = describe_review(desk, row, initiative)
    return ReviewNews(view, people.members(desk, facts.get("ring", ())))
