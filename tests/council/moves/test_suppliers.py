"""Who can give what a list asks for: whoever the item itself names, else those who lead there."""

from collections.abc import Iterator

import pytest

from council import moves, people
from council.desk import Desk
from council.moves.suppliers import named
from tests.builders import a_crew, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return the crew, with an initiative of tier 2 in its first phase."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, phase="data_features", channel="local:here")
        yield Talk(desk, clock)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("objective and question written by the business owner", "business_owner"),
        ("ML engineer confirms pipelines, features and labels", "ml_engineer"),
        ("explained by a data scientist's peer", None),
        ("access of data scientists defined", None),
        ("run reproduced by somebody else", None),
        ("signed by DevOps engineers", "devops_engineer"),
        ("approved by the sponsor", "business_owner"),
    ],
)
def test_an_item_names_who_does_it_not_who_is_spoken_of(
    desk: Desk, text: str, role: str | None
) -> None:
    playbook = desk.playbooks.get("lead-support-learn")
    assert named(playbook, text) == ((role,) if role else ())


def test_the_list_names_who_can_give_an_item(talk: Talk) -> None:
    said = talk.does("ana", "done late-order").text
    assert "objective and question written by the business owner · Rui" in said
    assert "Who can give it: whoever a line names; else Ana or Bo, who lead here." in said


def test_a_move_names_who_can_give_what_is_missing(talk: Talk) -> None:
    said = talk.does("ana", "move late-order").text
    assert "objective and question written by the business owner: Rui" in said
    assert "Ana or Bo can check the items off." in said


def test_a_council_lead_gives_what_a_vacant_role_would(talk: Talk) -> None:
    talk.does("carla", "unassign late-order business owner @rui")
    said = talk.does("ana", "move late-order").text
    assert "objective and question written by the business owner: Carla" in said


def test_the_list_says_what_is_added_and_for_which_tiers(talk: Talk) -> None:
    said = talk.does("ana", "done late-order").text
    added = "3, 4, 9, 10 and 11: added to the source framework, asked in tiers 1 and 2 only."
    assert added in said


def test_the_list_offers_the_next_phase_by_its_own_name(talk: Talk) -> None:
    found = moves.phase_lists(talk.desk, people.find(talk.desk, "ana").id, "late-order")
    said = [talk.does("ana", f"done late-order {each.key}") for each in found.open]
    assert said[-1].button("Move to Model development") == "move late-order development"
