"""A switch, and the replay that holds the tables against the ledger, on both engines."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from council import replay
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


def test_versions_in_use_are_known_by_who_follows_them(talk: Talk) -> None:
    assert talk.desk.books.initiatives.following("lead-support-learn", 2, 5) == ["late-order"]
