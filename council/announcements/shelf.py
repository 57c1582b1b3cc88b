"""News of an initiative as a whole: it went live, was put away, or was taken out again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from council import initiatives, people
from council.desk import Desk
from council.news import News
from council.people import Member
from council.playbook import Relation, relations


@dataclass(frozen=True, slots=True)
class ShelfNews(News):
    """An initiative as its channel sees it; `leading` are those who lead its phase now."""

    key: str
    name: str
    question: str
    phase_name: str
    state: str
    leading: tuple[Member, ...]


def shelf_news(desk: Desk, initiative_id: str, _facts: Mapping[str, Any]) -> ShelfNews | None:
    """Return whether an initiative watches, lives or rests."""
    initiative = desk.books.initiatives.by_id(initiative_id)
    if initiative is None:
        return None
    playbook = initiatives.playbook_of(desk, initiative)
    roles = relations(playbook, initiative.phase).get(Relation.LEAD, ())
    who = people.roster(desk, initiative)
    leading = {each.id: each for role in roles for each in who.holders(role)}
    return ShelfNews(
        initiative.key,
        initiative.name,
        initiative.question,
        playbook.phases[initiative.phase].name,
        initiative.state,
        tuple(leading.values()),
    )
