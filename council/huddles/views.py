"""How a huddle stands: plain facts for cards, the API and the shell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from council import initiatives, people
from council.cases import case_key
from council.cases.views import phase_name
from council.desk import Desk
from council.huddles.brief import Brief, brief
from council.huddles.finding import decision_key, huddle_key
from council.huddles.rules import ALONE, Chosen, options
from council.huddles.seats import Seats, seats
from council.people import LEAD_ROLE, Called, Member
from council.tables import Huddle, HuddleChoice, Initiative


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be decided, what it must state, and whether one may decide it alone."""

    kind: str
    requires: tuple[str, ...]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """What somebody chose in a round, and their line."""

    member: Member
    round: int
    choice: str
    line: str


@dataclass(frozen=True, slots=True)
class HuddleView:
    """Everything a card on a huddle says.

    `chosen` are those who have chosen in this round; `shown` are the choices that may be seen: of
    a round that is over. `last_word` is who is asked now, where the deciders did not agree.
    `by` is who asked for the huddle, None for the council's clock. `serves` says that the phase is
    that of a version in production.
    """

    id: str
    key: str
    initiative: str
    initiative_name: str
    phase_name: str
    case: str
    case_status: str
    severity: str
    signal_class: str
    about: str
    state: str
    round: int
    stage: str
    why: str
    by: Member | None
    convened_at: datetime
    decide_by: datetime | None
    meeting: str
    line: str
    deciders: tuple[Called, ...]
    participants: tuple[Called, ...]
    informed: tuple[Called, ...]
    role_names: Mapping[str, str]
    chosen: tuple[Member, ...]
    shown: tuple[ChoiceView, ...]
    last_word: tuple[Member, ...]
    options: tuple[Option, ...]
    brief: Brief
    decision: str
    decided: str
    serves: bool = False


def describe(
    desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats | None = None
) -> HuddleView:
    """Return how a huddle stands now; of a round that goes on, only who has chosen."""
    at = at or seats(desk, initiative, huddle.signal_class)
    case = desk.books.cases.by_id(huddle.case_id) if huddle.case_id else None
    alone = alone_in(desk, huddle)
    serves = initiatives.in_production(desk, initiative)
    choices = desk.books.huddles.choices(huddle.id)
    over = huddle.round - 1 if huddle.stage == "choosing" else huddle.round
    over = huddle.round if huddle.state == "decided" else over
    known = {each.id: each for each in people.members(desk, [row.person_id for row in choices])}
    decision = desk.books.huddles.decision_of(huddle.id) if huddle.state == "decided" else None
    asker = people.members(desk, [huddle.convened_by]) if huddle.why != "clock" else ()
    return HuddleView(
        id=huddle.id,
        key=huddle_key(huddle.number),
        initiative=initiative.key,
        initiative_name=initiative.name,
        phase_name=(
            phase_name(at.playbook, initiative)
            if case
            else at.playbook.phases[initiative.phase].name
        ),
        serves=bool(case and initiative.serving),
        case=case_key(case.number) if case else "",
        case_status=case.status if case else "",
        severity=case.severity if case else "",
        signal_class=huddle.signal_class,
        about=huddle.about,
        state=huddle.state,
        round=huddle.round,
        stage=huddle.stage,
        why=huddle.why,
        by=next(iter(asker), None),
        convened_at=huddle.convened_at,
        decide_by=huddle.decide_by,
        meeting=huddle.meeting or desk.books.huddles.meeting_of(initiative.id),
        line=huddle.line,
        deciders=at.deciders,
        participants=at.participants,
        informed=at.informed,
        role_names=role_names(at),
        chosen=tuple(
            each.member
            for each in at.deciders
            if any(c.person_id == each.member.id and c.round == huddle.round for c in choices)
        ),
        shown=tuple(
            _choice_view(row, known[row.person_id])
            for row in choices
            if row.round <= over and row.person_id in known
        ),
        last_word=last_word(desk, huddle, at),
        options=tuple(
            Option(each, at.playbook.decisions[each].requires, each in alone)
            for each in options(at.playbook, huddle.signal_class, serves=serves)
        ),
        brief=brief(desk, initiative, at.playbook, case) if huddle.state == "open" else Brief(),
        decision=decision_key(decision.number) if decision else "",
        decided=decision.kind if decision else "",
    )


def last_word(desk: Desk, huddle: Huddle, at: Seats) -> tuple[Member, ...]:
    """Return who is asked where the deciders did not agree; nobody while they still may."""
    if huddle.stage == "choosing":
        return ()
    if huddle.stage == "lead":
        return people.members(desk, [huddle.lead_id])
    return at.roster.acting_leads() or people.members(desk, [huddle.lead_id])


def alone_in(desk: Desk, huddle: Huddle) -> frozenset[str]:
    """Return what one decider may decide alone: not what somebody saw otherwise here before."""
    rows = desk.books.huddles.decisions_about(huddle.case_id, huddle.initiative_id)
    seen_otherwise = {
        row.kind
        for row in rows
        if any(each.get("answer") == "contested" for each in row.deciders.values())
    }
    return ALONE - seen_otherwise


def chosen(rows: list[HuddleChoice]) -> list[Chosen]:
    """Return choices as the rules take them."""
    return [
        Chosen(row.person_id, row.round, row.choice, row.line, dict(row.fields), dict(row.refused))
        for row in rows
    ]


def _choice_view(row: HuddleChoice, member: Member) -> ChoiceView:
    return ChoiceView(member, row.round, row.choice, row.line or row.fields.get("reason", ""))


def role_names(at: Seats) -> dict[str, str]:
    """Return the names of all roles that people sit here for."""
    everybody = (*at.deciders, *at.participants, *at.informed)
    roles = {role for each in everybody for role in each.roles}
    roles |= {role for each in everybody for role, _ in each.stands_in}
    return {role: at.playbook.role(role).name for role in (*sorted(roles), LEAD_ROLE)}
