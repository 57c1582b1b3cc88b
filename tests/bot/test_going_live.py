"""An initiative goes live: what waited there while it only watched gets its clock."""

from collections.abc import Iterator

import pytest

from council import initiatives
from tests.builders import a_crew, an_initiative
from tests.council.handoffs.packets import offered
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council whose initiative only watches, with a packet that was offered there."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        row = an_initiative(desk, phase="development", channel="local:late-order")
        row.state = "watching"
        desk.books.add(row)
        talk = Talk(desk, clock)
        offered(talk)
        talk.does("mei", 'huddle late-order "what next"')
        yield talk


def clocks(talk: Talk) -> set[str]:
    """Return what is due, some day, on the initiative."""
    row = initiatives.get(talk.desk, "late-order")
    return {each.kind for each in talk.desk.books.everyday.clocks_of(row.id)}


def test_while_it_watches_no_clock_runs(talk: Talk) -> None:
    assert clocks(talk) == set()


def test_when_it_goes_live_packets_and_huddles_get_theirs(talk: Talk) -> None:
    talk.does("carla", "live late-order")
    assert clocks(talk) == {"handoff.remind", "handoff.escalate", "huddle.decide"}


def test_the_packet_says_by_when_it_is_to_be_answered(talk: Talk) -> None:
    talk.does("carla", "live late-order")
    row = talk.desk.books.handoffs.by_number(1)
    assert row is not None
    assert row.accept_by is not None


def test_taking_it_back_stops_them(talk: Talk) -> None:
    talk.does("carla", "live late-order")
    talk.does("carla", "undo")
    assert clocks(talk) == set()
