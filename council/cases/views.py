"""How a case stands: plain facts for cards, the API and the shell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from council import people
from council.cases import clocks, paging
from council.cases.links import Linked, links_of
from council.cases.paging import Page
from council.cases.routing import HANDED, Calling, calling
from council.desk import Desk
from council.errors import Invalid, NotFound
from council.people import Called, Member
from council.playbook import Playbook, clock_for
from council.tables import Case, Condition, Initiative

WORST = 5


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One thing that is, or was, wrong; `value` is the worst of it once it is over.

    It is judged from `enough` samples on.
    """

    feature: str
    metric: str
    value: float | None
    threshold: float | None
    model: str
    version: str
    title: str
    band: str
    firing: bool
    low_evidence: bool
    n_reference: int | None
    n_current: int | None
    links: Mapping[str, str]
    enough: int = 0


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a card on a case says; `page` is whether its severity asks for a page.

    `huddle` is the key of the one that is open on it, `decision` that of the last one, which is
    `decided` as such; it `stands` while the case has not got worse since, and `goes_on` while
    nobody said how it turned out. `serves` says that the phase is that of a version in production,
    while the next one is being made in another.
    """

    id: str
    key: str
    initiative: str
    initiative_name: str
    phase_name: str
    tier: int
    signal_class: str
    severity: str
    band: str
    status: str
    reason: str
    occurrences: int
    opened_at: datetime
    acknowledge_by: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: Member | None
    resolved_at: datetime | None
    resolved_by: Member | None
    outcome: str
    escalation: int
    owners: tuple[Called, ...]
    informed: tuple[Called, ...]
    role_names: Mapping[str, str]
    asked: tuple[str, ...]
    declined: tuple[Member, ...]
    worst: tuple[ConditionView, ...]
    firing: int
    recovered: int
    low_evidence: int
    page: bool
    huddle_by: datetime | None = None
    huddle: str = ""
    decision: str = ""
    decided: str = ""
    stands: bool = False
    goes_on: bool = False
    review: str = ""
    serves: bool = False
    initiative_state: str = "active"
    private: bool = False
    snoozed_until: datetime | None = None
    pages: tuple[Page, ...] = ()
    links: tuple[Linked, ...] = ()
    handed: bool = False


def case_key(number: int) -> str:
    """Return `C-31` for 31."""
    return f"C-{number}"


def case_number(key: str) -> int:
    """Return 31 for `C-31`; raises Invalid for anything else."""
    head, _, number = key.upper().rpartition("-")
    if head != "C" or not number.isdecimal() or len(number) > 9:  # noqa: PLR2004 -- nine digits fit an INTEGER
        raise Invalid("case", key, "case_key")
    return int(number)


def get(desk: Desk, key: str) -> tuple[Case, Initiative]:
    """Return a case and its initiative; raises NotFound."""
    case = desk.books.cases.by_number(case_number(key))
    initiative = desk.books.initiatives.by_id(case.initiative_id) if case else None
    if case is None or initiative is None:
        raise NotFound("case", key)
    return case, initiative


def view(desk: Desk, key: str) -> CaseView:
    """Return how the case of this key stands."""
    return describe(desk, *get(desk, key))


def view_by_id(desk: Desk, case_id: str) -> CaseView | None:
    """Return how the case of this opaque id stands."""
    case = desk.books.cases.by_id(case_id)
    initiative = desk.books.initiatives.by_id(case.initiative_id) if case else None
    return describe(desk, case, initiative) if case and initiative else None


def read_ahead(desk: Desk, case_ids: Sequence[str]) -> None:
    """Read at once what the views of a few cases have in common, where nothing is written."""
    found = desk.books.cases.read_ahead(case_ids) if case_ids else []
    if not found:
        return
    owners = {case.initiative_id for case in found}
    staff = desk.books.initiatives.read_ahead(owners)
    leads = desk.books.people.leads(desk.leads)
    who = {person.id for person in (*staff, *leads)}
    desk.books.people.read_ahead(who)
    desk.books.absences.read_ahead(owners)
    desk.books.absences.spells(who)
    desk.books.huddles.read_ahead([case.id for case in found])
    desk.books.everyday.read_ahead([f"case:{case.id}" for case in found])


def describe(desk: Desk, case: Case, initiative: Initiative) -> CaseView:
    """Return how a case stands now."""
    answers = desk.books.cases.answers(case.id)
    who = calling(desk, initiative, case.signal_class, answers)
    counts = desk.books.cases.counts(case.id)
    huddle = desk.books.huddles.open_on(initiative.id, case.id)
    decision = desk.books.huddles.decided([case.id]).get(case.id)
    asks_for_page = clock_for(who.playbook, case.severity).page
    return CaseView(
        id=case.id,
        key=case_key(case.number),
        initiative=initiative.key,
        initiative_name=initiative.name,
        phase_name=phase_name(who.playbook, initiative),
        tier=initiative.tier,
        signal_class=case.signal_class,
        severity=case.severity,
        band=case.band,
        status=case.status,
        reason=case.reason,
        occurrences=case.occurrences,
        opened_at=case.opened_at,
        acknowledge_by=case.acknowledge_by,
        acknowledged_at=case.acknowledged_at,
        acknowledged_by=_one(desk, case.acknowledged_by),
        resolved_at=case.resolved_at,
        resolved_by=_one(desk, case.resolved_by),
        outcome=case.outcome,
        escalation=case.escalation,
        owners=who.owners,
        informed=who.informed,
        role_names=_role_names(who),
        asked=tuple(person for person, answer in answers.items() if answer == "asked"),
        declined=people.members(
            desk, [person for person, answer in answers.items() if answer == "not_me"]
        ),
        worst=_worst(desk, case, who.playbook),
        firing=counts.get(("firing", False), 0),
        recovered=counts.get(("resolved", False), 0) + counts.get(("resolved", True), 0),
        low_evidence=counts.get(("firing", True), 0),
        page=asks_for_page,
        huddle_by=case.huddle_by,
        huddle=f"R-{huddle.number}" if huddle else "",
        decision=f"D-{decision.number}" if decision else "",
        decided=decision.kind if decision else "",
        stands=clocks.decided(desk, case),
        goes_on=decision is not None and not decision.outcome,
        review=_review(desk, case),
        serves=bool(initiative.serving),
        initiative_state=initiative.state,
        private=initiative.private,
        snoozed_until=case.snoozed_until,
        pages=paging.paged(desk, case.id) if asks_for_page else (),
        links=links_of(desk, f"case:{case.id}"),
        handed=answers.get(case.acknowledged_by or "") == HANDED,
    )


def unsure(desk: Desk, initiative: Initiative, playbook: Playbook) -> tuple[ConditionView, ...]:
    """Return what monitors say by too few samples to be judged, and no open case tells of."""
    told = {case.id for case in desk.books.cases.open_of(initiative.id)}
    found = desk.books.cases.unsure(initiative.id, WORST)
    enough = playbook.evidence.min_samples_per_side
    return tuple(condition_view(row, enough) for row in found if row.case_id not in told)


def _review(desk: Desk, case: Case) -> str:
    """Return the key of the look back at a case that is over; empty if there is none."""
    found = desk.books.huddles.review_of(case.id) if case.status == "resolved" else None
    return f"V-{found.number}" if found else ""


def phase_name(playbook: Playbook, initiative: Initiative) -> str:
    """Return the phase that a case is told of: where a version serves, else where the work is."""
    return playbook.phases[initiative.serving or initiative.phase].name


def _one(desk: Desk, person_id: str | None) -> Member | None:
    found = people.members(desk, [person_id]) if person_id else ()
    return found[0] if found else None


def _role_names(who: Calling) -> Mapping[str, str]:
    roles = (*who.route.notify, *who.route.inform, people.LEAD_ROLE)
    return {role: who.playbook.role(role).name for role in roles}


def _worst(desk: Desk, case: Case, playbook: Playbook) -> tuple[ConditionView, ...]:
    """Return the worst of a case; of what is over, the value that it had when it was worst."""
    rows = desk.books.cases.worst(case.id, WORST)
    over = any(row.state != "firing" for row in rows)
    seen = desk.books.cases.peaks(case.id) if over else {}
    found = []
    for row in rows:
        peak = None if row.state == "firing" else _peak(row, seen.get(row.condition_key))
        found.append(condition_view(row, playbook.evidence.min_samples_per_side, peak))
    return tuple(found)


def _peak(row: Condition, seen: tuple[float, float] | None) -> float | None:
    """Return the worst value of what is over: beyond its limit, or farthest from where it is now.

    None if no value was ever seen.
    """
    if seen is None:
        return None
    least, most = seen
    usual = row.threshold if row.threshold is not None else row.value
    if usual is None:
        return most
    return most if most - usual >= usual - least else least


def condition_view(row: Condition, enough: int = 0, peak: float | None = None) -> ConditionView:
    """Return how a condition stands; `peak` is the worst of one that is over."""
    return ConditionView(
        feature=row.feature,
        metric=row.metric_name,
        value=row.value if peak is None else peak,
        threshold=row.threshold,
        model=row.model_name,
        version=row.model_version,
        title=row.title,
        band=row.band,
        firing=row.state == "firing",
        low_evidence=row.low_evidence,
        n_reference=row.n_reference,
        n_current=row.n_current,
        links=row.links,
        enough=enough,
    )
