"""When nobody answers in time: the next on the ladder is asked, directly and in the thread."""

from council import agenda, ledger, outbox, people
from council.cases.follow import ACKNOWLEDGE, COUNCIL
from council.cases.routing import ASKED, Calling, calling, ladder, lanes, ringing
from council.desk import Desk
from council.notices import Audience, CaseCard, CaseReply, Notice
from council.people import Member
from council.playbook import clock_for
from council.tables import Case


def overdue(desk: Desk, case_id: str) -> None:
    """Ask the next on the ladder about a case that nobody has answered; called by the agenda."""
    case = desk.books.cases.by_id(case_id)
    initiative = desk.books.initiatives.by_id(case.initiative_id) if case else None
    if case is None or initiative is None or case.status != "open":
        return
    answers = desk.books.cases.answers(case.id)
    who = calling(desk, initiative, case.signal_class, answers)
    asked = _climb(desk, case, who)
    for member in asked:
        if member.id not in answers:
            desk.books.cases.answer(case.id, member.id, ASKED, desk.now())
    ring = tuple(member.id for member in asked)
    facts = {
        "initiative": initiative.id,
        "state": case.status,
        "level": case.escalation,
        "asked": list(ring),
    }
    ledger.append(desk, [ledger.Entry("case.escalated", COUNCIL, f"case:{case.id}", facts)])
    outbox.put(desk, _notices(case, lanes(desk, initiative, who.owners), ring))


def _climb(desk: Desk, case: Case, who: Calling) -> tuple[Member, ...]:
    """Go one rung up, set the clock for the next one, and return who stands there.

    Whoever is asked now has as long as those before, on their own wall.
    """
    rungs = ladder(desk, who, case.severity)
    asked = rungs[case.escalation].members if case.escalation < len(rungs) else ()
    case.escalation += 1
    if asked and case.escalation < len(rungs):
        span = clock_for(who.playbook, case.severity).acknowledge
        again = people.due_for(desk, span, asked[0])
        if again:
            case.acknowledge_by = again
            agenda.schedule(desk, [agenda.Due(ACKNOWLEDGE, case.id, again)])
    desk.books.add(case)
    return asked


def _notices(case: Case, main: tuple[str, ...], ring: tuple[str, ...]) -> list[tuple[str, Notice]]:
    """Bring the card up to date, and tell whoever is asked now; nobody, if the ladder ended."""
    notices: list[tuple[str, Notice]] = [(lane, CaseCard(case.id, "escalated")) for lane in main]
    if not ring:
        return [*notices, (outbox.NOBODY, CaseCard(case.id, "escalated", Audience.ASKED))]
    notices += [
        (f"person:{person}", CaseCard(case.id, "escalated", Audience.ASKED))
        for person in ring
        if f"person:{person}" not in main
    ]
    return notices + [(lane, CaseReply(case.id, "escalated", ring)) for lane in ringing(main, ring)]
