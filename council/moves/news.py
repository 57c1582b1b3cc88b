"""What a notice about a move, or about a stay in a phase, says when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from council import initiatives, people
from council.desk import Desk
from council.moves import views
from council.moves.stays import PhaseView, describe_visit
from council.moves.views import MoveView
from council.news import News
from council.people import Member


@dataclass(frozen=True, slots=True)
class MoveNews(News):
    """A proposed move, and the people whom a reply mentions."""

    move: MoveView
    ring: tuple[Member, ...]

    @property
    def overtaken(self) -> bool:
        """It is settled, or those who were to be reminded have answered meanwhile."""
        asked = {each.member.id for each in self.move.pending}
        proposer = self.move.proposed_by
        asked |= {proposer.id} if proposer else set()
        return self.move.state != "proposed" or not any(each.id in asked for each in self.ring)


@dataclass(frozen=True, slots=True)
class VisitNews(News):
    """An initiative's stay in a phase; `ring` are those who lead there and must know.

    Where it was taken back (`gone`), the stay is the one in which the initiative still is. It lives
    in `channel` now, if it has one.
    """

    phase: PhaseView
    ring: tuple[Member, ...]
    gone: bool = False
    channel: str = ""


def move_news(desk: Desk, move_id: str, facts: Mapping[str, Any]) -> MoveNews | None:
    """Return how a proposed move stands."""
    move = desk.books.moves.by_id(move_id)
    initiative = desk.books.initiatives.by_id(move.initiative_id) if move else None
    if move is None or initiative is None:
        return None
    if move.transition not in views.playbook_of(desk, move, initiative).transitions:
        return None  # the playbook of then is gone
    ring = people.members(desk, facts.get("ring", ()))
    return MoveNews(views.describe(desk, move, initiative), ring)


def visit_news(desk: Desk, subject: str, facts: Mapping[str, Any]) -> VisitNews | None:
    """Return how a stay stands, or how it ended; `subject` is the initiative's id and a number."""
    initiative_id, _, number = subject.rpartition("/")
    initiative = desk.books.initiatives.by_id(initiative_id)
    visit = desk.books.moves.visit(initiative_id, int(number))
    if initiative is None:
        return None
    if visit is None:
        return VisitNews(describe_visit(desk, initiative), (), gone=True)
    if visit.phase not in initiatives.playbook_then(desk, initiative, visit).phases:
        return None  # the playbook of then is gone
    ring = people.members(desk, facts.get("ring", ()))
    view = describe_visit(desk, initiative, visit, compare=True)
    return VisitNews(view, ring, channel=initiative.channel)
