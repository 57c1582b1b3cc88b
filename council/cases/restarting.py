"""All the clocks of cases at once: stopped, started anew; and by whose hours one is due."""

from collections.abc import Sequence

from council.cases import clocks, reminding
from council.cases.routing import Calling, calling, ladder
from council.desk import Desk
from council.people import Member
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
