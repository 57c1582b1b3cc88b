"""One round: for each due row of the agenda, call its owner; one transaction per row."""

from collections.abc import Callable, Mapping

from council import agenda, cases, handoffs, huddles, initiatives, manners, moves, pausing, people
from council.desk import Desk
from council.following import away, zones

# Each is given the subject of the row, and its period.
OWNERS: Mapping[str, Callable[[Desk, str, str], None]] = {
    "absence.ask": people.ask_due,
    "absence.begin": away.begin_due,
    "absence.end": away.end_due,
    "case.acknowledge": lambda desk, case_id, _period: cases.overdue(desk, case_id),
    "case.decide": huddles.case_undecided,
    "case.huddle": lambda desk, case_id, _period: huddles.case_due(desk, case_id),
    "case.over": lambda desk, case_id, _period: huddles.case_over(desk, case_id),
    "case.remind": cases.remind,
    "case.wake": lambda desk, case_id, _period: cases.wake(desk, case_id),
    "decision.confirm": lambda desk, decision_id, _period: huddles.confirm_due(desk, decision_id),
    "decision.effect": huddles.effect_due,
    "handoff.again": handoffs.again_due,
    "handoff.condition": handoffs.condition_due,
    "handoff.escalate": lambda desk, handoff_id, _period: handoffs.escalate(desk, handoff_id),
    "handoff.remind": lambda desk, handoff_id, _period: handoffs.remind(desk, handoff_id),
    "huddle.decide": huddles.due,
    "initiative.over": lambda desk, about, _period: huddles.initiative_over(desk, about),
    "move.escalate": lambda desk, move_id, _period: moves.escalate(desk, move_id),
    "move.remind": lambda desk, move_id, _period: moves.remind(desk, move_id),
    "initiative.resume": lambda desk, initiative_id, _period: pausing.due(desk, initiative_id),
    "person.moved": zones.moved,
    "person.summary": lambda desk, person_id, _period: manners.summarise(desk, person_id),
    "review.due": huddles.review_due,
    "roles.check": initiatives.check_roles,
}


def run(desk: Desk, item: agenda.Due) -> bool:
    """Take a due item and do what is due; False if another replica took it first."""
    if not agenda.take(desk, item):
        return False
    OWNERS[item.kind](desk, item.subject, item.period)
    return True
