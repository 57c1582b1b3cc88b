"""What everyday questions ask of a database, on both engines."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from bot.web.lists import LISTS
from council import cases, initiatives
from council.desk import Desk
from council.store import Books
from council.store.engine import open_engine
from council.tables import Council
from tests.builders import a_crew, a_person, an_initiative
from tests.desks import library
from tests.fakes import START, CountingIds, SetClock
from tests.talk import Talk

TABLE = (
    "key,name,playbook,phase,tier,models,channel,private,data scientist\n"
    "hush,Zephyr,,operations,2,zephyr,,yes,ana\n"
)


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Return a council with a crew on a real database."""
    engine = open_engine(database_url)
    clock = SetClock()
    with Session(engine) as session:
        row = Council(name="everyday", timezone="UTC", channel="local:council", created_at=START)
        session.add(row)
        session.flush()
        assert row.id is not None
        desk = Desk(Books(session, row.id), clock, CountingIds(), library())
        a_crew(desk)
        a_person(desk, "sam")
        an_initiative(desk, channel="local:orders")
        yield Talk(desk, clock)
        session.rollback()
    engine.dispose()


def _bring(desk: Desk) -> None:
    rows = initiatives.read_sheet(TABLE, desk.playbooks, desk.books.people.handles())
    for initiative, each in initiatives.import_rows(desk, "shell", rows):
        cases.adopt_models(desk, initiative, each.row.models)


def test_a_private_initiative_is_seen_by_its_people_alone(talk: Talk) -> None:
    _bring(talk.desk)
    seen = ["Zephyr" in talk.say(handle, "list").text for handle in ("ana", "carla", "sam")]
    assert seen == [True, True, False]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_no_list_of_the_api_tells_of_it(talk: Talk, name: str) -> None:
    _bring(talk.desk)
    assert "Zephyr" not in str(LISTS[name](talk.desk, "", 200))


def test_what_watches_goes_live(talk: Talk) -> None:
    _bring(talk.desk)
    talk.does("ana", 'flag hush accuracy act "worse"')
    assert "is live" in talk.does("ana", "live hush").text


def test_putting_away_and_taking_out_leaves_the_clocks_as_they_were(talk: Talk) -> None:
    talk.does("mei", 'flag late-order accuracy watch "flat"')
    due = talk.desk.books.agenda.next_due()
    talk.does("mei", "archive late-order")
    talk.does("mei", "undo")
    assert talk.desk.books.agenda.next_due() == due


def test_a_link_and_an_edit_are_taken_back(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4 --model more")
    talk.does("mei", "undo")
    talk.does("mei", "link late-order https://github.com/acme/x")
    talk.does("mei", "undo")
    said = talk.does("mei", "status late-order").text
    assert ("tier 2" in said, "more" in said, "github" in said) == (True, False, False)
