"""Business hours in a person's own zone; pure.

Monday to Friday, 9:00 to 17:00 on the wall clock of an IANA zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OPENS = time(9)
CLOSES = time(17)
_FRIDAY = 4


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


def after(now: datetime, minutes: int, *, business: bool, zone_name: str = "UTC") -> datetime:
    """Return the moment `minutes` after `now`, counting only business minutes if asked to."""
    if not business:
        return now + timedelta(minutes=minutes)
    left = timedelta(minutes=minutes)
    where = zone(zone_name)
    day = now.astimezone(where).date()
    while True:
        opens, closes = _hours(day, where)
        start = max(now, opens)
        if opens < closes and start < closes:
            if start + left <= closes:
                return start + left
            left -= closes - start
        day += timedelta(days=1)


def _hours(day: date, where: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a day's business hours begin and end, in UTC; equal on a day off."""
    opens = datetime.combine(day, OPENS, where).astimezone(UTC)
    if day.weekday() > _FRIDAY:
        return opens, opens
    return opens, datetime.combine(day, CLOSES, where).astimezone(UTC)
