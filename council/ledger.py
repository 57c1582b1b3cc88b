"""Append to the chain, and verify it.

A link holds opaque ids, codes, numbers, and for free text sha256(salt + text) only. The texts
live beside the chain, so that erasing one leaves the chain whole.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from council.desk import Desk
from council.tables import LedgerEntry, LedgerText

GENESIS = ""
ERASED = "person.erased"
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened: who (`actor`, an opaque id) did what (`kind`) to `subject`.

    `texts` maps a name to (text, opaque id of the person whom the text is about or from).
    """

    kind: str
    actor: str
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that does not hold: its number and why (`hash`, `previous`, `gap` or `text`)."""

    seq: int
    why: str


def append(desk: Desk, entries: Sequence[Entry]) -> None:
    """Add links in order; each holds the hash of the one before."""
    if not entries:
        return
    seq, previous = desk.books.ledger.head()
    rows: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    now = desk.now()
    for entry in entries:
        seq += 1
        facts = dict(entry.facts)
        for name, (text, person_id) in entry.texts.items():
            salt = desk.ids.secret()
            facts[f"text:{name}"] = _text_hash(salt, text)
            texts.append(
                {
                    "council_id": desk.council_id,
                    "seq": seq,
                    "name": name,
                    "salt": salt,
                    "text": text,
                    "person_id": person_id,
                }
            )
        row = {
            "council_id": desk.council_id,
            "seq": seq,
            "at": now,
            "kind": entry.kind,
            "actor": entry.actor,
            "subject": entry.subject,
            "facts": facts,
            "previous": previous,
        }
        previous = _link_hash(row)
        rows.append({**row, "hash": previous})
        desk.recorded.append(seq)
    desk.books.ledger.add(rows, texts)


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the chain was walked: the last link's number and hash, and what was wrong so far.

    `tombstones` counts people who were erased: their words are gone, the links about them hold.
    """

    seq: int = 0
    previous: str = GENESIS
    faults: tuple[Fault, ...] = ()
    done: bool = False
    tombstones: int = 0


def walk_on(desk: Desk, walk: Walk) -> Walk:
    """Verify the next slice of the chain; a long one is walked in many short reads."""
    page = desk.books.ledger.after(walk.seq, _PAGE)
    if not page:
        return replace(walk, done=True)
    faults = list(walk.faults)
    seq, previous = walk.seq, walk.previous
    for link in page:
        faults.extend(_faults(link, seq, previous))
        seq, previous = link.seq, link.hash
    faults.extend(_text_faults(page, desk.books.ledger.texts(page[0].seq, seq)))
    tombstones = walk.tombstones + sum(link.kind == ERASED for link in page)
    return Walk(seq, previous, tuple(faults), tombstones=tombstones)


def verify(desk: Desk) -> tuple[int, list[Fault]]:
    """Walk the whole chain; return the number of links and every fault found."""
    walk = Walk()
    while not walk.done:
        walk = walk_on(desk, walk)
    return walk.seq, list(walk.faults)


def _faults(link: LedgerEntry, seq: int, previous: str) -> list[Fault]:
    row = {name: getattr(link, name) for name in _HASHED}
    found = []
    if link.seq != seq + 1:
        found.append(Fault(link.seq, "gap"))
    if link.previous != previous:
        found.append(Fault(link.seq, "previous"))
    if _link_hash(row) != link.hash:
        found.append(Fault(link.seq, "hash"))
    return found


def _text_faults(page: Sequence[LedgerEntry], texts: Sequence[LedgerText]) -> list[Fault]:
    links = {link.seq: link for link in page}
    return [
        Fault(text.seq, "text")
        for text in texts
        if links[text.seq].facts.get(f"text:{text.name}") != _text_hash(text.salt, text.text)
    ]


_HASHED = ("council_id", "seq", "at", "kind", "actor", "subject", "facts", "previous")


def _link_hash(row: Mapping[str, Any]) -> str:
    parts = [row["at"].isoformat() if name == "at" else row[name] for name in _HASHED]
    return hashlib.sha256(
        json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def _text_hash(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()
