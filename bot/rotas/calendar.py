"""The turns in a calendar: its events of the next 30 days, whoever they name; pure."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import recurring_ical_events

from council import calendar
from council.people import AHEAD, Turn

# More turns than a rota has: what repeats by the second is no rota.
_MOST = 2_000
_PARTS = re.compile(r"\s+[-\u2013|]\s+|[:(),]")


class Unreadable(Exception):
    """The bytes are no calendar, or one without an end."""


def read_calendar(body: bytes, now: datetime, zone: str) -> tuple[str, tuple[Turn, ...]]:
    """Return a calendar's name and its turns from `now` on; raises Unreadable.

    `zone` counts where the calendar names none: for whole days, and for times without a zone.
    """
    try:
        found = icalendar.Calendar.from_ical(body)
        name = str(found.get("X-WR-CALNAME", ""))
        local = str(found.get("X-WR-TIMEZONE", "")) or zone
        turns = tuple(_turns(found, now, local if calendar.is_zone(local) else zone))
    except Unreadable:
        raise
    except Exception as error:  # the libraries raise whatever a hostile calendar leads them to
        raise Unreadable(type(error).__name__) from error
    return name.strip(), turns


def _turns(found: Any, now: datetime, zone: str) -> Iterator[Turn]:  # noqa: ANN401 -- untyped
    until = now + AHEAD
    query = recurring_ical_events.of(found, components=["VEVENT"])
    for count, event in enumerate(query.after(now)):
        begins = _moment(event.start, zone)
        if begins >= until:
            return
        if count >= _MOST:
            raise Unreadable("endless")
        ends = _moment(event.end, zone)
        if ends > now and str(event.get("STATUS", "")).upper() != "CANCELLED":
            summary = str(event.get("SUMMARY", ""))
            yield Turn(_attendees(event), _spoken(summary), begins, ends)


def _moment(given: date, zone: str) -> datetime:
    """Return a moment of the calendar in UTC; a day begins at midnight there."""
    where = calendar.zone(zone)
    if not isinstance(given, datetime):
        return datetime.combine(given, time(0), where).astimezone(UTC)
    return (given if given.tzinfo else given.replace(tzinfo=where)).astimezone(UTC)


def _attendees(event: Any) -> tuple[str, ...]:  # noqa: ANN401 -- untyped
    given = event.get("ATTENDEE", [])
    listed = given if isinstance(given, list) else [given]
    return tuple(str(one) for one in listed if one)


def _spoken(summary: str) -> tuple[str, ...]:
    """Return a summary, and its parts: `On call: Mei Lin` names somebody in its second one."""
    parts = (each.strip() for each in _PARTS.split(summary))
    return tuple(dict.fromkeys(each for each in (summary.strip(), *parts) if each))
