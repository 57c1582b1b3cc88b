"""A switch, and the replay that holds the tables against the ledger, on both engines."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from council import moves, replay
from council.desk import Desk
from council.store import Books
from council.store.engine import open_engine
from council.tables import Council
from tests.builders import a_crew, an_initiative
from tests.desks import library
from tests.fakes import START, CountingIds, SetClock
from tests.talk import Talk


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """The crew and their initiative on a real database."""
    engine = open_engine(database_url)
    clock = SetClock()
    with Session(engine) as session:
        row = Council(name="switching", timezone="UTC", channel="local:council", created_at=START)
        session.add(row)
        session.flush()
        assert row.id is not None
        desk = Desk(Books(session, row.id), clock, CountingIds(), library())
        a_crew(desk)
        an_initiative(desk)
        yield Talk(desk, clock)
        session.rollback()
    engine.dispose()


def test_there_and_back_again_the_tables_say_what_the_ledger_tells(talk: Talk) -> None:
    talk.does("mei", "done late-order exit:o1")
    talk.does("mei", talk.does("mei", "playbook late-order three-personas").button("Switch"))
    line = "playbook late-order lead-support-learn"
    talk.does("carla", talk.does("carla", line).button("Switch"))
    assert replay.compare(talk.desk) == ()


def test_what_was_shown_before_reads_as_it_was_lived(talk: Talk) -> None:
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row is not None
    row.channel = "local:here"
    talk.desk.books.add(row)
    moves.welcome(talk.desk, row)
    talk.does("mei", "back late-order --change retrain --reason drift")
    talk.does("mei", talk.does("mei", "playbook late-order six-specialists").button("Switch"))
    assert "back to Model development" in talk.last("local:here", "move_withdrawn").text
    assert "Model operations" in talk.last("local:here", "phase_left").text
    visits = talk.desk.books.moves.visits(row.id)
    assert [(each.playbook, each.playbook_version) for each in visits] == [
        ("lead-support-learn", 2),
        ("six-specialists", 1),
    ]


def test_versions_in_use_are_known_by_who_follows_them(talk: Talk) -> None:
    assert talk.desk.books.initiatives.following("lead-support-learn", 2, 5) == ["late-order"]
