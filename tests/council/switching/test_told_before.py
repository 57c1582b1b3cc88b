"""What a plan tells before anything is done: who can do it, and what another version changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from council.playbook import Library, load_library
from tests.builders import a_crew, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

SHIPPED = Path(__file__).parents[3] / "council" / "playbooks" / "lead-support-learn-2.yaml"


@pytest.fixture
def talk() -> Iterator[Talk]:
    """The crew, and a model in development that Ana leads."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, "churn", phase="development")
        yield Talk(desk, clock)


def with_version(talk: Talk, folder: Path, *pairs: tuple[str, str]) -> None:
    """Have the council know a version 3 of the default playbook that says something else."""
    text = SHIPPED.read_text(encoding="utf-8").replace("version: 2", "version: 3", 1)
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "three.yaml").write_text(text, encoding="utf-8")
    found: Library = load_library(folder)
    talk.desk.playbooks = found


def test_who_may_not_switch_reads_who_can_and_is_offered_nothing_else(talk: Talk) -> None:
    said = talk.does("mei", "playbook churn three-personas")
    assert said.card is not None
    assert "Ana and Carla can switch it" in said.text
    assert [each.label for each in said.card.buttons] == ["Stay as it is"]


def test_which_one_it_follows_names_the_phases_and_what_a_move_does_at_its_tier(talk: Talk) -> None:
    said = talk.does("mei", "playbook churn").text
    assert "Data and feature engineering → Model development → Model operations" in said
    assert "Tier 2: what is open when it moves on is noted" in said


def test_the_first_tier_waits_for_its_lists(talk: Talk) -> None:
    talk.does("carla", "edit churn --tier 1")
    assert (
        "moves on when everything on the lists is there" in talk.does("mei", "playbook churn").text
    )


def test_nobody_takes_a_role_away(talk: Talk) -> None:
    line = "playbook churn three-personas --map business_owner=nobody"
    assert "Business owner (Rui) → no role there" in talk.does("ana", line).text


def test_for_a_role_that_is_not_there_none_is_named_as_a_way(talk: Talk) -> None:
    line = "playbook churn three-personas --map business_owner=gardener"
    assert "none" in talk.refused("ana", line)


def test_a_version_that_changes_deciders_says_who_decides(talk: Talk, tmp_path: Path) -> None:
    old = "decide: [data_scientist, ml_engineer]"
    with_version(talk, tmp_path, (old, "decide: [devops_engineer]"))
    said = talk.does("ana", "playbook churn --version 3").text
    assert "On to Model operations: DevOps engineer now decides." in said


def test_a_version_that_changes_lists_says_by_how_much(talk: Talk, tmp_path: Path) -> None:
    with_version(talk, tmp_path, ("results answer the business question", "results convince Rui"))
    said = talk.does("ana", "playbook churn --version 3").text
    assert "Model development asks for 1 item more and 1 item no longer." in said


def test_a_version_that_changes_nothing_people_notice_says_so(talk: Talk, tmp_path: Path) -> None:
    with_version(talk, tmp_path)
    said = talk.does("ana", "playbook churn --version 3").text
    assert "Phases, lists, deciders and handoffs are as they were." in said


def test_a_version_with_another_title_is_another_version_of_the_same(
    talk: Talk, tmp_path: Path
) -> None:
    with_version(talk, tmp_path, ("title: Lead, support, learn", "title: Lead and learn"))
    said = talk.does("ana", "playbook churn --version 3 --yes")
    assert said.card is not None
    assert said.card.title == "Churn predictor: other version"


def test_people_who_type_switch_mean_this(talk: Talk) -> None:
    assert "nothing is changed yet" in talk.does("ana", "switch churn three-personas").text
