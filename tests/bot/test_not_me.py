"""Passing a case on: to whom, with which reason, and what is said when nobody else is left."""

from collections.abc import Iterator

import pytest

from council import cases
from tests.builders import a_crew, a_delivery, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:here"


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a crew whose initiative has one open case, C-1, for Mei and Ana."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, channel=HERE)
        found = Talk(desk, clock)
        cases.receive(desk, [a_delivery(a_signal())])
        found.deliver()
        yield found


@pytest.mark.parametrize("line", ["to @bo he knows feeds", "@bo he knows feeds"])
def test_whoever_is_named_is_asked_with_the_reason(talk: Talk, line: str) -> None:
    talk.does("mei", f"decline C-1 {line}")
    said = talk.last(HERE, "case_not_me").text
    assert "@Bo" in said
    assert "“he knows feeds”" in said


def test_a_reason_is_read_by_those_who_are_asked_already(talk: Talk) -> None:
    talk.does("mei", "decline C-1")
    talk.does("ana", 'decline C-1 "I am in another incident"')
    said = talk.last(HERE, "case_not_me").text
    assert said.strip() == "Ana cannot: “I am in another incident”. C-1 is still with Carla."


def test_without_a_reason_nobody_reads_anything_new(talk: Talk) -> None:
    talk.does("mei", "decline C-1")
    before = len(talk.heard)
    talk.does("ana", "decline C-1")
    assert [each.kind for each in talk.heard[before:] if each.form == "reply"] == []


def test_the_last_who_is_asked_hears_what_else_can_be_done(talk: Talk) -> None:
    talk.does("mei", "decline C-1")
    talk.does("ana", "decline C-1")
    said = talk.refused("carla", "decline C-1")
    assert "You are the last who is asked about C-1" in said
    assert "decline C-1 @somebody" in said


def test_the_last_who_is_asked_may_name_somebody(talk: Talk) -> None:
    talk.does("mei", "decline C-1")
    talk.does("ana", "decline C-1")
    talk.does("carla", "decline C-1 @bo please")
    assert "@Bo" in talk.last(HERE, "case_not_me").text
