"""Initiatives from a table: compared first, then added or updated; they watch until they go live.

What a table does not name stays: it takes no model, no person and no channel away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from council import ledger
from council.desk import Desk
from council.errors import Invalid
from council.initiatives.editing import write_edit
from council.initiatives.finding import playbook_of
from council.initiatives.opening import Opening, claim_models, open_initiative
from council.initiatives.sheet import Row
from council.tables import Assignment, Initiative

# Rows of the database that one write may touch.
SLICE = 200
_COLUMNS = ("name", "tier", "channel", "private")


@dataclass(frozen=True, slots=True)
class Compared:
    """A row beside what there is: `status` is `new`, `changed` or `same`.

    `changed` names what would be, or was, different; `was` says how it was before. `models` and
    `joins` (roles and handles) would come, or came, to it. `kept_phase` says that it is live in
    another phase than the table says: only a move changes that.
    """

    row: Row
    status: str
    changed: tuple[str, ...] = ()
    kept_phase: bool = False
    was: Mapping[str, str] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    joins: tuple[tuple[str, str], ...] = ()


def compare(desk: Desk, rows: Sequence[Row]) -> tuple[list[Compared], list[Invalid]]:
    """Return what each row would change, and what of it collides with what there is."""
    known = desk.books.initiatives.by_keys(row.key for row in rows)
    owners = desk.books.initiatives.by_models({name for row in rows for name in row.models})
    faults: list[Invalid] = []
    found: list[Compared] = []
    for row in rows:
        initiative = known.get(row.key)
        for name in row.models:
            owner = owners.get(name)
            if owner and owner.key != row.key:
                where = f"line {row.line}, models"
                faults.append(Invalid(where, name, "belongs_to", (owner.key,)))
        if initiative is None:
            found.append(Compared(row, "new"))
            continue
        faults += _collisions(row, initiative)
        found.append(_compared(desk, row, initiative))
    return found, faults


def _collisions(row: Row, initiative: Initiative) -> Iterator[Invalid]:
    if row.playbook and row.playbook != initiative.playbook_id:
        allowed = (initiative.playbook_id,)
        yield Invalid(f"line {row.line}, playbook", row.playbook, "other_playbook", allowed)
    if initiative.state == "archived":
        yield Invalid(f"line {row.line}, key", row.key, "archived")


def _compared(desk: Desk, row: Row, initiative: Initiative) -> Compared:
    watching = initiative.state == "watching"
    moved = bool(row.phase) and row.phase != initiative.phase
    changed = [*_columns(row, initiative), *(["phase"] if moved and watching else [])]
    was = {name: _said(getattr(initiative, name)) for name in changed}
    have = desk.books.initiatives.models(initiative.id)
    models = tuple(name for name in row.models if name not in have)
    joins = tuple(_missing(desk, row, initiative))
    changed += [*(["models"] if models else []), *(["people"] if joins else [])]
    status = "changed" if changed else "same"
    kept = moved and not watching
    return Compared(row, status, tuple(changed), kept, was, models, joins)


def _said(value: object) -> str:
    """Return a value as a table would say it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _columns(row: Row, initiative: Initiative) -> dict[str, Any]:
    """Return the columns that a row says something else of."""
    given = {name: getattr(row, name) for name in _COLUMNS}
    return {
        name: value
        for name, value in given.items()
        if value not in {None, ""} and value != getattr(initiative, name)
    }


def _missing(desk: Desk, row: Row, initiative: Initiative) -> list[tuple[str, str]]:
    """Return (role, handle) of those who do not hold it yet."""
    held = {(role, person.handle) for role, person in desk.books.initiatives.staff(initiative.id)}
    wanted = [(role, handle) for role, handles in row.roles.items() for handle in handles]
    return [pair for pair in wanted if pair not in held]


def in_slices(rows: Sequence[Compared]) -> Iterator[list[Compared]]:
    """Part what is to be written so that no write holds others up."""
    part: list[Compared] = []
    weight = 0
    for each in rows:
        if part and weight + each.row.weight > SLICE:
            yield part
            part, weight = [], 0
        part.append(each)
        weight += each.row.weight
    if part:
        yield part


def import_rows(desk: Desk, actor: str, rows: Sequence[Row]) -> list[tuple[Initiative, Compared]]:
    """Add or update initiatives as they are now; return those that changed, with what did.

    Raises Invalid or Conflict for what collides since it was compared; nothing is kept then.
    """
    found, faults = compare(desk, rows)
    if faults:
        raise faults[0]
    written = []
    for each in found:
        if each.status == "new":
            written.append((_add(desk, actor, each.row), each))
        elif each.status == "changed":
            written.append((_update(desk, actor, each), each))
    return written


def _add(desk: Desk, actor: str, row: Row) -> Initiative:
    opening = Opening(
        row.name,
        row.key,
        row.playbook,
        row.phase,
        row.tier,
        row.models,
        row.channel,
        private=bool(row.private),
        state="watching",
    )
    initiative = open_initiative(desk, actor, opening)
    _staff(desk, actor, row, initiative)
    return initiative


def _update(desk: Desk, actor: str, compared: Compared) -> Initiative:
    row = compared.row
    initiative = desk.books.initiatives.by_keys([row.key])[row.key]
    for name, value in _columns(row, initiative).items():
        setattr(initiative, name, value)
    if "phase" in compared.changed:
        phase = playbook_of(desk, initiative).phases[row.phase]
        initiative.phase, initiative.step = phase.id, next(iter(phase.steps), "")
    desk.books.add(initiative)
    have = desk.books.initiatives.models(initiative.id)
    claim_models(desk, initiative, [name for name in row.models if name not in have])
    fields = [name for name in compared.changed if name != "people"]
    if fields:
        write_edit(desk, actor, initiative, fields)
    _staff(desk, actor, row, initiative)
    return initiative


def _staff(desk: Desk, actor: str, row: Row, initiative: Initiative) -> None:
    """Put people into roles without a word to them: it only watches, or they know."""
    entries = []
    for role, handle in _missing(desk, row, initiative):
        person = desk.books.people.by_handle(handle)
        if person is None:
            raise Invalid(f"line {row.line}, {role}", handle, "unknown")
        desk.books.add(
            Assignment(
                id=desk.ids.new(),
                council_id=desk.council_id,
                initiative_id=initiative.id,
                person_id=person.id,
                role=role,
                since=desk.now(),
            )
        )
        facts = {"initiative": initiative.id, "role": role, "person": person.id}
        subject = f"initiative:{initiative.id}"
        entries.append(ledger.Entry("assignment.made", actor, subject, facts))
    ledger.append(desk, entries)
