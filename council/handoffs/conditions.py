"""Conditions on which a packet was taken: their owners close them, and are asked if they do not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from council import agenda, outbox, people
from council.cases.routing import lanes_of_work
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.handoffs import clocks, filling, finding, telling
from council.handoffs.parties import Parties, parties
from council.handoffs.stays import is_present
from council.handoffs.views import HandoffView, describe, late_leads
from council.notices import Audience, HandoffCard
from council.people import Member
from council.playbook.names import nearest
from council.tables import Handoff, HandoffCondition, Initiative

TAKEN_SO = "accepted_with_conditions"
LEAD = "lead"
_OWNED = re.compile(r"(?:(?P<text>.*\S)\s+)?(?P<who>@[\w.+@-]*\w|<@[^\s<>]+>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold, and the opaque id of whoever sees to it."""

    text: str
    owner: str


def read(desk: Desk, actor: str, said: str) -> Condition:
    """Read a condition that may end in ` @handle`, its owner; else it is the actor's own.

    Raises NotFound for an unknown owner, Invalid where nothing says what must hold.
    """
    found = _OWNED.fullmatch(said.strip())
    text = (found["text"] or "" if found else said).strip()
    if not text:
        raise Invalid("condition", said, "only_owner" if found else "empty")
    owner = found["who"] if found else ""
    mine = not owner or owner.lower() == "@me"
    return Condition(text, actor if mine else people.find(desk, owner).id)


def keep(desk: Desk, actor: str, row: Handoff, conditions: Sequence[Condition]) -> None:
    """Write down on which conditions a packet was taken."""
    for number, each in enumerate(conditions, 1):
        desk.books.add(
            HandoffCondition(
                handoff_id=row.id,
                number=number,
                council_id=desk.council_id,
                text=each.text,
                owner_id=each.owner,
                set_by=actor,
            )
        )


def close_condition(
    desk: Desk, actor: str, key: str, said: str, link: str = "", *, undo: bool = False
) -> HandoffView:
    """Close a condition of an acceptance, or open it again; its owner does, or who took the packet.

    `said` is its number or its text. Raises Conflict if it is closed (or open) already.
    """
    row, initiative, who = finding.get(desk, actor, key)
    if row.state != TAKEN_SO:
        raise Conflict(key, "no_conditions")
    rows = desk.books.handoffs.conditions(row.id)
    found = _find(rows, said)
    owner = next(iter(people.members(desk, [found.owner_id])), None)
    who.require_closer(actor, f"{key}/{found.number}", owner)
    if (found.closed_at is None) is undo:
        state = "open" if undo else "closed"
        raise Conflict(f"{key}/{found.number}", state, finding.handle(desk, found.closed_by))
    _, address = filling.parted("", link)
    found.closed_at, found.closed_by = (None, "") if undo else (desk.now(), actor)
    found.link = "" if undo else address
    desk.books.add(found)
    kind = "condition.reopened" if undo else "condition.closed"
    facts = {"condition": found.number}
    telling.write(desk, actor, row, kind, facts, {"link": (address, actor)} if found.link else {})
    _follow(desk, row, initiative, who)
    telling.show(desk, row, "condition_closed")
    return describe(desk, row, initiative, who, actor)


def _find(rows: Sequence[HandoffCondition], said: str) -> HandoffCondition:
    """Return the condition of this number, or nearly of this text; the only open one for none."""
    text = said.strip().rpartition("/")[2]
    by_number = {str(each.number): each for each in rows}
    if text in by_number:
        return by_number[text]
    left = [each for each in rows if each.closed_at is None]
    if not text and len(left) == 1:
        return left[0]
    near = nearest(text, [each.text for each in rows]) if text else ()
    if len(near) == 1:
        return next(each for each in rows if each.text == near[0])
    raise Invalid("condition", said, "not_one_of", tuple(by_number))


# ── their clock ──────────────────────────────────────────────────────────────────────────────────


def _follow(desk: Desk, row: Handoff, initiative: Initiative, who: Parties) -> None:
    """Stop the clock with the last open condition; one that is opened again has a new one."""
    if not _owners(desk, row):
        clocks.stop(desk, [row.id])
    elif not desk.books.agenda.has(clocks.CONDITION, row.id):
        start(desk, row, initiative, who)


def start(desk: Desk, row: Handoff, initiative: Initiative, who: Parties) -> None:
    """Put it on the agenda that the owners are asked, on the business hours of the slowest."""
    row.reminded, row.escalation = 0, 0
    desk.books.add(row)
    _schedule(desk, row, initiative, who, "")


def _schedule(desk: Desk, row: Handoff, initiative: Initiative, who: Parties, period: str) -> None:
    owners = _owners(desk, row)
    if not owners or initiative.state != clocks.ACTIVE:
        return
    span = who.playbook.handoff.escalate_at
    dues = [at for each in owners if (at := people.due_for(desk, span, each.id))]
    if dues:
        agenda.schedule(desk, [agenda.Due(clocks.CONDITION, row.id, max(dues), period)])


def start_all(desk: Desk, initiative: Initiative) -> None:
    """Start the clocks of open conditions of the present stay that have none."""
    found = desk.books.handoffs.open_conditions(initiative.id)
    for row in {row.id: row for row, _ in found}.values():
        asked = row.escalation or desk.books.agenda.has(clocks.CONDITION, row.id)
        if is_present(desk, row) and not asked:
            start(desk, row, initiative, parties(desk, initiative, row.definition, row))


def due(desk: Desk, handoff_id: str, period: str) -> None:
    """Ask the owners of open conditions once, then the council lead once; called by the agenda."""
    row = desk.books.handoffs.by_id(handoff_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None or initiative.state != clocks.ACTIVE:
        return
    owners = _owners(desk, row)
    if not owners or not is_present(desk, row):
        return
    who = parties(desk, initiative, row.definition, row)
    if period == LEAD:
        _ask_lead(desk, row, initiative, who)
        return
    row.reminded = 1
    desk.books.add(row)
    telling.write(desk, telling.COUNCIL, row, "condition.reminded")
    main = lanes_of_work(desk, initiative, who.receivers)
    telling.call(desk, row, initiative, "still_open", owners, main)
    _schedule(desk, row, initiative, who, LEAD)


def _ask_lead(desk: Desk, row: Handoff, initiative: Initiative, who: Parties) -> None:
    """Tell the council leads that conditions are still open, directly and in the thread."""
    asked = late_leads(desk, row, who)
    row.escalation = 1
    desk.books.add(row)
    facts = {"escalation": row.escalation, "asked": [each.id for each in asked]}
    telling.write(desk, telling.COUNCIL, row, "condition.escalated", facts)
    if not asked:
        return
    main = lanes_of_work(desk, initiative, who.receivers)
    telling.show(desk, row, "condition_late")
    direct = [f"person:{each.id}" for each in asked]
    card = HandoffCard(row.id, "condition_late", Audience.ASKED)
    outbox.put(desk, [(lane, card) for lane in direct if lane not in main])
    telling.ring(desk, row, "condition_late", asked, main)


def _owners(desk: Desk, row: Handoff) -> tuple[Member, ...]:
    """Return who sees to what is open."""
    rows = desk.books.handoffs.conditions(row.id) if row.state == TAKEN_SO else []
    return people.members(desk, dict.fromkeys(e.owner_id for e in rows if e.closed_at is None))
