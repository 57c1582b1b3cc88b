"""A deadline is on the wall of whoever it is for, and follows them; a deputy has their own."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from council import cases, ledger
from council.people import preferences
from council.tables import Absence
from tests.builders import a_person, a_signal
from tests.talk import Talk


def shown(talk: Talk) -> str:
    """Return until when C-1 is to be answered, in UTC."""
    at = cases.view(talk.desk, "C-1").acknowledge_by
    assert at is not None
    return f"{at:%a %H:%M}"


def move(talk: Talk, handle: str, zone: str) -> None:
    """Have somebody move to another zone, as a table of people says it."""
    person = talk.desk.books.people.by_handle(handle)
    assert person
    before = preferences.of(talk.desk, person.id).hours
    person.timezone = zone
    talk.desk.books.add(person)
    preferences.moved(talk.desk, person.id, before)
    talk.wait(seconds=1)


def test_what_is_left_is_left_on_the_new_wall(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal())  # Tuesday 9:00 in UTC, four working hours
    talk.wait(hours=1)
    move(talk, "mei", "America/New_York")  # it is 5:00 there; work begins at 14:00 UTC
    assert shown(talk) == "Tue 17:00"


def test_it_is_said_where_the_case_is_shown(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal())
    move(talk, "mei", "America/New_York")
    card = talk.last("local:here", "case_rescheduled")
    assert "by Tue 24 Nov 2026, 13:00 EST" in card.text


def test_the_history_says_that_the_deadline_moved(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal())
    move(talk, "mei", "America/New_York")
    kinds = [link.kind for link in talk.desk.books.ledger.after(0, 200)]
    assert "case.rescheduled" in kinds
    assert ledger.verify(talk.desk)[1] == []


def test_own_hours_move_it_too(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal())
    mei = talk.desk.books.people.by_handle("mei")
    assert mei
    preferences.put(talk.desk, mei.id, mei.id, "hours", "9-11")
    talk.wait(seconds=1)
    assert shown(talk) == "Wed 11:00"


def test_of_several_moves_in_a_row_the_first_tells_what_was_left(
    talk: Talk, signal: Callable[..., None]
) -> None:
    signal(a_signal())
    mei = talk.desk.books.people.by_handle("mei")
    assert mei
    for hours in ("9-11", "9-12", "9-17"):
        preferences.put(talk.desk, mei.id, mei.id, "hours", hours)
    talk.wait(seconds=1)
    assert shown(talk) == "Tue 13:00"


def test_nobody_elses_move_moves_it(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal())
    move(talk, "ana", "America/New_York")
    assert shown(talk) == "Tue 13:00"


def test_it_does_not_escalate_at_the_old_time(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal())
    move(talk, "mei", "America/New_York")
    heard = talk.wait(hours=6)
    assert not [each for each in heard if each.kind.startswith("case_escalated")]


def test_it_escalates_at_the_new_one(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal())
    move(talk, "mei", "America/New_York")
    heard = talk.wait(hours=10)
    assert [each for each in heard if each.kind == "case_escalated_reply"]


def test_a_holiday_of_theirs_does_not_count(talk: Talk, signal: Callable[..., None]) -> None:
    mei = talk.desk.books.people.by_handle("mei")
    assert mei
    preferences.put(talk.desk, mei.id, mei.id, "country", "US")
    talk.clock.move(days=1, hours=6)  # Wednesday 15:00; Thursday is Thanksgiving
    signal(a_signal())
    assert shown(talk) == "Fri 11:00"


@pytest.fixture
def dora(talk: Talk) -> str:
    """Return Dora's id, who works in Kathmandu and said yes to stand in for Mei some day."""
    dora = a_person(talk.desk, "dora", zone="Asia/Kathmandu")
    mei = talk.desk.books.people.by_handle("mei")
    assert mei
    talk.desk.books.add(
        Absence(
            id="absence",
            council_id=talk.desk.council_id,
            number=1,
            person_id=mei.id,
            starts_at=talk.clock.moment + timedelta(days=30),
            deputy_id=dora.id,
            deputy_state="accepted",
            created_by=mei.id,
            created_at=talk.clock.moment,
        )
    )
    return dora.id


def begins_now(talk: Talk) -> None:
    """Let the absence for which Dora stands in begin."""
    absence = talk.desk.books.absences.by_id("absence")
    assert absence is not None
    absence.starts_at = talk.clock.moment
    talk.desk.books.add(absence)


@pytest.mark.usefixtures("dora")
def test_a_deputy_of_an_absence_to_come_is_not_asked(
    talk: Talk, signal: Callable[..., None]
) -> None:
    signal(a_signal())
    talk.wait(hours=4, minutes=1)
    said = talk.last("local:here", "case_escalated_reply").text
    assert "Carla" in said
    assert "Dora" not in said


@pytest.mark.usefixtures("dora")
def test_a_deputy_in_another_zone_has_their_own_wall(
    talk: Talk, signal: Callable[..., None]
) -> None:
    begins_now(talk)
    signal(a_signal())  # at 14:45 in Kathmandu
    assert shown(talk) == "Wed 05:00"  # 10:45 there: four hours of her days


@pytest.mark.usefixtures("dora")
def test_after_the_deputy_the_council_lead_is_asked(
    talk: Talk, signal: Callable[..., None]
) -> None:
    begins_now(talk)
    signal(a_signal())
    assert "@Dora" in talk.last("local:here", "case_opened").text
    early = talk.wait(hours=19, minutes=59)  # Wednesday 4:59, when Dora still has a minute
    assert not [each for each in early if each.kind.startswith("case_escalated")]
    talk.wait(minutes=2)
    assert "@Carla" in talk.last("local:here", "case_escalated_reply").text
