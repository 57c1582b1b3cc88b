"""`explain`: what it is for, from what, where it is used, and what went wrong, in plain words."""

from collections.abc import Iterator

import pytest

from council import cases
from tests.builders import a_crew, a_delivery, a_signal, an_initiative, recovered
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a crew whose initiative is in production."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, channel="local:here")
        yield Talk(desk, clock)


def told(talk: Talk, who: str = "rui") -> str:
    return talk.does(who, "explain late-order").text


def test_a_question_that_nobody_wrote_down_says_how_to(talk: Talk) -> None:
    assert 'nobody has written it down yet (edit late-order --question "…")' in told(talk)


def test_the_question_stands_with_what_success_is(talk: Talk) -> None:
    talk.does("ana", 'edit late-order --question "Which are late?" --objective "8 of 10 found"')
    assert "The question: Which are late? Success: 8 of 10 found." in told(talk)


def test_what_monitors_named_goes_in_and_people_know_the_rest(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal("basket_size"), a_signal("age"))])
    assert "What goes in: age and basket_size, as far as monitors" in told(talk)
    assert "Ana and Bo know the rest" in told(talk)


def test_before_any_monitor_spoke_people_know_it(talk: Talk) -> None:
    assert "no monitor has named a feature yet; Ana and Bo know it" in told(talk)


def test_what_is_still_being_made_is_used_nowhere(talk: Talk) -> None:
    an_initiative(talk.desk, "young", phase="development", models=())
    said = talk.does("rui", "explain young").text
    assert "Where it is used: not yet; it is in Model development." in said


def test_what_went_wrong_before_says_what_was_decided(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal("basket_size"))])
    talk.does("mei", 'decide C-1 roll back "it costs money" --target-version 6')
    said = told(talk)
    assert "version 6 runs in production" in said
    assert "C-1 Data drift" in said
    assert "decided to roll back" in said


def test_what_is_over_is_said_to_be(talk: Talk) -> None:
    signal = a_signal("basket_size")
    cases.receive(talk.desk, [a_delivery(signal), a_delivery(recovered(signal))])
    assert ": it is over." in told(talk)


def test_whoever_asks_reads_what_they_may_learn_here(talk: Talk) -> None:
    assert "You: learning with Mei" in told(talk)
    assert "learning with Mei" not in told(talk, "carla")


def test_a_private_one_is_explained_to_nobody_else(talk: Talk) -> None:
    talk.does("carla", 'new "Quiet one" --key quiet --private')
    assert "quiet" not in talk.refused("rui", "explain quiet").replace("called quiet", "")
