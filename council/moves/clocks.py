"""When nobody answers a proposed move: the deciders are reminded once, then the lead hears."""

from council import agenda, initiatives, ledger, outbox, people
from council.cases import routing
from council.desk import Desk
from council.moves import going, views
from council.moves.views import MoveView
from council.notices import Audience, MoveCard
from council.playbook import Span
from council.tables import Initiative, Move

_AGAIN = Span.parse("8bh")


def start_clocks(desk: Desk, initiative: Initiative) -> None:
    """Start the clocks of what was proposed before they ran: its initiative goes live."""
    move = desk.books.moves.proposed(initiative.id)
    if move is not None:
        view = views.describe(desk, move, initiative)
        begin(desk, initiative, move, view)
        where = routing.lanes_of_work(desk, initiative, view.pending or view.deciders)
        outbox.put(desk, [(lane, MoveCard(move.id, "proposed")) for lane in where])


def begin(desk: Desk, initiative: Initiative, move: Move, view: MoveView) -> None:
    """Set when those whose answer is needed are reminded, and when the lead hears."""
    if initiative.state in routing.QUIET or not view.pending:
        return
    rule = initiatives.playbook_of(desk, initiative).handoff
    spans = [(going.REMIND, rule.remind_at[0])] if rule.remind_at else []
    for kind, span in (*spans, (going.ESCALATE, rule.escalate_at)):
        dues = [people.due_for(desk, span, each.member.id) for each in view.pending]
        agenda.schedule(
            desk, [agenda.Due(kind, move.id, max(due for due in dues if due is not None))]
        )


def remind(desk: Desk, move_id: str) -> None:
    """Remind, in the thread, those whose answer to a move is still needed; called by the agenda."""
    if found := _awaited(desk, move_id, going.REMIND):
        move, initiative = found
        ring = [each.member.id for each in views.describe(desk, move, initiative).pending]
        going.reply(desk, initiative, move, "remind", ring)


def escalate(desk: Desk, move_id: str) -> None:
    """Show the council leads a move that nobody answers; afterwards it waits for the digest."""
    if found := _awaited(desk, move_id, going.ESCALATE):
        move, initiative = found
        asked = views.describe(desk, move, initiative).pending
        if not asked:
            return
        known = {each.member.id for each in asked}
        leads = [each.id for each in people.leads(desk) if each.id not in known]
        entry = going.move_entry(going.COUNCIL, move, "escalated", {"asked": leads})
        ledger.append(desk, [entry])
        outbox.put(
            desk,
            [(f"person:{one}", MoveCard(move.id, "escalated", Audience.LEAD)) for one in leads],
        )
        going.announce_move(desk, move, "escalated")


def _awaited(desk: Desk, move_id: str, kind: str) -> tuple[Move, Initiative] | None:
    """Return a move that waits; while its initiative is paused, its clock begins again."""
    move = desk.books.moves.by_id(move_id)
    initiative = desk.books.initiatives.by_id(move.initiative_id) if move else None
    if move is None or initiative is None or move.state != "proposed":
        return None
    if initiative.state == "active":
        return move, initiative
    if initiative.state == "paused" and (later := people.due_for(desk, _AGAIN, move.proposed_by)):
        agenda.schedule(desk, [agenda.Due(kind, move.id, later)])
    return None
