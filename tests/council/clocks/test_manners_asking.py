"""What asks somebody directly: not at night, and not held while its clock runs."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from council.manners import A_DAY
from tests.builders import a_signal
from tests.talk import Heard, Talk

Send = Callable[..., None]
CLASSES = ("data_drift", "accuracy", "prediction_drift", "data_quality", "cost")


@pytest.fixture
def direct(talk: Talk) -> Talk:
    """Return a council without channels, and an initiative of tier 3, on a Wednesday at nine."""
    row = talk.desk.books.registry.council()
    row.channel = ""
    here = talk.desk.books.initiatives.by_key("late-order")
    assert here
    here.channel, here.tier = "", 3
    talk.desk.books.add(row)
    talk.desk.books.add(here)
    talk.clock.moment = datetime(2026, 11, 25, 9, tzinfo=UTC)
    return talk


def lives(talk: Talk, handle: str, zone: str) -> None:
    """Have somebody live elsewhere."""
    person = talk.desk.books.people.by_handle(handle)
    assert person
    person.timezone = zone
    talk.desk.books.add(person)


def replies(heard: list[Heard], to: str) -> list[str]:
    """Return the kinds of replies that somebody got directly."""
    return [each.kind for each in heard if each.form == "reply" and each.to == to]


def test_a_reply_does_not_come_at_night(direct: Talk, signal: Send) -> None:
    lives(direct, "ana", "America/New_York")
    direct.clock.move(hours=6)  # 10:00 there
    signal(a_signal())
    direct.does("mei", "snooze C-1 tomorrow")
    heard = direct.wait(hours=18)  # 4:00 there
    assert replies(heard, "@ana") == []
    assert replies(heard, "@mei") == ["case_awake_reply"]


def test_what_a_reply_would_have_asked_is_in_the_summary(direct: Talk, signal: Send) -> None:
    lives(direct, "ana", "America/New_York")
    direct.clock.move(hours=6)
    signal(a_signal())
    direct.does("mei", "snooze C-1 tomorrow")
    direct.wait(hours=23, minutes=1)  # 9:00 there
    assert "C-1 · S3" in direct.last("@ana", "person_summary").text


def test_a_reply_on_the_worst_comes_at_any_hour(direct: Talk, signal: Send) -> None:
    here = direct.desk.books.initiatives.by_key("late-order")
    assert here
    here.tier = 1
    direct.desk.books.add(here)
    lives(direct, "ana", "America/New_York")
    direct.clock.move(hours=6)
    signal(a_signal())
    direct.does("mei", "snooze C-1 tomorrow")
    heard = direct.wait(hours=18)
    assert replies(heard, "@ana") == ["case_awake_reply"]


def test_what_is_to_be_answered_today_is_not_kept_for_tomorrow(direct: Talk, signal: Send) -> None:
    for about in CLASSES:
        signal(a_signal(about, signal_class=about))
    assert len(direct.said_to("mei")) > A_DAY
    assert "in_summary" not in {each.reason for each in direct.heard}


def test_nobody_is_said_to_have_been_asked_who_was_not_told(direct: Talk, signal: Send) -> None:
    for about in CLASSES:
        signal(a_signal(about, signal_class=about))
    told = {each.subject for each in direct.said_to("mei")}
    direct.wait(hours=9)
    escalated = [each for each in direct.said_to("carla") if "Mei" in each.text]
    assert len(escalated) > A_DAY
    assert {each.subject for each in escalated} <= told


def test_what_has_time_until_the_summary_is_kept_for_it(direct: Talk, signal: Send) -> None:
    here = direct.desk.books.initiatives.by_key("late-order")
    assert here
    here.tier = 4  # no clock runs
    direct.desk.books.add(here)
    for about in CLASSES:
        signal(a_signal(about, signal_class=about))
    assert "in_summary" in {each.reason for each in direct.heard}


def test_an_escalation_rings_nobody_who_is_not_meant(direct: Talk, signal: Send) -> None:
    signal(a_signal())
    heard = direct.wait(hours=9)
    assert [each.to for each in heard if each.kind == "case_escalated_reply"] == []
    assert "comes to you now" in direct.last("@carla", "case_escalated").text


def test_whoever_was_asked_first_sees_on_their_card_whom_it_came_to(
    direct: Talk, signal: Send
) -> None:
    signal(a_signal())
    direct.wait(hours=9)
    assert "Carla" in direct.last("@mei", "case_escalated").text


def test_a_case_that_is_passed_on_shows_its_card_to_whom_it_comes(
    direct: Talk, signal: Send
) -> None:
    signal(a_signal())
    direct.does("mei", 'decline C-1 @dev "not my model"')
    kinds = [each.kind for each in direct.said_to("dev")]
    assert kinds == ["case_passed_on", "case_not_me_reply"]
    assert replies(direct.heard, "@ana") == []


def test_only_whoever_has_a_case_is_reminded(direct: Talk, signal: Send) -> None:
    signal(a_signal())
    direct.does("mei", "ack C-1")
    heard = direct.wait(days=4)
    assert replies(heard, "@mei")[:1] == ["case_reminder_reply"]
    assert "case_reminder_reply" not in replies(heard, "@ana")
