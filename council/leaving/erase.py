"""Somebody is erased: a tombstone stands where they were, their words are gone, the chain holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from council import ledger, outbox, people
from council.desk import Desk
from council.leaving.leave import leave
from council.notices import Audience, Form, Notice

# So many subjects are brought up to date; what was said of longer ago is long scrolled away.
_SHOWN_ANEW = 200


@dataclass(frozen=True, slots=True)
class Erased:
    """The tombstone that stands there now, how many texts were blanked, and cards said anew."""

    tombstone: str
    texts: int
    cards: int


@dataclass(frozen=True, slots=True)
class _Again:
    """A card that was shown before, to be shown as it stands now."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    kind: str
    subject: str
    audience: Audience
    facts: Mapping[str, Any] = field(default_factory=dict)


def erase(desk: Desk, actor: str, handle: str) -> Erased:
    """Put a tombstone in somebody's place, and blank everything they wrote.

    Whoever is still here leaves first. Raises NotFound.
    """
    person = people.find_anybody(desk, handle)
    if person.left_at is None:
        leave(desk, actor, person.handle)
    number = desk.books.registry.next_number("erased")
    person.handle = f"erased-{number}"
    person.name = f"Somebody who was here (erased-{number})"
    person.email = person.timezone = ""
    person.erased_at = desk.now()
    desk.books.people.forget_person(person.id)
    texts = desk.books.written.blank(person.id)
    desk.books.add(person)
    facts = {"tombstone": number, "state": "erased"}
    ledger.append(desk, [ledger.Entry(ledger.ERASED, actor, f"person:{person.id}", facts)])
    cards = _show_anew(desk, person.id)
    outbox.put(desk, cards)
    return Erased(person.handle, texts, len(cards))


def _show_anew(desk: Desk, person_id: str) -> list[tuple[str, Notice]]:
    """Return the cards on everything that the person had a part in, wherever they were shown."""
    subjects = desk.books.ledger.subjects_of(person_id, _SHOWN_ANEW)
    return [
        (row.lane, _Again(row.kind, row.subject, Audience(row.audience), row.facts))
        for row in desk.books.outbox.last_cards(subjects)
        if row.lane not in {outbox.NOBODY, f"person:{person_id}"}
    ]
