"""The clock of an offer: at most two reminders, then it comes to the next in line."""

from collections.abc import Iterable
from datetime import datetime

from council import agenda, calendar, outbox, people
from council.cases.routing import lanes_of_work
from council.desk import Desk
from council.handoffs import telling
from council.handoffs.parties import Parties, parties
from council.handoffs.stays import gone_on
from council.handoffs.views import next_in_line
from council.notices import Audience, HandoffCard
from council.tables import Handoff, Initiative

REMIND = "handoff.remind"
ESCALATE = "handoff.escalate"
# Those of what comes after the answer.
CONDITION = "handoff.condition"
AGAIN = "handoff.again"
MOST_REMINDERS = 2
ACTIVE = "active"


def answer_by(desk: Desk, initiative: Initiative, who: Parties) -> datetime | None:
    """Return until when an offer made now is to be answered; None where no clock runs.

    An initiative that is only watched has no clocks, nor has an offer that nobody can take.
    """
    if not who.receivers or initiative.state != ACTIVE:
        return None
    within = who.playbook.handoff.accept_within
    return people.due_for(desk, within, who.receivers[0].member.id)


def waited(desk: Desk, row: Handoff, who: Parties) -> int | None:
    """Return how many working minutes of whoever is asked an offer has waited until now.

    What is left of its clock tells, so that a pause does not count.
    """
    if row.offered_at is None:
        return None
    first = who.receivers[0].member if who.receivers else ""
    hours, within = people.hours_of(desk, first), who.playbook.handoff.accept_within
    if row.accept_by is None or not within.business:
        return calendar.between(row.offered_at, desk.now(), hours)
    left = calendar.between(desk.now(), row.accept_by, hours)
    late = calendar.between(row.accept_by, desk.now(), hours)
    return max(0, within.minutes - left + late)


def start(desk: Desk, row: Handoff, initiative: Initiative, who: Parties) -> None:
    """Put what follows an offer on the agenda, on the business hours of the first receiver."""
    stop(desk, [row.id])
    if answer_by(desk, initiative, who) is None:
        return
    rules, first = who.playbook.handoff, who.receivers[0].member.id
    dues = [
        agenda.Due(REMIND, row.id, at, str(number))
        for number, span in enumerate(rules.remind_at[:MOST_REMINDERS], 1)
        if (at := people.due_for(desk, span, first))
    ]
    late = people.due_for(desk, rules.escalate_at, first)
    if late:
        dues.append(agenda.Due(ESCALATE, row.id, late))
    agenda.schedule(desk, dues)


def start_all(desk: Desk, initiative: Initiative) -> None:
    """Start the clocks of what was offered before they ran: its initiative goes live."""
    for row in desk.books.handoffs.unanswered([initiative.id]):
        if row.state == "offered":
            who = parties(desk, initiative, row.definition)
            row.accept_by = answer_by(desk, initiative, who)
            desk.books.add(row)
            start(desk, row, initiative, who)
            telling.show(desk, row, "changed", lanes_of_work(desk, initiative, who.receivers))


def follow_stay(desk: Desk, initiative: Initiative, row: Handoff) -> None:
    """Stop the clock of an offer that no way waits for any more, or start it again."""
    who = parties(desk, initiative, row.definition)
    over = gone_on(desk, row, initiative, who)
    if over is (row.accept_by is None):
        return
    row.accept_by = None if over else answer_by(desk, initiative, who)
    desk.books.add(row)
    if over:
        stop(desk, [row.id])
    else:
        start(desk, row, initiative, who)
    telling.show(desk, row, "changed")


def stop(desk: Desk, handoff_ids: Iterable[str]) -> None:
    """Take everything that is due about these handoffs off the agenda."""
    agenda.cancel(desk, (REMIND, ESCALATE, CONDITION, AGAIN), list(handoff_ids))


def remind(desk: Desk, handoff_id: str) -> None:
    """Remind, in the thread, those who have not answered an offer; called by the agenda."""
    found = _due(desk, handoff_id)
    if found is None:
        return
    row, initiative, who = found
    asked = [each for each in telling.members(who.receivers) if each.id != row.giver_id]
    if not asked or row.reminded >= MOST_REMINDERS:
        return
    row.reminded += 1
    desk.books.add(row)
    telling.write(desk, telling.COUNCIL, row, "handoff.reminded", {"reminded": row.reminded})
    telling.ring(desk, row, "remind", asked, lanes_of_work(desk, initiative, who.receivers))


def escalate(desk: Desk, handoff_id: str) -> None:
    """Bring an offer that nobody answered to the next in line, directly and in the thread."""
    found = _due(desk, handoff_id)
    if found is None or found[0].escalation:
        return
    row, initiative, who = found
    asked = next_in_line(desk, row, who)
    row.escalation += 1
    desk.books.add(row)
    facts = {"escalation": row.escalation, "asked": [each.id for each in asked]}
    telling.write(desk, telling.COUNCIL, row, "handoff.escalated", facts)
    main = lanes_of_work(desk, initiative, who.receivers)
    telling.show(desk, row, "escalated", main)
    direct = [f"person:{each.id}" for each in asked]
    card = HandoffCard(row.id, "escalated", Audience.ASKED)
    outbox.put(desk, [(lane, card) for lane in direct if lane not in main])
    telling.ring(desk, row, "escalated", asked, main)


def _due(desk: Desk, handoff_id: str) -> tuple[Handoff, Initiative, Parties] | None:
    """Return an offer that still waits on an initiative that is going on."""
    row = desk.books.handoffs.by_id(handoff_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        return None
    if row.state != "offered" or initiative.state != ACTIVE:
        return None
    who = parties(desk, initiative, row.definition)
    return None if gone_on(desk, row, initiative, who) else (row, initiative, who)
