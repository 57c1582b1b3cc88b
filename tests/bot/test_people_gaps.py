"""Roles that nobody fills, people who left: what the lead reads, once, and what is refused."""

from collections.abc import Iterator

import pytest

from council import initiatives, leaving
from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Heard, Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council whose initiative has no ML engineer; roles are checked each morning."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk, without=("mei",))
        a_person(desk, "tom")
        an_initiative(desk)
        initiatives.begin_checks(desk)
        yield Talk(desk, clock)


def gaps(talk: Talk) -> list[Heard]:
    """Return what the lead read of gaps."""
    return [each for each in talk.said_to("carla") if each.kind == "role_gap"]


def test_a_gap_is_told_once_with_a_form_to_name_somebody(talk: Talk) -> None:
    talk.wait(days=7)
    [told] = gaps(talk)
    assert "Nobody is ML engineer" in told.text
    assert told.card is not None
    assert told.card.buttons[0].form is not None
    assert told.card.buttons[0].command == "assign late-order"


def test_a_gap_that_was_filled_in_between_is_told_again(talk: Talk) -> None:
    talk.wait(days=2)
    talk.does("carla", "assign late-order ml engineer @tom")
    talk.wait(days=2)
    talk.does("carla", "assign late-order ml engineer @tom --remove")
    talk.wait(days=4)
    assert len(gaps(talk)) == 2


def test_a_role_whose_only_holder_is_away_is_a_gap_until_somebody_stands_in(talk: Talk) -> None:
    talk.does("carla", "assign late-order ml engineer @tom")
    talk.wait(days=1)
    assert gaps(talk) == []
    talk.does("tom", "away tomorrow")
    talk.wait(days=1)
    assert "Tom (ML engineer) is away, and nobody stands in" in gaps(talk)[-1].text
    talk.does("tom", "away A-1 --deputy @bo")
    talk.does("bo", "accept A-1")
    talk.wait(days=5)
    assert len(gaps(talk)) == 1


def test_whom_the_next_phase_needs_is_missed_before_it_comes(talk: Talk) -> None:
    talk.does("carla", 'new "Returns forecast" --key returns --phase development')
    for role, handle in (
        ("data scientist", "ana"),
        ("data engineer", "bo"),
        ("ml engineer", "tom"),
        ("business owner", "rui"),
    ):
        talk.does("carla", f"assign returns {role} @{handle}")
    talk.wait(days=2)
    told = next(each for each in gaps(talk) if "Returns" in each.text)
    assert "Nobody is DevOps engineer; it is needed from the next phase on" in told.text


@pytest.mark.parametrize("state", ["watching", "paused", "archived", "retired"])
def test_what_is_not_live_has_no_gaps(talk: Talk, state: str) -> None:
    initiative = initiatives.get(talk.desk, "late-order")
    initiative.state = state
    talk.desk.books.add(initiative)
    talk.wait(days=3)
    assert gaps(talk) == []


def test_checks_go_on_every_business_morning(talk: Talk) -> None:
    talk.wait(days=10)
    row = talk.desk.books.agenda.next_due()
    assert row is not None
    assert (row.hour, row.weekday() < 5, row > talk.clock.moment) == (9, True, True)


def test_whoever_left_is_refused_kindly(talk: Talk) -> None:
    leaving.leave(talk.desk, "shell", "bo")
    assert "You have left this council" in talk.refused("bo", "mine")
    assert "You have left this council" in talk.refused("bo", "flag late-order what is this")


def test_whoever_left_is_named_nowhere_any_more(talk: Talk) -> None:
    leaving.leave(talk.desk, "shell", "bo")
    assert "has left the council" in talk.refused("carla", "assign late-order ml engineer @bo")


def test_whoever_left_is_told_nothing(talk: Talk) -> None:
    talk.does("ana", "away monday --deputy @bo")
    before = len(talk.said_to("bo"))
    talk.say("ana", "away A-1 --deputy @tom")
    leaving.leave(talk.desk, "shell", "bo")
    talk.deliver()
    assert len(talk.said_to("bo")) == before
    assert "left" in {each.reason for each in talk.heard}


def test_whoever_takes_on_a_part_hears_of_it(talk: Talk) -> None:
    leaving.leave(talk.desk, "shell", "bo", "tom")
    talk.deliver()
    assert "data engineer" in talk.last("@tom", "assigned").text
