"""Whoever has still to choose is reminded, once each, and never without end."""

from collections.abc import Iterator

import pytest

from council import replay
from tests.council.huddles.test_huddles_life import HERE, WATCH, a_council, drift
from tests.talk import Heard, Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council on which drift has come up."""
    for talk in a_council():
        drift(talk)
        yield talk


@pytest.fixture
def alone() -> Iterator[Talk]:
    """Return a council without a channel, where everybody is told directly."""
    for talk in a_council(channel=""):
        talk.desk.books.registry.council().channel = ""
        drift(talk)
        yield talk


def replies(heard: list[Heard]) -> list[tuple[str, str]]:
    """Return which calls of a huddle were sent, and where."""
    return [
        (each.to, each.kind)
        for each in heard
        if each.kind.startswith("huddle_") and each.form == "reply" and each.state == "sent"
    ]


def test_who_has_not_chosen_is_reminded_once_before_the_time_is_over(talk: Talk) -> None:
    talk.does("mei", WATCH)
    heard = talk.wait(days=2)
    assert replies(heard) == [(HERE, "huddle_remind_reply")]
    assert (
        "@Ana: R-1 on Late order predictor still waits for your choice, by"
        in talk.last(HERE, "huddle_remind_reply").text
    )


def test_who_has_chosen_meanwhile_is_not(talk: Talk) -> None:
    talk.does("mei", WATCH)
    talk.does("ana", WATCH)
    assert replies(talk.wait(days=5)) == []


def test_whoever_has_the_last_word_is_reminded_once_and_the_council_lead_twice(
    talk: Talk,
) -> None:
    talk.does("carla", "edit late-order --decision-lead @bo")
    talk.does("mei", "huddle C-1")
    heard = replies(talk.wait(days=60))
    assert heard == [
        (HERE, "huddle_remind_reply"),
        ("@bo", "huddle_remind_reply"),
        ("@carla", "huddle_remind_reply"),
        ("@carla", "huddle_remind_last_reply"),
    ]


def test_the_last_word_of_a_council_lead_has_a_date(talk: Talk) -> None:
    talk.does("mei", "huddle C-1")
    while not [each for each in talk.said_to("carla") if each.kind == "huddle_last_word"]:
        talk.wait(hours=4)
    assert "have the last word, by" in talk.last("@carla", "huddle_last_word").text.replace(
        "has", "have"
    )


def test_without_a_channel_nobody_has_two_cards_of_one_huddle(alone: Talk) -> None:
    alone.does("carla", "edit late-order --decision-lead @mei")
    alone.does("ana", "huddle C-1")
    alone.wait(days=4)
    told = alone.desk.books.outbox.told(["huddle:" + _huddle_id(alone)])
    lanes = [lane for lane, _, _ in told]
    assert len(lanes) == len(set(lanes))
    assert "@Mei has the last word in R-1" in alone.last("@mei", "huddle_last_word_reply").text


def test_without_a_channel_a_fresh_card_needs_no_call_beneath_it(alone: Talk) -> None:
    alone.does("mei", 'decide C-1 roll back "a broken feed" --target-version 6')
    heard = [each.kind for each in alone.said_to("ana") if each.kind.startswith("decision_")]
    assert heard == ["decision_recorded"]


def test_the_ledger_replays(talk: Talk) -> None:
    talk.does("mei", "huddle C-1")
    talk.wait(days=60)
    assert replay.compare(talk.desk) == ()


def _huddle_id(talk: Talk) -> str:
    row = talk.desk.books.huddles.by_number(1)
    assert row is not None
    return row.id
