"""Working hours where clocks change, by half an hour too: they hold for any working week."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from council import calendar
from council.calendar import Hours

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
# Moments around the changes of 2026: Berlin, New York and Lord Howe, in spring and in autumn.
CHANGES = (
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
)
NEAR = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(CHANGES),
    st.integers(-6_000, 6_000),
)
FAR = st.integers(0, 3 * 525_600).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
MOMENTS = NEAR | FAR
WALLS = st.integers(0, 23 * 60 + 59).map(lambda minutes: time(minutes // 60, minutes % 60))
SPANS = st.tuples(WALLS, WALLS).filter(lambda pair: pair[0] < pair[1])
WEEKS = st.builds(
    lambda zone, span, days, country: Hours(zone, span[0], span[1], days, country),
    st.sampled_from(ZONES),
    SPANS,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from(("", "DE", "DE-BY", "US", "AU", "NP")),
)
# From six on, so that no change of a clock falls into them: a working day then has its full length.
BY_DAY = st.builds(
    lambda zone, begin, length, days: Hours(zone, time(begin), time(begin + length), days),
    st.sampled_from(ZONES),
    st.integers(6, 12),
    st.integers(1, 10),
    st.frozensets(st.integers(0, 6), min_size=1),
)
MINUTES = st.integers(1, 50 * 60)


def works(at: datetime, hours: Hours) -> bool:
    """Whether somebody works at this moment, or has just stopped."""
    shown = hours.local(at)
    inside = hours.opens <= shown.time() <= hours.closes
    return shown.weekday() in hours.days and inside


@given(MOMENTS, MINUTES, BY_DAY)
def test_what_is_due_is_due_while_somebody_works(now: datetime, span: int, hours: Hours) -> None:
    assert works(calendar.after(now, span, business=True, hours=hours), hours)


@given(MOMENTS, MINUTES, WEEKS)
def test_so_many_working_minutes_lie_before_it(now: datetime, span: int, hours: Hours) -> None:
    at = calendar.after(now, span, business=True, hours=hours)
    assert calendar.between(now, at, hours) == span


@given(MOMENTS, MINUTES, st.integers(0, 3_000), WEEKS)
def test_who_asks_later_is_due_later(now: datetime, span: int, wait: int, hours: Hours) -> None:
    later = calendar.after(now + timedelta(minutes=wait), span, business=True, hours=hours)
    assert calendar.after(now, span, business=True, hours=hours) <= later


@given(MOMENTS, MINUTES, MINUTES, WEEKS)
def test_a_span_in_two_parts_ends_at_the_same_time(
    now: datetime, one: int, two: int, hours: Hours
) -> None:
    halfway = calendar.after(now, one, business=True, hours=hours)
    whole = calendar.after(now, one + two, business=True, hours=hours)
    assert calendar.after(halfway, two, business=True, hours=hours) == whole


@given(MOMENTS, WEEKS)
def test_the_next_opening_is_open(now: datetime, hours: Hours) -> None:
    at = calendar.next_opening(now, hours)
    assert (at >= now, calendar.is_open(at, hours)) == (True, True)


@given(MOMENTS, WEEKS)
def test_nobody_works_before_the_next_opening(now: datetime, hours: Hours) -> None:
    assert calendar.between(now, calendar.next_opening(now, hours), hours) == 0


@given(MOMENTS, st.sampled_from(("DE-BY", "US", "NP")))
def test_nothing_is_due_on_a_holiday(now: datetime, country: str) -> None:
    hours = Hours("Europe/Berlin", country=country)
    at = hours.local(calendar.after(now, 60, business=True, hours=hours))
    assert not calendar.is_holiday(country, at.date())


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_without_a_country_no_day_is_a_holiday(day: date) -> None:
    assert not calendar.is_holiday("", day)


@given(MOMENTS, st.integers(1, 500), st.sampled_from("mhdw"), WEEKS)
def test_until_some_time_is_later(now: datetime, number: int, unit: str, hours: Hours) -> None:
    at = calendar.until(f"{number}{unit}", now, hours)
    assert at is not None
    assert at > now
