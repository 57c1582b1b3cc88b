"""News of an initiative as a whole: it went live, was paused or put away, or goes on again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from council import initiatives, pausing, people
from council.cases import waking
from council.desk import Desk
from council.initiatives import archiving
from council.news import News
from council.people import Member
from council.playbook import Relation, relations
from council.tables import Initiative, LedgerEntry

# What brings an initiative to the state in which it is, by what it is called here.
_CAME: Mapping[str, str] = {
    archiving.ARCHIVED: "archived",
    archiving.RESTORED: "restored",
    pausing.PAUSED: "paused",
    pausing.RESUMED: "resumed",
    waking.LIVE: "live",
}


@dataclass(frozen=True, slots=True)
class ShelfNews(News):
    """An initiative as its channel sees it; `leading` are those who lead its phase now.

    `came` is what happened last: `archived`, `restored`, `paused`, `resumed`, `live`, or nothing.
    `by` did it, if it was a person, and said `why`. `until` it is paused, by the council's `zone`.
    """

    key: str
    name: str
    question: str
    phase_name: str
    state: str
    leading: tuple[Member, ...]
    came: str = ""
    by: Member | None = None
    why: str = ""
    until: datetime | None = None
    zone: str = "UTC"


def shelf_news(desk: Desk, initiative_id: str, _facts: Mapping[str, Any]) -> ShelfNews | None:
    """Return whether an initiative watches, lives or rests, who said so, and why."""
    initiative = desk.books.initiatives.by_id(initiative_id)
    if initiative is None:
        return None
    playbook = initiatives.playbook_of(desk, initiative)
    roles = relations(playbook, initiative.phase).get(Relation.LEAD, ())
    who = people.roster(desk, initiative)
    leading = {each.id: each for role in roles for each in who.holders(role)}
    last = _last(desk, initiative)
    by = people.members(desk, [last.actor] if last else [])
    return ShelfNews(
        initiative.key,
        initiative.name,
        initiative.question,
        playbook.phases[initiative.phase].name,
        initiative.state,
        tuple(leading.values()),
        _CAME[last.kind] if last else "",
        by[0] if by else None,
        desk.books.ledger.text(last.seq, "why") if last else "",
        initiative.paused_until,
        desk.books.registry.council().timezone,
    )


def _last(desk: Desk, initiative: Initiative) -> LedgerEntry | None:
    """Return the last link of the ledger that says how it came to live or rest."""
    about = f"initiative:{initiative.id}"
    found = [each for kind in _CAME for each in desk.books.ledger.of_kind(about, kind)[-1:]]
    return max(found, key=lambda each: each.seq, default=None)
