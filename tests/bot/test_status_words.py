"""What `status` and `mine` say, in words that everybody reads."""

from collections.abc import Iterator

import pytest

from council import cases
from tests.builders import a_crew, a_delivery, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return the crew with an initiative in development."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, phase="development", channel="local:here")
        yield Talk(desk, clock)


def test_a_step_keeps_its_capital_letters(talk: Talk) -> None:
    assert "Next: Ana: select ML technique." in talk.does("rui", "status late-order").text


def test_a_huddle_on_a_case_is_about_a_signal_class_in_words(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal())])
    talk.does("mei", "huddle C-1")
    for said in (talk.does("ana", "mine").text, talk.does("rui", "status late-order").text):
        assert "R-1 Data drift" in said
        assert "data_drift" not in said


def test_nothing_is_next_while_it_is_paused(talk: Talk) -> None:
    talk.does("ana", "pause late-order --until monday --yes")
    assert "Next: nothing, while it is paused" in talk.does("rui", "status late-order").text


def test_once_the_work_is_done_no_step_stands_beside_what_is_next(talk: Talk) -> None:
    said = talk.does("ana", "done late-order").text
    keys = {word for word in said.split() if word.startswith(("entry:", "exit:"))}
    for key in keys:
        if key != "entry:operations.in1":  # the handoff itself
            talk.does("ana", f"done late-order {key}")
    said = talk.does("rui", "status late-order").text
    assert "Next: Ana hands over to Mei: trained model." in said
    assert "step 1 of 4" not in said


def test_what_is_next_in_a_huddle_goes_before_the_work(talk: Talk) -> None:
    talk.does("mei", 'huddle late-order "costs explode"')
    assert "to choose, R-1" in talk.does("rui", "status late-order").text
