"""Looking back at a case, without blame: who does, until when, and what becomes of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from council import cases, huddles, replay
from tests.builders import a_delivery, a_signal, recovered
from tests.council.huddles.test_huddles_life import DRIFT, HERE, a_council, drift, kinds
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council with nothing wrong yet."""
    yield from a_council()


@pytest.fixture
def worst() -> Iterator[Talk]:
    """Return a council whose initiative matters most."""
    yield from a_council(tier=1)


class TestLookingBack:
    def over(self, talk: Talk) -> None:
        drift(talk)
        talk.wait(minutes=10)
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.wait(minutes=1)

    def test_the_worst_cases_are_looked_back_at_without_blame(self, worst: Talk) -> None:
        self.over(worst)
        assert "Without blame: what happened" in worst.last(HERE, "review_opened").text

    def test_others_are_not(self, talk: Talk) -> None:
        self.over(talk)
        assert "review.opened" not in kinds(talk)

    def test_a_case_that_came_back_twice_is_looked_back_at(self, talk: Talk) -> None:
        for _ in range(3):
            fresh = a_signal("basket_size", started=talk.clock.moment)
            drift(talk, fresh)
            talk.wait(minutes=5)
            cases.receive(talk.desk, [a_delivery(recovered(fresh, timedelta(minutes=5)))])
            talk.wait(minutes=5)
        assert "came up 3 times within 90 days" in talk.last(HERE, "review_opened").text

    def test_it_is_done_with_what_was_learnt(self, worst: Talk) -> None:
        self.over(worst)
        assert "We looked back" in worst.does("mei", "done V-1").text
        worst.does("mei", 'done V-1 --note "test the feed" --link https://wiki.example.org/v1')
        assert "What we learnt: test the feed" in worst.last(HERE, "review_done").text

    def test_its_key_alone_shows_it(self, worst: Talk) -> None:
        self.over(worst)
        assert "Without blame" in worst.does("mei", "V-1").text

    def test_whoever_handled_the_case_looks_back_too(self, worst: Talk) -> None:
        drift(worst)
        worst.does("bo", "ack C-1")
        worst.wait(minutes=10)
        cases.receive(worst.desk, [a_delivery(recovered(DRIFT))])
        worst.wait(minutes=1)
        said = worst.last(HERE, "review_opened").text
        assert "@Bo: please look back together by" in said

    def test_it_stays_with_those_who_were_asked(self, worst: Talk) -> None:
        self.over(worst)
        worst.does("carla", "assign late-order ml engineer @dev")
        worst.does("carla", "unassign late-order ml engineer @mei")
        worst.wait(days=6)
        assert "@Mei" in worst.last(HERE, "review_due_reply").text

    def test_it_is_reminded_of_a_working_day_before(self, worst: Talk) -> None:
        self.over(worst)
        review = worst.desk.books.huddles.review_by_number(1)
        assert review is not None
        while not any(each.kind == "review_due_reply" for each in worst.heard):
            worst.wait(hours=1)
        assert timedelta(hours=8) <= review.due_at - worst.clock.moment <= timedelta(days=1)

    def test_it_goes_to_the_council_lead_once_and_waits_in_mine(self, worst: Talk) -> None:
        self.over(worst)
        worst.wait(days=30)
        reminded = [each for each in worst.heard if each.kind == "review_due_reply"]
        told = [each for each in worst.said_to("carla") if each.kind == "review_passed_on"]
        assert [len(reminded), len(told)] == [1, 1]
        assert "V-1" in worst.does("carla", "mine").text

    def test_it_ends_with_its_initiative(self, worst: Talk) -> None:
        self.over(worst)
        initiative = worst.desk.books.initiatives.by_key("late-order")
        assert initiative is not None
        initiative.state = "retired"
        worst.desk.books.add(initiative)
        huddles.initiative_over(worst.desk, initiative.id)
        worst.deliver()
        assert "nobody has to look back" in worst.last(HERE, "review_ended").text
        found = [each for each in replay.compare(worst.desk) if each.noun == "review"]
        assert found == []
