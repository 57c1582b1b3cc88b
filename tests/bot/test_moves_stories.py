"""Stories 2 and 9 as they are lived: a new joiner asks, and going back is no shame."""

from collections.abc import Iterator

import pytest

from council import moves
from council.desk import Desk
from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:here"


@pytest.fixture
def talk() -> Iterator[Talk]:
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, phase="development", channel=HERE)
        found = Talk(desk, clock)
        found.deliver()
        found.heard.clear()
        yield found


class TestANewJoiner:
    """Story 2."""

    @pytest.fixture(autouse=True)
    def joined(self, talk: Talk) -> None:
        an_initiative(talk.desk, "returns", phase="data_features", models=(), without=("ana",))
        a_person(talk.desk, "nia")
        talk.does("carla", "assign returns data scientist @nia")

    def test_reads_first_what_to_learn_and_from_whom(self, talk: Talk) -> None:
        said = talk.does("nia", "who returns").text
        assert "You: learning with Bo: basic aspects of data pipelines." in said
        assert "Ask Bo for 20 minutes" in said

    def test_reads_who_leads_the_step(self, talk: Talk) -> None:
        assert "Ingest input data (now): Bo leads" in talk.does("nia", "who returns").text

    def test_reads_what_each_is_at_home_in(self, talk: Talk) -> None:
        assert "Mei (ML engineer): ML and programming" in talk.does("nia", "who returns").text

    def test_others_read_no_line_about_themselves(self, talk: Talk) -> None:
        assert "You:" not in talk.does("carla", "who returns").text


class TestDisappointedWithoutShame:
    """Story 9."""

    def test_three_presses_lead_back(self, talk: Talk) -> None:
        what = talk.does("ana", "back late-order").button("Initial results disappoint")
        change = talk.does("ana", what).button("Features")
        said = talk.does("ana", change)
        assert "Bo (data engineer): do you agree?" in said.text
        said = talk.does("bo", "accept M-1")
        assert "Back to Data and feature engineering, with Ana." in said.text

    def test_loops_stand_beside_the_councils_median(self, talk: Talk) -> None:
        for number in (1, 2, 3):
            looped(talk.desk, f"other-{number}")
        talk.does("carla", "assign late-order data engineer @ana")
        said = talk.does("ana", "move late-order t_disappoint --change features").text
        assert "Back to Data and feature engineering, with Bo." in said
        assert "Median first loop in our council: 2. You are at 1." in said

    def test_nothing_is_red_and_nobody_is_blamed(self, talk: Talk) -> None:
        talk.does("ana", "move late-order t_disappoint --change features")
        talk.does("bo", "accept M-1")
        for each in talk.heard:
            assert each.card is None or each.card.tone != "bad"
            assert "fail" not in each.text.lower()

    def test_the_channel_alone_tells_where_it_stands(self, talk: Talk) -> None:
        talk.does("ana", "move late-order t_disappoint --change features")
        talk.does("bo", "accept M-1")
        said = talk.last(HERE, "phase_entered").text
        assert "Back from Model development: initial results disappoint." in said
        assert "@Ana and Bo lead here." in said


def looped(desk: Desk, key: str) -> None:
    found = an_initiative(desk, key, phase="development", models=())
    ways = desk.playbooks.get("lead-support-learn").transitions
    for way in ("t_disappoint", "t_fwd1", "t_disappoint", "t_fwd1"):
        moves.apply(desk, found.created_by, found, ways[way])


class TestStanding:
    def test_a_proposal_is_the_next_thing(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        said = talk.does("rui", "status late-order")
        assert "Next: Mei agrees to M-1, or says not yet." in said.text
        assert said.button("Open M-1") == "move late-order"

    def test_it_waits_in_the_deciders_own_list(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        assert "M-1 Model operations · agree to a move" in talk.does("mei", "mine").text
        assert "M-1" not in talk.does("ana", "mine").text

    def test_a_lead_sees_what_falls_to_them(self, talk: Talk) -> None:
        talk.does("carla", "assign late-order ml engineer @mei --remove")
        talk.does("ana", "move late-order forward")
        assert "M-1 Model operations" in talk.does("carla", "mine").text

    def test_it_says_how_much_is_open_before_the_next_phase(self, talk: Talk) -> None:
        talk.does("ana", "done late-order o1")
        said = talk.does("rui", "status late-order").text
        assert "Before Model operations: 10 of 11 items open" in said

    def test_it_says_at_which_step_of_how_many(self, talk: Talk) -> None:
        assert "step 1 of 4, Select ML technique" in talk.does("rui", "status late-order").text
