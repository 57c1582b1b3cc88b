"""How a proposed move stands: plain facts for cards and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from council import initiatives, people
from council.cases.views import case_number
from council.desk import Desk
from council.errors import Invalid, NotFound
from council.moves import noted, rules
from council.moves.lists import missing
from council.people import Called, Member, Roster
from council.playbook import Playbook, Transition
from council.tables import Initiative, Move, MoveAnswer
from council.waits import Missing, Waiting

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a decider said to a move, with a line of why."""

    member: Member
    yes: bool
    line: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """Everything a card on a move says; `pending` are those whose answer is still needed.

    `informed` hear of it and have nothing to do. `left_open` is what was open when it was done.
    """

    id: str
    key: str
    state: str
    initiative: str
    initiative_name: str
    tier: int
    kind: str
    transition: str
    source_name: str
    target_name: str
    step_name: str
    trigger: str
    change: str
    reason: str
    proposed_by: Member | None
    proposed_at: datetime
    answers: tuple[Answer, ...]
    pending: tuple[Called, ...]
    deciders: tuple[Called, ...]
    missing: tuple[Missing, ...]
    left_open: tuple[str, ...]
    informed: tuple[Member, ...]
    settled_at: datetime | None
    settled_by: Member | None
    role_names: Mapping[str, str]
    leads: tuple[Member, ...]


def move_key(number: int) -> str:
    """Return `M-3` for 3."""
    return f"M-{number}"


def get(desk: Desk, key: str) -> tuple[Move, Initiative]:
    """Return a proposed move and its initiative; raises NotFound."""
    head, _, number = key.upper().partition("-")
    try:
        found = desk.books.moves.by_number(case_number(f"C-{number}")) if head == "M" else None
    except Invalid:
        found = None
    initiative = desk.books.initiatives.by_id(found.initiative_id) if found else None
    if found is None or initiative is None:
        raise NotFound("move", key)
    return found, initiative


def spoken_for(way: Transition, who: Roster, answers: list[MoveAnswer], said: str) -> set[str]:
    """Return the deciding roles for which somebody gave this answer, as roles are held now."""
    persons = {each.person_id for each in answers if each.answer == said}
    return {
        role
        for each in who.call(way.decide)
        if each.member.id in persons
        for role in (*each.roles, *(role for role, _ in each.stands_in))
    }


def pending(way: Transition, who: Roster, answers: list[MoveAnswer]) -> tuple[Called, ...]:
    """Return whose answer is still needed: each person once, with every role they speak for."""
    agreed = spoken_for(way, who, answers, YES)
    refused = spoken_for(way, who, answers, NO)
    roles = [role for role in rules.unspoken(way, agreed) if role not in refused]
    said = {each.person_id for each in answers}
    return tuple(each for each in who.call(roles) if each.member.id not in said)


def playbook_of(desk: Desk, move: Move, initiative: Initiative) -> Playbook:
    """Return the playbook under which a move was proposed, and whose words it is told in."""
    visit = desk.books.moves.visit(initiative.id, move.visit)
    return initiatives.playbook_then(desk, initiative, visit)


def describe(desk: Desk, move: Move, initiative: Initiative) -> MoveView:
    """Return how a move stands now."""
    playbook = playbook_of(desk, move, initiative)
    way, who = playbook.transitions[move.transition], people.roster(desk, initiative)
    answers = desk.books.moves.answers(move.id)
    persons = [move.proposed_by, move.settled_by, *(each.person_id for each in answers)]
    known = {each.id: each for each in people.members(desk, [one for one in persons if one])}
    open_now = move.state == "proposed"
    lacking = missing(desk, initiative, way) if open_now else ()
    target = playbook.phases[way.target]
    deciders = who.call(way.decide)
    decides = {each.member.id for each in deciders}
    return MoveView(
        id=move.id,
        key=move_key(move.number),
        state=move.state,
        initiative=initiative.key,
        initiative_name=initiative.name,
        tier=initiative.tier,
        kind=str(way.kind),
        transition=way.id,
        source_name=playbook.phases[way.source].name,
        target_name=target.name,
        step_name=target.steps[way.step].name if way.step else "",
        trigger=way.trigger,
        change=move.change,
        reason=move.reason,
        proposed_by=known.get(move.proposed_by),
        proposed_at=move.proposed_at,
        answers=tuple(
            Answer(known[each.person_id], each.answer == YES, each.line)
            for each in answers
            if each.person_id in known
        ),
        pending=pending(way, who, answers) if open_now else (),
        deciders=deciders,
        missing=lacking,
        left_open=_left_open(desk, move),
        informed=tuple(m for m in holders(who, way.inform) if m.id not in decides),
        settled_at=move.settled_at,
        settled_by=known.get(move.settled_by),
        role_names={role: playbook.role(role).name for role in (*way.decide, people.LEAD_ROLE)},
        leads=who.leads,
    )


def _left_open(desk: Desk, move: Move) -> tuple[str, ...]:
    done = move.state == "done"
    return noted.left_open(desk, move.initiative_id, move.visit) if done else ()


def holders(who: Roster, roles: tuple[str, ...]) -> tuple[Member, ...]:
    """Return whoever holds any of these roles, each person once."""
    return tuple({m.id: m for role in roles for m in who.holders(role)}.values())


def waiting(desk: Desk, initiative: Initiative) -> tuple[Waiting, ...]:
    """Return the move that waits for answers on an initiative, if one does."""
    move = desk.books.moves.proposed(initiative.id)
    if move is None:
        return ()
    view = describe(desk, move, initiative)
    asked = tuple(each.member for each in view.pending)
    asked += tuple(each.member for each in view.answers if not each.yes)
    if not asked:  # everybody agrees; what is still open is told elsewhere
        return ()
    return (Waiting("answer_move", view.key, initiative.key, view.target_name, asked),)


def open_of(desk: Desk, person_id: str) -> tuple[Waiting, ...]:
    """Return the moves, on whatever initiative, that wait for one person's answer."""
    mine = {one.id: one for one, _ in people.parts_of(desk, person_id)}
    if people.is_lead(desk, person_id):  # who stands in where nobody holds the role
        proposed = desk.books.moves.all_proposed()
    else:
        proposed = desk.books.moves.proposed_on(mine)
    where = mine | desk.books.initiatives.by_ids(move.initiative_id for move in proposed)
    found = (each for move in proposed for each in waiting(desk, where[move.initiative_id]))
    return tuple(each for each in found if any(one.id == person_id for one in each.people))
