"""What people do about moves: propose one, agree or not yet, take the proposal back."""

from collections.abc import Sequence
from datetime import timedelta

from council import initiatives, ledger, outbox, people, rights
from council.cases import routing
from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.handoffs import finding
from council.moves import clocks, going, rules, views
from council.moves.lists import missing
from council.moves.stays import PhaseView
from council.moves.views import NO, YES, MoveView
from council.moves.visits import visit_of
from council.notices import MoveCard
from council.people import LEAD_ROLE, Called, Roster
from council.playbook import MoveKind, Playbook, Transition, transitions_from
from council.tables import Initiative, Move, MoveAnswer
from council.waits import Missing

_STILL = ("archived", "paused", "retired")
_PRESSES = timedelta(minutes=1)  # within these, a second press is not meant as one more move


def ways(desk: Desk, initiative: Initiative) -> tuple[Transition, ...]:
    """Return the ways that lead on from where an initiative is: exactly the playbook's."""
    if initiative.ended_at is not None:
        return ()
    return transitions_from(initiatives.playbook_of(desk, initiative), initiative.phase)


def found(desk: Desk, actor: str, key: str) -> tuple[Initiative, Playbook, Roster]:
    """Return an initiative as this person may know it; raises NotFound for a private one."""
    initiative = initiatives.get(desk, key)
    who = people.roster(desk, initiative)
    if not rights.may_see(initiative, who, actor):
        raise NotFound("initiative", key)
    return initiative, initiatives.playbook_of(desk, initiative), who


def require_open(initiative: Initiative) -> None:
    """Raise Conflict where nothing goes on: paused, retired, archived."""
    if initiative.state in _STILL:
        raise Conflict(initiative.key, initiative.state)


def propose(
    desk: Desk, actor: str, key: str, way: str, reason: str = "", change: str = ""
) -> MoveView | PhaseView:
    """Propose to take a way (its id); it is taken at once if nobody else has to agree.

    Returns the proposal, or the phase that was entered. Raises NotAllowed, NotFound for what is no
    way, Invalid for a change that does not go this way, Conflict if another is proposed, or if the
    way does not begin here.
    """
    initiative, playbook, who = found(desk, actor, key)
    transition = _begins_here(desk, initiative, playbook, way)
    asked = dict.fromkeys((*transition.propose, *transition.decide, LEAD_ROLE))
    rights.require_any(initiative, who, actor, asked, "move")
    require_open(initiative)
    change = _checked(transition, change)
    deciding = actor in {each.member.id for each in who.call(transition.decide)}
    mine = _spoken(transition, who, actor) if deciding else set()
    lacking = missing(desk, initiative, transition)
    if rules.agreed(transition, mine) and not rules.barred(transition, initiative.tier, lacking):
        return going.apply(desk, actor, initiative, transition, reason=reason, change=change)
    other = desk.books.moves.proposed(initiative.id)
    if other is not None and other.transition == way and deciding:
        return answer(desk, actor, views.move_key(other.number), agree=True)
    if other is not None:
        by = people.members(desk, [other.proposed_by])
        raise Conflict(views.move_key(other.number), "proposed", by[0].handle if by else "")
    move = _put(desk, actor, initiative, transition, (reason, change))
    _write_proposal(desk, actor, move, lacking)
    if deciding:
        _say(desk, actor, move, YES, "")
        ledger.append(desk, [going.move_entry(actor, move, "answered", {"answer": YES})])
    return _show(desk, initiative, move)


def _begins_here(desk: Desk, initiative: Initiative, playbook: Playbook, way: str) -> Transition:
    """Return the way of this id; raises NotFound, Conflict if it does not begin here, or just did.

    A second press at once does not mean that a step is begun again twice.
    """
    found = playbook.transitions.get(way)
    if found is None:
        raise NotFound("way", way)
    if found.source != initiative.phase:
        raise Conflict(initiative.key, "moved")
    stay = visit_of(desk, initiative)
    again = found.kind is MoveKind.WITHIN and stay.transition == way
    if again and desk.now() - stay.entered_at < _PRESSES:
        target = playbook.phases[found.target]
        name = target.steps[found.step].name if found.step else target.name
        raise Conflict(initiative.key, "there_already", more=(name,))
    return found


def _write_proposal(desk: Desk, actor: str, move: Move, lacking: Sequence[Missing]) -> None:
    """Write what is proposed, and what was still open then."""
    facts = {"open": going.codes(lacking), "change": move.change}
    texts = {"reason": (move.reason, actor)} if move.reason else {}
    ledger.append(desk, [going.move_entry(actor, move, "proposed", facts, texts)])


def _checked(way: Transition, change: str) -> str:
    """Return the kind of decision that calls for a way: the only one there is, or the one given."""
    if not change:
        return way.choose[0] if len(way.choose) == 1 else ""
    if change not in way.choose:
        raise Invalid("change", change, "not_one_of", way.choose)
    return change


def _spoken(way: Transition, who: Roster, person_id: str) -> set[str]:
    mine = next(each for each in who.call(way.decide) if each.member.id == person_id)
    return {*mine.roles, *(role for role, _ in mine.stands_in)}


def _put(
    desk: Desk, actor: str, initiative: Initiative, way: Transition, why: tuple[str, str]
) -> Move:
    visit = visit_of(desk, initiative)
    move = Move(
        id=desk.ids.new(),
        council_id=desk.council_id,
        number=desk.books.registry.next_number("move"),
        initiative_id=initiative.id,
        visit=visit.number,
        transition=way.id,
        reason=why[0],
        change=why[1],
        proposed_by=actor,
        proposed_at=desk.now(),
    )
    desk.books.add(move)
    return move


def _say(desk: Desk, actor: str, move: Move, said: str, line: str) -> None:
    row = desk.books.moves.answer(move.id, actor) or MoveAnswer(
        move_id=move.id, person_id=actor, council_id=desk.council_id, answer=said, at=desk.now()
    )
    row.answer, row.line, row.at = said, line, desk.now()
    desk.books.add(row)


def _show(desk: Desk, initiative: Initiative, move: Move) -> MoveView:
    """Show a new proposal to those who decide, and set their clocks."""
    view = views.describe(desk, move, initiative)
    waited = view.pending or view.deciders
    others = tuple(each for each in waited if each.member.id != move.proposed_by)
    where = routing.lanes_of_work(desk, initiative, others)
    outbox.put(desk, [(lane, MoveCard(move.id, "proposed")) for lane in where])
    clocks.begin(desk, initiative, move, view)
    _follow_stay(desk, initiative)
    return view


def answer(
    desk: Desk, actor: str, key: str, *, agree: bool, line: str = ""
) -> MoveView | PhaseView:
    """Agree to a proposed move, or say "not yet" with a line of why; the last word counts.

    Returns the proposal, or the phase that was entered. Raises NotFound, NotAllowed, Invalid (no
    line of why), Conflict when it is settled, or was answered so already.
    """
    move, initiative = _settleable(desk, actor, key)
    who = people.roster(desk, initiative)
    way = initiatives.playbook_of(desk, initiative).transitions[move.transition]
    rights.require_any(initiative, who, actor, way.decide, "decide on")
    said, before = YES if agree else NO, desk.books.moves.answer(move.id, actor)
    if not agree and not line.strip():
        raise Invalid("reason", "", "needed")
    again = before is not None and before.answer == said and before.line == line
    if not again:
        _say(desk, actor, move, said, line)
        texts = {"line": (line, actor)} if line else {}
        entry = going.move_entry(actor, move, "answered", {"answer": said}, texts)
        ledger.append(desk, [entry])
    done = settle_if_agreed(desk, actor, initiative)
    if done is not None:
        return done
    if again:
        waits = views.describe(desk, move, initiative).pending
        raise Conflict(key, "agreed" if agree else "answered", _handles(waits))
    going.announce_move(desk, move, "answered")
    _follow_stay(desk, initiative)
    if not agree and move.proposed_by != actor:
        going.reply(desk, initiative, move, "not_yet", [move.proposed_by])
    return views.describe(desk, move, initiative)


def _handles(called: Sequence[Called]) -> str:
    """Return whom it waits for, as refusals name people."""
    return " and @".join(each.member.handle for each in called)


def _follow_stay(desk: Desk, initiative: Initiative) -> None:
    """Bring the phase's card up to date: what has to be done next there is another thing now."""
    going.announce_visit(desk, initiative, visit_of(desk, initiative).number, "worked_on")


def settle_if_agreed(desk: Desk, actor: str, initiative: Initiative) -> PhaseView | None:
    """Take the way that is proposed, if enough people agreed and nothing bars it any more.

    To be called whenever something that was missing is there: an item, a handoff, a person.
    """
    move = desk.books.moves.proposed(initiative.id)
    if move is None or initiative.state in _STILL:
        return None
    way = initiatives.playbook_of(desk, initiative).transitions[move.transition]
    answers = desk.books.moves.answers(move.id)
    who = people.roster(desk, initiative)
    if not rules.agreed(way, views.spoken_for(way, who, answers, YES)):
        return None
    if rules.barred(way, initiative.tier, missing(desk, initiative, way)):
        going.stop_clocks(desk, move)  # nobody's answer is waited for any more
        return None
    return going.apply(
        desk,
        actor,
        initiative,
        way,
        reason=move.reason,
        change=move.change,
        decision_id=move.decision_id,
    )


def after_handoff(desk: Desk, actor: str, key: str) -> None:
    """Let go on what waited for a handoff (`H-12`) that was answered; the cards say what is left.

    A handoff knows nothing of moves, so whoever answers it calls this afterwards.
    """
    _, initiative, _ = finding.get(desk, actor, key)
    _follow(desk, actor, initiative)


def go_on(desk: Desk, actor: str, key: str) -> None:
    """Let go on what waited for a person of an initiative (its key), who has a role there now."""
    _follow(desk, actor, initiatives.get(desk, key))


def _follow(desk: Desk, actor: str, initiative: Initiative) -> None:
    if settle_if_agreed(desk, actor, initiative) is None:
        going.follow_lists(desk, initiative)


def withdraw(desk: Desk, actor: str, key: str) -> MoveView:
    """Take the proposal of an initiative (its key) back: who proposed, who decides, a council lead.

    Raises Conflict where nothing is proposed.
    """
    initiative, playbook, who = found(desk, actor, key)
    move = desk.books.moves.proposed(initiative.id)
    if move is None:
        raise Conflict(initiative.key, "nothing_proposed")
    if actor != move.proposed_by:
        decide = playbook.transitions[move.transition].decide
        rights.require_any(initiative, who, actor, (*decide, LEAD_ROLE), "withdraw a move of")
    going.settle(desk, actor, move, "withdrawn")
    _follow_stay(desk, initiative)
    return views.describe(desk, move, initiative)


def drop(desk: Desk, actor: str, initiative: Initiative) -> None:
    """Withdraw what is proposed for an initiative that goes another way: archived, switched."""
    move = desk.books.moves.proposed(initiative.id)
    if move is not None:
        going.settle(desk, actor, move, "withdrawn")


def _settleable(desk: Desk, actor: str, key: str) -> tuple[Move, Initiative]:
    move, initiative = views.get(desk, key)
    who = people.roster(desk, initiative)
    if not rights.may_see(initiative, who, actor):
        raise NotFound("move", key)
    if move.state != "proposed":
        by = people.members(desk, [move.settled_by])
        raise Conflict(key, f"move_{move.state}", by[0].handle if by else "")
    require_open(initiative)
    return move, initiative
