"""A link of the ledger as other programs are told of it: codes and keys, never free text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from council.desk import Desk
from council.news import News

# The letter of a subject's key, by noun; what has none is told by its noun alone.
_LETTERS = {
    "absence": "A",
    "case": "C",
    "decision": "D",
    "handoff": "H",
    "huddle": "R",
    "move": "M",
    "review": "V",
}


@dataclass(frozen=True, slots=True)
class EventNews(News):
    """Something that happened; `subject` is its key (`C-31`), `initiative` that of where."""

    seq: int
    kind: str
    at: datetime
    subject: str
    initiative: str
    facts: Mapping[str, Any]


def event_news(desk: Desk, seq: str, _facts: Mapping[str, Any]) -> EventNews | None:
    """Return a link as it is told; None for what belongs to a private initiative."""
    found = desk.books.ledger.after(int(seq) - 1, 1)
    if not found or found[0].seq != int(seq):
        return None
    link = found[0]
    noun, _, about = link.subject.partition(":")
    owners = desk.books.everyday.owners_of([link.subject])
    where = str(link.facts.get("initiative") or owners.get(link.subject) or "")
    initiative = desk.books.initiatives.by_id(where) if where else None
    if initiative is not None and initiative.private:
        return None
    number = desk.books.everyday.number_of(noun, about) if noun in _LETTERS else None
    subject = f"{_LETTERS[noun]}-{number}" if number else noun
    if noun == "initiative" and initiative is not None:
        subject = initiative.key
    # Hashes of free text are of no use without it, and might be guessed.
    facts = {k: v for k, v in link.facts.items() if not k.startswith("text:") and k != "initiative"}
    key = initiative.key if initiative else ""
    return EventNews(link.seq, link.kind, link.at, subject, key, facts)
