"""What people read of huddles, decisions and reviews, as golden text; legal in Slack, too."""

from collections.abc import Callable

import pytest

from bot.cards.model import Card
from bot.grammar.parsing import parse
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from council import cases
from council.signal import Signal
from tests.builders import a_crew, a_delivery, a_signal, an_initiative, recovered
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

Golden = Callable[[str, str], None]
HERE = "local:late-order"
FEATURES = (
    'decide C-2 re-engineer features "the checkout changed its meaning" --features basket_size'
    ' --hypothesis "baskets are counted after the voucher now" --expect "MAE back under 6 min"'
    " --check 2026-12-11"
)
RETRAIN = (
    'decide C-2 retrain "newer data knows the checkout" --hypothesis "people buy more at once"'
    ' --data-window October --expect "MAE under 6 min" --check 2026-12-11'
)
NAMES = (
    *("opened", "options", "lacking", "noted", "differ", "second-round", "second-reply"),
    *("last-word", "last-word-asked", "decided", "decision", "effect", "effect-reply", "outcome"),
    *("alone", "confirm-reply", "contested", "contested-huddle", "cancelled", "review"),
    *("review-reply", "review-done", "undecided", "owner-reply", "owner-done"),
    *("remind-reply", "remind-last-reply", "otherwise"),
)


def _signal(talk: Talk, value: float) -> Signal:
    return a_signal(
        "basket_size",
        started=talk.clock.moment,
        metric_name="psi",
        value=value,
        threshold=0.25,
        n_reference=4200,
        n_current=3900,
    )


def _until_decided(talk: Talk, found: dict[str, Card | None]) -> None:
    """Go through a huddle with two rounds to the last word, and to whether it worked."""
    talk.does("mei", 'huddle C-2 --meet https://meet.example.org/late "since the new checkout"')
    found["opened"] = talk.last(HERE, "huddle_opened").card
    found["options"] = talk.say("mei", "decide R-2").card
    found["lacking"] = talk.say("mei", 'decide R-2 retrain "newer data" --data-window May').card
    found["noted"] = talk.does("ana", FEATURES).card
    found["differ"] = talk.does("mei", RETRAIN).card
    cards = [each for each in talk.heard if each.form == "card"]
    found["second-round"] = next(
        each.card for each in reversed(cards) if each.kind == "huddle_second_round"
    )
    found["second-reply"] = talk.last(HERE, "huddle_second_round_reply").card
    talk.does("ana", 'decide R-2 re-engineer "the feature means another thing now"')
    talk.does("mei", 'decide R-2 retrain "there is no time to rebuild it"')
    found["last-word"] = talk.last(HERE, "huddle_last_word").card
    talk.does("mei", 'decide R-2 re-engineer "it would learn a broken meaning"')
    found["decided"] = talk.last(HERE, "huddle_decided").card
    found["decision"] = talk.last(HERE, "decision_recorded").card
    talk.wait(days=17)
    found["effect"] = talk.last(HERE, "decision_asked").card
    found["effect-reply"] = talk.last(HERE, "decision_effect_reply").card
    talk.does("ana", 'outcome D-2 worked "MAE is 5.4"')
    found["outcome"] = talk.last(HERE, "decision_outcome").card


def _alone(talk: Talk, found: dict[str, Card | None]) -> None:
    """Roll back alone, and have the other see it otherwise."""
    talk.does("mei", "huddle C-1")
    talk.does("mei", 'decide R-1 roll back "v7 learnt from a broken feed" --target-version 6')
    found["alone"] = talk.last(HERE, "decision_recorded").card
    found["confirm-reply"] = talk.last(HERE, "decision_confirm_reply").card
    found["otherwise"] = talk.say("ana", "decline D-1").card
    talk.does("ana", 'decline D-1 "version 6 does not know the new checkout"')
    found["contested"] = talk.last(HERE, "decision_contested").card
    found["contested-huddle"] = talk.last(HERE, "huddle_opened").card
    talk.does("mei", 'huddle R-2 cancel "Ana is right; we talked"')
    found["cancelled"] = talk.last(HERE, "huddle_cancelled").card


def _differ(found: dict[str, Card | None]) -> None:
    """Live through a first case, whose huddle agrees, and a second one that differs twice."""
    with a_desk(clock := SetClock()) as desk:
        a_crew(desk)
        an_initiative(desk, channel=HERE)
        talk = Talk(desk, clock)
        first = _signal(talk, 0.28)
        cases.receive(desk, [a_delivery(first)])
        talk.does("mei", "huddle C-1")
        for who in ("mei", "ana"):
            talk.does(who, 'decide R-1 fix data "the feed dropped a day" --owner @bo')
        found["owner-reply"] = talk.last(HERE, "decision_owner_reply").card
        talk.does("bo", 'done D-1 "the day is filled in"')
        found["owner-done"] = talk.last(HERE, "decision_done").card
        talk.wait(days=1)
        cases.receive(desk, [a_delivery(recovered(first))])
        talk.wait(days=6)
        cases.receive(desk, [a_delivery(_signal(talk, 0.31))])
        talk.deliver()
        _until_decided(talk, found)


def _decide_alone(found: dict[str, Card | None]) -> None:
    """Live through a worst case that one decides alone, and everything that may follow."""
    with a_desk(clock := SetClock()) as desk:
        a_crew(desk)
        an_initiative(desk, channel=HERE, tier=1)
        talk = Talk(desk, clock)
        signal = _signal(talk, 0.31)
        cases.receive(desk, [a_delivery(signal)])
        talk.deliver()
        _alone(talk, found)
        talk.wait(days=4)
        talk.does("mei", "huddle C-1")
        talk.wait(days=6)
        found["remind-reply"] = talk.last(HERE, "huddle_remind_reply").card
        found["remind-last-reply"] = talk.last("@carla", "huddle_remind_last_reply").card
        found["last-word-asked"] = talk.last("@carla", "huddle_last_word").card
        cases.receive(desk, [a_delivery(recovered(signal))])
        talk.wait(minutes=5)
        _look_back(talk, found)


def _decide_nothing(found: dict[str, Card | None]) -> None:
    """Live through a huddle that is called off, while its case goes on."""
    with a_desk(clock := SetClock()) as desk:
        a_crew(desk)
        an_initiative(desk, channel=HERE, tier=1)
        talk = Talk(desk, clock)
        cases.receive(desk, [a_delivery(_signal(talk, 0.31))])
        talk.does("mei", "huddle C-1")
        talk.does("mei", 'huddle R-1 cancel "nobody could come"')
        talk.wait(hours=8)
        found["undecided"] = talk.last(HERE, "case_undecided_reply").card


def _look_back(talk: Talk, found: dict[str, Card | None]) -> None:
    found["review"] = talk.last(HERE, "review_opened").card
    talk.wait(days=8)
    found["review-reply"] = talk.last(HERE, "review_due_reply").card
    talk.does("mei", 'done V-1 --note "test the feed first" --link https://wiki.example.org/1')
    found["review-done"] = talk.last(HERE, "review_done").card


@pytest.fixture(scope="module")
def cards() -> dict[str, Card | None]:
    """Return every card of two lives."""
    found: dict[str, Card | None] = {}
    _differ(found)
    _decide_alone(found)
    _decide_nothing(found)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_huddle_and_what_comes_of_it_read_as_agreed(
    cards: dict[str, Card | None], name: str, same_as_golden: Golden
) -> None:
    card = cards[name]
    assert card is not None
    same_as_golden(f"words/huddle-{name}.txt", render(card))


def test_every_card_is_legal_in_slack(cards: dict[str, Card | None]) -> None:
    found = {name: problems(message(card), "message") for name, card in cards.items() if card}
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_at_most_two_buttons_stand_out(cards: dict[str, Card | None]) -> None:
    shown = [card for card in cards.values() if card]
    assert max(sum(button.primary for button in card.buttons) for card in shown) == 1


def test_every_button_is_a_command_that_can_be_read(cards: dict[str, Card | None]) -> None:
    commands = {button.command for card in cards.values() if card for button in card.buttons}
    assert all(parse(command) for command in commands)
