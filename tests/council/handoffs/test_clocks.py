"""An offer has a clock: a reminder, then the next in line; on the receiver's working hours."""

from council.desk import Desk
from tests.builders import a_crew, a_person, an_initiative
from tests.council.handoffs.conftest import CHANNEL
from tests.council.handoffs.packets import offered
from tests.fakes import SetClock
from tests.talk import Talk


def kinds(talk: Talk) -> list[str]:
    return [f"{each.to} {each.kind}" for each in talk.heard if each.kind.startswith("handoff")]


def test_after_a_working_day_the_receiver_is_reminded_in_the_thread(talk: Talk) -> None:
    offered(talk)
    talk.wait(hours=24)
    assert "@Mei: H-1 (trained model) still waits" in talk.last(CHANNEL).text


def test_after_three_working_days_it_comes_to_the_council_lead(talk: Talk) -> None:
    offered(talk)
    talk.wait(days=3)
    assert "@Carla: it comes to you now" in talk.last("@carla", "handoff_escalated").text
    said = talk.last(CHANNEL, "handoff_escalated_reply").text
    assert "@Carla" in said
    assert "Mei" not in said


def test_the_council_lead_to_whom_it_came_may_accept(talk: Talk) -> None:
    offered(talk)
    talk.wait(days=3)
    assert "Carla accepted" in talk.does("carla", "accept H-1").text


def test_nobody_is_reminded_of_what_is_answered(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    before = len(kinds(talk))
    talk.wait(days=7)
    assert len(kinds(talk)) == before


def test_nobody_is_reminded_of_what_is_withdrawn_or_came_back(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "decline H-1 other")
    talk.does("ana", "handoff H-1 withdraw")
    before = len(kinds(talk))
    talk.wait(days=7)
    assert len(kinds(talk)) == before


def test_no_offer_is_reminded_of_more_than_twice(talk: Talk) -> None:
    offered(talk)
    talk.wait(days=30)
    assert sum("remind" in each for each in kinds(talk)) <= 2


def test_a_weekend_and_the_receivers_zone_are_left_out_of_the_clock(
    desk: Desk, clock: SetClock
) -> None:
    a_crew(desk, without=("mei",))
    a_person(desk, "mei", zone="America/New_York")
    an_initiative(desk, phase="development", channel=CHANNEL)
    talk = Talk(desk, clock)
    talk.clock.move(days=3)  # Friday, 10:00 in Berlin, 4:00 in New York
    offered(talk)
    row = desk.books.handoffs.by_number(1)
    assert row is not None
    assert row.accept_by is not None
    assert row.accept_by.isoformat() == "2026-11-30T22:00:00+00:00"  # Monday, 17:00 there


def test_what_nobody_can_take_has_no_clock_and_says_so(desk: Desk, clock: SetClock) -> None:
    a_crew(desk)
    an_initiative(desk, phase="development", channel=CHANNEL)
    talk = Talk(desk, clock)
    talk.does("carla", "unassign late-order ml_engineer @mei")
    carla = desk.books.people.by_handle("carla")
    assert carla is not None
    carla.is_lead = False
    desk.books.add(carla)
    offered(talk)
    assert "Nobody is there to take it" in talk.last(CHANNEL, "handoff_offered").text


def test_an_initiative_that_is_paused_reminds_nobody(talk: Talk) -> None:
    offered(talk)
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    found.state = "paused"
    talk.desk.books.add(found)
    before = len(kinds(talk))
    talk.wait(days=7)
    assert len(kinds(talk)) == before


def test_after_everybody_was_asked_nobody_else_is(talk: Talk) -> None:
    talk.does("carla", "unassign late-order ml_engineer @mei")
    offered(talk)
    talk.wait(days=7)
    assert not [each for each in kinds(talk) if "escalated_reply" in each]
