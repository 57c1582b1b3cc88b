"""When a direct message may be sent, and when it waits for a summary: quiet hours and a budget.

What presses is never held, nor is anything in a channel, nor the update of a card that is shown
already. The budget holds nothing that is to be answered before the summary would come. One
conversation is served by one courier at a time, so the count of a day is exact.
"""

from datetime import datetime, time, timedelta

from council import agenda, calendar, outbox
from council.desk import Desk
from council.news import News
from council.notices import Form, PersonSummary
from council.outbox import NOBODY, Claimed
from council.people import preferences
from council.people.preferences import Preferences

SUMMARY = "person.summary"
PERSON = "person:"
# So many unprompted direct messages a day; the rest comes in one summary.
A_DAY = 3
_SUMMARY = "person_summary"
_DAY = timedelta(days=1)


def holds(desk: Desk, claimed: Claimed, news: News) -> bool:
    """Whether a notice to one person waits for their summary; asked when it would be sent."""
    if not claimed.lane.startswith(PERSON) or claimed.attempts > 1 or news.pressing:
        return False  # a try that may have arrived is not kept back afterwards
    updates = claimed.form is Form.CARD and claimed.card is not None
    if updates or claimed.subject.startswith("summary:"):
        return False
    wants = preferences.of(desk, claimed.lane.removeprefix(PERSON))
    now = desk.now()
    if wants.quiet(now) or (wants.hear == "digest" and not news.asks):
        return True
    today = wants.hours.on(wants.hours.local(now).date(), time(0))
    if desk.books.outbox.first_sent(claimed.lane, today) < A_DAY:
        return False
    # What is to be answered before the next summary is not kept for it: its clock runs.
    return news.answer_by is None or news.answer_by > _opening(now, wants)


def never_shown(desk: Desk, claimed: Claimed) -> bool:
    """Whether a card to one person was held until now, so that they never saw it."""
    if not claimed.lane.startswith(PERSON) or claimed.card is not None:
        return False
    return desk.books.outbox.was_held(claimed.lane, claimed.subject, claimed.audience)


def keep(desk: Desk, lane: str) -> None:
    """See to it that whoever this lane belongs to gets a summary of what was held."""
    if lane == NOBODY:
        return
    person_id = lane.removeprefix(PERSON)
    at = _opening(desk.now(), preferences.of(desk, person_id))
    agenda.schedule(desk, [agenda.Due(SUMMARY, person_id, at)])


def summarise(desk: Desk, person_id: str) -> None:
    """Put the summary for somebody who starts work; called by the agenda."""
    lane = f"{PERSON}{person_id}"
    last = desk.books.outbox.last_of(lane, _SUMMARY)
    since = str(last.facts["until"]) if last else ""
    if desk.books.outbox.held(lane, datetime.fromisoformat(since) if since else None):
        notice = PersonSummary(person_id, since, desk.now().isoformat())
        outbox.put(desk, [(lane, notice)])


def _opening(now: datetime, wants: Preferences) -> datetime:
    """Return when somebody starts work next, and is not left in peace any more."""
    hours = wants.hours
    begin = now
    if calendar.is_open(now, hours) and not wants.quiet(now):
        begin = hours.on(hours.local(now).date() + _DAY, time(0))
    at = calendar.next_opening(begin, hours)
    if wants.quiet(at) and wants.quiet_until is not None:
        later = hours.on(hours.local(at).date(), wants.quiet_until)
        at = later if later > at else later + _DAY
    return at
