"""Business hours: Monday to Friday, nine to five on the wall of a person's own zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council.calendar import after, is_zone, zone

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
HOUR = 60
moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(  # noqa: DTZ001 -- made aware below
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)


def wall(text: str, name: str) -> datetime:
    """Return the moment at which clocks on the wall show this."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(name)).astimezone(UTC)


def due(text: str, hours: float, name: str = "Europe/Berlin") -> str:
    """Return what the wall shows when so many business hours have passed."""
    found = after(wall(text, name), int(hours * HOUR), business=True, zone_name=name)
    return found.astimezone(ZoneInfo(name)).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("begin", "hours", "end"),
    [
        pytest.param("2026-11-24 10:00", 4, "2026-11-24 14:00", id="within a day"),
        pytest.param("2026-11-24 13:00", 4, "2026-11-24 17:00", id="until the very end"),
        pytest.param("2026-11-24 15:00", 4, "2026-11-25 11:00", id="over a night"),
        pytest.param("2026-11-24 05:00", 4, "2026-11-24 13:00", id="from before work"),
        pytest.param("2026-11-24 22:00", 4, "2026-11-25 13:00", id="from after work"),
        pytest.param("2026-11-27 16:00", 2, "2026-11-30 10:00", id="over a weekend"),
        pytest.param("2026-11-28 12:00", 4, "2026-11-30 13:00", id="from a Saturday"),
        pytest.param("2026-11-29 23:59", 8, "2026-11-30 17:00", id="from a Sunday"),
        pytest.param("2026-11-23 09:00", 40, "2026-11-27 17:00", id="a whole week"),
        pytest.param("2026-11-23 09:00", 41, "2026-11-30 10:00", id="a week and an hour"),
        pytest.param("2026-12-31 16:00", 2, "2027-01-01 10:00", id="over a year"),
    ],
)
def test_only_business_hours_count(begin: str, hours: float, end: str) -> None:
    assert due(begin, hours) == end


@pytest.mark.parametrize(
    ("name", "friday", "monday"),
    [
        pytest.param("Europe/Berlin", "2026-03-27", "2026-03-30", id="Berlin, spring"),
        pytest.param("Europe/Berlin", "2026-10-23", "2026-10-26", id="Berlin, autumn"),
        pytest.param("America/New_York", "2026-03-06", "2026-03-09", id="New York, spring"),
        pytest.param("America/New_York", "2026-10-30", "2026-11-02", id="New York, autumn"),
    ],
)
def test_the_wall_counts_when_clocks_change(name: str, friday: str, monday: str) -> None:
    assert due(f"{friday} 16:00", 3, name) == f"{monday} 11:00"


@pytest.mark.parametrize(
    ("name", "before", "later"),
    [
        pytest.param("Europe/Berlin", "2026-03-28 12:00", 23, id="spring"),
        pytest.param("Europe/Berlin", "2026-10-24 12:00", 25, id="autumn"),
    ],
)
def test_a_span_by_the_clock_is_a_true_span_when_clocks_change(
    name: str, before: str, later: int
) -> None:
    begin = wall(before, name)
    end = after(begin, later * HOUR, business=False, zone_name=name)
    assert end.astimezone(ZoneInfo(name)).time() == time(12)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    begin = wall("2026-11-24 10:00", "Asia/Kathmandu")
    there = after(begin, HOUR, business=True, zone_name="Europe/Berlin")
    assert there == after(begin.astimezone(UTC), HOUR, business=True, zone_name="Europe/Berlin")


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc", "\x00", "Europe"])
def test_a_zone_that_does_not_exist_is_utc(name: str) -> None:
    assert zone(name).key == "UTC"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "europe/berlin ", "../UTC", "a" * 5_000])
def test_a_zone_that_does_not_exist_is_known_as_such(name: str) -> None:
    assert not is_zone(name)


@settings(max_examples=60)
@given(moments, st.integers(0, 60 * HOUR), st.sampled_from(ZONES))
def test_what_is_due_is_due_in_business_hours(now: datetime, minutes: int, name: str) -> None:
    end = after(now, minutes, business=True, zone_name=name).astimezone(ZoneInfo(name))
    assert (end.weekday() < 5, time(9) <= end.time() <= time(17)) == (True, True)


@settings(max_examples=60)
@given(moments, st.integers(0, 24 * HOUR), st.integers(0, 24 * HOUR), st.sampled_from(ZONES))
def test_more_time_is_never_due_earlier(now: datetime, some: int, more: int, name: str) -> None:
    end = after(now, some, business=True, zone_name=name)
    assert now <= end <= after(now, some + more, business=True, zone_name=name)


@settings(max_examples=60)
@given(moments, st.integers(1, 24 * HOUR), st.integers(1, 24 * HOUR), st.sampled_from(ZONES))
def test_two_spans_one_after_the_other_are_their_sum(
    now: datetime, one: int, two: int, name: str
) -> None:
    halfway = after(now, one, business=True, zone_name=name)
    whole = after(now, one + two, business=True, zone_name=name)
    assert after(halfway, two, business=True, zone_name=name) == whole


def test_a_week_of_business_hours_is_forty() -> None:
    begin = wall("2026-11-23 09:00", "UTC")
    assert after(begin, 40 * HOUR, business=True) == begin + timedelta(days=4, hours=8)
