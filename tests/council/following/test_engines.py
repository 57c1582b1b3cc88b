"""What is open follows its people alike on both engines."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from council import leaving, ledger, replay
from council.desk import Desk
from council.store import Books
from council.store.engine import open_engine
from council.tables import Council
from tests.council.following.conftest import HERE, crew_on
from tests.council.following.test_away import card, moved
from tests.desks import library
from tests.fakes import START, CountingIds, SetClock
from tests.talk import Talk


@pytest.fixture
def real(database_url: str) -> Iterator[Talk]:
    """Return the crew on a database of its own, once per engine."""
    engine = open_engine(database_url)
    with Session(engine) as session:
        row = Council(name="council", timezone="UTC", channel="local:council", created_at=START)
        session.add(row)
        session.flush()
        assert row.id is not None
        clock = SetClock()
        yield crew_on(Desk(Books(session, row.id), clock, CountingIds(), library()), clock, HERE)
    engine.dispose()


def test_whoever_comes_goes_is_away_or_moves_is_followed(real: Talk) -> None:
    real.does("rui", 'flag late-order data_drift act "forecasts look flat"')
    real.does("ana", "move late-order operations")
    real.does("carla", "assign late-order ml engineer @nya")
    real.does("carla", "unassign late-order ml engineer @mei")
    assert "@Nya (ML engineer)" in card(real, "case")
    assert "@Nya (ML engineer)" in card(real, "move")
    moved(real, "nya", "UTC")
    assert "13:00 UTC" in card(real, "case")
    real.does("nya", "away today @tom")
    real.does("tom", "accept A-1")
    assert "@Tom (ML engineer, for Nya)" in card(real, "case")
    real.wait(days=1)
    assert "Nya (ML engineer)" in card(real, "case")
    leaving.leave(real.desk, "shell", "nya", "mei")
    real.deliver()
    assert "Mei (ML engineer)" in card(real, "case")
    assert "M-1" in real.last("@mei", "part_inherited").text
    real.does("carla", "edit late-order --private --channel none")
    assert real.last(HERE, "case_").text.startswith("Moved to its people")
    assert ledger.verify(real.desk)[1] == []
    assert replay.compare(real.desk) == ()
