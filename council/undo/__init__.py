"""Take one's own last change back: for ten minutes, unless somebody has acted on it since.

What is no such change is not passed over for an older one: it is named, with its own way back.
"""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from council import changes, following, ledger, people
from council.desk import Desk
from council.initiatives import editing
from council.tables import Change, Initiative, LedgerEntry
from council.undo import deeds
from council.undo.deeds import DEEDS, Deed
from council.undo.reversing import REVERSERS, Facts

__all__ = ["DEEDS", "REVERSERS", "WINDOW", "Undone", "undo"]

WINDOW = timedelta(minutes=10)
_SLICE = 200  # links of the ledger that are read at once
# What the ledger calls whoever is no person.
_NOBODY = frozenset({"council", "shell", ""})
# What changes who is asked, or what it is called: everything open there follows.
_FOLLOWED = frozenset({"assignment.made", "assignment.ended", editing.EDITED})


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back; or, with `why`, the last change and why it was not.

    `why` is `nothing` (nothing was done lately), `too_late`, `undone` (already), `acted_on` (by
    `by`), `cannot`, or `deed`: the last thing done was another one, see `deeds`; `ref` is what it
    was done to (`M-3`). `key` is the initiative's, empty for a person's own settings. `facts` are
    words for the sentence: the names of what changed, a role, a label.
    """

    kind: str
    key: str = ""
    name: str = ""
    at: datetime | None = None
    why: str = ""
    by: str = ""
    ref: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def undo(desk: Desk, actor: str) -> Undone:
    """Take the actor's last change back, or tell what it was and why that cannot be."""
    change = next(iter(desk.books.everyday.last_changes(actor, 1)), None)
    since = int(change.before.get(changes.SINCE, 0)) if change else 0
    if deed := deeds.last(desk, actor, since, desk.now() - WINDOW):
        return _of_deed(deed)
    return _take_back(desk, actor, change) if change else Undone("", why="nothing")


def _take_back(desk: Desk, actor: str, change: Change) -> Undone:
    owner = _owner(desk, change)
    told = (change.kind, owner.key if owner else "", owner.name if owner else "", change.at)
    reverse = REVERSERS.get(change.kind)
    if change.undone_at is not None:
        return Undone(*told, why="undone")
    if reverse is None:
        return Undone(*told, why="cannot")
    if desk.now() - change.at > WINDOW:
        return Undone(*told, why="too_late")
    if by := _acted_on(desk, change):
        return Undone(*told, why="acted_on", by=by)
    change.undone_at = desk.now()
    desk.books.add(change)
    follows = owner if change.kind in _FOLLOWED else None
    with following.changes(desk, actor, follows) if follows else nullcontext():
        facts = reverse(desk, actor, change)
    _write(desk, actor, change, owner)
    return Undone(*told, facts=facts)


def _of_deed(deed: Deed) -> Undone:
    facts = {**deed.facts, "open": deed.open}
    return Undone(deed.kind, deed.key, deed.name, deed.at, "deed", ref=deed.ref, facts=facts)


def _owner(desk: Desk, change: Change) -> Initiative | None:
    """Return the initiative that a change was about."""
    found = desk.books.everyday.owners_of([change.subject]).get(change.subject)
    return desk.books.initiatives.by_id(found) if found else None


def _write(desk: Desk, actor: str, change: Change, owner: Initiative | None) -> None:
    facts: Facts = {"change": change.id}
    if owner:
        facts |= {"initiative": owner.id, "state": owner.state, "phase": owner.phase}
        facts |= {"step": owner.step, "serving": owner.serving, "tier": owner.tier}
        facts |= {"private": owner.private, "decision_lead": owner.decision_lead}
        kinds = [each.kind for each in desk.books.moves.visits(owner.id)]
        facts |= {"visit": len(kinds) or 1, "back": kinds.count("back")}
        facts["within"] = kinds.count("within")
    if assignment := desk.books.initiatives.assignment(str(change.before.get("assignment", ""))):
        facts |= {"role": assignment.role, "person": assignment.person_id}
    if "item" in change.before:
        facts |= {name: change.before[name] for name in ("item", "visit", "done")}
    ledger.append(desk, [ledger.Entry(f"{change.kind}.undone", actor, change.subject, facts)])


def _acted_on(desk: Desk, change: Change) -> str:
    """Return the handle of whoever has done something with a change since; empty if nobody has."""
    since = int(change.before.get(changes.SINCE, 0))
    owner = desk.books.everyday.owners_of([change.subject]).get(change.subject, "-")
    for entry in _entries(desk, since):
        if entry.actor in {change.person_id, *_NOBODY}:
            continue
        about = entry.subject == change.subject or entry.facts.get("initiative") == owner
        if about and _concerns(entry, change):
            found = people.members(desk, [entry.actor])
            if found:
                return found[0].handle
    return ""


def _entries(desk: Desk, since: int) -> Iterator[LedgerEntry]:
    """Return what was written since, a slice at a time: a storm may bring much in ten minutes."""
    while found := desk.books.ledger.after(since, _SLICE):
        yield from found
        since = found[-1].seq


def _concerns(entry: LedgerEntry, change: Change) -> bool:
    """Whether what somebody else did builds on a change; it is then not pulled from under them."""
    noun = change.kind.partition(".")[0]
    if noun in {"link", "item"}:
        return entry.kind.partition(".")[0] == noun
    if change.kind == editing.EDITED:
        return entry.kind.startswith("initiative.")
    return True
