"""Put an initiative away, and take it out again: nothing of it is lost, and its clocks rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from council import agenda, changes, ledger, outbox
from council.desk import Desk
from council.errors import Conflict
from council.initiatives.editing import editable, require_keeping
from council.initiatives.finding import get, phase_of
from council.initiatives.places import home, shown_in
from council.notices import Shelved, VisitCard
from council.tables import Initiative

ARCHIVED = "initiative.archived"
RESTORED = "initiative.archived.undone"
# Due at once when an initiative ends or is put away: its huddles are called off.
OVER = "initiative.over"
# Cases that bad are not left behind.
PRESSING = ("S1", "S2")


@dataclass(frozen=True, slots=True)
class Kept:
    """An initiative that was put away, taken out again or made live; `models` stay its own.

    `state` is what it is now. `clocks` is the number of things that were due and rest now, or run
    again. `cases` are those that are open, `meanwhile` those of them that came up, or got worse,
    while it was away.
    """

    key: str
    name: str
    state: str
    phase_name: str
    models: tuple[str, ...]
    clocks: int
    cases: int
    why: str = ""
    meanwhile: tuple[str, ...] = ()


def would_archive(desk: Desk, actor: str, key: str) -> Kept:
    """Return what would rest if it were put away; nothing is changed. Raises what `archive` does.

    `clocks` is what would not come any more.
    """
    initiative = _archivable(desk, actor, key)
    return kept(desk, initiative, len(desk.books.everyday.clocks_of(initiative.id)))


def archive(desk: Desk, actor: str, key: str, why: str = "") -> Kept:
    """Put an initiative away: out of the list, its clocks off, its models still its own.

    Raises Conflict (`pressing`, with the cases) while a case of S1 or S2 is open.
    """
    initiative = _archivable(desk, actor, key)
    clocks = _stop(desk, initiative)
    before = {"state": initiative.state, "clocks": clocks}
    before["ended_at"] = initiative.ended_at.isoformat() if initiative.ended_at else ""
    initiative.state, initiative.ended_at = "archived", desk.now()
    desk.books.add(initiative)
    changes.note(desk, actor, ARCHIVED, f"initiative:{initiative.id}", before)
    _tell(desk, actor, initiative, ARCHIVED, why)
    # Rooms above have something to end there.
    agenda.schedule(desk, [agenda.Due(OVER, initiative.id, desk.now())])
    return kept(desk, initiative, len(clocks), why)


def _archivable(desk: Desk, actor: str, key: str) -> Initiative:
    initiative = editable(desk, actor, key, "archive")
    cases = desk.books.cases.open_of(initiative.id)
    pressing = [f"C-{case.number}" for case in cases if case.severity in PRESSING]
    if pressing:
        raise Conflict(initiative.key, "pressing", ", ".join(pressing[:5]))
    return initiative


def taken_out(desk: Desk, actor: str, key: str) -> tuple[Initiative, dict[str, Any]]:
    """Return an archived initiative, and how it was, noting that it is taken out.

    Raises NotFound, NotAllowed, or Conflict if it is not archived.
    """
    initiative = get(desk, key)
    require_keeping(desk, initiative, actor, "archive")
    if initiative.state != "archived":
        raise Conflict(initiative.key, "not_archived")
    found = desk.books.everyday.changes_of(f"initiative:{initiative.id}", ARCHIVED)
    for change in found[:1]:
        change.undone_at = desk.now()
        desk.books.add(change)
    return initiative, found[0].before if found else {"state": "active"}


def restore(desk: Desk, actor: str, initiative: Initiative, before: dict[str, Any]) -> Kept:
    """Bring an archived initiative back to what it was; what came due meanwhile is due now.

    What came up meanwhile has no clock yet: the room above starts those.
    """
    ended = str(before.get("ended_at") or "")
    initiative.state = str(before["state"])
    initiative.ended_at = datetime.fromisoformat(ended) if ended else None
    desk.books.add(initiative)
    clocks = before.get("clocks")
    rows = [
        agenda.Due(kind, subject, datetime.fromisoformat(at), period)
        for kind, subject, period, at in (clocks if isinstance(clocks, list) else [])
    ]
    agenda.cancel(desk, OVER, [initiative.id])
    agenda.schedule(desk, rows)
    _tell(desk, actor, initiative, RESTORED)
    return kept(desk, initiative, len(rows))


def kept(desk: Desk, initiative: Initiative, clocks: int = 0, why: str = "") -> Kept:
    """Return what to say of an initiative that was put away, taken out or made live."""
    return Kept(
        initiative.key,
        initiative.name,
        initiative.state,
        phase_of(desk, initiative).name,
        desk.books.initiatives.models(initiative.id),
        clocks,
        len(desk.books.cases.open_of(initiative.id)),
        why,
    )


def tell_shelf(desk: Desk, initiative: Initiative) -> None:
    """Show where it lives whether an initiative watches, lives or rests; the phase card follows."""
    if place := home(desk, initiative):
        outbox.put(desk, [(place, Shelved(initiative.id))])
    stay = desk.books.moves.last_visit(initiative.id)
    number = stay.number if stay else 1
    card = VisitCard(initiative.id, number, "worked_on")
    outbox.put(desk, [(lane, card) for lane in shown_in(desk, initiative, number)])


def _tell(desk: Desk, actor: str, initiative: Initiative, kind: str, why: str = "") -> None:
    facts = {"initiative": initiative.id, "state": initiative.state}
    texts = {"why": (why, actor)} if why else {}
    ledger.append(desk, [ledger.Entry(kind, actor, f"initiative:{initiative.id}", facts, texts)])
    tell_shelf(desk, initiative)


def _stop(desk: Desk, initiative: Initiative) -> list[list[str]]:
    """Take everything of an initiative off the agenda, and return it as it can be kept."""
    rows = desk.books.everyday.clocks_of(initiative.id)
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row.subject)
    found = [[row.kind, row.subject, row.period, row.due_at.isoformat()] for row in rows]
    for kind, subjects in kinds.items():
        agenda.cancel(desk, kind, subjects)
    return found
