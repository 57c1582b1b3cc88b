"""The clocks of a case: until when it is answered, huddled on and decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from council import agenda
from council.cases.routing import Calling, deadline, runs
from council.desk import Desk
from council.people import due_for
from council.playbook import Span, clock_for
from council.store import Routed
from council.tables import Case, Initiative

ACKNOWLEDGE = "case.acknowledge"
HUDDLE = "case.huddle"
DECIDE = "case.decide"
# Whoever has a case and has decided nothing is reminded of it.
REMIND = "case.remind"
# A case that was put off asks anew.
WAKE = "case.wake"
KINDS = (ACKNOWLEDGE, HUDDLE, DECIDE, REMIND, WAKE)
# Due at once when a case ends: whoever looks back, or still decides about it, hears of it.
OVER = "case.over"


def fresh(
    desk: Desk, initiative: Initiative | Routed, who: Calling, severity: str
) -> dict[str, datetime | None]:
    """Return by when a case is to be answered, huddled on and decided, from now on."""
    if not runs(initiative):
        return {"acknowledge_by": None, "huddle_by": None, "decide_by": None}
    rule = clock_for(who.playbook, severity)
    first = who.owners[0].member if who.owners else ""
    decide = rule.decide if isinstance(rule.decide, Span) else None
    return {
        "acknowledge_by": deadline(desk, who, severity),
        "huddle_by": due_for(desk, rule.huddle, first),
        "decide_by": due_for(desk, decide, first),
    }


def keep(
    desk: Desk,
    *,
    begun: Sequence[Mapping[str, Any]] = (),
    stopped: Sequence[str] = (),
    over: Sequence[str] = (),
    asleep: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Stop the clocks of some cases (ids), then start those of others (rows); end what is over.

    What is `asleep` (rows) asks anew later.
    """
    if stopped:
        agenda.cancel(desk, KINDS, stopped)
    clocks = ((ACKNOWLEDGE, "acknowledge_by"), (HUDDLE, "huddle_by"))
    due = [
        agenda.Due(kind, row["id"], row[name])
        for row in begun
        for kind, name in clocks
        if row[name]
    ]
    due += [agenda.Due(WAKE, row["id"], row["snoozed_until"]) for row in asleep]
    now = desk.now()
    agenda.schedule(desk, [*due, *(agenda.Due(OVER, case_id, now) for case_id in over)])


def start(desk: Desk, initiative: Initiative, case: Case, who: Calling) -> None:
    """Start the clocks of a case that was open before they ran: its initiative goes live."""
    found = fresh(desk, initiative, who, case.severity)
    if case.status != "open":
        found["acknowledge_by"] = None
    if decided(desk, case):
        found["huddle_by"] = found["decide_by"] = None
    case.acknowledge_by = found["acknowledge_by"]
    case.huddle_by, case.decide_by = found["huddle_by"], found["decide_by"]
    desk.books.add(case)
    keep(desk, begun=[{"id": case.id, **found}])


def decided(desk: Desk, case: Case) -> bool:
    """Whether people have decided about a case since it came up, or last got worse."""
    row = desk.books.huddles.decided([case.id]).get(case.id)
    since = case.acknowledged_at
    return row is not None and since is not None and row.decided_at >= since


def end(desk: Desk, case: Case) -> None:
    """Stop every clock of a case that people close, and have done what follows from its end."""
    case.acknowledge_by = case.huddle_by = case.decide_by = None
    desk.books.add(case)
    keep(desk, stopped=[case.id], over=[case.id])
