"""The way that a packet opens, and whether the stay for which it was made goes on."""

from council.desk import Desk
from council.handoffs.parties import Parties
from council.playbook import Transition
from council.store.handoffs import TAKEN
from council.tables import Handoff, Initiative


def way_of(who: Parties, phase: str) -> Transition | None:
    """Return the way that needs this handoff, that from `phase` if several do; None if none."""
    needing = [
        each for each in who.playbook.transitions.values() if each.handoff == who.definition.id
    ]
    from_here = (each for each in needing if each.source == phase)
    return next(from_here, needing[0] if needing else None)


def is_present(desk: Desk, row: Handoff) -> bool:
    """Whether the stay in which a packet was offered, or taken, goes on."""
    return row.visit == desk.books.moves.current_visit_number(row.initiative_id)


def gone_on(desk: Desk, row: Handoff, initiative: Initiative, who: Parties) -> bool:
    """Whether the initiative went on, so that no way waits for this packet any more.

    An offer still counts when the phase that it leads on from has come again.
    """
    way = way_of(who, initiative.phase)
    if way is None:
        return False
    elsewhere, over = initiative.phase != way.source, not is_present(desk, row)
    return (over or elsewhere) if row.state in TAKEN else (over and elsewhere)


def has_begun(desk: Desk, row: Handoff, way: Transition) -> bool:
    """Whether the phase to which a packet opened the way was entered by that way, right after."""
    after = desk.books.moves.visit(row.initiative_id, row.visit + 1)
    return row.state in TAKEN and after is not None and after.transition == way.id
