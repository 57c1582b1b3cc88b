"""Take one's own last change back: for ten minutes, unless somebody has acted on it since."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from council import changes, initiatives, launching, ledger, moves, outbox, pausing, people
from council.cases import linking, restarting, waking
from council.desk import Desk
from council.initiatives import archiving, editing
from council.notices import Assigned
from council.people import preferences
from council.tables import Assignment, Change, Initiative, LedgerEntry

WINDOW = timedelta(minutes=10)
_SLICE = 200  # links of the ledger that are read at once
# What the ledger calls whoever is no person.
_NOBODY = frozenset({"council", "shell", ""})


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back; or, with `why`, the last change and why it was not.

    `why` is `nothing` (there is no change), `too_late`, `undone` (already), `acted_on` (by `by`) or
    `cannot`. `key` is the initiative's, empty for a person's own settings. `facts` are words for
    the sentence: the names of what changed, a role, a label.
    """

    kind: str
    key: str = ""
    name: str = ""
    at: datetime | None = None
    why: str = ""
    by: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


Facts = dict[str, Any]
Reverser = Callable[[Desk, str, Change], Facts]


def undo(desk: Desk, actor: str) -> Undone:
    """Take the actor's last change back, or tell what it was and why that cannot be."""
    found = desk.books.everyday.last_changes(actor, 1)
    if not found:
        return Undone("", why="nothing")
    change = found[0]
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
    facts = reverse(desk, actor, change)
    _write(desk, actor, change, owner)
    return Undone(*told, facts=facts)


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


# ── how each is taken back ───────────────────────────────────────────────────────────────────────


def _assignment(desk: Desk, actor: str, change: Change) -> Facts:
    """End an assignment that was made, or let one hold on that was ended; the card follows."""
    row = desk.books.initiatives.assignment(str(change.before["assignment"]))
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        return {}
    role = initiatives.playbook_of(desk, initiative).role(row.role).name
    facts = {"role": role, "people": people.members(desk, [row.person_id])}
    live = desk.books.initiatives.live(row.initiative_id, row.role, row.person_id)
    if change.kind == "assignment.made":
        row.until = row.until or desk.now()
    elif live is None:
        row.until = None
    desk.books.add(row)
    if row.person_id != actor:
        _withdraw(desk, row)
    return facts


def _withdraw(desk: Desk, row: Assignment) -> None:
    """Have a card on an assignment say how it is now; one that nobody has seen is not sent."""
    card = Assigned(row.id)
    told = desk.books.outbox.told([card.subject])
    outbox.put(desk, [(lane, card) for lane, _, _ in sorted(told)])


def _edited(desk: Desk, _actor: str, change: Change) -> Facts:
    initiative = _initiative(desk, change)
    before: Facts = change.before["fields"]
    for name, value in before.items():
        setattr(initiative, name, value)
    desk.books.add(initiative)
    initiatives.release_models(desk, change.before["added"])
    initiatives.claim_models(desk, initiative, change.before["removed"])
    models = ["models"] if change.before["added"] or change.before["removed"] else []
    return {"changed": (*before, *models)}


def _opened(desk: Desk, _actor: str, change: Change) -> Facts:
    """Put an initiative away that should not have been opened, and free its models."""
    initiative = _initiative(desk, change)
    models = desk.books.initiatives.models(initiative.id)
    initiatives.release_models(desk, models)
    initiative.state, initiative.ended_at = "archived", desk.now()
    desk.books.add(initiative)
    return {"models": models}


def _archived(desk: Desk, actor: str, change: Change) -> Facts:
    archiving.restore(desk, actor, _initiative(desk, change), change.before)
    return {}


def _live(desk: Desk, _actor: str, change: Change) -> Facts:
    launching.watch_again(desk, _initiative(desk, change))
    return {}


def _link(desk: Desk, _actor: str, change: Change) -> Facts:
    row = desk.books.everyday.link(str(change.before["link"]))
    if row is None:
        return {}
    row.removed_at = desk.now() if change.kind == linking.ADDED else None
    desk.books.add(row)
    return {"label": row.label}


def _pause(desk: Desk, actor: str, change: Change) -> Facts:
    """Let what was paused go on, or pause what went on."""
    key = _initiative(desk, change).key
    if change.kind == pausing.PAUSED:
        pausing.resume(desk, actor, key)
    else:
        pausing.pause(desk, actor, key)
    _no_new_change(desk, actor)
    return {}


def _preference(desk: Desk, actor: str, change: Change) -> Facts:
    name, person = str(change.before["name"]), change.subject.partition(":")[2]
    preferences.put(desk, actor, person, name, str(change.before["value"]))
    _no_new_change(desk, actor)
    return {"name": name}


def _no_new_change(desk: Desk, actor: str) -> None:
    """Let what took a change back not count as a change of its own, to be taken back again."""
    for newest in desk.books.everyday.last_changes(actor, 1):
        newest.undone_at = desk.now()
        desk.books.add(newest)


def _moved(desk: Desk, actor: str, change: Change) -> Facts:
    initiative = _initiative(desk, change)
    over = initiative.state == "retired"
    moves.revert(desk, actor, initiative, change.kind, change.before)
    if over and initiative.state == "active":  # its cases had been let rest
        for case in desk.books.cases.open_of(initiative.id):
            if case.status != "snoozed":
                restarting.restart(desk, case, initiative)
    return {}


def _initiative(desk: Desk, change: Change) -> Initiative:
    return initiatives.get_by_id(desk, change.subject.partition(":")[2])


# By the kind of the ledger's entry: what takes it back, given the change with what was before.
REVERSERS: Mapping[str, Reverser] = {
    "assignment.made": _assignment,
    "assignment.ended": _assignment,
    editing.EDITED: _edited,
    archiving.ARCHIVED: _archived,
    "initiative.opened": _opened,
    waking.LIVE: _live,
    linking.ADDED: _link,
    linking.REMOVED: _link,
    pausing.PAUSED: _pause,
    pausing.RESUMED: _pause,
    "preference.changed": _preference,
    **dict.fromkeys(moves.REVERTED, _moved),
}
