"""Whoever moved, or checked off, may take it back for a while; everything is as it was."""

import pytest

from council import replay
from council.tables import Initiative
from tests.talk import Talk

HERE = "local:here"


def initiative(talk: Talk) -> Initiative:
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    return found


@pytest.fixture
def moved(talk: Talk) -> Talk:
    talk.does("ana", "move late-order forward")
    talk.does("bo", "accept M-1")
    return talk


def test_a_move_is_taken_back_by_whoever_did_it(moved: Talk) -> None:
    moved.does("bo", "undo")
    found = initiative(moved)
    assert (found.phase, found.step) == ("data_features", "ingest")
    assert [each.left_at for each in moved.desk.books.moves.visits(found.id)] == [None]


def test_the_channel_reads_that_it_was_taken_back(moved: Talk) -> None:
    moved.does("bo", "undo")
    said = moved.last(HERE, "phase_taken_back").text
    assert "This move was taken back; it is still in Data and feature engineering." in said


def test_the_ledger_tells_the_same(moved: Talk) -> None:
    moved.does("bo", "undo")
    assert replay.compare(moved.desk) == ()


def test_a_later_move_stands_in_the_way(moved: Talk) -> None:
    moved.does("ana", "move late-order t_technique")
    assert "taken back" not in moved.does("bo", "undo").text.lower().partition("\n")[0]
    assert initiative(moved).phase == "development"


def test_a_mark_is_taken_back_with_what_showed_it(talk: Talk) -> None:
    talk.does("bo", 'done late-order o2 --note "first"')
    talk.clock.move(minutes=1)
    talk.does("bo", 'done late-order o2 --note "second"')
    talk.does("bo", "undo")
    mark = talk.desk.books.moves.checkmark(initiative(talk).id, 1, "exit:o2")
    assert mark is not None
    assert mark.note == "first"
    assert replay.compare(talk.desk) == ()


def test_a_mark_that_was_taken_away_comes_back(talk: Talk) -> None:
    talk.does("bo", "done late-order o2")
    talk.does("bo", "done late-order o2 --undo")
    talk.does("bo", "undo")
    assert talk.desk.books.moves.checkmark(initiative(talk).id, 1, "exit:o2") is not None
    assert replay.compare(talk.desk) == ()


def test_a_step_is_taken_back(talk: Talk) -> None:
    talk.does("bo", "done late-order ingest")
    talk.does("bo", "undo")
    assert initiative(talk).step == "ingest"
    assert replay.compare(talk.desk) == ()


def test_the_whole_way_replays(moved: Talk) -> None:
    moved.does("ana", "done late-order o1")
    moved.does("ana", "done late-order select_technique")
    moved.does("ana", "move late-order t_disappoint --change features")
    moved.does("bo", "accept M-2")
    assert replay.compare(moved.desk) == ()
