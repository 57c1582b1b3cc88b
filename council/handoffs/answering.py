"""What those who take a packet say to it: yes, or yes on conditions."""

from collections.abc import Sequence

from council.cases.routing import lanes_of_work
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.handoffs import clocks, conditions, filling, finding, telling
from council.handoffs.parties import Parties
from council.handoffs.views import HandoffView, describe, next_in_line
from council.people import members
from council.tables import Handoff, Initiative

_WAITS = ("draft", "offered")


def accept(desk: Desk, actor: str, key: str, said: Sequence[str] = ()) -> HandoffView:
    """Take an offered packet; each condition may end in ` @handle`, its owner, else it is mine.

    Raises Conflict if it is not offered (any more), NotAllowed, NotFound for an unknown owner,
    Invalid for a condition without a text, or for a packet that the actor offered without having
    the receiving role as well.
    """
    row, initiative, who = offered(desk, actor, key, "accept")
    read = [conditions.read(desk, actor, each) for each in said]
    answer(desk, actor, row, who, "accepted_with_conditions" if read else "accepted")
    row.visit = desk.books.moves.current_visit_number(row.initiative_id)
    conditions.keep(desk, actor, row, read)
    facts = {"conditions": {str(number): each.owner for number, each in enumerate(read, 1)}}
    texts = {f"condition:{number}": (each.text, actor) for number, each in enumerate(read, 1)}
    telling.write(desk, actor, row, f"handoff.{row.state}", facts, texts)
    conditions.start(desk, row, initiative, who)
    main = lanes_of_work(desk, initiative, who.receivers)
    giver = _giver_apart(row, main, actor)
    owners = members(desk, [each.owner for each in read if each.owner not in {actor, *giver}])
    telling.show(desk, row, row.state, giver=giver)
    telling.call(desk, row, initiative, "conditions", owners, main)
    return describe(desk, row, initiative, who, actor)


def _giver_apart(row: Handoff, main: tuple[str, ...], actor: str) -> tuple[str, ...]:
    """Return the giver, if they do not read along where the card stands."""
    direct = all(lane.startswith("person:") for lane in main)
    apart = direct and row.giver_id != actor and f"person:{row.giver_id}" not in main
    return (row.giver_id,) if apart else ()


def answerable(desk: Desk, actor: str, key: str) -> HandoffView:
    """Return a handoff that the actor may answer now; raises as `accept` does if they may not."""
    row, initiative, who = offered(desk, actor, key, "decline")
    return describe(desk, row, initiative, who, actor)


def offered(desk: Desk, actor: str, key: str, deed: str) -> tuple[Handoff, Initiative, Parties]:
    """Return a handoff that the actor may answer now; raises as `accept` does if they may not."""
    row, initiative, who = finding.get(desk, actor, key)
    if row.state not in _WAITS:
        raise Conflict(key, row.state, finding.handle(desk, row.answered_by))
    if not _asked_last(desk, actor, row, who):
        who.require_receiver(actor, key, deed)
    if row.state == "draft":
        raise Conflict(key, "not_offered")
    filling.require_live(initiative)
    if row.giver_id == actor and not who.holds(actor, who.definition.receiver):
        role = who.playbook.role(who.definition.receiver).name
        raise Invalid(key, role, "own_packet")
    return row, initiative, who


def _asked_last(desk: Desk, actor: str, row: Handoff, who: Parties) -> bool:
    """Whether an offer came to the actor because nobody else answered."""
    asked = next_in_line(desk, row, who) if row.escalation else ()
    return any(each.id == actor for each in asked)


def answer(desk: Desk, actor: str, row: Handoff, who: Parties, state: str) -> None:
    """Write that an offer was answered, by whom and after how long; its clock stops."""
    row.waited = clocks.waited(desk, row, who)
    row.state, row.answered_at, row.answered_by = state, desk.now(), actor
    row.accept_by = None
    desk.books.add(row)
    clocks.stop(desk, [row.id])
