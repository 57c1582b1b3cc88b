"""Where the deciders do not agree, or not in time: the choice goes to one person, and is asked."""

from collections.abc import Sequence

from council import agenda, outbox
from council.cases import clocks as case_clocks
from council.cases.routing import lanes, runs
from council.desk import Desk
from council.huddles import clocks, convening, telling
from council.huddles.finding import OVER
from council.huddles.seats import Seats, decision_lead, own_word_span, seats
from council.huddles.views import last_word
from council.notices import Audience, CaseReply
from council.people import Member, due_for
from council.playbook import clock_for
from council.tables import Case, Huddle, Initiative

_LEAD, _COUNCIL_LEAD = "lead", "council_lead"


def due(desk: Desk, huddle_id: str, period: str = "") -> None:
    """Remind whoever is asked, once; when the time is over, hand the choice on; by the agenda."""
    huddle = desk.books.huddles.by_id(huddle_id)
    initiative = desk.books.initiatives.by_id(huddle.initiative_id) if huddle else None
    if huddle is None or initiative is None or huddle.state != "open":
        return
    if initiative.state in OVER:
        convening.call_off(desk, telling.COUNCIL, huddle)
        return
    if not runs(initiative):
        return
    at = seats(desk, initiative, huddle.signal_class)
    if period == clocks.REMIND:
        _remind(desk, huddle, initiative, at)
    elif huddle.stage == telling.CHOOSING:
        hand_over(desk, huddle, initiative, at)
    elif huddle.stage == _LEAD:
        _to_council_lead(desk, huddle, initiative, at)
    else:
        _ask_a_last_time(desk, huddle, at)


def _remind(desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats) -> None:
    """Remind those who have not chosen; where one person has the last word, that person."""
    if huddle.stage != telling.CHOOSING:
        telling.remind_directly(desk, huddle, last_word(desk, huddle, at), "remind")
        return
    rows = desk.books.huddles.choices(huddle.id, huddle.round)
    spoken = {row.person_id for row in rows}
    late = tuple(each for each in at.decider_ids if each not in spoken)
    telling.call_in_thread(desk, huddle, initiative, at, "remind", late)


def _ask_a_last_time(desk: Desk, huddle: Huddle, at: Seats) -> None:
    """Ask the council leads once more; then it waits in what is theirs, and hurries nobody."""
    clocks.stop(desk, huddle)
    telling.remind_directly(desk, huddle, last_word(desk, huddle, at), "remind_last")
    telling.update(desk, huddle, "last_word")


def hand_over(
    desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats, actor: str = ""
) -> None:
    """Ask the named decision lead; where there is none, the council lead.

    Whoever has just spoken and has the last word too is not called by a message of their own.
    """
    lead = decision_lead(desk, initiative, at)
    if lead is None:
        _to_council_lead(desk, huddle, initiative, at, actor)
        return
    huddle.stage, huddle.lead_id = _LEAD, lead.id
    _give(desk, huddle, initiative, at, (lead,))
    telling.write(desk, telling.COUNCIL, huddle, "huddle.handed_over", lead=lead.id)
    asked = (lead,) if lead.id != actor else ()
    telling.give_last_word(desk, huddle, asked, Audience.ASKED)


def _to_council_lead(
    desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats, actor: str = ""
) -> None:
    """Ask the council leads, who have as long; from then on the choice waits for them."""
    huddle.stage = _COUNCIL_LEAD
    leads = at.roster.acting_leads()
    _give(desk, huddle, initiative, at, leads)
    telling.write(desk, telling.COUNCIL, huddle, "huddle.handed_over", lead="")
    known = {actor, huddle.lead_id}
    asked = tuple(each for each in leads if each.id not in known)
    telling.give_last_word(desk, huddle, asked, Audience.LEAD)


def _give(
    desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats, to: Sequence[Member]
) -> None:
    """Start the clock of whoever has the last word now."""
    case = desk.books.cases.by_id(huddle.case_id) if huddle.case_id else None
    span = own_word_span(at.playbook, case.severity if case else "")
    by = due_for(desk, span, to[0]) if to and runs(initiative) else None
    clocks.set_time(desk, huddle, by, to)


def case_undecided(desk: Desk, case_id: str, period: str) -> None:
    """Remind those who decide about a case, once; then its decision lead; called by the agenda."""
    case = desk.books.cases.by_id(case_id)
    initiative = desk.books.initiatives.by_id(case.initiative_id) if case else None
    if case is None or initiative is None or case.status == "resolved" or not runs(initiative):
        return
    if desk.books.huddles.open_on(initiative.id, case.id) or case_clocks.decided(desk, case):
        return
    at = seats(desk, initiative, case.signal_class)
    if period:
        lead = decision_lead(desk, initiative, at)
        ring = [lead.id] if lead else []
    else:
        ring = list(at.decider_ids)
        _again_later(desk, case, at)
    if ring:
        where = lanes(desk, initiative, at.deciders)
        outbox.put(desk, [(lane, CaseReply(case.id, "undecided", tuple(ring))) for lane in where])


def _again_later(desk: Desk, case: Case, at: Seats) -> None:
    lead = at.deciders[0].member if at.deciders else ""
    span = clock_for(at.playbook, case.severity).huddle
    later = due_for(desk, span, lead)
    if later:
        agenda.schedule(desk, [agenda.Due(case_clocks.DECIDE, case.id, later, _LEAD)])
