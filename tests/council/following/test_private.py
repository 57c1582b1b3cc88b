"""What becomes private leaves the channel of all, and goes on with its people."""

from collections.abc import Callable, Iterator

import pytest

from tests.builders import a_signal
from tests.council.following.conftest import crew_on
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

COUNCIL = "local:council"
Send = Callable[..., None]


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a crew on an initiative that lives in the council's channel."""
    clock = SetClock()
    with a_desk(clock, channel=COUNCIL) as desk:
        yield crew_on(desk, clock, "")


def test_the_old_card_names_nobody_and_has_nothing_to_press(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("carla", "edit late-order --private")
    said = talk.last(COUNCIL, "case_")
    assert said.text.startswith("Moved to its people")
    assert "Late order" not in said.text
    assert "Mei" not in said.text
    assert said.card is not None
    assert said.card.buttons == ()


def test_what_is_open_goes_to_its_people(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("carla", "edit late-order --private")
    for handle in ("mei", "ana"):
        assert "ack C-1" in talk.last(f"@{handle}", "case_").text
    assert not talk.said_to("bo")


def test_it_is_replaced_once(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("carla", "edit late-order --private")
    talk.heard.clear()
    talk.does("mei", "ack C-1")
    assert not [each for each in talk.heard if each.to == COUNCIL and each.state == "sent"]
    assert "Mei has it" in talk.last("@ana", "case_").text


def test_what_is_over_is_not_read_there_either(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("mei", "close C-1 noise")
    talk.does("carla", "edit late-order --private")
    assert talk.last(COUNCIL).text.startswith("Moved to its people")


def test_made_public_again_the_card_is_back(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("carla", "edit late-order --private")
    talk.does("carla", "edit late-order --public")
    assert "Data drift: Late order predictor" in talk.last(COUNCIL, "case_").text


def test_in_a_channel_of_its_own_it_stays(talk: Talk, signal: Send) -> None:
    talk.does("carla", "edit late-order --channel local:own")
    signal(talk, a_signal())
    talk.heard.clear()
    talk.does("carla", "edit late-order --private")
    assert "Data drift" in talk.last("local:own", "case_").text
    assert not talk.said_to("mei")
