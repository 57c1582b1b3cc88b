"""What has to be done next so that a phase goes on, and by whom: one thing at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from council import handoffs, initiatives, people
from council.desk import Desk
from council.moves.lists import at_the_door, items, missing
from council.moves.views import MoveView, describe
from council.people import Called, Member, Roster
from council.playbook import Phase, Relation, Transition, relations
from council.signal import DEFAULT_CLASS
from council.tables import Initiative
from council.waits import Missing


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next thing to do.

    `code` is `fill_role` (the role `text`), `agree` (to the move `key`), `answer_line` (of `to`,
    who said not yet to the move `key`), `answer_handoff` (`key`), `close_condition` (`key`),
    `check_off`, `hand_over` (`key` if it is begun), `move_on` (to the phase `key`) or `runs`:
    nothing, while monitors call these people. `people` can do it, each of them; to agree, all are
    asked. `text` is what changes hands, the condition, or where the way leads. `to` are those who
    take a packet.

    To check off, `text` is the first open item (`key`) and `to` can supply it; `people` work at the
    present step, `doing`, if there is one.
    """

    code: str
    key: str
    people: tuple[Member, ...]
    text: str = ""
    to: tuple[Member, ...] = ()
    doing: str = ""


def next_step(desk: Desk, initiative: Initiative, onward: Transition | None) -> NextStep | None:
    """Return what has to be done next, on the way `onward` or on one that is proposed.

    None where nothing is asked: it ended, rests or only watches; or all is done where no way leads
    forward and nothing serves.
    """
    phase = initiatives.phase_of(desk, initiative)
    if initiative.state != "active" or initiative.ended_at is not None or phase.terminal:
        return None
    who = people.roster(desk, initiative)
    move = desk.books.moves.proposed(initiative.id)
    if move is not None:
        view = describe(desk, move, initiative)
        way = initiatives.playbook_of(desk, initiative).transitions[move.transition]
        return _to_agree(view) or _supplied(desk, initiative, way, view.missing)
    if vacant := _to_fill(desk, initiative, phase, who):
        return vacant
    if onward is not None:
        lacking = missing(desk, initiative, onward)
        return _supplied(desk, initiative, onward, lacking) or _to_move(desk, initiative, onward)
    return _to_check_off(desk, initiative) or _running(desk, initiative, phase, who)


def _to_fill(desk: Desk, initiative: Initiative, phase: Phase, who: Roster) -> NextStep | None:
    """Return that somebody is named for a role that leads here; others do not hold the work up."""
    playbook = initiatives.playbook_of(desk, initiative)
    step = phase.steps.get(initiative.step)
    leading = (*phase.lead, *(step.lead if step else ()))
    vacant = next((role for role in leading if not who.holders(role)), None)
    if vacant is None:
        return None
    return NextStep("fill_role", vacant, who.acting_leads(), playbook.role(vacant).name)


def _to_agree(view: MoveView) -> NextStep | None:
    """Return who is to answer; once all have, the proposer answers those who said not yet."""
    if view.pending:
        asked = tuple(each.member for each in view.pending)
        return NextStep("agree", view.key, asked, view.target_name)
    doubting = tuple(each.member for each in view.answers if not each.yes)
    if not doubting:
        return None
    proposer = (view.proposed_by,) if view.proposed_by else view.leads
    return NextStep("answer_line", view.key, proposer, view.target_name, doubting)


def _to_move(desk: Desk, initiative: Initiative, way: Transition) -> NextStep:
    playbook = initiatives.playbook_of(desk, initiative)
    deciders = people.roster(desk, initiative).call(way.decide)
    name = playbook.phases[way.target].name
    return NextStep("move_on", way.target, tuple(each.member for each in deciders), name)


def _to_check_off(desk: Desk, initiative: Initiative) -> NextStep | None:
    """Return what is checked off first, where no way leads forward and something is open."""
    playbook = initiatives.playbook_of(desk, initiative)
    door = at_the_door(items(desk, playbook, initiative), None)
    first = next((each for each in door if not each.done), None)
    if first is None:
        return None
    leading = people.roster(desk, initiative).call(playbook.phases[initiative.phase].lead)
    able = first.by or _members(leading)
    return _work(desk, initiative, first.key, first.text, able)


def _work(
    desk: Desk, initiative: Initiative, key: str, text: str, able: tuple[Member, ...]
) -> NextStep:
    """Return the work at the present step, and what is checked off first."""
    playbook = initiatives.playbook_of(desk, initiative)
    step = playbook.phases[initiative.phase].steps.get(initiative.step)
    if step is None:
        return NextStep("check_off", key, able, text, able)
    leading = relations(playbook, initiative.phase, step.id).get(Relation.LEAD, ())
    at_work = _members(people.roster(desk, initiative).call(leading))
    return NextStep("check_off", key, at_work or able, text, able, step.name)


def _running(desk: Desk, initiative: Initiative, phase: Phase, who: Roster) -> NextStep | None:
    """Return whom monitors call, where a model serves and all is done."""
    if not phase.production:
        return None
    route = initiatives.playbook_of(desk, initiative).routes.get(DEFAULT_CLASS)
    return NextStep("runs", "", _members(who.call(route.notify if route else ())))


def _members(called: Iterable[Called]) -> tuple[Member, ...]:
    return tuple(each.member for each in called)


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
        return _work(desk, initiative, each.key, each.text, each.people)
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
