"""An initiative changes its phase: one stay ends, the next begins, and everybody can see it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from council import agenda, changes, handoffs, initiatives, ledger, outbox
from council.cases import routing
from council.desk import Desk
from council.errors import Conflict
from council.moves import rules, views
from council.moves.lists import missing
from council.moves.stays import PhaseView, describe_visit
from council.moves.visits import visit_of
from council.notices import Audience, MoveCard, MoveReply, Notice, VisitCard
from council.playbook import MoveKind, Playbook, Transition, first_step, transition_for
from council.tables import Initiative, Move, Visit
from council.waits import Missing

REMIND, ESCALATE = "move.remind", "move.escalate"
COUNCIL = "council"


def way_for(desk: Desk, initiative: Initiative, decision_kind: str) -> Transition | None:
    """Return the way that a decision of this kind takes from where an initiative is, if any."""
    playbook = initiatives.playbook_of(desk, initiative)
    return transition_for(playbook, initiative.phase, decision_kind)


def apply(  # noqa: PLR0913 -- why it moves is told in three ways, none of them needed
    desk: Desk,
    actor: str,
    initiative: Initiative,
    transition: Transition,
    *,
    reason: str = "",
    change: str = "",
    decision_id: str = "",
) -> PhaseView:
    """Take a way: no rights and no lists are asked here, whoever calls has done so.

    `change` is the kind of decision that it follows, `reason` is in people's own words. A proposed
    move for the same way is done with it, one that no longer fits is withdrawn. What is open then
    is noted. Raises Conflict where the way does not begin in the present phase.
    """
    if initiative.phase != transition.source or initiative.ended_at is not None:
        raise Conflict(initiative.key, "moved")
    playbook = initiatives.playbook_of(desk, initiative)
    visit, proposed = visit_of(desk, initiative), desk.books.moves.proposed(initiative.id)
    settled = proposed if proposed and proposed.transition == transition.id else None
    before = {
        "phase": initiative.phase,
        "step": initiative.step,
        "state": initiative.state,
        "serving": initiative.serving,
        "visit": visit.number,
        "move": settled.id if settled else "",
    }
    lacking = missing(desk, initiative, transition)
    entered = _enter(desk, playbook, initiative, visit, transition, change)
    why = (reason, change, decision_id)
    ledger.append(
        desk,
        [
            _left(actor, initiative, visit, transition, lacking),
            _entered(actor, initiative, entered, transition, why),
        ],
    )
    if settled:
        settle(desk, actor, settled, "done")
    if proposed and proposed is not settled and transition.target != transition.source:
        settle(desk, actor, proposed, "withdrawn")
    if transition.kind is MoveKind.END:  # rooms above have clocks of their own there
        for row in desk.books.handoffs.unanswered([initiative.id]):
            handoffs.drop(desk, actor, row)
        agenda.schedule(desk, [agenda.Due(initiatives.OVER, initiative.id, desk.now())])
    _announce(desk, actor, initiative, visit, entered)
    if not decision_id:  # what was decided together is not taken back by one
        changes.note(desk, actor, "phase.entered", f"initiative:{initiative.id}", before)
    view = describe_visit(desk, initiative, compare=True)
    return replace(view, left_open=tuple(codes(lacking)))


def _enter(
    desk: Desk,
    playbook: Playbook,
    initiative: Initiative,
    visit: Visit,
    way: Transition,
    change: str,
) -> Visit:
    target, now = playbook.phases[way.target], desk.now()
    begins = first_step(target)
    initiative.serving = rules.serving_after(playbook, way, initiative.serving)
    initiative.phase = target.id
    initiative.step = way.step or (begins.id if begins else "")
    if way.kind is MoveKind.END:
        initiative.state, initiative.ended_at = "retired", now
    desk.books.add(initiative)
    visit.left_at = now
    desk.books.add(visit)
    entered = Visit(
        initiative_id=initiative.id,
        number=visit.number + 1,
        council_id=desk.council_id,
        phase=target.id,
        playbook=playbook.id,
        playbook_version=playbook.version,
        kind=str(way.kind),
        transition=way.id,
        reason=change,
        entered_at=now,
    )
    desk.books.add(entered)
    return entered


def _left(
    actor: str, initiative: Initiative, visit: Visit, way: Transition, lacking: Sequence[Missing]
) -> ledger.Entry:
    """Return what the ledger says of a stay that is over, and of what was open when it ended."""
    facts = {
        **_of_way(initiative, way),
        "phase": visit.phase,
        "visit": visit.number,
        "open": codes(lacking),
    }
    return ledger.Entry("phase.left", actor, f"initiative:{initiative.id}", facts)


def _entered(
    actor: str,
    initiative: Initiative,
    visit: Visit,
    way: Transition,
    why: tuple[str, str, str],
) -> ledger.Entry:
    reason, change, decision_id = why
    facts = {
        **_of_way(initiative, way),
        "phase": visit.phase,
        "step": initiative.step,
        "visit": visit.number,
        "serving": initiative.serving,
        "state": initiative.state,
        "reason": change,
    }
    if decision_id:
        facts["decision"] = decision_id
    texts = {"reason": (reason, actor)} if reason else {}
    return ledger.Entry("phase.entered", actor, f"initiative:{initiative.id}", facts, texts)


def _of_way(initiative: Initiative, way: Transition) -> dict[str, Any]:
    return {"initiative": initiative.id, "kind": str(way.kind), "transition": way.id}


def codes(lacking: Sequence[Missing]) -> list[str]:
    """Return what is missing as the ledger notes it: `item:exit:o1`."""
    return [f"{each.code}:{each.key}" for each in lacking]


def settle(desk: Desk, actor: str, move: Move, state: str) -> None:
    """End a proposed move as `done` or `withdrawn`: its clocks stop, its cards say so."""
    move.state, move.settled_at, move.settled_by = state, desk.now(), actor
    desk.books.add(move)
    stop_clocks(desk, move)
    ledger.append(desk, [move_entry(actor, move, state)])
    announce_move(desk, move, state)


def stop_clocks(desk: Desk, move: Move) -> None:
    """Take everything that is due about a move off the agenda."""
    for kind in (REMIND, ESCALATE):
        agenda.cancel(desk, kind, [move.id])


def move_entry(
    actor: str,
    move: Move,
    kind: str,
    facts: Mapping[str, Any] | None = None,
    texts: Mapping[str, tuple[str, str]] | None = None,
) -> ledger.Entry:
    """Return what the ledger says of a move: what became of it, and where it stands now."""
    common = {
        "initiative": move.initiative_id,
        "number": move.number,
        "transition": move.transition,
        "state": move.state,
    }
    return ledger.Entry(
        f"move.{kind}", actor, f"move:{move.id}", {**common, **(facts or {})}, texts or {}
    )


def announce_move(desk: Desk, move: Move, change: str) -> None:
    """Bring every card on a move up to date, wherever it was shown."""
    told = desk.books.outbox.told([f"move:{move.id}"])
    outbox.put(
        desk,
        [
            (lane, MoveCard(move.id, change, Audience(audience)))
            for lane, _, audience in sorted(told)
        ],
    )


def announce_visit(desk: Desk, initiative: Initiative, number: int, change: str) -> None:
    """Bring the cards on a stay up to date, wherever it was shown."""
    where = initiatives.shown_in(desk, initiative, number)
    outbox.put(desk, [(lane, VisitCard(initiative.id, number, change)) for lane in where])


def follow_lists(desk: Desk, initiative: Initiative) -> None:
    """Bring the cards on the present stay, and on what is proposed, up to date with its lists."""
    announce_visit(desk, initiative, visit_of(desk, initiative).number, "worked_on")
    if move := desk.books.moves.proposed(initiative.id):
        announce_move(desk, move, "changed")


def reply(desk: Desk, initiative: Initiative, move: Move, why: str, ring: Sequence[str]) -> None:
    """Say in the thread of a move's card what these people must act on anew."""
    view = views.describe(desk, move, initiative)
    notices: list[tuple[str, Notice]] = [
        (lane, MoveReply(move.id, why, tuple(ring)))
        for lane in routing.lanes_of_work(desk, initiative, view.deciders)
        if not lane.startswith("person:") or lane.removeprefix("person:") in ring
    ]
    outbox.put(desk, notices if ring else [])


def welcome(desk: Desk, initiative: Initiative) -> None:
    """Show in an initiative's own channel where it stands, when it comes to live there."""
    if initiative.channel and initiative.state == "active":
        number = visit_of(desk, initiative).number
        outbox.put(desk, [(initiative.channel, VisitCard(initiative.id, number, "entered"))])


def _announce(desk: Desk, actor: str, initiative: Initiative, left: Visit, entered: Visit) -> None:
    """Show the new stay where the initiative lives; whoever leads there is called, if not here."""
    announce_visit(desk, initiative, left.number, "left")
    handoffs.stay_ended(desk, initiative, left.number)
    view = describe_visit(desk, initiative, entered)
    leading = [] if initiative.ended_at else [each.member.id for each in view.leads]
    ring = tuple(one for one in leading if one != actor)
    others = tuple(each for each in view.leads if each.member.id != actor)
    where = routing.lanes_of_work(desk, initiative, others)
    notice = VisitCard(initiative.id, entered.number, "entered", ring)
    outbox.put(desk, [(lane, notice) for lane in where if lane != outbox.NOBODY or not leading])
