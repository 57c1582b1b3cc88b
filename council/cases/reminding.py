"""Taken and then forgotten: whoever has a case is reminded in its thread, twice at most.

After that it is asked once, of them and of whoever is next in line, whether it is still theirs.
The times are halves of the span in which the case is to be decided.
"""

from council import agenda, ledger, outbox, people
from council.cases.clocks import REMIND
from council.cases.routing import Calling, calling, ladder, lanes, ringing, runs
from council.desk import Desk
from council.notices import Audience, CaseCard, CaseReply, Notice
from council.people import Member
from council.playbook import Span, clock_for
from council.tables import Case, Initiative

REMINDER = "reminder"
FORGOTTEN = "forgotten"
# So often somebody is reminded, before others are asked.
MOST = 2
_COUNCIL = "council"
_HOUR = 60


def begin(desk: Desk, case: Case, initiative: Initiative) -> None:
    """Start to remind whoever has a case now; anew, if they say that they still have it."""
    agenda.cancel(desk, REMIND, [case.id])
    if case.status == "acknowledged" and runs(initiative):
        _next(desk, case, calling(desk, initiative, case.signal_class), 1)


def remind(desk: Desk, case_id: str, period: str) -> None:
    """Remind whoever has a case, or ask whether it is still theirs; called by the agenda."""
    case = desk.books.cases.by_id(case_id)
    initiative = desk.books.initiatives.by_id(case.initiative_id) if case else None
    if case is None or initiative is None or case.status != "acknowledged":
        return
    if case.acknowledged_by is None or desk.books.huddles.decided([case.id]):
        return
    answers = desk.books.cases.answers(case.id)
    who = calling(desk, initiative, case.signal_class, answers)
    times = int(period or 1)
    if desk.books.huddles.open_on(initiative.id, case.id):
        _next(desk, case, who, times)  # it is being decided, and that has a clock of its own
        return
    main = lanes(desk, initiative, who.owners)
    if times <= MOST:
        ring = (case.acknowledged_by,)
        outbox.put(
            desk, [(lane, CaseReply(case.id, REMINDER, ring)) for lane in ringing(main, ring)]
        )
        _next(desk, case, who, times + 1)
    else:
        outbox.put(desk, _forgotten(desk, case, who, main))
    facts = {"initiative": initiative.id, "times": times, "state": case.status}
    ledger.append(desk, [ledger.Entry("case.reminded", _COUNCIL, f"case:{case.id}", facts)])


def _next(desk: Desk, case: Case, who: Calling, times: int) -> None:
    half = _half(clock_for(who.playbook, case.severity).decide)
    at = people.due_for(desk, half, case.acknowledged_by or "")
    if at is not None:
        agenda.schedule(desk, [agenda.Due(REMIND, case.id, at, str(times))])


def _half(span: object) -> Span | None:
    """Return half of a span; None for no span, or for the next digest."""
    if not isinstance(span, Span):
        return None
    if not span.business:
        return Span(max(1, span.minutes // 2))
    return Span(max(1, span.minutes // 2 // _HOUR) * _HOUR, business=True)


def _forgotten(
    desk: Desk, case: Case, who: Calling, main: tuple[str, ...]
) -> list[tuple[str, Notice]]:
    """Ask in the thread whether it is still theirs, and show it to whoever is next in line."""
    has_it = case.acknowledged_by or ""
    helpers = tuple(each.id for each in _next_in_line(desk, case, who) if each.id != has_it)
    ring = (has_it, *helpers)
    notices: list[tuple[str, Notice]] = [
        (lane, CaseReply(case.id, FORGOTTEN, ring)) for lane in ringing(main, ring)
    ]
    direct = [f"person:{each}" for each in helpers]
    return notices + [
        (lane, CaseCard(case.id, FORGOTTEN, Audience.ASKED)) for lane in direct if lane not in main
    ]


def _next_in_line(desk: Desk, case: Case, who: Calling) -> tuple[Member, ...]:
    deputies = people.deputies_of(desk, [case.acknowledged_by or ""])
    if deputies:
        return deputies
    rungs = ladder(desk, who, case.severity)
    return rungs[0].members if rungs else ()
