"""A paused initiative: its clocks stand still, what comes up is noted; then it goes on."""

from collections.abc import Callable

import pytest

from council import cases, ledger
from tests.builders import a_person, a_signal
from tests.talk import Talk

HERE = "local:here"


@pytest.fixture
def paused(talk: Talk, signal: Callable[..., None]) -> Talk:
    """Return an initiative with an open case, paused until Monday."""
    signal(a_signal())
    talk.does("mei", 'pause late-order "for the budget" until monday')
    talk.heard.clear()
    return talk


def state(talk: Talk) -> str:
    """Return how the initiative stands."""
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row
    return row.state


def test_nobody_is_asked_while_it_is_paused(paused: Talk) -> None:
    heard = paused.wait(days=5)
    assert not [each for each in heard if each.kind.startswith("case")]


def test_the_card_of_a_case_says_so(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal())
    talk.does("mei", "pause late-order --yes")
    assert "It is paused" in talk.last(HERE, "case_paused").text


def test_the_channel_is_told(talk: Talk) -> None:
    talk.does("mei", "pause late-order --yes")
    assert "is paused" in talk.last(HERE, "initiative").text


def test_on_its_day_it_goes_on_by_itself(paused: Talk) -> None:
    paused.wait(days=6)
    assert state(paused) == "active"


def test_an_open_case_then_begins_anew(paused: Talk) -> None:
    paused.wait(days=6)
    at = cases.view(paused.desk, "C-1").acknowledge_by
    assert at is not None
    assert f"{at:%a %H:%M}" == "Mon 13:00"


def test_its_people_are_asked_anew(paused: Talk) -> None:
    paused.wait(days=6)
    assert "Late order predictor goes on" in paused.last(HERE, "case_resumed_reply").text


def test_an_alert_is_noted_and_nobody_is_mentioned(
    paused: Talk, signal: Callable[..., None]
) -> None:
    signal(a_signal("size", signal_class="accuracy"))
    card = paused.last(HERE, "case_opened")
    assert ("this is only noted" in card.text, "@" in card.text) == (True, False)


def test_an_alert_has_no_clock(paused: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal("size", signal_class="accuracy"))
    assert cases.view(paused.desk, "C-2").acknowledge_by is None


def test_of_the_worst_the_council_lead_hears(paused: Talk, signal: Callable[..., None]) -> None:
    row = paused.desk.books.initiatives.by_key("late-order")
    assert row
    row.tier = 1
    paused.desk.books.add(row)
    signal(a_signal("size", signal_class="accuracy"))
    assert "It is paused" in paused.last("@carla", "case_opened").text


def test_what_gets_worse_rings_nobody(paused: Talk, signal: Callable[..., None]) -> None:
    row = paused.desk.books.initiatives.by_key("late-order")
    assert row
    row.tier = 1
    paused.desk.books.add(row)
    signal(a_signal("size"))
    assert not [each for each in paused.heard if each.form == "reply"]


def test_somebody_lets_it_go_on_sooner(paused: Talk) -> None:
    paused.does("mei", "resume late-order")
    assert state(paused) == "active"


def test_whoever_lets_it_go_on_is_not_rung(paused: Talk) -> None:
    paused.does("mei", "resume late-order")
    assert "Mei" not in paused.last(HERE, "case_resumed_reply").text


def test_it_goes_on_once(paused: Talk) -> None:
    paused.does("mei", "resume late-order")
    heard = paused.wait(days=3)
    assert not [each for each in heard if each.kind == "case_resumed"]


def test_a_handoff_has_as_long_left_as_before(talk: Talk) -> None:
    rows = {row.kind for row in talk.desk.books.agenda.due(talk.clock.moment.max, 99)}
    talk.does("mei", "pause late-order --yes")
    talk.wait(days=2)
    talk.does("mei", "resume late-order")
    assert {row.kind for row in talk.desk.books.agenda.due(talk.clock.moment.max, 99)} == rows


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pause late-order until yesterday", "late-order"),
        ("pause late-order --until 2020-01-01", "lies ahead"),
        ("resume late-order", "not paused"),
    ],
)
def test_what_cannot_be_is_refused(talk: Talk, line: str, said: str) -> None:
    if line.endswith("yesterday"):
        assert said in talk.does("mei", line).text  # free text: why it is paused
    else:
        assert said in talk.refused("mei", line)


def test_it_is_paused_once(paused: Talk) -> None:
    assert "is paused already" in paused.refused("mei", "pause late-order --yes")


def test_somebody_without_a_role_pauses_nothing(talk: Talk) -> None:
    a_person(talk.desk, "eve")
    assert "a role here" in talk.refused("eve", "pause late-order --yes")


def test_the_history_tells_of_both(paused: Talk) -> None:
    paused.does("mei", "resume late-order")
    kinds = [link.kind for link in paused.desk.books.ledger.after(0, 200)]
    assert [kind for kind in kinds if kind.startswith("initiative.") and "ume" in kind] == [
        "initiative.resumed"
    ]
    assert ledger.verify(paused.desk)[1] == []
