"""Which request a notice names as its cause, when one desk works for several."""

import pytest

from council import cases
from council.desk import Desk
from council.signal import Quarantined, Signal
from tests.builders import a_crew, a_delivery, a_signal, an_initiative


@pytest.fixture(autouse=True)
def _two_initiatives(desk: Desk) -> None:
    a_crew(desk)
    an_initiative(desk)
    an_initiative(desk, "returns", models=("returns",))


def took(desk: Desk, **deliveries: Signal | Quarantined) -> list[str]:
    """Take deliveries in one set, each under its name; return under which id each is told."""
    given = [a_delivery(each, correlation=name) for name, each in deliveries.items()]
    return [result.joined for result in cases.receive(desk, given)]


def causes(desk: Desk, kind: str = "case_") -> list[str]:
    rows = desk.books.outbox.page("", 200)
    return sorted(row.correlation for row in rows if row.kind.startswith(kind))


def test_each_delivery_of_a_set_is_the_cause_of_its_own_case(desk: Desk) -> None:
    assert took(desk, one=a_signal(), two=a_signal(model="returns")) == ["", ""]
    assert causes(desk) == ["one", "two"]


def test_a_case_that_several_touched_is_told_for_the_last(desk: Desk) -> None:
    took(desk, one=a_signal("age"), two=a_signal("income"))
    assert causes(desk) == ["two"]


def test_a_repeat_touches_nothing(desk: Desk) -> None:
    took(desk, one=a_signal("age"), two=a_signal("age"))
    assert causes(desk) == ["one"]


def test_a_card_that_waits_keeps_its_cause_and_the_later_one_learns_it(desk: Desk) -> None:
    took(desk, one=a_signal("age"))
    assert took(desk, two=a_signal("income")) == ["one"]
    assert causes(desk) == ["one"]


def test_models_that_nobody_claimed_are_told_for_the_delivery_that_named_one(desk: Desk) -> None:
    took(desk, one=a_signal(model="unknown"), two=a_signal())
    assert set(causes(desk, "waiting_models")) == {"one"}


def test_trouble_is_told_for_the_delivery_that_brought_it(desk: Desk) -> None:
    took(desk, one=Quarantined(0, "not_an_object", ""), two=a_signal())
    assert set(causes(desk, "integration_trouble")) == {"one"}


def test_what_a_person_brings_about_is_told_for_their_request(desk: Desk) -> None:
    desk.correlation = "typed"
    (mei,) = [each for each in [desk.books.people.by_handle("mei")] if each]
    cases.flag(desk, mei.id, cases.Concern("late-order", "it looks odd"))
    assert causes(desk) == ["typed"]
