"""A role that a later phase needs: a council lead is reminded when that phase comes near."""

from collections.abc import Iterator

import pytest

from council import initiatives
from tests.builders import a_crew
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a first initiative in its first phase, where nobody is DevOps engineer yet."""
    clock = SetClock()
    with a_desk(clock, channel="") as desk:
        a_crew(desk)
        initiatives.begin_checks(desk)
        talk = Talk(desk, clock)
        talk.does("carla", 'new "Late order" --key late-order --channel orders --tier 3')
        for role, who in (("data scientist", "ana"), ("data engineer", "bo")):
            talk.does("carla", f'assign late-order "{role}" @{who}')
        for role, who in (("ml engineer", "mei"), ("business owner", "rui")):
            talk.does("carla", f'assign late-order "{role}" @{who}')
        yield talk


def gaps(talk: Talk) -> list[str]:
    """Return what Carla was told of roles that nobody fills."""
    return [each.text for each in talk.said_to("carla") if each.kind == "role_gap"]


def pressed(talk: Talk) -> str:
    """Press what the end of setting up offers."""
    said = talk.does("carla", "setup")
    return talk.does("carla", said.button("Remind me when phase 3 comes near")).text


def test_the_end_of_setting_up_offers_to_remind_of_a_later_phase(talk: Talk) -> None:
    assert "Nobody is DevOps engineer yet" in pressed(talk)


def test_the_answer_says_when_the_reminder_comes(talk: Talk) -> None:
    assert "I will remind you when Model development begins." in pressed(talk)


def test_nothing_is_said_before_that_phase_begins(talk: Talk) -> None:
    pressed(talk)
    talk.wait(days=14)
    assert gaps(talk) == []


def test_the_reminder_comes_when_the_phase_before_begins(talk: Talk) -> None:
    pressed(talk)
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row
    row.phase = "development"
    talk.desk.books.add(row)
    talk.wait(days=4)
    assert "Nobody is DevOps engineer; it is needed from the next phase on" in gaps(talk)[0]


def test_only_a_council_lead_is_reminded(talk: Talk) -> None:
    said = talk.refused("mei", 'setup late-order --remind "devops engineer"')
    assert "These people can: @carla" in said


def test_nobody_is_reminded_of_a_role_that_is_filled(talk: Talk) -> None:
    said = talk.refused("carla", 'setup late-order --remind "data scientist"')
    assert "is filled already" in said
