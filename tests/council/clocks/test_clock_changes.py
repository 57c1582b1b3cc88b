"""What people live by stays on their wall when clocks are put forward and back."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from council import calendar, cases, initiatives
from council.people import preferences
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

# The Sunday of each change, in each zone: spring and autumn there.
CHANGES = [
    ("Europe/Berlin", 2027, 3, 28),
    ("Europe/Berlin", 2026, 10, 25),
    ("America/New_York", 2027, 3, 14),
    ("America/New_York", 2026, 11, 1),
    ("Australia/Lord_Howe", 2027, 4, 4),
    ("Australia/Lord_Howe", 2026, 10, 4),
]


@pytest.fixture(params=CHANGES, ids=lambda each: f"{each[0]}-{each[1]}-{each[2]:02}")
def talk(request: pytest.FixtureRequest) -> Iterator[Talk]:
    """Return people on the Friday before, at 14:00 on the wall of Mei and the council."""
    zone, year, month, day = request.param
    friday = datetime(year, month, day, 14, tzinfo=ZoneInfo(zone)) - timedelta(days=2)
    clock = SetClock(friday.astimezone(UTC))
    with a_desk(clock, channel="") as desk:
        council = desk.books.registry.council()
        council.timezone = zone
        desk.books.add(council)
        a_person(desk, "mei", zone=zone)
        a_person(desk, "tom", zone=zone)
        a_crew(desk, without=("mei",))
        an_initiative(desk, without=("ana",), tier=3)
        found = Talk(desk, clock)
        found.deliver()
        found.heard.clear()
        yield found


def wall(talk: Talk, at: datetime | None = None) -> str:
    """Return what Mei's clock shows."""
    zone = talk.desk.books.registry.council().timezone
    return f"{(at or talk.clock.moment).astimezone(ZoneInfo(zone)):%a %H:%M}"


def signal(talk: Talk) -> None:
    """Let a monitor say something."""
    cases.receive(talk.desk, [a_delivery(a_signal(), at=talk.clock.moment)])
    talk.deliver()


def until(talk: Talk, kind: str) -> str:
    """Wait for Mei to be told something, and return when that is on her clock."""
    for _ in range(200):
        heard = talk.wait(minutes=30)
        if any((each.kind, each.to, each.state) == (kind, "@mei", "sent") for each in heard):
            return wall(talk)
    return "never"


def test_a_snooze_until_monday_ends_on_monday_at_nine(talk: Talk) -> None:
    signal(talk)
    talk.does("mei", "snooze C-1 monday")
    assert until(talk, "case_awake_reply") == "Mon 09:00"


def test_a_snooze_until_a_time_of_day_ends_then(talk: Talk) -> None:
    signal(talk)
    talk.does("mei", "snooze C-1 2d")  # Sunday, when work would begin
    at = cases.view(talk.desk, "C-1").snoozed_until
    assert wall(talk, at) == "Sun 09:00"


def test_a_deadline_counts_working_hours_over_the_weekend(talk: Talk) -> None:
    signal(talk)  # three hours of Friday, five of Monday
    assert wall(talk, cases.view(talk.desk, "C-1").acknowledge_by) == "Mon 14:00"


def test_what_is_held_on_friday_night_comes_on_monday_at_nine(talk: Talk) -> None:
    talk.clock.move(hours=8)
    carla = talk.desk.books.people.by_handle("carla")
    assert carla
    an_initiative(talk.desk, "other", models=(), without=("rui", "ana", "bo", "mei", "dev"))
    initiatives.assign(talk.desk, carla.id, "other", "ml_engineer", "mei")
    talk.deliver()
    assert talk.said_to("mei") == []
    assert until(talk, "person_summary") == "Mon 09:00"


def test_quiet_hours_begin_and_end_on_the_wall(talk: Talk) -> None:
    mei = talk.desk.books.people.by_handle("mei")
    assert mei
    preferences.put(talk.desk, mei.id, mei.id, "days", "mon-sun")
    wants = preferences.of(talk.desk, mei.id)
    sunday = wants.hours.local(talk.clock.moment).date() + timedelta(days=2)
    edges = {
        at: wants.quiet(wants.hours.on(sunday, at))
        for at in (time(0), time(7, 59), time(8), time(19, 59), time(20))
    }
    assert list(edges.values()) == [True, True, False, False, True]


def test_an_absence_from_monday_begins_at_midnight_on_the_wall(talk: Talk) -> None:
    talk.does("mei", "away monday friday --deputy @tom")
    talk.does("tom", "accept A-1")
    row = talk.desk.books.absences.by_number(1)
    assert row
    assert wall(talk, row.starts_at) == "Mon 00:00"
    assert row.ends_at is not None
    assert wall(talk, row.ends_at) == "Sat 00:00"


def test_a_pause_until_monday_ends_on_monday_at_nine(talk: Talk) -> None:
    signal(talk)
    talk.does("mei", 'pause late-order "moving" --until monday')
    assert until(talk, "case_resumed_reply") == "Mon 09:00"


def test_a_time_that_the_clocks_show_twice_is_meant_the_first_time() -> None:
    hours = calendar.Hours("Europe/Berlin")
    midnight = hours.on(datetime(2026, 10, 25).date(), time(0))  # noqa: DTZ001 -- a day
    at = calendar.until("02:30", midnight, hours)
    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_leave_out_still_comes() -> None:
    hours = calendar.Hours("Europe/Berlin")
    midnight = hours.on(datetime(2027, 3, 28).date(), time(0))  # noqa: DTZ001 -- a day
    at = calendar.until("02:30", midnight, hours)
    assert at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
