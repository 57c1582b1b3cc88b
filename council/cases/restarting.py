"""All the clocks of cases at once: stopped, started anew, and moved to another wall."""

from collections.abc import Sequence
from datetime import datetime

from council import agenda, calendar, ledger, people
from council.cases import clocks, follow, reminding
from council.cases.routing import Calling, calling, ladder
from council.desk import Desk
from council.people import Member
from council.playbook import clock_for
from council.tables import Case, Initiative


def stop(desk: Desk, stopped: Sequence[Case]) -> None:
    """Stop every clock of these cases."""
    clocks.keep(desk, stopped=[case.id for case in stopped])
    for case in stopped:
        case.acknowledge_by = case.huddle_by = case.decide_by = None
        desk.books.add(case)


def restart(desk: Desk, case: Case, initiative: Initiative) -> Calling:
    """Start the clocks of a case anew, as if it had come up now; return whom it calls."""
    if case.status == "open":
        case.escalation = 0
    who = calling(desk, initiative, case.signal_class, desk.books.cases.answers(case.id))
    clocks.start(desk, initiative, case, who)
    reminding.begin(desk, case, initiative)
    return who


def on_the_clock(desk: Desk, case: Case, who: Calling) -> Member | None:
    """Return the one by whose wall a case is due: who was asked last, first of all who must act."""
    if case.escalation:
        rungs = ladder(desk, who, case.severity)
        if case.escalation <= len(rungs):
            return rungs[case.escalation - 1].members[0]
    return who.owners[0].member if who.owners else None


def moved(desk: Desk, person_id: str, before: str) -> None:
    """Have what is due by somebody's wall follow them; called by the agenda after they moved.

    The working minutes that were left when they lived by `before` are left on their new wall.
    """
    old, new = people.read_hours(before), people.hours_of(desk, person_id)
    for case in desk.books.snoozes.due_of(person_id, is_lead=people.is_lead(desk, person_id)):
        initiative = desk.books.initiatives.by_id(case.initiative_id)
        if initiative is None or case.acknowledge_by is None:
            continue
        who = calling(desk, initiative, case.signal_class, desk.books.cases.answers(case.id))
        clock = clock_for(who.playbook, case.severity).acknowledge
        holder = on_the_clock(desk, case, who)
        if clock is None or not clock.business or holder is None or holder.id != person_id:
            continue  # by the clock an hour is an hour anywhere
        left = calendar.between(desk.now(), case.acknowledge_by, old)
        at = calendar.after(desk.now(), left, business=True, hours=new)
        if at != case.acknowledge_by:
            _reschedule(desk, case, at)


def _reschedule(desk: Desk, case: Case, at: datetime) -> None:
    facts = {
        "initiative": case.initiative_id,
        "state": case.status,
        "before": case.acknowledge_by.isoformat() if case.acknowledge_by else "",
        "acknowledge_by": at.isoformat(),
    }
    case.acknowledge_by = at
    desk.books.add(case)
    agenda.schedule(desk, [agenda.Due(clocks.ACKNOWLEDGE, case.id, at)])
    entry = ledger.Entry("case.rescheduled", follow.COUNCIL, f"case:{case.id}", facts)
    ledger.append(desk, [entry])
    follow.announce(desk, case, "rescheduled")
