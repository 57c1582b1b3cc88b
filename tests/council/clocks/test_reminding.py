"""Taken and forgotten: two reminders in the thread, then one question to more people."""

from collections.abc import Callable

import pytest

from council import cases
from tests.builders import a_signal
from tests.talk import Talk

HERE = "local:here"


@pytest.fixture
def taken(talk: Talk, signal: Callable[..., None]) -> Talk:
    """Return a council in which Mei has a case of S3, whose huddle nobody convenes by itself."""
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row
    row.tier = 3
    talk.desk.books.add(row)
    signal(a_signal())
    talk.does("mei", "ack C-1")
    for kind in ("case.huddle", "case.decide"):
        talk.desk.books.agenda.cancel([kind], [cases.view(talk.desk, "C-1").id])
    return talk


def reminders(talk: Talk) -> list[str]:
    """Return when reminders came, as days and hours after the case was taken."""
    return [each.kind for each in talk.heard if each.kind == "case_reminder_reply"]


def test_a_reminder_comes_after_half_the_time_to_decide(taken: Talk) -> None:
    taken.wait(days=2, hours=3, minutes=59)  # 20 of 40 working hours: Thursday 13:00
    before = len(reminders(taken))
    taken.wait(minutes=2)
    assert (before, len(reminders(taken))) == (0, 1)


def test_it_rings_whoever_has_it_and_nobody_else(taken: Talk) -> None:
    taken.wait(days=3)
    assert taken.last(HERE, "case_reminder_reply").text.startswith("@Mei: C-1 is with you")


def test_there_are_two_and_no_more(taken: Talk) -> None:
    taken.wait(days=30)
    assert len(reminders(taken)) == 2


def test_then_it_is_asked_whether_it_is_still_theirs(taken: Talk) -> None:
    taken.wait(days=30)
    reply = taken.last(HERE, "case_forgotten_reply")
    assert reply.card
    assert [each.label for each in reply.card.buttons] == ["Yes, still on it", "Hand over"]


def test_the_council_lead_hears_of_it_then(taken: Talk) -> None:
    taken.wait(days=30)
    assert [each.kind for each in taken.said_to("carla")].count("case_forgotten") == 1


def test_that_is_asked_once(taken: Talk) -> None:
    taken.wait(days=60)
    asked = [each for each in taken.heard if each.kind == "case_forgotten_reply"]
    assert len(asked) == 1


def test_who_says_that_they_still_have_it_is_left_in_peace_for_a_while(taken: Talk) -> None:
    taken.wait(days=2, hours=3)
    taken.does("mei", "ack C-1")
    taken.wait(days=1)
    assert not reminders(taken)


def test_what_is_closed_is_not_asked_about(taken: Talk) -> None:
    taken.does("mei", "close C-1 fixed")
    taken.wait(days=30)
    assert not reminders(taken)


def test_who_hands_it_over_is_not_reminded(taken: Talk) -> None:
    taken.does("mei", "decline C-1")
    taken.wait(days=4)
    assert not reminders(taken)
