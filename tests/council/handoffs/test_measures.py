"""How long packets usually wait is a figure of many people, in working time, and never says who."""

from hypothesis import given
from hypothesis import strategies as st

from council.handoffs.measures import Waited, median_wait
from tests.builders import a_person, an_initiative
from tests.council.handoffs.conftest import CHANNEL
from tests.council.handoffs.packets import offered
from tests.talk import Talk

OFFERS = st.lists(st.builds(Waited, st.sampled_from("abcde"), st.integers(0, 9_000)), max_size=30)


def some(count: int, people: int = 3) -> list[Waited]:
    return [Waited(f"p{n % people}", 60 * (n + 1)) for n in range(count)]


def test_few_answers_have_no_figure() -> None:
    assert median_wait(some(4)) is None


def test_answers_of_fewer_than_three_people_have_no_figure() -> None:
    assert median_wait(some(30, people=2)) is None


def test_five_answers_of_three_people_have_a_median() -> None:
    assert median_wait(some(5)) == 180


@given(OFFERS)
def test_the_figure_is_one_that_was_measured(offers: list[Waited]) -> None:
    found = median_wait(offers)
    if found is None:
        assert len(offers) < 5 or len({each.person for each in offers}) < 3
        return
    assert found in {each.minutes for each in offers}


def test_a_night_between_offer_and_answer_is_no_working_time(talk: Talk) -> None:
    talk.clock.move(hours=6)  # Monday, 16:00
    offered(talk)
    talk.wait(hours=19)
    assert "Mei accepted after 3 working hours." in talk.does("mei", "accept H-1").text


def test_what_is_answered_at_night_took_as_long_as_a_clock_says(talk: Talk) -> None:
    talk.clock.move(hours=12)  # Monday, 22:00
    offered(talk)
    talk.wait(minutes=30)
    assert "Mei accepted after 30 min." in talk.does("mei", "accept H-1").text


def test_a_pause_between_offer_and_answer_does_not_count(talk: Talk) -> None:
    offered(talk)
    talk.does("ana", 'pause late-order "the shop moves" --yes')
    talk.wait(days=3)
    talk.does("ana", "resume late-order")
    talk.wait(hours=1)
    talk.does("mei", "accept H-1")
    row = talk.desk.books.handoffs.by_number(1)
    assert row is not None
    assert row.waited == 60


def test_the_card_of_what_was_accepted_says_what_is_usual(talk: Talk) -> None:
    for number, handle in enumerate(("tom", "zoe", "mei", "tom", "zoe"), 1):
        key = f"i{number}"
        an_initiative(talk.desk, key, phase="development", models=(key,), tier=3)
        if talk.desk.books.people.by_handle(handle) is None:
            a_person(talk.desk, handle)
        talk.does("carla", f"assign {key} ml_engineer @{handle}")
        talk.does("ana", f"handoff {key} --version 7")
        talk.does("ana", f"handoff {key} offer --anyway")
        talk.clock.move(minutes=50)
        talk.does(handle, f"accept H-{number}")
    said = talk.does("mei", "handoff H-3").text
    assert "Handoffs here are usually answered after 50 working minutes." in said


def test_what_few_people_answered_is_compared_with_nothing(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    assert "usually" not in talk.last(CHANNEL, "handoff_accepted").text
