"""Put an initiative away, and take it out again: nothing of it is lost, and its clocks rest."""

from dataclasses import dataclass
from datetime import datetime

from council import agenda, changes, ledger, outbox
from council.desk import Desk
from council.errors import Conflict
from council.initiatives.editing import editable, require_keeping
from council.initiatives.finding import get
from council.notices import Shelved
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
    again. `cases` are those that are open.
    """

    key: str
    name: str
    state: str
    models: tuple[str, ...]
    clocks: int
    cases: int
    why: str = ""


def archive(desk: Desk, actor: str, key: str, why: str = "") -> Kept:
    """Put an initiative away: out of the list, its clocks off, its models still its own.

    Raises Conflict (`pressing`, with the cases) while a case of S1 or S2 is open.
    """
    initiative = editable(desk, actor, key, "archive")
    cases = desk.books.cases.open_of(initiative.id)
    pressing = [f"C-{case.number}" for case in cases if case.severity in PRESSING]
    if pressing:
        raise Conflict(initiative.key, "pressing", ", ".join(pressing[:5]))
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


def take_out(desk: Desk, actor: str, key: str) -> Kept:
    """Take an archived initiative out again, as it was; raises Conflict if it is not archived."""
    initiative = get(desk, key)
    require_keeping(desk, initiative, actor, "archive")
    if initiative.state != "archived":
        raise Conflict(initiative.key, "not_archived")
    found = desk.books.everyday.changes_of(f"initiative:{initiative.id}", ARCHIVED)
    for change in found[:1]:
        change.undone_at = desk.now()
        desk.books.add(change)
    return restore(desk, actor, initiative, found[0].before if found else {"state": "active"})


def restore(desk: Desk, actor: str, initiative: Initiative, before: dict[str, object]) -> Kept:
    """Bring an archived initiative back to what it was; what came due meanwhile is due now."""
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
        desk.books.initiatives.models(initiative.id),
        clocks,
        len(desk.books.cases.open_of(initiative.id)),
        why,
    )


def tell_shelf(desk: Desk, initiative: Initiative) -> None:
    """Show in the initiative's channel, if it has one, whether it watches, lives or rests."""
    channel = initiative.channel
    if not channel and not initiative.private:
        channel = desk.books.registry.council().channel
    if channel:
        outbox.put(desk, [(channel, Shelved(initiative.id))])


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
