"""How a decision and a review stand: plain facts for cards, the API and the shell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from council import initiatives, people
from council.cases import ConditionView, case_key
from council.cases.views import condition_view
from council.desk import Desk
from council.huddles.finding import OVER, decision_key, huddle_key, review_key
from council.huddles.views import ChoiceView
from council.people import LEAD_ROLE, Member
from council.tables import Case, Decision, Initiative, Review


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a decision took its initiative; `stays` says that production serves on meanwhile."""

    source: int
    target: int
    source_name: str
    target_name: str
    loops: int
    stays: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Everything a card on a decision says.

    `to_confirm` are those who were not asked before it took effect and have not answered,
    `contested` those who see it otherwise, `silent` those who let it stand. `owner_busy` says that
    whoever does it has not said that it is done; `done` is their line. `again` is what a huddle
    would be about that looks at it anew (a case, else the initiative; empty: nothing). `moved`
    holds the phase before and after with their places in the order, and the number of loops; None
    if nothing moved. `latest` is the worst condition of the case as it is now, last seen at
    `seen_at`. `version` is the one in production then.
    """

    id: str
    key: str
    initiative: str
    initiative_name: str
    huddle: str
    case: str
    signal_class: str
    kind: str
    how: str
    fields: Mapping[str, str]
    deciders: tuple[Member, ...]
    refused: Mapping[str, str]
    dissent: tuple[ChoiceView, ...]
    decided_at: datetime
    to_confirm: tuple[Member, ...]
    confirm_by: datetime | None
    contested: tuple[Member, ...]
    silent: tuple[Member, ...]
    check_at: datetime | None
    asked: bool
    outcome: str
    outcome_by: Member | None
    note: str
    moved: Moved | None
    proposed: str
    version: str
    latest: ConditionView | None
    seen_at: datetime | None
    owner: Member | None
    owner_busy: bool
    done_at: datetime | None
    done: str
    again: str
    sponsor: Member | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Everything a card on a review says."""

    id: str
    key: str
    initiative: str
    initiative_name: str
    case: str
    signal_class: str
    severity: str
    length_minutes: int
    decision: str
    why: str
    times: int
    state: str
    due_at: datetime
    asked: tuple[Member, ...]
    done_by: Member | None
    learnt: str
    link: str


def describe_decision(desk: Desk, row: Decision, initiative: Initiative) -> DecisionView:
    """Return how a decision stands now."""
    huddle = desk.books.huddles.by_id(row.huddle_id) if row.huddle_id else None
    case = desk.books.cases.by_id(row.case_id) if row.case_id else None
    ids = [*row.deciders, *row.dissent, row.outcome_by, row.owner_id]
    ids.append(row.fields.get("approval_sponsor", ""))
    known = {each.id: each for each in people.members(desk, [each for each in ids if each])}
    worst = desk.books.cases.worst(case.id, 1) if case else []
    answers = {person: facts.get("answer", "") for person, facts in row.deciders.items()}
    return DecisionView(
        id=row.id,
        key=decision_key(row.number),
        initiative=initiative.key,
        initiative_name=initiative.name,
        huddle=huddle_key(huddle.number) if huddle else "",
        case=case_key(case.number) if case else "",
        signal_class=row.signal_class,
        kind=row.kind,
        how=row.how,
        fields=row.fields,
        deciders=tuple(known[each] for each in row.deciders if each in known),
        refused=row.refused,
        dissent=tuple(
            ChoiceView(known[person], 0, facts["choice"], facts["line"])
            for person, facts in row.dissent.items()
            if person in known
        ),
        decided_at=row.decided_at,
        to_confirm=tuple(known[one] for one, said in answers.items() if said == "asked"),
        confirm_by=row.confirm_by,
        contested=tuple(known[one] for one, said in answers.items() if said == "contested"),
        silent=tuple(known[one] for one, said in answers.items() if said == "silent"),
        check_at=row.check_at,
        asked=row.asked_at is not None,
        outcome=row.outcome,
        outcome_by=known.get(row.outcome_by),
        note=row.note,
        moved=_moved(desk, row, initiative),
        proposed=str(row.record.get("proposed", "")),
        version=str(row.record.get("serves", "")),
        latest=condition_view(worst[0]) if worst else None,
        seen_at=worst[0].last_seen_at if worst else None,
        owner=known.get(row.owner_id),
        owner_busy=owner_busy(row, case),
        done_at=row.done_at,
        done=str(row.record.get("done", "")),
        again=about_again(initiative, case),
        sponsor=known.get(row.fields.get("approval_sponsor", "")),
    )


def owner_busy(row: Decision, case: Case | None) -> bool:
    """Whether somebody was named who has still to do what was decided."""
    over = bool(row.outcome or row.done_at) or (case is not None and case.status == "resolved")
    return bool(row.owner_id) and not over


def about_again(initiative: Initiative, case: Case | None) -> str:
    """Return what a new huddle would be about: the case while it is open; empty if none can be."""
    if initiative.state in OVER:
        return ""
    return case_key(case.number) if case and case.status != "resolved" else initiative.key


def _moved(desk: Desk, row: Decision, initiative: Initiative) -> Moved | None:
    """Return which way was taken by it, in the words of the playbook of then."""
    stays = desk.books.moves.visits(initiative.id) if row.transition else []
    fits = (each for each in stays if each.transition == row.transition)
    visit = next((each for each in fits if each.entered_at >= row.decided_at), None)
    playbook = initiatives.playbook_then(desk, initiative, visit)
    way = playbook.transitions.get(row.transition)
    if way is None:
        return None
    source, target = playbook.phases[way.source], playbook.phases[way.target]
    loops = int(row.record.get("loops", 0))
    return Moved(source.order, target.order, source.name, target.name, loops, way.keep_production)


def describe_review(desk: Desk, row: Review, initiative: Initiative) -> ReviewView:
    """Return how a review stands now."""
    case = desk.books.cases.by_id(row.case_id)
    done_by = people.members(desk, [row.done_by]) if row.done_by else ()
    decided = desk.books.huddles.decided([row.case_id]).get(row.case_id)
    ended = (case.resolved_at or row.opened_at) if case else row.opened_at
    length = ended - case.opened_at if case else ended - ended
    return ReviewView(
        id=row.id,
        key=review_key(row.number),
        initiative=initiative.key,
        initiative_name=initiative.name,
        case=case_key(case.number) if case else "",
        signal_class=case.signal_class if case else "",
        severity=case.severity if case else "",
        length_minutes=int(length.total_seconds() // 60),
        decision=decided.kind if decided else "",
        why=row.why,
        times=row.times,
        state=row.state,
        due_at=row.due_at,
        asked=reviewers(desk, initiative, row),
        done_by=next(iter(done_by), None),
        learnt=row.learnt,
        link=row.link,
    )


def reviewers(desk: Desk, initiative: Initiative, row: Review) -> tuple[Member, ...]:
    """Return who looks back: those who were asked and are still here, else who would be now."""
    known = desk.books.people.by_ids(row.asked)
    here = [each for each in row.asked if each in known and not known[each].left_at]
    return people.members(desk, here) or leading(desk, initiative)


def leading(desk: Desk, initiative: Initiative) -> tuple[Member, ...]:
    """Return whoever leads the phase, else the council lead."""
    playbook = initiatives.playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    roles = playbook.phases[initiative.phase].lead or (LEAD_ROLE,)
    return tuple(each.member for each in who.call(roles))
