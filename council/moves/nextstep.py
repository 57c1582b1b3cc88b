"""What has to be done next so that a phase goes on, and by whom: one thing at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from council import handoffs, initiatives, people
from council.desk import Desk
from council.moves.lists import at_the_door, items, missing
from council.moves.views import MoveView, describe
from council.people import Member
from council.playbook import Transition
from council.tables import Initiative
from council.waits import Missing


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next thing to do.

    `code` is `agree` (to the move `key`), `answer_handoff` (`key`), `close_condition` (`key`),
    `check_off`, `hand_over` (`key` if it is begun) or `move_on`. `people` can do it, each of them;
    to agree, all are asked. `text` is what changes hands, the condition, or where the way leads.
    `to` are those who take a packet.
    """

    code: str
    key: str
    people: tuple[Member, ...]
    text: str = ""
    to: tuple[Member, ...] = ()


def next_step(desk: Desk, initiative: Initiative, onward: Transition | None) -> NextStep | None:
    """Return what has to be done next, on the way `onward` or on one that is proposed.

    None where nothing is asked: it ended, rests or only watches; or all is done where no way leads
    forward.
    """
    if initiative.state != "active" or initiative.ended_at is not None:
        return None
    move = desk.books.moves.proposed(initiative.id)
    if move is not None:
        view = describe(desk, move, initiative)
        way = initiatives.playbook_of(desk, initiative).transitions[move.transition]
        return _to_agree(view) or _supplied(desk, initiative, way, view.missing)
    if onward is not None:
        lacking = missing(desk, initiative, onward)
        return _supplied(desk, initiative, onward, lacking) or _to_move(desk, initiative, onward)
    return _to_check_off(desk, initiative)


def _to_agree(view: MoveView) -> NextStep | None:
    asked = [each.member for each in view.pending]
    asked += [each.member for each in view.answers if not each.yes]
    return NextStep("agree", view.key, tuple(asked), view.target_name) if asked else None


def _to_move(desk: Desk, initiative: Initiative, way: Transition) -> NextStep:
    playbook = initiatives.playbook_of(desk, initiative)
    deciders = people.roster(desk, initiative).call(way.decide)
    name = playbook.phases[way.target].name
    return NextStep("move_on", "", tuple(each.member for each in deciders), name)


def _to_check_off(desk: Desk, initiative: Initiative) -> NextStep | None:
    """Return that somebody checks off, where no way leads forward and something is open."""
    playbook = initiatives.playbook_of(desk, initiative)
    door = at_the_door(items(desk, playbook, initiative), None)
    if all(each.done for each in door):
        return None
    leading = people.roster(desk, initiative).call(playbook.phases[initiative.phase].lead)
    return NextStep("check_off", "", tuple(each.member for each in leading))


def _supplied(
    desk: Desk, initiative: Initiative, way: Transition, lacking: Sequence[Missing]
) -> NextStep | None:
    """Return the first of what is missing that somebody can supply now.

    What others wait for goes first: an offered packet, a condition; then the work, then the packet.
    """
    packet = _packet(desk, initiative, way, lacking)
    if packet is not None and packet.code == "answer_handoff":
        return packet
    if each := next((each for each in lacking if each.code == "condition"), None):
        return NextStep("close_condition", each.key, each.people, each.text)
    if each := next((each for each in lacking if each.code == "item"), None):
        return NextStep("check_off", "", each.people)
    return packet


def _packet(
    desk: Desk, initiative: Initiative, way: Transition, lacking: Sequence[Missing]
) -> NextStep | None:
    open_one = next((each for each in lacking if each.code == "handoff"), None)
    if open_one is None or not way.handoff:
        return None
    row = handoffs.on_its_way(desk, initiative, way.handoff)
    takers = handoffs.parties(desk, initiative, way.handoff).receivers
    key = handoffs.handoff_key(row.number) if row else ""
    to = tuple(each.member for each in takers)
    given = NextStep("hand_over", key, open_one.people, open_one.text, to)
    offered = row is not None and row.state == "offered"
    return replace(given, code="answer_handoff", people=to) if offered else given
