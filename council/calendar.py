"""Working hours on the wall of somebody's own zone; pure.

Monday to Friday, 9:00 to 17:00, unless somebody works otherwise; no hours on a public holiday of
the country, or part of it, where they work. All moments are aware and come back in UTC.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

OPENS = time(9)
CLOSES = time(17)
WEEKDAYS = frozenset(range(5))
# Before most people want to be left in peace.
EVENING = time(18)
_DAY = timedelta(days=1)
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"([0-9]{1,4})([mhdw])")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_MINUTES = {"m": 1, "h": 60}
_DAYS = {"d": 1, "w": 7}
# Longer than any row of days off; whoever works on no day of a year would never be reached.
_FAR = 370


@lru_cache(maxsize=512)
def zone(name: str) -> ZoneInfo:
    """Return the IANA zone of this name; UTC if the name is empty or unknown."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    """Whether this is the name of an IANA zone."""
    return bool(name) and (zone(name).key == name)


def zone_like(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the IANA zone that somebody means, by its name or its city alone; else near ones."""
    wanted = text.strip().replace(" ", "_").lower()
    names = {name.lower(): name for name in sorted(available_timezones())}
    cities = [name for low, name in names.items() if low.rpartition("/")[2] == wanted]
    if wanted in names or len(cities) == 1:
        return names.get(wanted) or cities[0], ()
    return "", tuple(cities or (names[low] for low in get_close_matches(wanted, names, 3)))


@dataclass(frozen=True, slots=True)
class Hours:
    """Somebody's working week: from when until when, on which days (Monday is 0), and where.

    `country` is a country such as `DE`, or a part of one such as `DE-BY`, whose public holidays
    are days off; empty for none.
    """

    zone: str = "UTC"
    opens: time = OPENS
    closes: time = CLOSES
    days: frozenset[int] = WEEKDAYS
    country: str = ""

    def works_on(self, day: date) -> bool:
        """Whether this is a working day."""
        return day.weekday() in self.days and not is_holiday(self.country, day)

    def local(self, moment: datetime) -> datetime:
        """Return what clocks on the wall show at a moment."""
        return moment.astimezone(zone(self.zone))

    def on(self, day: date, at: time) -> datetime:
        """Return when clocks on the wall show `at` on a day; the first time, if they do twice."""
        return datetime.combine(day, at, zone(self.zone)).astimezone(UTC)


USUAL = Hours()


def after(now: datetime, minutes: int, *, business: bool, hours: Hours = USUAL) -> datetime:
    """Return the moment `minutes` after `now`, counting only working minutes if asked to."""
    if not business:
        return now + timedelta(minutes=minutes)
    left = timedelta(minutes=minutes)
    for opens, closes in _shifts(now, hours):
        start = max(now, opens)
        if start < closes:
            if start + left <= closes:
                return start + left
            left -= closes - start
    return now + left  # who works on no day at all is asked by the clock


def between(now: datetime, until: datetime, hours: Hours = USUAL) -> int:
    """Return how many working minutes lie between two moments; 0 if the second is not later."""
    passed = timedelta(0)
    for opens, closes in _shifts(now, hours):
        if opens >= until:
            break
        passed += max(min(closes, until) - max(opens, now), timedelta(0))
    return int(passed.total_seconds() // 60)


def is_open(now: datetime, hours: Hours = USUAL) -> bool:
    """Whether somebody is at work."""
    opens, closes = next(_shifts(now, hours), (now, now))
    return opens <= now < closes


def next_opening(now: datetime, hours: Hours = USUAL) -> datetime:
    """Return when work begins next: later than now, or now if it goes on."""
    for opens, closes in _shifts(now, hours):
        if now < closes:
            return max(now, opens)
    return now + _DAY


def next_day(now: datetime, hours: Hours, weekday: int | None = None) -> datetime:
    """Return when work would begin on the next day, or next on this weekday; whatever the day."""
    day = hours.local(now).date() + _DAY
    while weekday is not None and day.weekday() != weekday:
        day += _DAY
    return hours.on(day, hours.opens)


def until(text: str, now: datetime, hours: Hours = USUAL) -> datetime | None:
    """Return the moment that somebody means by `90m`, `1h`, `2d`, `1w`, `tomorrow` or `monday`.

    Or by a date such as `2026-12-01`, by `15:00` (when clocks show it next) or `tonight`. Days
    begin when their work does. None for anything else, and for what is not later than now.
    """
    found = _SPAN.fullmatch(text)
    at = _later(int(found[1]), found[2], now, hours) if found else _named(text, now, hours)
    return at if at is not None and at > now else None


def _later(number: int, unit: str, now: datetime, hours: Hours) -> datetime | None:
    if not number:
        return None
    if unit in _MINUTES:
        return now + timedelta(minutes=number * _MINUTES[unit])
    day = hours.local(now).date() + timedelta(days=number * _DAYS[unit])
    return hours.on(day, hours.opens)


def _named(text: str, now: datetime, hours: Hours) -> datetime | None:
    today = hours.local(now).date()
    if text == "tomorrow":
        return next_day(now, hours)
    if text in WEEKDAY_NAMES:
        return next_day(now, hours, WEEKDAY_NAMES.index(text))
    if text == "tonight":
        return hours.on(today, EVENING)
    if _CLOCK.fullmatch(text):
        days = (hours.on(today + n * _DAY, time.fromisoformat(text)) for n in range(3))
        return next(at for at in days if at > now)
    try:
        return hours.on(date.fromisoformat(text), hours.opens)
    except (ValueError, OverflowError):
        return None


def _shifts(now: datetime, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Yield when work begins and ends on each working day that ends after now, in order."""
    day = hours.local(now).date()
    last_shift = day + timedelta(days=_FAR)
    while day <= last_shift:
        if hours.works_on(day):
            opens, closes = hours.on(day, hours.opens), hours.on(day, hours.closes)
            if now < closes and opens < closes:
                last_shift = day + timedelta(days=_FAR)
                yield opens, closes
        day += _DAY


@lru_cache(maxsize=1024)
def _holidays(country: str, year: int) -> frozenset[date]:
    # It takes a sixth of a second to import: only councils that keep holidays pay for it, once.
    import holidays  # noqa: PLC0415

    of, _, part = country.partition("-")
    return frozenset(holidays.country_holidays(of, subdiv=part or None, years=[year]))


def is_holiday(country: str, day: date) -> bool:
    """Whether this is a public holiday of the country, or the part of it; none where it is empty.

    A country that is not known (see `is_country`) has no holidays.
    """
    return bool(country) and is_country(country) and day in _holidays(country, day.year)


@lru_cache(maxsize=256)
def is_country(country: str) -> bool:
    """Whether holidays are known of a country such as `DE`, or a part of it such as `DE-BY`."""
    import holidays  # noqa: PLC0415 -- see above

    of, dash, part = country.partition("-")
    known = holidays.list_supported_countries(include_aliases=False)
    return of in known and (not dash or part in known[of])
