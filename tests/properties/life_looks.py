"""What is always so in the life of an initiative, looked up in rows, clocks and cards."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlmodel import SQLModel, select

from bot.cards.model import Card, Mention
from council import initiatives, people, replay
from council.desk import Desk
from council.moves import describe
from council.playbook import Playbook
from council.tables import AgendaRow, Initiative, LedgerEntry, Visit

# Of which noun a row of the agenda is, and in which states that still has a clock.
LIVING: dict[str, tuple[str, tuple[str, ...]]] = {
    "case.acknowledge": ("case", ("open",)),
    "case.remind": ("case", ("acknowledged",)),
    "case.wake": ("case", ("snoozed",)),
    "case.huddle": ("case", ("open", "acknowledged", "snoozed")),
    "case.decide": ("case", ("open", "acknowledged", "snoozed")),
    "handoff.remind": ("handoff", ("offered", "returned")),
    "handoff.escalate": ("handoff", ("offered", "returned")),
    "handoff.condition": ("handoff", ("accepted_with_conditions",)),
    "handoff.again": ("handoff", ("returned",)),
    "move.remind": ("move", ("proposed",)),
    "move.escalate": ("move", ("proposed",)),
    "huddle.decide": ("huddle", ("open",)),
    "review.due": ("review", ("open",)),
    "decision.confirm": ("decision", ()),
    "decision.effect": ("decision", ()),
    "absence.ask": ("absence", ("planned",)),
    "absence.begin": ("absence", ("planned",)),
    "absence.end": ("absence", ("planned",)),
}


def on_its_ways(desk: Desk, row: Initiative) -> None:
    """Hold every stay against the playbook that was followed when it began."""
    visits = desk.books.moves.visits(row.id)
    playbook = initiatives.playbook_of(desk, row)
    phase = playbook.phases[row.phase]
    assert row.step in phase.steps or not row.step
    assert not row.serving or playbook.phases[row.serving].production
    assert not visits or visits[-1].phase == row.phase
    then = followed(desk, row, visits)
    for before, after in pairwise(visits):
        assert after.number == before.number + 1
        assert before.left_at is not None
        if after.kind != "switched":
            way = then[after.number].transitions[after.transition]
            assert (way.source, way.target) == (before.phase, after.phase)
            assert str(way.kind) == after.kind


def followed(desk: Desk, row: Initiative, visits: list[Visit]) -> dict[int, Playbook]:
    """Return which playbook was followed when each stay began, by the ledger."""
    found: dict[int, Playbook] = {}
    query = select(LedgerEntry).where(
        LedgerEntry.subject == f"initiative:{row.id}",
        LedgerEntry.kind.in_(["initiative.opened", "playbook.switched"]),  # type: ignore[attr-defined]
    )
    since = [
        (entry.facts.get("visit", 1), entry.facts["playbook"], entry.facts["version"])
        for entry in desk.books.session.exec(query)
    ]
    for visit in visits:
        _, playbook, version = max(each for each in since if each[0] <= visit.number)
        found[visit.number] = desk.playbooks.get(playbook, version)
    return found


def clocks_run(desk: Desk, rows: list[Initiative]) -> None:
    """Look whether every clock is about something living, and all that waits has one."""
    due = list(desk.books.session.exec(select(AgendaRow)))
    running = {(each.kind, each.subject) for each in due}
    for kind, subject in running & {(k, s) for k, s in running if k in LIVING}:
        noun, states = LIVING[kind]
        found = replay.rows.some(desk, noun, [subject])
        assert subject in found, f"{kind} is about nothing"
        state = found[subject][1]["state"]
        assert not states or state in states, f"{kind} of {found[subject][0]} that is {state}"
    assert people.leads(desk), "nobody would be asked"
    for row in rows:
        if row.state == "active":
            waits_have_clocks(desk, row, running)


def watched(desk: Desk, row: Initiative) -> bool:
    """Whether an initiative ever only watched; what was proposed then has no clock."""
    kinds = select(LedgerEntry.facts).where(LedgerEntry.subject == f"initiative:{row.id}")
    return any(facts.get("state") == "watching" for facts in desk.books.session.exec(kinds))


def waits_have_clocks(desk: Desk, row: Initiative, running: set[tuple[str, str]]) -> None:
    """Look whether everything that waits for somebody on an active initiative has a clock."""
    now = desk.now()
    for case in desk.books.cases.open_of(row.id):
        waits = case.acknowledge_by is not None and case.acknowledge_by > now
        if case.status == "open" and waits:
            assert ("case.acknowledge", case.id) in running, f"C-{case.number} has no clock"
        if case.status == "snoozed":
            assert ("case.wake", case.id) in running, f"C-{case.number} sleeps for ever"
    for handoff in desk.books.handoffs.of(row.id):
        if handoff.state == "offered" and handoff.accept_by and not handoff.escalation:
            clock = ("handoff.escalate", handoff.id)
            assert clock in running, f"H-{handoff.number} has no clock"
    move = desk.books.moves.proposed(row.id)
    if move is not None and not watched(desk, row) and now - move.proposed_at < timedelta(hours=4):
        pending = describe(desk, move, row).pending
        if pending and not desk.books.moves.answers(move.id):
            assert ("move.escalate", move.id) in running, f"M-{move.number} has no clock"


def dump(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables."""
    desk.books.session.flush()
    connection = desk.books.session.connection()
    return {
        name: sorted(map(tuple, connection.execute(each.select())), key=repr)
        for name, each in SQLModel.metadata.tables.items()
    }


def mentions(card: Card | None) -> list[Mention]:
    """Return everybody whom a card mentions."""
    found: list[Mention] = []

    def walk(part: object) -> None:
        if isinstance(part, Mention):
            found.append(part)
        elif isinstance(part, tuple):
            for each in part:
                walk(each)
        else:
            for name in ("blocks", "text", "items", "pairs", "subtitle"):
                walk(getattr(part, name, ()))

    walk(card)
    return found
