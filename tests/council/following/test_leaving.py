"""Somebody leaves: the team reads whose it is now, and the heir gets one list."""

from collections.abc import Callable

from council import leaving, replay
from tests.builders import a_signal
from tests.council.following.test_away import card, rings
from tests.talk import Talk

Send = Callable[..., None]


def left(talk: Talk, handle: str, to: str = "") -> None:
    """Have somebody leave, as an operator says it, and deliver what follows."""
    talk.heard.clear()
    leaving.leave(talk.desk, "shell", handle, to)
    talk.deliver()


def test_a_card_does_not_ring_who_left(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    left(talk, "mei")
    assert "Mei" not in card(talk, "case")
    assert "@Carla (council lead)" in card(talk, "case")
    assert [text for text in rings(talk) if "@Carla" in text]


def test_the_heir_gets_everything_open_in_one_list(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    signal(talk, a_signal(signal_class="accuracy"))
    talk.does("ana", "ack C-1")
    talk.does("ana", 'huddle late-order "which data"')
    left(talk, "ana", "tom")
    [told] = [each.text for each in talk.said_to("tom") if each.kind == "part_inherited"]
    for key in ("C-1", "C-2", "R-1"):
        assert key in told
    assert rings(talk) == []


def test_the_channel_states_no_taking_that_was_none(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("ana", "ack C-1")
    left(talk, "ana", "tom")
    assert "Tom has it now; it was handed over." in card(talk, "case")


def test_what_they_had_in_hand_asks_the_others_and_says_nothing_for_them(
    talk: Talk, signal: Send
) -> None:
    signal(talk, a_signal())
    talk.does("mei", "ack C-1")
    left(talk, "mei")
    assert "please take a look" in card(talk, "case")
    assert "not me" not in card(talk, "case")


def test_a_last_word_that_was_theirs_is_asked_of_somebody_else(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("ana", "huddle C-1")
    talk.does("ana", "edit late-order --decision-lead @rui")
    talk.wait(hours=34)  # the time to choose is over
    assert "Rui" in card(talk, "huddle")
    left(talk, "rui", "tom")
    assert "Rui" not in card(talk, "huddle").partition("last word")[0]
    assert "Tom" in card(talk, "huddle").partition("last word")[0]


def test_an_heir_to_whom_nothing_came_gets_no_list(talk: Talk) -> None:
    left(talk, "rui", "tom")
    assert "part_inherited" not in [each.kind for each in talk.said_to("tom")]


FIX = 'decide C-1 fix data "the feed broke" --owner @dev'


def decided(talk: Talk, signal: Send) -> None:
    """Have it decided that Dev mends the data: D-1."""
    signal(talk, a_signal())
    talk.does("mei", "ack C-1")
    talk.does("mei", FIX)
    talk.does("ana", FIX.replace("C-1", "R-1"))
    talk.deliver()


def test_what_was_theirs_to_carry_out_is_the_heirs(talk: Talk, signal: Send) -> None:
    decided(talk, signal)
    left(talk, "dev", "tom")
    assert "D-1" in talk.does("tom", "mine").text
    assert "Tom does it" in card(talk, "decision")


def test_after_somebody_left_the_ledger_tells_the_same(talk: Talk, signal: Send) -> None:
    decided(talk, signal)
    left(talk, "dev", "tom")
    assert replay.compare(talk.desk) == ()


def test_without_an_heir_it_is_for_whoever_decided_it(talk: Talk, signal: Send) -> None:
    decided(talk, signal)
    left(talk, "dev")
    assert [text for text in rings(talk) if "is yours to do" in text]


def test_the_last_council_lead_may_leave_with_a_case_in_hand(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("mei", "decline C-1")
    talk.does("ana", "decline C-1")
    talk.does("carla", "ack C-1")
    left(talk, "carla")
    assert "Carla" not in card(talk, "case")
