"""Business hours: Monday to Friday, nine to five on the wall of a person's own zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council.calendar import (
    Hours,
    after,
    between,
    is_country,
    is_holiday,
    is_zone,
    next_opening,
    until,
    zone,
)

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
    found = after(wall(text, name), int(hours * HOUR), business=True, hours=Hours(name))
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
    end = after(begin, later * HOUR, business=False, hours=Hours(name))
    assert end.astimezone(ZoneInfo(name)).time() == time(12)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    begin = wall("2026-11-24 10:00", "Asia/Kathmandu")
    there = after(begin, HOUR, business=True, hours=Hours("Europe/Berlin"))
    assert there == after(begin.astimezone(UTC), HOUR, business=True, hours=Hours("Europe/Berlin"))


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc", "\x00", "Europe"])
def test_a_zone_that_does_not_exist_is_utc(name: str) -> None:
    assert zone(name).key == "UTC"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "europe/berlin ", "../UTC", "a" * 5_000])
def test_a_zone_that_does_not_exist_is_known_as_such(name: str) -> None:
    assert not is_zone(name)


@settings(max_examples=60)
@given(moments, st.integers(0, 60 * HOUR), st.sampled_from(ZONES))
def test_what_is_due_is_due_in_business_hours(now: datetime, minutes: int, name: str) -> None:
    end = after(now, minutes, business=True, hours=Hours(name)).astimezone(ZoneInfo(name))
    assert (end.weekday() < 5, time(9) <= end.time() <= time(17)) == (True, True)


@settings(max_examples=60)
@given(moments, st.integers(0, 24 * HOUR), st.integers(0, 24 * HOUR), st.sampled_from(ZONES))
def test_more_time_is_never_due_earlier(now: datetime, some: int, more: int, name: str) -> None:
    end = after(now, some, business=True, hours=Hours(name))
    assert now <= end <= after(now, some + more, business=True, hours=Hours(name))


@settings(max_examples=60)
@given(moments, st.integers(1, 24 * HOUR), st.integers(1, 24 * HOUR), st.sampled_from(ZONES))
def test_two_spans_one_after_the_other_are_their_sum(
    now: datetime, one: int, two: int, name: str
) -> None:
    halfway = after(now, one, business=True, hours=Hours(name))
    whole = after(now, one + two, business=True, hours=Hours(name))
    assert after(halfway, two, business=True, hours=Hours(name)) == whole


def test_a_week_of_business_hours_is_forty() -> None:
    begin = wall("2026-11-23 09:00", "UTC")
    assert after(begin, 40 * HOUR, business=True) == begin + timedelta(days=4, hours=8)


# ── deadlines over both changes of the clock, in four zones ──────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        pytest.param("Europe/Berlin", "2026-03-27 16:00", "2026-03-30 11:00", id="Berlin, spring"),
        pytest.param("Europe/Berlin", "2026-10-23 16:00", "2026-10-26 11:00", id="Berlin, autumn"),
        pytest.param("America/New_York", "2026-03-06 16:00", "2026-03-09 11:00", id="NY, spring"),
        pytest.param("America/New_York", "2026-10-30 16:00", "2026-11-02 11:00", id="NY, autumn"),
        pytest.param(
            "Australia/Lord_Howe", "2026-04-03 16:00", "2026-04-06 11:00", id="LH, autumn"
        ),
        pytest.param(
            "Australia/Lord_Howe", "2026-10-02 16:00", "2026-10-05 11:00", id="LH, spring"
        ),
        pytest.param("Asia/Kathmandu", "2026-03-27 16:00", "2026-03-30 11:00", id="Kathmandu"),
    ],
)
def test_three_working_hours_from_friday_afternoon_are_monday_at_eleven(
    name: str, begin: str, end: str
) -> None:
    assert due(begin, 3, name) == end


@pytest.mark.parametrize(
    ("name", "sunday", "length"),
    [
        pytest.param("Europe/Berlin", "2026-03-29", 23, id="Berlin, spring"),
        pytest.param("Europe/Berlin", "2026-10-25", 25, id="Berlin, autumn"),
        pytest.param("America/New_York", "2026-03-08", 23, id="New York, spring"),
        pytest.param("America/New_York", "2026-11-01", 25, id="New York, autumn"),
        pytest.param("Australia/Lord_Howe", "2026-10-04", 23.5, id="Lord Howe, spring"),
        pytest.param("Australia/Lord_Howe", "2026-04-05", 24.5, id="Lord Howe, autumn"),
        pytest.param("Asia/Kathmandu", "2026-03-29", 24, id="Kathmandu, never"),
    ],
)
def test_somebody_who_works_through_the_change_works_as_long_as_the_day_is(
    name: str, sunday: str, length: float
) -> None:
    hours = Hours(name, time(0), time(23, 59), frozenset({6}))
    begin, day = wall(f"{sunday} 00:00", name), timedelta(days=1)
    assert between(begin, begin + 2 * day, hours) == int(length * HOUR) - 1


def test_kathmandu_is_a_quarter_of_an_hour_off_every_other_hour() -> None:
    begin = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
    assert after(begin, HOUR, business=True, hours=Hours("Asia/Kathmandu")) == begin + timedelta(
        hours=1
    )


# ── holidays ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("country", "end"),
    [
        pytest.param("", "2026-05-14 11:00", id="nobody's holiday"),
        pytest.param("DE", "2026-05-15 11:00", id="Ascension in Germany"),
        pytest.param("US", "2026-05-14 11:00", id="not in America"),
    ],
)
def test_a_public_holiday_does_not_count(country: str, end: str) -> None:
    hours = Hours("Europe/Berlin", country=country)
    begin = wall("2026-05-13 16:00", "Europe/Berlin")
    found = after(begin, 3 * HOUR, business=True, hours=hours)
    assert found.astimezone(ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%d %H:%M") == end


@pytest.mark.parametrize(("country", "holiday"), [("DE-BY", True), ("DE-BE", False), ("DE", False)])
def test_a_part_of_a_country_has_its_own_holidays(country: str, *, holiday: bool) -> None:
    assert is_holiday(country, date(2026, 1, 6)) is holiday  # Epiphany


@pytest.mark.parametrize("country", ["XX", "DE-XX", "Germany", "de"])
def test_a_country_that_does_not_exist_is_known_as_such(country: str) -> None:
    assert not is_country(country)


# ── hours of somebody's own ──────────────────────────────────────────────────────────────────────


def test_hours_of_somebodys_own_count() -> None:
    hours = Hours("Europe/Berlin", time(8, 30), time(12, 30), frozenset({0, 2}))
    begin = wall("2026-11-23 11:30", "Europe/Berlin")  # a Monday
    found = after(begin, 2 * HOUR, business=True, hours=hours)
    assert found == wall("2026-11-25 09:30", "Europe/Berlin")


def test_who_works_on_no_day_is_asked_by_the_clock() -> None:
    begin = wall("2026-11-23 11:30", "UTC")
    found = after(begin, HOUR, business=True, hours=Hours(days=frozenset()))
    assert found == begin + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-24 05:00", "2026-11-24 09:00"),
        ("2026-11-24 12:00", "2026-11-24 12:00"),
        ("2026-11-24 17:00", "2026-11-25 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),
    ],
)
def test_work_begins_next_when_it_opens(now: str, opens: str) -> None:
    hours = Hours("Europe/Berlin")
    assert next_opening(wall(now, "Europe/Berlin"), hours) == wall(opens, "Europe/Berlin")


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("1h", "2026-11-24 19:00"),
        ("90m", "2026-11-24 19:30"),
        ("tomorrow", "2026-11-25 09:00"),
        ("2d", "2026-11-26 09:00"),
        ("1w", "2026-12-01 09:00"),
        ("monday", "2026-11-30 09:00"),
        ("tuesday", "2026-12-01 09:00"),
        ("2026-12-24", "2026-12-24 09:00"),
    ],
)
def test_a_time_is_meant_on_the_readers_wall(said: str, at: str) -> None:
    now = wall("2026-11-24 18:00", "America/New_York")
    found = until(said, now, Hours("America/New_York"))
    assert found == wall(at, "America/New_York")


@pytest.mark.parametrize("said", ["", "soon", "0h", "0d", "2026-11-01", "2026-13-01", "1y", "-1h"])
def test_what_is_no_time_ahead_is_none(said: str) -> None:
    assert until(said, wall("2026-11-24 18:00", "UTC")) is None
