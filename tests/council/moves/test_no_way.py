"""A move that does not go: nothing leads there, it is there already; and what people meant."""

import pytest

from council.tables import Initiative
from tests.builders import an_initiative
from tests.talk import Talk


def initiative(talk: Talk, key: str = "late-order") -> Initiative:
    found = talk.desk.books.initiatives.by_key(key)
    assert found is not None
    return found


@pytest.fixture
def served(talk: Talk) -> Talk:
    an_initiative(talk.desk, "served", models=())
    return talk


class TestPressedTwice:
    def test_a_button_that_goes_on_names_the_phase(self, talk: Talk) -> None:
        said = talk.does("ana", "move late-order")
        assert said.button("Move to Model development") == "move late-order development"

    def test_pressed_once_more_it_says_that_it_is_there(self, talk: Talk) -> None:
        pressed = talk.does("ana", "move late-order").button("Move to Model development")
        talk.does("ana", pressed)
        talk.does("bo", "accept M-1")
        said = talk.refused("ana", pressed)
        assert "late-order is in Model development already." in said
        assert talk.desk.books.moves.proposed(initiative(talk).id) is None

    def test_where_one_decides_a_double_click_goes_one_phase(self, talk: Talk) -> None:
        talk.does("carla", "assign late-order data engineer @ana")
        pressed = talk.does("ana", "move late-order").button("Move to Model development")
        talk.does("ana", pressed)
        talk.refused("ana", pressed)
        assert initiative(talk).phase == "development"

    def test_going_back_twice_says_that_it_is_there(self, talk: Talk) -> None:
        an_initiative(talk.desk, "built", phase="development", models=())
        line = "move built t_disappoint --change features"
        talk.does("ana", line)
        talk.does("bo", "accept M-1")
        assert "built is in Data and feature engineering already." in talk.refused("ana", line)

    def test_a_step_begins_again_once_for_a_double_click(self, talk: Talk) -> None:
        an_initiative(talk.desk, "built", phase="development", models=())
        talk.does("ana", "move built t_technique")
        assert "already" in talk.refused("ana", "move built t_technique")
        talk.clock.move(minutes=2)
        talk.does("ana", "move built t_technique")

    def test_what_has_ended_is_not_ended_again(self, served: Talk) -> None:
        pressed = served.does("mei", "move served").button("Retire…")
        served.does("mei", pressed)
        served.does("ana", "accept M-1")
        served.does("rui", "accept M-1")
        assert "served is retired" in served.refused("mei", pressed)


class TestNoWay:
    def test_from_the_last_phase_no_way_leads_on(self, served: Talk) -> None:
        said = served.refused("mei", "move served forward")
        assert "Model operations is the last phase; no way leads on from it." in said
        assert "Did you mean" not in said

    def test_from_the_first_phase_no_way_leads_back(self, talk: Talk) -> None:
        said = talk.refused("ana", "back late-order")
        assert "No way leads back from Data and feature engineering." in said
        assert "go on to Model development" in said

    def test_from_the_first_phase_no_way_leads_to_the_end(self, talk: Talk) -> None:
        said = talk.refused("ana", "move late-order retire")
        assert "No way leads from Data and feature engineering to the end." in said

    def test_a_phase_further_off_is_reached_phase_by_phase(self, talk: Talk) -> None:
        said = talk.refused("ana", "move late-order operations")
        assert "It goes phase by phase" in said
        assert "go on to Model development" in said

    def test_nobody_reads_how_ways_are_called_inside(self, served: Talk) -> None:
        said = served.refused("mei", "back served refundz")
        assert "t_" not in said
        assert "go back to Model development or Data and feature engineering" in said

    def test_a_misspelt_phase_says_what_is_near(self, talk: Talk) -> None:
        said = talk.refused("ana", 'move late-order "model developmnt"')
        assert "Did you mean Model development" in said

    def test_where_nothing_is_proposed_nothing_is_withdrawn(self, talk: Talk) -> None:
        said = talk.refused("ana", "move late-order withdraw")
        assert "No move is proposed for late-order, so there is nothing to withdraw." in said

    def test_a_step_goes_before_a_part_of_what_calls_for_a_way(self, talk: Talk) -> None:
        an_initiative(talk.desk, "built", phase="development", models=())
        talk.does("ana", "move built train")
        assert initiative(talk, "built").step == "train"


class TestReasons:
    def test_a_reason_goes_with_every_answer_to_what_happened(self, served: Talk) -> None:
        said = served.does("mei", 'back served --reason "breaks billing"')
        assert said.button("Drift").endswith('--reason "breaks billing"')

    def test_it_goes_with_every_answer_to_what_to_change(self, served: Talk) -> None:
        said = served.does("mei", 'back served drift --reason "breaks billing"')
        served.does("mei", said.button("Train again"))
        move = served.desk.books.moves.proposed(initiative(served, "served").id)
        assert move is not None
        assert move.reason == "breaks billing"

    def test_with_one_way_only_it_is_taken(self, talk: Talk) -> None:
        found = an_initiative(talk.desk, "strict", phase="development", models=())
        found.playbook_id, found.playbook_version = "production-handoff", 1
        found.phase, found.step = "catalogue", "store"
        talk.desk.books.add(found)
        said = talk.does("carla", 'back strict --reason "no candidate fits"').text
        assert "no candidate fits" in said
        assert "What happened?" not in said
