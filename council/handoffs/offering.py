"""A packet goes to those who take it: offered, with a clock; or withdrawn."""

from council.cases.routing import lanes_of_work
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.handoffs import clocks, filling, finding, telling
from council.handoffs.parties import Parties
from council.handoffs.views import HandoffView, describe
from council.store.handoffs import UNANSWERED
from council.tables import Handoff, HandoffItem, Initiative

STRICTEST_TIER = 1


def offer(desk: Desk, actor: str, key: str, *, anyway: bool = False) -> HandoffView:
    """Offer a packet to the people of the receiving role; the clock for their answer starts.

    Raises Invalid (`items_open`, naming them) while items are open: tier 1 hands over a whole
    packet, the others may do so `anyway`. Raises Conflict if it is offered, or answered, already.
    """
    row, initiative, who = filling.for_giver(desk, actor, key, "offer")
    if row.state == "offered":
        if row.giver_id == actor:
            takers = " and @".join(each.handle for each in telling.members(who.receivers))
            raise Conflict(key, "offered_by_you", takers)
        raise Conflict(key, "offered", finding.handle(desk, row.giver_id))
    if initiative.state == "paused":
        raise Conflict(initiative.key, "paused")
    items = desk.books.handoffs.items(row.id)
    _require_whole(key, initiative, items, anyway=anyway)
    again = row.offered_at is not None
    _begin(desk, actor, row, initiative, who)
    open_items = [each.position for each in items if each.filled_at is None]
    facts = {"giver": actor, "open": open_items, "round": row.returned_before + 1}
    facts["accept_by"] = row.accept_by.isoformat() if row.accept_by else None
    telling.write(desk, actor, row, "handoff.offered", facts)
    clocks.start(desk, row, initiative, who)
    main = lanes_of_work(desk, initiative, who.receivers)
    telling.show(desk, row, "offered", main)
    if again:
        asked = [each for each in telling.members(who.receivers) if each.id != actor]
        telling.ring(desk, row, "again", asked, main)
    return describe(desk, row, initiative, who, actor)


def _require_whole(
    key: str, initiative: Initiative, items: list[HandoffItem], *, anyway: bool
) -> None:
    names = tuple(each.name for each in items if each.filled_at is None)
    strict = initiative.tier == STRICTEST_TIER
    if names and (strict or not anyway):
        raise Invalid(key, "strict" if strict else "", "items_open", names)


def _begin(desk: Desk, actor: str, row: Handoff, initiative: Initiative, who: Parties) -> None:
    """Write the offer; what was said when it came back is kept in the ledger only."""
    row.state, row.giver_id, row.offered_at = "offered", actor, desk.now()
    row.visit = desk.books.moves.current_visit_number(row.initiative_id)
    row.answered_at, row.answered_by, row.waited = None, "", None
    row.reason, row.line, row.next_offer = "", "", None
    row.reminded, row.escalation = 0, 0
    row.accept_by = clocks.answer_by(desk, initiative, who)
    desk.books.add(row)


def withdraw(desk: Desk, actor: str, key: str) -> HandoffView:
    """Take a packet back before it is taken; raises Conflict if it was answered meanwhile."""
    row, initiative, who = finding.get(desk, actor, key)
    who.require_giver(actor, key, "withdraw")
    if row.state not in UNANSWERED:
        raise Conflict(key, row.state, finding.handle(desk, row.answered_by))
    drop(desk, actor, row)
    return describe(desk, row, initiative, who, actor)


def drop(desk: Desk, actor: str, row: Handoff) -> None:
    """Withdraw a packet; no rights are asked here: its playbook may know it no more."""
    row.state, row.answered_at, row.answered_by = "withdrawn", desk.now(), actor
    row.accept_by, row.next_offer = None, None
    desk.books.add(row)
    clocks.stop(desk, [row.id])
    telling.write(desk, actor, row, "handoff.withdrawn")
    telling.show(desk, row, "withdrawn")
