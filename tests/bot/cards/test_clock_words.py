"""What people read of clocks: put off, paused, reminded, and what was kept for them.

`UPDATE_GOLDEN=1` writes the texts anew; the difference is then read in the commit.
"""

from collections.abc import Callable

import pytest

from bot.cards.model import Card
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from council import cases
from council.desk import Desk
from tests.builders import a_crew, a_delivery, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:here"
Golden = Callable[[str, str], None]
NAMES = (
    "clock-snooze-until-when",
    "clock-snoozed",
    "clock-awake",
    "clock-snooze-preview",
    "clock-snooze-all",
    "clock-snooze-off",
    "clock-paused",
    "clock-paused-channel",
    "clock-paused-case",
    "clock-resumed",
    "clock-resumed-reply",
    "clock-reminder",
    "clock-forgotten",
    "clock-summary",
)


def _signal(talk: Talk, *features: str, about: str = "data_drift") -> None:
    items = [a_signal(each, signal_class=about, index=n) for n, each in enumerate(features)]
    cases.receive(talk.desk, [a_delivery(*items)])
    talk.deliver()


def _said(talk: Talk, line: str) -> Card:
    card = talk.does("mei", line).card
    assert card
    return card


def _heard(talk: Talk, to: str, kind: str) -> Card:
    card = talk.last(to, kind).card
    assert card
    return card


@pytest.fixture(scope="module")
def words() -> dict[str, Card]:
    """Return every card about clocks."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, channel=HERE, tier=3)
        talk = Talk(desk, clock)
        talk.deliver()
        found = _put_off(talk)
        found |= _paused(talk)
        found |= _forgotten(talk)
        found["clock-summary"] = _kept(talk, desk)
    return found


def _put_off(talk: Talk) -> dict[str, Card]:
    _signal(talk, "age")
    found = {
        "clock-snooze-until-when": _said(talk, "snooze C-1"),
        "clock-snoozed": _said(talk, "snooze C-1 tomorrow waiting for the feed"),
    }
    talk.wait(days=1)
    found["clock-awake"] = _heard(talk, HERE, "case_awake_reply")
    found["clock-snooze-preview"] = _said(talk, "snooze late-order data drift 2 days")
    found["clock-snooze-all"] = _said(talk, "snooze late-order data_drift 2d --yes")
    found["clock-snooze-off"] = _said(talk, "snooze late-order off")
    return found


def _paused(talk: Talk) -> dict[str, Card]:
    found = {
        "clock-paused": _said(talk, "pause late-order for the budget until monday"),
        "clock-paused-channel": _heard(talk, HERE, "initiative"),
        "clock-paused-case": _heard(talk, HERE, "case_paused"),
        "clock-resumed": _said(talk, "resume late-order"),
    }
    found["clock-resumed-reply"] = _heard(talk, HERE, "case_resumed_reply")
    return found


def _forgotten(talk: Talk) -> dict[str, Card]:
    talk.does("mei", "ack C-1")
    for kind in ("case.huddle", "case.decide"):
        talk.desk.books.agenda.cancel([kind], [cases.view(talk.desk, "C-1").id])
    talk.wait(days=14)
    return {
        "clock-reminder": _heard(talk, HERE, "case_reminder_reply"),
        "clock-forgotten": _heard(talk, HERE, "case_forgotten_reply"),
    }


def _kept(talk: Talk, desk: Desk) -> Card:
    talk.clock.move(hours=13)  # late in the evening
    row = desk.books.initiatives.by_key("late-order")
    assert row
    row.channel = ""
    council = desk.books.registry.council()
    council.channel = ""
    desk.books.add(row)
    desk.books.add(council)
    an_initiative(desk, "churn-risk", models=(), tier=3)
    _signal(talk, "size", about="accuracy")
    talk.wait(hours=16)
    return _heard(talk, "@ana", "person_summary")


@pytest.mark.parametrize("name", NAMES)
def test_every_card_reads_as_it_was_agreed(
    words: dict[str, Card], same_as_golden: Golden, name: str
) -> None:
    same_as_golden(f"words/{name}.txt", render(words[name]))


@pytest.mark.parametrize("name", NAMES)
def test_every_card_is_a_message_that_slack_takes(words: dict[str, Card], name: str) -> None:
    assert problems(message(words[name]), "message") == []


@pytest.mark.parametrize("name", NAMES)
def test_at_most_two_buttons_stand_out(words: dict[str, Card], name: str) -> None:
    assert sum(button.primary for button in words[name].buttons) <= 2
