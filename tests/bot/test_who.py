"""Who is who: in a phase, at a step, in a role; and for one person, wherever they are."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:here"


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return the crew with an initiative in development."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, phase="development", channel=HERE)
        yield Talk(desk, clock)


class TestAPhase:
    def test_names_who_does_what_at_every_step(self, talk: Talk) -> None:
        said = talk.does("rui", "who late-order").text
        assert "Select ML technique (now): Ana leads, Mei supports, Rui is consulted" in said
        assert "Deliver training data: Ana leads, Bo supports" in said

    def test_tells_the_phase_apart_from_its_step(self, talk: Talk) -> None:
        said = talk.does("rui", "status late-order").text
        assert "Supports  Bo (data engineer), Mei (ML engineer), Rui (business owner)" in said
        assert "This step: Ana leads, Mei supports, Rui is consulted." in said


class TestAStep:
    @pytest.mark.parametrize(
        "name", ["deliver_training_data", "deliver training data", '"Deliver training data"']
    )
    def test_is_found_by_any_of_its_names(self, talk: Talk, name: str) -> None:
        said = talk.does("rui", f"who late-order {name}").text
        assert said.startswith("Deliver training data: who does what")

    def test_names_only_its_own_people(self, talk: Talk) -> None:
        said = talk.does("rui", "who late-order deliver training data").text
        assert "Leads     Ana (data scientist)" in said
        assert "Supports  Bo (data engineer)" in said
        assert "Mei" not in said

    def test_of_another_phase_says_which(self, talk: Talk) -> None:
        said = talk.does("rui", "who late-order label historical outcomes").text
        assert "Data and feature engineering, step 3 of 4" in said

    def test_needs_no_key_in_the_channel(self, talk: Talk) -> None:
        said = talk.does("rui", "who deliver training data", HERE).text
        assert "Supports  Bo (data engineer)" in said


class TestARole:
    def test_says_who_holds_it_and_where_it_stands(self, talk: Talk) -> None:
        said = talk.does("rui", "who late-order data scientist").text
        assert "Ana holds it." in said
        assert "Model development: leads (now)" in said
        assert "Model operations: oversees, leads Integrate with operational workflows" in said

    def test_says_what_it_is_for_and_at_home_in(self, talk: Talk) -> None:
        said = talk.does("rui", "who late-order data scientist").text
        assert "At home in: mathematics and programming." in said

    def test_says_what_is_learned_in_it_here_and_from_whom(self, talk: Talk) -> None:
        said = talk.does("rui", "who late-order business owner").text
        assert "Rui with Ana: fundamental principles of ML" in said
        assert "Bo with" not in said

    def test_that_nobody_holds_says_to_whom_it_falls(self, talk: Talk) -> None:
        talk.does("carla", "unassign late-order devops engineer @dev")
        said = talk.does("rui", "who late-order devops engineer")
        assert "Nobody holds it yet. Until then it falls to Carla." in said.text
        assert said.button("Give the role") == "assign late-order"

    def test_names_the_deputy_of_somebody_who_is_away(self, talk: Talk) -> None:
        away_until_thursday(talk)
        said = talk.does("rui", "who late-order ml engineer").text
        assert "Mei holds it. Tom stands in for Mei." in said


def away_until_thursday(talk: Talk) -> None:
    """Have Mei be away now, and Tom stand in for her."""
    a_person(talk.desk, "tom")
    day = (talk.clock.now() + timedelta(days=1)).date()
    talk.does("mei", f"away {day} {day + timedelta(days=3)} --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.wait(days=1, hours=12)


class TestAPerson:
    @pytest.mark.parametrize("line", ["who @ana", "who ana", "who late-order @ana"])
    def test_is_found_by_what_others_call_them(self, talk: Talk, line: str) -> None:
        said = talk.does("rui", line).text
        assert "late-order Late order predictor: data scientist, in Model development" in said

    def test_is_whoever_asks(self, talk: Talk) -> None:
        assert talk.does("ana", "who me").text.startswith("Ana")

    def test_has_a_clock_of_their_own(self, talk: Talk) -> None:
        row = talk.desk.books.people.by_handle("ana")
        assert row is not None
        row.timezone = "Asia/Kathmandu"
        local = talk.clock.now() + timedelta(hours=5, minutes=45)
        said = talk.does("rui", "who @ana").text
        assert f"It is {local:%H:%M} there (Asia/Kathmandu)." in said

    def test_who_is_away_is_stood_in_for(self, talk: Talk) -> None:
        away_until_thursday(talk)
        said = talk.does("rui", "who @mei").text
        assert "Away from" in said
        assert "Tom stands in." in said
        assert "Stands in for Mei." in talk.does("rui", "who @tom").text

    def test_without_a_part_says_so(self, talk: Talk) -> None:
        a_person(talk.desk, "sam")
        assert "I know of no part in an initiative." in talk.does("rui", "who @sam").text

    def test_shows_no_private_initiative_to_strangers(self, talk: Talk) -> None:
        talk.does("carla", "edit late-order --private")
        a_person(talk.desk, "sam")
        assert "Late order" not in talk.does("sam", "who @ana").text
        assert "Late order" in talk.does("bo", "who @ana").text


class TestWhatIsUnknown:
    def test_a_misspelt_role_says_what_is_near(self, talk: Talk) -> None:
        said = talk.refused("rui", "who late-order data sientist")
        assert "I know no step, role or person called data sientist." in said
        assert "Data scientist" in said

    def test_a_misspelt_key_says_what_is_near(self, talk: Talk) -> None:
        said = talk.refused("rui", "who late-ordr")
        assert "I know no initiative called late-ordr. Did you mean late-order?" in said

    def test_a_stranger_learns_nothing_of_a_private_initiative(self, talk: Talk) -> None:
        talk.does("carla", "edit late-order --private")
        a_person(talk.desk, "sam")
        said = talk.refused("sam", "who late-order data scientist")
        assert "I know no initiative called late-order." in said
