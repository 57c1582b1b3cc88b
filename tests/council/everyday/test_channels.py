"""An initiative that comes to live in another channel: its phase card goes along."""

from collections.abc import Iterator

import pytest

from tests.builders import a_crew
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Heard, Talk

OLD, NEW = "local:orders", "local:general"


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return an initiative whose phase card stands in its channel."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        talk = Talk(desk, clock)
        talk.does("mei", 'new "Late order" --key late-order --phase operations --channel orders')
        talk.does("carla", "assign late-order ml engineer @mei")
        yield talk


def buttons(heard: Heard) -> list[str]:
    """Return what can be pressed on a card."""
    assert heard.card
    return [each.label for each in heard.card.buttons]


def test_the_new_channel_has_the_phase_card(talk: Talk) -> None:
    talk.does("mei", "edit late-order --channel general")
    assert "Check off…" in buttons(talk.last(NEW, "phase_"))


def test_the_old_channel_says_where_it_goes_on_and_asks_nothing(talk: Talk) -> None:
    talk.does("mei", "edit late-order --channel general")
    left = talk.last(OLD, "phase_")
    assert ("It goes on in #general." in left.text, buttons(left)) == (True, [])


def test_the_old_channel_hears_no_more_of_it(talk: Talk) -> None:
    talk.does("mei", "edit late-order --channel general")
    before = len(talk.heard)
    talk.does("mei", "done late-order exit:o1")
    talk.does("mei", "pause late-order --yes")
    assert {each.to for each in talk.heard[before:]} == {NEW}


def test_a_wrong_channel_that_is_taken_back_is_left_as_any_other(talk: Talk) -> None:
    talk.does("mei", "edit late-order --channel general")
    talk.does("mei", "undo")
    assert "It goes on in #orders." in talk.last(NEW, "phase_").text
    assert "Check off…" in buttons(talk.last(OLD, "phase_"))


def test_after_that_only_the_right_channel_hears_of_it(talk: Talk) -> None:
    talk.does("mei", "edit late-order --channel general")
    talk.does("mei", "undo")
    before = len(talk.heard)
    talk.does("mei", "done late-order exit:o1")
    assert {each.to for each in talk.heard[before:]} == {OLD}


def test_a_channel_that_is_given_up_says_so(talk: Talk) -> None:
    talk.does("mei", "edit late-order --channel none")
    assert "no channel of its own any more" in talk.last(OLD, "phase_").text
