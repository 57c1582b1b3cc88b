"""Checklists and steps: checked off in a stay, by any name, with what shows it."""

import pytest

from council.desk import Desk
from council.tables import Initiative
from tests.talk import Talk

LINK = "https://wiki.example.org/labels"


def initiative(desk: Desk) -> Initiative:
    found = desk.books.initiatives.by_key("late-order")
    assert found is not None
    return found


class TestCheckingOff:
    @pytest.mark.parametrize(
        "name", ["exit:o2", "o2", "6", '"outcomes labelled"', "outcomes labelled", "EXIT:O2"]
    )
    def test_an_item_is_found_by_any_of_its_names(self, talk: Talk, name: str) -> None:
        assert "Done: outcomes labelled." in talk.does("bo", f"done late-order {name}").text

    def test_what_shows_it_is_kept(self, talk: Talk) -> None:
        talk.does("bo", f'done late-order o2 --link {LINK} --note "two annotators"')
        said = talk.does("ana", "done late-order").text
        assert f"outcomes labelled · Bo · link ({LINK}), two annotators" in said

    def test_a_link_that_is_none_is_refused(self, talk: Talk) -> None:
        assert "is not a web address" in talk.refused("bo", "done late-order o2 --link wiki/labels")

    def test_a_second_press_says_who_did_it(self, talk: Talk) -> None:
        talk.does("bo", "done late-order o2")
        assert "That is done already by @bo." in talk.refused("ana", "done late-order o2")

    def test_what_shows_it_may_come_later(self, talk: Talk) -> None:
        talk.does("bo", "done late-order o2")
        talk.does("ana", f"done late-order o2 --link {LINK}")
        assert LINK in talk.does("ana", "done late-order").text

    def test_a_mark_can_be_taken_back(self, talk: Talk) -> None:
        talk.does("bo", "done late-order o2")
        said = talk.does("bo", "done late-order o2 --undo")
        assert "Open again: outcomes labelled." in said.text

    def test_what_is_open_cannot_be_taken_back(self, talk: Talk) -> None:
        assert "open already" in talk.refused("bo", "done late-order o2 --undo")

    def test_a_misspelt_item_says_what_is_near(self, talk: Talk) -> None:
        assert "exit:o2" in talk.refused("bo", "done late-order outcomes-labeled")

    def test_who_has_no_part_may_not(self, talk: Talk) -> None:
        talk.does("carla", "assign late-order devops engineer @dev --remove")
        assert "takes a role here" in talk.refused("dev", "done late-order o2")

    def test_the_list_says_what_is_open_and_who_can_tell(self, talk: Talk) -> None:
        said = talk.does("rui", "done late-order").text
        assert "To begin Model development" in said
        assert "else Ana or Bo, who lead here." in said

    def test_an_item_at_the_next_door_counts_there(self, talk: Talk) -> None:
        talk.does("bo", "done late-order entry:development.in1")
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        said = talk.does("ana", "done late-order").text
        assert "Done\n• training data pipeline delivers · Bo" in said
        talk.does("ana", "done late-order in1 --undo")
        assert "1 entry:in1 training data" in talk.does("ana", "done late-order").text


class TestComingBack:
    @pytest.fixture(autouse=True)
    def back(self, talk: Talk) -> None:
        talk.does("bo", f"done late-order o2 --link {LINK}")
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        talk.does("ana", "move late-order t_disappoint --change features")
        talk.does("bo", "accept M-2")

    def test_the_list_begins_anew(self, talk: Talk) -> None:
        said = talk.does("ana", "done late-order").text
        assert f"6 exit:o2 outcomes labelled · last time: link ({LINK})" in said

    def test_one_press_takes_it_over(self, talk: Talk) -> None:
        again = talk.does("ana", "done late-order").button("As last time: outcomes labelled")
        talk.does("ana", again)
        assert (
            f"outcomes labelled · Ana · link ({LINK})" in talk.does("ana", "done late-order").text
        )


class TestSteps:
    def test_finishing_the_step_begins_the_next(self, talk: Talk) -> None:
        said = talk.does("bo", "done late-order ingest")
        assert initiative(talk.desk).step == "transform"
        assert "Step 2 of 4: Transform input data. Bo leads, Mei supports." in said.text

    def test_another_step_cannot_be_finished(self, talk: Talk) -> None:
        assert "It is at another step now: ingest." in talk.refused("bo", "done late-order label")

    def test_the_last_step_says_so(self, talk: Talk) -> None:
        talk.does("ana", "move late-order derive features")
        said = talk.does("ana", "done late-order derive_features").text
        assert "That was the last step here." in said

    def test_whoever_leads_goes_to_any_step(self, talk: Talk) -> None:
        talk.does("ana", 'move late-order "Label historical outcomes"')
        assert initiative(talk.desk).step == "label"

    def test_whoever_does_not_lead_may_not(self, talk: Talk) -> None:
        assert "These people can" in talk.refused("rui", "move late-order label")

    def test_the_present_step_is_no_news(self, talk: Talk) -> None:
        assert "at this step already" in talk.refused("ana", "move late-order ingest")

    def test_the_card_in_the_channel_follows(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        talk.does("ana", "done late-order select_technique")
        talk.does("ana", "done late-order o1")
        said = talk.last("local:here", "phase_worked_on").text
        assert "Step: 2 of 4, Deliver training data" in said
        assert "Before Model operations: 10 of 11 items open" in said


class TestAnotherPlaybook:
    @pytest.fixture(autouse=True)
    def went_on(self, talk: Talk) -> None:
        found = initiative(talk.desk)
        found.playbook_version = 1
        talk.desk.books.add(found)
        talk.does("bo", "done late-order exit:o1")
        talk.does("ana", "move late-order development")
        talk.does("bo", "accept M-1")

    def come_back(self, talk: Talk) -> str:
        talk.does("ana", "move late-order data_features --change features")
        talk.does("bo", "accept M-2")
        return talk.does("ana", "done late-order").text

    def test_what_was_done_under_another_playbook_is_no_last_time(self, talk: Talk) -> None:
        """Its exit:o1 asks for something else."""
        roles = ("data_scientist", "data_engineer", "ml_engineer")
        same = " ".join(f"--map {each}={each}" for each in roles)
        rest = "--map devops_engineer=itops_manager --map business_owner=none"
        talk.does("carla", f"playbook late-order production-handoff {same} {rest} --yes")
        said = self.come_back(talk)
        assert "exit:o1 aligned with the production environment" in said
        assert "last time" not in said

    def test_what_was_done_under_an_older_version_is(self, talk: Talk) -> None:
        talk.does("carla", "playbook late-order --version 2")
        shown = talk.does("carla", "playbook late-order --version 2")
        yes = (each.command for each in shown.card.buttons if "--yes" in each.command)  # type: ignore[union-attr]
        talk.does("carla", next(yes))
        assert "running and monitored · last time: done" in self.come_back(talk)
