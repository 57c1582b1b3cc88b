"""A choice becomes a decision: recorded with everything it rests on, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from council import agenda, calendar, initiatives, ledger, moves, people
from council.cases import clocks as case_clocks
from council.cases import follow
from council.cases.routing import runs
from council.desk import Desk
from council.errors import CouncilError
from council.huddles import checks, clocks, rules, telling
from council.huddles.brief import Brief, brief
from council.huddles.rules import Chosen
from council.huddles.seats import Seats
from council.huddles.taking import take
from council.people import due_for
from council.playbook import MoveKind, Span, Transition, transitions_from
from council.tables import Case, Decision, Huddle, Initiative

CONFIRM = "decision.confirm"
_UNTIL_NOON = Span(180, business=True)
_TO_ANSWER = timedelta(hours=1)
RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided: by whom, what, and `how` (agreed, alone, lead, council_lead)."""

    actor: str
    option: str
    how: str
    choices: tuple[Chosen, ...]


def decide(
    desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats, ruling: Ruling
) -> Decision:
    """Record a decision and let what follows from it happen; no rights are asked here."""
    case = desk.books.cases.by_id(huddle.case_id) if huddle.case_id else None
    decision = _recorded(desk, huddle, initiative, at, ruling, case)
    way = moves.way_for(desk, initiative, ruling.option)
    decision.transition = way.id if way else ""
    desk.books.add(decision)
    _end_huddle(desk, huddle)
    if case is not None and case.status != "resolved":
        _take_case(desk, case, initiative, at, ruling.actor)
        checks.replace(desk, case, decision)
    confirm = _to_confirm(desk, decision, at, ruling) if ruling.how == "alone" else ()
    if decision.kind != RETIRE:  # of an end nobody is asked whether it worked
        checks.begin(desk, decision)
    _move(desk, ruling.actor, initiative, decision, way)
    decision.record = {
        **decision.record,
        "serves": initiatives.running_version(desk, initiative),
    }
    desk.books.add(decision)
    _write(desk, ruling, decision)
    telling.write(desk, ruling.actor, huddle, "huddle.decided", decision=decision.id)
    telling.update(desk, huddle, "decided")
    telling.show_decision(desk, decision, initiative, confirm, ruling.actor)
    if case is not None:
        follow.announce(desk, case, "decided")
    return decision


def _recorded(
    desk: Desk,
    huddle: Huddle,
    initiative: Initiative,
    at: Seats,
    ruling: Ruling,
    case: Case | None,
) -> Decision:
    stated = rules.stated(ruling.choices, ruling.option)
    if ruling.how in {"lead", "council_lead"}:  # whoever has the last word is heard first
        own = [each for each in ruling.choices if each.person == ruling.actor]
        stated = rules.stated([*reversed(own), *ruling.choices], ruling.option)
    refused = rules.refused(ruling.choices, ruling.option)
    known = brief(desk, initiative, at.playbook, case)
    decision = Decision(
        id=desk.ids.new(),
        council_id=desk.council_id,
        number=desk.books.registry.next_number("decision"),
        initiative_id=initiative.id,
        huddle_id=huddle.id,
        case_id=huddle.case_id,
        signal_class=huddle.signal_class,
        kind=ruling.option,
        how=ruling.how,
        fields=stated,
        refused=refused,
        dissent=rules.dissent(ruling.choices, ruling.option),
        deciders=_deciders(at, ruling),
        decided_at=desk.now(),
        owner_id=stated.get("owner", ""),
    )
    decision.record = _record(known, case, decision)
    return decision


def _deciders(at: Seats, ruling: Ruling) -> dict[str, dict[str, str]]:
    """Return who decides there, first whoever decided alone, with what each chose in the end."""
    last = {each.person: each for each in ruling.choices}
    alone = () if ruling.how == "agreed" else (ruling.actor,)
    order = dict.fromkeys((*alone, *at.decider_ids))
    return {
        person: {"choice": last[person].choice if person in last else "", "answer": ""}
        for person in order
    }


def _record(known: Brief, case: Case | None, decision: Decision) -> dict[str, Any]:
    """Return the record of a decision, whose names are the playbook's `decision_record`."""
    worst = known.evidence[0] if known.evidence else None
    fields = decision.fields
    return {
        "signal": decision.signal_class,
        "band": case.band if case else "",
        "severity": case.severity if case else "",
        "window": fields.get("data_window", ""),
        "feature": worst.feature if worst else "",
        "metric": worst.metric if worst else "",
        "value": worst.value if worst else None,
        "version": worst.version if worst else "",
        "n_reference": worst.n_reference if worst else None,
        "n_current": worst.n_current if worst else None,
        "evidence_links": sorted({href for each in known.evidence for href in each.links.values()}),
        "hypothesis": fields.get("hypothesis", ""),
        "options_considered": [decision.kind, *decision.refused],
        "decision": decision.kind,
        "deciders": list(decision.deciders),
        "dissent": {who: each["choice"] for who, each in decision.dissent.items()},
        "expected_effect": fields.get("expected_effect", ""),
        "effect_check_date": fields.get("effect_check_date") or fields.get("next_check", ""),
        "outcome": "",
    }


def _end_huddle(desk: Desk, huddle: Huddle) -> None:
    huddle.state, huddle.settled_at = "decided", desk.now()
    clocks.stop(desk, huddle)


def _take_case(desk: Desk, case: Case, initiative: Initiative, at: Seats, actor: str) -> None:
    """Take a decided case in hand; it stays until its conditions recover or somebody closes it."""
    for kind in (case_clocks.HUDDLE, case_clocks.DECIDE):
        agenda.cancel(desk, kind, [case.id])
    case.huddle_by = case.decide_by = None
    desk.books.add(case)
    take(desk, actor, case, initiative, at)


def _to_confirm(desk: Desk, decision: Decision, at: Seats, ruling: Ruling) -> tuple[str, ...]:
    """Ask the others of a decision made alone: those who have not chosen the same before."""
    others = [
        each
        for each in at.deciders
        if each.member.id != ruling.actor
        and decision.deciders[each.member.id]["choice"] != ruling.option
    ]
    asked = {each.member.id for each in others}
    decision.deciders = {
        person: {**facts, "answer": "asked" if person in asked else ""}
        for person, facts in decision.deciders.items()
    }
    # Who is asked to confirm has not dissented yet.
    decision.dissent = {who: each for who, each in decision.dissent.items() if who not in asked}
    noons = [noon_for(desk, each.member.id) for each in others]
    if noons:
        decision.confirm_by = max(noons)
        agenda.schedule(desk, [agenda.Due(CONFIRM, decision.id, decision.confirm_by)])
    return tuple(asked)


def noon_for(desk: Desk, person_id: str) -> datetime:
    """Return the next noon of a working day of somebody's, with some time left to answer."""
    zone = calendar.zone(people.members(desk, [person_id])[0].timezone)
    today = desk.now().astimezone(zone).date()
    for days in range(3):
        begins = datetime.combine(today + timedelta(days=days), time(), zone)
        noon = due_for(desk, _UNTIL_NOON, person_id, begins)
        if noon and noon > desk.now() + _TO_ANSWER:
            return noon
    return desk.now() + timedelta(days=1)


def _move(
    desk: Desk, actor: str, initiative: Initiative, decision: Decision, way: Transition | None
) -> None:
    """Take the way that a decision leads; the end is proposed only, because more people decide."""
    reason = str(decision.fields.get("reason", ""))
    if way is not None and initiative.ended_at is None:
        moves.apply(
            desk,
            actor,
            initiative,
            way,
            reason=reason,
            change=decision.kind,
            decision_id=decision.id,
        )
        loops = desk.books.huddles.loops(initiative.id)
        decision.record = {**decision.record, "loops": loops}
        return
    if decision.kind == RETIRE and runs(initiative):
        end = _end_way(desk, initiative)
        proposed = _propose(desk, actor, initiative, end, reason) if end else ""
        decision.record = {**decision.record, "proposed": proposed}


def _end_way(desk: Desk, initiative: Initiative) -> Transition | None:
    ways = transitions_from(initiatives.playbook_of(desk, initiative), initiative.phase)
    return next((each for each in ways if each.kind is MoveKind.END), None)


def _propose(desk: Desk, actor: str, initiative: Initiative, way: Transition, reason: str) -> str:
    """Propose the end; another proposal, or a decider who may not, leaves that to people."""
    try:
        found = moves.propose(desk, actor, initiative.key, way.id, reason)
    except CouncilError:
        return ""
    return str(getattr(found, "key", ""))


def _write(desk: Desk, ruling: Ruling, decision: Decision) -> None:
    actor = ruling.actor
    facts = {
        "initiative": decision.initiative_id,
        "number": decision.number,
        "huddle": decision.huddle_id,
        "case": decision.case_id,
        "decision": decision.kind,
        "how": decision.how,
        "state": "decided",
        "transition": decision.transition,
        "deciders": list(decision.deciders),
        "dissent": {who: each["choice"] for who, each in decision.dissent.items()},
        "refused": list(decision.refused),
        "check": decision.check_at.isoformat() if decision.check_at else "",
    }
    texts = {
        name: (str(text), rules.author(ruling.choices, text) or actor)
        for name, text in decision.fields.items()
        if name not in {"owner", "approval_sponsor", "effect_check_date", "next_check"}
    }
    texts |= {
        f"refused:{name}": (why, rules.author(ruling.choices, why) or actor)
        for name, why in decision.refused.items()
        if why
    }
    texts |= {f"dissent:{who}": (each["line"], who) for who, each in decision.dissent.items()}
    facts |= {"owner": decision.owner_id} if decision.owner_id else {}
    entry = ledger.Entry("decision.recorded", actor, f"decision:{decision.id}", facts, texts)
    ledger.append(desk, [entry])
