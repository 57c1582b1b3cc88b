"""Lines about handoffs that people type without their key, without quotes, or by another word."""

import pytest

from tests.builders import an_initiative
from tests.council.handoffs.conftest import CHANNEL
from tests.council.handoffs.packets import offered, returned, whole
from tests.talk import Talk


@pytest.mark.parametrize("line", ["handoff late-order offer", "handoff H-1 offer"])
def test_the_one_open_packet_is_offered_by_key_or_by_initiative(talk: Talk, line: str) -> None:
    whole(talk)
    assert "Ana offers v7." in talk.does("ana", line).text


def test_in_its_own_channel_nothing_but_the_deed_is_needed(talk: Talk) -> None:
    whole(talk)
    talk.does("ana", "handoff offer", CHANNEL)
    assert "Ana withdrew it" in talk.does("ana", "withdraw", CHANNEL).text


def test_an_open_packet_is_offered_anyway_with_its_version(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    said = talk.does("ana", "handoff late-order offer --anyway --version v8").text
    assert "Ana offers v8." in said


def test_a_newer_one_is_begun_and_filled_as_last_time_by_the_initiative(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    assert "H-2 ·" in talk.does("ana", "handoff late-order again").text
    assert "11 of 11" in talk.does("ana", "handoff late-order keep").text


def test_of_several_open_packets_it_is_asked_which(talk: Talk) -> None:
    whole(talk)
    talk.does("ana", "handoff late-order h_exec")
    card = talk.does("ana", "handoff late-order withdraw").card
    assert card is not None
    assert [each.command for each in card.buttons] == [
        "handoff H-1 withdraw",
        "handoff H-2 withdraw",
    ]


def test_where_none_is_open_it_is_said_how_one_is_begun(talk: Talk) -> None:
    said = talk.refused("ana", "handoff late-order offer")
    assert "No handoff of late-order is open" in said


def test_a_handoff_is_withdrawn_by_the_word_itself(talk: Talk) -> None:
    offered(talk)
    assert "Ana withdrew it" in talk.does("ana", "withdraw H-1").text


def test_a_move_is_withdrawn_by_other_words_which_are_named(talk: Talk) -> None:
    assert "move <key> withdraw" in talk.refused("ana", "withdraw M-1")


def test_several_items_without_quotes_are_asked_about_and_not_taken_for_one(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    said = talk.refused("ana", "handoff H-1 1 a 2 b 3 c")
    assert 'handoff H-1 1 "a" 2 "b" 3 "c"' in said
    assert 'handoff H-1 1 "a 2 b 3 c"' in said


def test_what_was_understood_before_is_not_lost_where_it_is_asked(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    said = talk.refused("ana", 'handoff H-1 4 "x" 1 a 2 b')
    assert 'handoff H-1 4 "x" 1 "a" 2 "b"' in said


@pytest.mark.parametrize("value", ["version 7", "v7 stays warm", "12"])
def test_a_value_without_quotes_stays_one_value(talk: Talk, value: str) -> None:
    talk.does("ana", "handoff late-order")
    assert (
        f"1 trained model and version: {value}" in talk.does("ana", f"handoff H-1 1 {value}").text
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("v7", "Ana offers v7."),
        ("2026-11", "Ana offers v2026-11."),
        ("see the wiki", "Ana offers the packet."),
        ("autumn", "Ana offers the packet."),
    ],
)
def test_only_what_looks_like_a_version_is_called_one(talk: Talk, typed: str, said: str) -> None:
    an_initiative(talk.desk, "light", phase="development", tier=3, models=("light",))
    talk.does("ana", "handoff light")
    talk.does("ana", f'handoff H-1 version "{typed}"')
    assert said in talk.does("ana", "handoff H-1 offer --anyway").text


def test_a_long_name_is_cut_in_titles_and_kept_in_full_beside_the_packet(talk: Talk) -> None:
    talk.does("mei", "handoff late-order h_release")
    talk.does("mei", "handoff H-1 offer --anyway")
    heard = talk.last(CHANNEL, "handoff")
    assert heard.card is not None
    assert heard.card.title == "Late order predictor: handoff of integration code"
    said = talk.does("dev", "handoff H-1").text
    assert "integration code, to write, test, debug and release together, and back" in said


# ── the day of the next offer ────────────────────────────────────────────────────────────────────


def test_the_giver_is_reminded_once_on_the_day_of_the_next_offer(talk: Talk) -> None:
    returned(talk)  # until Thursday
    before = len(talk.heard)
    talk.wait(days=14)
    told = [each for each in talk.heard[before:] if each.kind == "handoff_next_offer_reply"]
    assert [each.to for each in told] == ["@ana"]
    assert "today is the day on which you wanted to offer H-1 (trained model) again" in told[0].text


def test_nobody_is_reminded_who_offered_it_before_the_day(talk: Talk) -> None:
    returned(talk)
    talk.does("ana", "handoff H-1 offer")
    talk.does("mei", "accept H-1")
    before = len(talk.heard)
    talk.wait(days=14)
    assert not [each for each in talk.heard[before:] if each.kind.startswith("handoff")]


def test_when_the_day_is_over_no_card_promises_it_any_more(talk: Talk) -> None:
    returned(talk)
    talk.wait(days=5)
    said = talk.last(CHANNEL, "handoff").text
    assert "It was to come again by 26 November; Ana offers it when it is ready." in said
