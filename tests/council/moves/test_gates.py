"""What is open at a move: what stops it, what is only noted, and that it is written down."""

import pytest

from council import moves
from council.tables import Initiative
from tests.builders import an_initiative
from tests.talk import Talk

HERE = "local:here"


def initiative(talk: Talk, key: str = "late-order") -> Initiative:
    found = talk.desk.books.initiatives.by_key(key)
    assert found is not None
    return found


def left(talk: Talk) -> list[str]:
    """Return what the ledger says was open when the last stay was left."""
    links = talk.desk.books.ledger.after(0, 500)
    found = [each for each in links if each.kind == "phase.left"][-1].facts["open"]
    return list(found)


@pytest.fixture
def strict(talk: Talk) -> Talk:
    """Return a council with an initiative of tier 1 whose ways ask for no handoff."""
    found = an_initiative(talk.desk, "strict", phase="data_features", tier=1, models=())
    found.playbook_id, found.playbook_version = "production-handoff", 1
    talk.desk.books.add(found)
    return talk


def test_what_was_to_have_to_begin_here_stops_tier_1(strict: Talk) -> None:
    strict.does("ana", "move strict forward")
    strict.does("bo", "accept M-1")
    for key in ("exit:o1", "entry:development.in1"):
        strict.does("ana", f"done strict {key}")
    assert initiative(strict, "strict").phase == "data_features"
    strict.does("ana", "done strict entry:in1")
    assert initiative(strict, "strict").phase == "development"


def test_what_was_to_have_to_begin_here_is_noted_in_tier_2(talk: Talk) -> None:
    assert "entry:in1 objective and question" in talk.does("ana", "move late-order").text


def test_what_was_open_is_kept_when_one_alone_decides(talk: Talk) -> None:
    talk.does("carla", "assign late-order data engineer @ana")
    talk.does("ana", "done late-order exit:o1")
    talk.does("ana", "move late-order development")
    assert "item:exit:o2" in left(talk)
    assert "item:exit:o1" not in left(talk)


def test_whoever_decides_alone_reads_how_much_was_open(talk: Talk) -> None:
    talk.does("carla", "assign late-order data engineer @ana")
    said = talk.does("ana", "move late-order development").text
    assert "were still open then; it is noted." in said


def test_what_is_done_between_yes_and_yes_is_not_noted_as_open(talk: Talk) -> None:
    talk.does("ana", "move late-order development")
    talk.does("bo", "done late-order exit:o1")
    talk.does("bo", "accept M-1")
    assert "item:exit:o1" not in left(talk)


def test_the_card_of_a_move_that_is_done_says_how_much_was_open(talk: Talk) -> None:
    talk.does("ana", "move late-order development")
    talk.does("bo", "accept M-1")
    many = sum(each.startswith("item:") for each in left(talk))
    said = talk.last(HERE, "move_done").text
    assert f"{many} items and 1 handoff were still open then; it is noted." in said


def test_where_nothing_was_open_the_card_says_nothing_of_it(strict: Talk) -> None:
    initiative(strict, "strict").channel = HERE
    found = moves.outlook(strict.desk, initiative(strict).created_by, "strict")
    for each in found.ways[0].missing:
        strict.does("ana", f"done strict {each.key}")
    strict.does("ana", "move strict development")
    strict.does("bo", "accept M-1")
    assert "still open" not in strict.last(HERE, "move_done").text


def test_a_condition_that_stops_is_told_apart_from_what_is_noted(talk: Talk) -> None:
    talk.does("bo", "handoff late-order h_data")
    for number in range(1, 6):
        talk.does("bo", f'handoff H-1 {number} "in the wiki"')
    talk.does("bo", "handoff H-1 offer")
    talk.does("ana", 'accept H-1 --condition "labels of September @bo"')
    talk.does("ana", "move late-order development")
    said = talk.does("bo", "accept M-1").text
    waits, _, noted = said.partition("Also open; that stops nothing, and is noted:")
    assert "it begins when it is there:\n• condition H-1/1" in waits
    assert "exit:o" not in waits
    assert "entry:in1" in noted
