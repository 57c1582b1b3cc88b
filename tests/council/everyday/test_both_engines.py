"""What everyday questions ask of a database, on both engines."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from bot.web.lists import LISTS
from council import cases, initiatives
from council.desk import Desk
from council.store import Books
from council.store.engine import open_engine
from council.tables import Council, Integration
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative, recovered
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
        sender = Integration(
            id="integration",
            council_id=row.id,
            name="monitor",
            kind="alertmanager",
            created_at=START,
        )
        session.add(sender)
        session.flush()
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
    talk.does("mei", "archive late-order --yes")
    talk.does("mei", "undo")
    assert talk.desk.books.agenda.next_due() == due


def test_a_link_and_an_edit_are_taken_back(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4 --model more")
    talk.does("mei", "undo")
    talk.does("mei", "link late-order https://github.com/acme/x")
    talk.does("mei", "undo")
    said = talk.does("mei", "status late-order").text
    assert ("tier 2" in said, "more" in said, "github" in said) == (True, False, False)


def test_what_was_done_last_is_found_and_is_not_passed_over(talk: Talk) -> None:
    talk.say("mei", "edit late-order --tier 3")
    talk.say("mei", "move late-order drift --change retrain")
    said = talk.say("mei", "undo").text
    assert "you proposed M-1 (late-order)" in said
    talk.say("mei", "move late-order withdraw")
    talk.clock.move(minutes=11)
    assert "Too late" in talk.say("mei", "undo").text


def test_a_small_sample_is_shown_and_what_is_over_keeps_its_worst(talk: Talk) -> None:
    few = a_signal("basket", value=0.14, threshold=0.1, n_current=120, n_reference=120)
    cases.receive(talk.desk, [a_delivery(few)])
    assert "judged from 500 on" in talk.does("mei", "status late-order").text
    signal = a_signal("age", value=0.31, threshold=0.25)
    cases.receive(talk.desk, [a_delivery(signal)])
    cases.receive(talk.desk, [a_delivery(recovered(signal, value=0.04))])
    assert "was 0.31 at worst" in talk.does("mei", "case C-1").text


def test_what_is_archived_is_counted_for_those_who_may_see_it(talk: Talk) -> None:
    _bring(talk.desk)
    talk.does("ana", "archive hush --yes")
    seen = ["1 archived" in talk.does(handle, "list").text for handle in ("ana", "sam")]
    assert seen == [True, False]


def test_an_initiative_is_explained(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal("age")), a_delivery(a_signal("basket_size"))])
    assert "age and basket_size" in talk.does("rui", "explain late-order").text
