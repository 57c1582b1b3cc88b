"""How each change is taken back, by the kind of its entry in the ledger."""

from collections.abc import Callable, Mapping
from typing import Any

from council import initiatives, launching, moves, outbox, pausing, people
from council.cases import linking, restarting, waking
from council.desk import Desk
from council.initiatives import archiving, editing
from council.notices import Assigned
from council.people import preferences
from council.tables import Assignment, Change, Initiative

Facts = dict[str, Any]
Reverser = Callable[[Desk, str, Change], Facts]


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
    channel = initiative.channel
    for name, value in before.items():
        setattr(initiative, name, value)
    desk.books.add(initiative)
    initiatives.release_models(desk, change.before["added"])
    initiatives.claim_models(desk, initiative, change.before["removed"])
    moves.follow_channel(desk, initiative, channel)
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
    launching.restore(desk, actor, _initiative(desk, change), change.before)
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
