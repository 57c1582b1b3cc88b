"""Who reads only the channel knows who does what next, and one press does it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from council import moves, people
from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Heard, Said, Talk

HERE = "local:here"
TIER_3 = 3


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return the crew with an initiative of tier 3 that has just come to development."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        found = an_initiative(desk, phase="data_features", channel=HERE, tier=TIER_3)
        ways = desk.playbooks.get("lead-support-learn").transitions
        moves.apply(desk, found.created_by, found, ways["t_fwd1"])
        talk = Talk(desk, clock)
        talk.deliver()
        yield talk


def shown(talk: Talk) -> Heard:
    """Return the newest card of the phase in the channel."""
    talk.deliver()
    return talk.last(HERE, "phase_")


def all_done(talk: Talk, key: str = "late-order") -> None:
    found = moves.phase_lists(talk.desk, people.find(talk.desk, "ana").id, key)
    for each in found.items:
        if each.done is None and each.place in {"entry", "exit", "ahead"} and not each.handoff:
            talk.does("ana", f"done {key} {each.key}")


def handed_over(talk: Talk, *, taken: bool = True) -> None:
    talk.does("ana", "handoff late-order trained model --version 7")
    talk.does("ana", "handoff H-1 offer --anyway")
    if taken:
        talk.does("mei", "accept H-1")


def first(said: Said | Heard) -> str:
    assert said.card is not None
    primary = [each for each in said.card.buttons if each.primary]
    assert len(primary) == 1
    return primary[0].command


class TestThePhaseCard:
    def test_names_the_step_and_the_first_open_item(self, talk: Talk) -> None:
        talk.does("ana", "done late-order entry:in1")
        said = "Next: Ana: select ML technique. To check off first: production requirements"
        assert f"{said} explained by the ML engineer (Mei)." in shown(talk).text
        assert first(shown(talk)) == "done late-order"

    def test_says_the_same_as_the_status(self, talk: Talk) -> None:
        talk.does("ana", "done late-order o1")
        line = next(each for each in shown(talk).text.splitlines() if each.startswith("Next: "))
        assert line in talk.does("rui", "status late-order").text

    def test_counts_what_the_list_counts(self, talk: Talk) -> None:
        said = talk.does("ana", "done late-order o1").text
        count = re.search(r"(\d+) items still open", said)
        assert count is not None
        assert f"Before Model operations: {count[1]} of" in shown(talk).text

    def test_counts_what_was_to_be_there_at_the_beginning(self, talk: Talk) -> None:
        talk.does("ana", "done late-order o1")
        before = shown(talk).text
        talk.does("ana", "done late-order entry:in1")
        assert shown(talk).text != before

    def test_names_who_is_to_be_found_for_a_role_that_leads(self, talk: Talk) -> None:
        talk.does("carla", "unassign late-order data scientist @ana")
        talk.does("mei", "done late-order o1")
        assert "Next: Carla names the data scientist." in shown(talk).text
        assert first(shown(talk)) == "assign late-order"

    def test_goes_on_with_the_work_where_only_a_helper_is_missing(self, talk: Talk) -> None:
        talk.does("carla", "unassign late-order data engineer @bo")
        assert "Next: Ana: select ML technique." in talk.does("rui", "status late-order").text

    def test_says_who_hands_over_once_all_is_done(self, talk: Talk) -> None:
        all_done(talk)
        assert "Next: Ana hands over to Mei: trained model." in shown(talk).text
        assert first(shown(talk)) == "handoff late-order"

    def test_says_only_where_the_steps_were_left_once_all_is_done(self, talk: Talk) -> None:
        all_done(talk)
        said = shown(talk).text
        assert "Step:" not in said
        assert "Last step noted: 1 of 4, Select ML technique." in said

    def test_offers_no_list_once_nothing_is_left_on_it(self, talk: Talk) -> None:
        handed_over(talk)
        all_done(talk)
        assert "Check off" not in shown(talk).text

    def test_says_who_accepts_what_is_offered(self, talk: Talk) -> None:
        handed_over(talk, taken=False)
        assert "Next: Mei accepts H-1 (trained model), or gives it back." in shown(talk).text
        assert first(shown(talk)) == "handoff H-1"

    def test_says_who_closes_a_condition(self, talk: Talk) -> None:
        handed_over(talk, taken=False)
        talk.does("mei", 'accept H-1 --condition "alerts agreed @bo"')
        assert "Next: Bo closes condition H-1/1: alerts agreed" in shown(talk).text

    def test_says_who_moves_it_on_when_nothing_is_missing(self, talk: Talk) -> None:
        handed_over(talk)
        all_done(talk)
        assert "Next: Ana or Mei moves it on to Model operations." in shown(talk).text
        assert first(shown(talk)) == "move late-order operations"

    def test_says_whose_answer_a_move_waits_for(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        assert "Next: Mei agrees to M-1, or says not yet." in shown(talk).text
        assert first(shown(talk)) == "move late-order"

    def test_asks_the_proposer_to_answer_who_said_not_yet(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("mei", 'decline M-1 "the runtime is not agreed"')
        said = "Next: Ana answers what Mei said to M-1, or takes it back."
        assert said in shown(talk).text
        assert said in talk.does("rui", "status late-order").text

    def test_says_the_work_again_when_a_move_is_withdrawn(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("ana", "move late-order withdraw")
        assert "Next: Ana: select ML technique." in shown(talk).text

    def test_counts_what_is_open_in_the_last_phase(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("mei", "accept M-1")
        said = shown(talk).text
        assert "In Model operations: " in said
        assert "items open" in said

    def test_says_whom_monitors_call_when_all_is_done_in_the_last_phase(self, talk: Talk) -> None:
        handed_over(talk)
        talk.does("ana", "move late-order forward")
        talk.does("mei", "accept M-1")
        all_done(talk)
        said = "Next: nothing to do while it runs; monitors call Mei and Ana."
        assert "In Model operations: all items are done" in shown(talk).text
        assert said in shown(talk).text
        assert said in talk.does("rui", "status late-order").text


class TestTheHandoffCard:
    def test_names_the_initiative(self, talk: Talk) -> None:
        handed_over(talk)
        title = talk.last(HERE, "handoff_").card
        assert title is not None
        assert title.title == "Late order predictor: handoff of trained model"

    def test_says_who_moves_it_on_and_offers_the_press(self, talk: Talk) -> None:
        handed_over(talk)
        said = talk.last(HERE, "handoff_")
        assert "Ana or Mei can move it on." in said.text
        assert first(said) == "move late-order operations"

    def test_offers_no_move_that_was_made(self, talk: Talk) -> None:
        handed_over(talk)
        talk.does("ana", "move late-order forward")
        talk.does("mei", "accept M-1")
        assert "can move it on" not in talk.does("ana", "handoff H-1").text


class TestAHandoffThatIsAnItem:
    def test_counts_as_done_by_its_acceptance(self, talk: Talk) -> None:
        handed_over(talk)
        said = talk.does("ana", "done late-order").text
        assert "handoff accepted by the ML engineer · Mei · H-1" in said

    def test_stays_done_after_the_move(self, talk: Talk) -> None:
        handed_over(talk)
        talk.does("ana", "move late-order forward")
        talk.does("mei", "accept M-1")
        assert "handoff accepted by the ML engineer · Mei · H-1" in (
            talk.does("mei", "done late-order").text
        )

    def test_is_not_asked_for_beside_the_handoff_itself(self, talk: Talk) -> None:
        all_done(talk)
        said = talk.does("ana", "move late-order").text
        assert "handoff trained model: Ana" in said
        assert "handoff accepted by the ML engineer" not in said

    def test_cannot_be_opened_again_by_hand(self, talk: Talk) -> None:
        handed_over(talk)
        line = "done late-order entry:operations.in1 --undo"
        assert "done by a handoff that was accepted" in talk.refused("ana", line)


class TestOnceEverybodyAgrees:
    @pytest.fixture(autouse=True)
    def agreed(self, talk: Talk) -> None:
        an_initiative(talk.desk, "strict", phase="operations", tier=1, models=(), channel="local:s")
        talk.does("mei", "move strict retire")
        talk.does("ana", "accept M-1")
        talk.does("rui", "accept M-1")

    def test_only_what_is_open_and_withdraw_are_left(self, talk: Talk) -> None:
        said = talk.last("local:s", "move_").card
        assert said is not None
        assert [each.label for each in said.buttons] == ["Check off…", "Withdraw"]

    def test_the_ways_tell_what_is_open(self, talk: Talk) -> None:
        assert "This is still open" in talk.does("mei", "move strict").text

    def test_it_is_called_to_retire_it(self, talk: Talk) -> None:
        said = talk.last("local:s", "move_").text
        assert "retire it?" in said
        assert "It is retired as soon as what is open is there." in said


class TestARoleThatSomebodyTakes:
    def test_lets_go_on_what_waited_for_nothing_else(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("carla", "assign late-order ml engineer @ana")
        talk.does("carla", "assign late-order ml engineer @mei --remove")
        assert "phase 3 of 3, Model operations" in talk.does("rui", "status late-order").text


class TestADeputy:
    @pytest.fixture(autouse=True)
    def tom(self, talk: Talk) -> None:
        """Have Tom stand in for Mei, who is away now."""
        a_person(talk.desk, "tom")
        day = (talk.clock.now() + timedelta(days=1)).date()
        talk.does("mei", f"away {day} {day + timedelta(days=3)} --deputy @tom")
        talk.does("tom", "accept A-1")
        talk.wait(days=1, hours=12)

    def test_reads_what_they_stand_in_for(self, talk: Talk) -> None:
        assert "you are ML engineer, in Model development" in talk.does("tom", "mine").text

    def test_is_asked_for_the_handoff(self, talk: Talk) -> None:
        handed_over(talk, taken=False)
        assert "H-1 trained model · take over" in talk.does("tom", "mine").text

    def test_is_asked_for_the_move(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        assert "M-1 Model operations · agree to a move" in talk.does("tom", "mine").text

    def test_may_leave_out_the_key_of_the_only_one(self, talk: Talk) -> None:
        assert "Late order predictor" in talk.does("tom", "status").text


def test_a_council_lead_reads_the_huddle_that_falls_to_them_alone(talk: Talk) -> None:
    an_initiative(talk.desk, "alone", models=(), without=("ana", "mei", "bo", "rui"))
    talk.does("carla", "huddle alone")
    assert "R-1" in talk.does("carla", "mine").text
