"""What people read of moves, stays and lists, as golden text.

`UPDATE_GOLDEN=1` writes the texts anew; the difference is then read in the commit.
"""

from collections.abc import Callable

import pytest

from bot.cards.model import Card
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from tests.builders import a_crew, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Said, Talk

Golden = Callable[[str, str], None]
HERE = "local:here"


@pytest.fixture(scope="module")
def life() -> dict[str, Card]:
    """Return the cards of two moves, forward and back, and of what is around them."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, phase="data_features", channel=HERE)
        talk = Talk(desk, clock)
        found = _forward(talk)
        found |= _back(talk)
        found |= _production(talk)
    return found


def card(said: Said) -> Card:
    assert said.card is not None
    return said.card


def heard(talk: Talk, kind: str, to: str = HERE) -> Card:
    found = talk.last(to, kind).card
    assert found is not None
    return found


def _forward(talk: Talk) -> dict[str, Card]:
    found = {
        "moves-ways": card(talk.does("ana", "move late-order")),
        "moves-lists": card(talk.does("ana", "done late-order")),
        "moves-checked": card(
            talk.does("bo", "done late-order o2 --link https://wiki.example.org/labels")
        ),
        "moves-step": card(talk.does("bo", "done late-order ingest")),
    }
    talk.does("ana", "move late-order forward")
    found["moves-proposed"] = heard(talk, "move_proposed")
    talk.wait(days=7)
    found["moves-reply-remind"] = heard(talk, "move_remind")
    found["moves-escalated"] = heard(talk, "move_escalated", "@carla")
    found["moves-why-not"] = card(talk.does("bo", "decline M-1"))
    talk.does("bo", 'decline M-1 "the labels of September are not checked"')
    found["moves-not-yet"] = heard(talk, "move_answered")
    found["moves-reply-not-yet"] = heard(talk, "move_not_yet")
    found["moves-status"] = card(talk.does("rui", "status late-order"))
    found["moves-moved"] = card(talk.does("bo", "accept M-1"))
    found["moves-done"] = heard(talk, "move_done")
    found["moves-entered"] = heard(talk, "phase_entered")
    return found


def _back(talk: Talk) -> dict[str, Card]:
    found = {
        "moves-what-happened": card(talk.does("ana", "back late-order")),
        "moves-what-change": card(talk.does("ana", "move late-order t_disappoint")),
    }
    line = '--change re_engineer_features --reason "recall is too low in the evening"'
    talk.does("ana", f"move late-order t_disappoint {line}")
    found["moves-back-proposed"] = heard(talk, "move_proposed")
    found["moves-back"] = card(talk.does("bo", "accept M-2"))
    found["moves-left"] = heard(talk, "phase_left")
    found["moves-back-entered"] = heard(talk, "phase_entered")
    found["moves-lists-again"] = card(talk.does("ana", "done late-order"))
    talk.does("bo", "undo")
    found["moves-taken-back"] = heard(talk, "phase_taken_back")
    talk.does("ana", "move late-order forward")
    found["moves-withdrawn"] = card(talk.does("ana", "move late-order withdraw"))
    return found


def _production(talk: Talk) -> dict[str, Card]:
    an_initiative(talk.desk, "served", models=(), channel="local:served")
    talk.does("mei", "move served t_refeature --change re_engineer_features")
    talk.does("ana", "accept M-4")
    found = {
        "moves-serving": heard(talk, "phase_entered", "local:served"),
        "moves-serving-status": card(talk.does("rui", "status served")),
    }
    an_initiative(talk.desk, "old", models=(), channel="local:old")
    talk.does("mei", "move old retire")
    talk.does("ana", "accept M-5")
    found["moves-ended"] = card(talk.does("rui", "accept M-5"))
    found["moves-ended-entered"] = heard(talk, "phase_entered", "local:old")
    return found


NAMES = (
    *("moves-ways", "moves-lists", "moves-checked", "moves-step", "moves-proposed"),
    *("moves-reply-remind", "moves-escalated", "moves-why-not", "moves-not-yet"),
    *("moves-reply-not-yet", "moves-status", "moves-moved", "moves-done", "moves-entered"),
    *("moves-what-happened", "moves-what-change", "moves-back-proposed", "moves-back"),
    *("moves-left", "moves-back-entered", "moves-lists-again", "moves-taken-back"),
    *("moves-withdrawn", "moves-serving", "moves-serving-status", "moves-ended"),
    "moves-ended-entered",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_move_reads_as_agreed(life: dict[str, Card], name: str, same_as_golden: Golden) -> None:
    same_as_golden(f"words/{name}.txt", render(life[name]))


def test_every_card_of_a_move_is_looked_at(life: dict[str, Card]) -> None:
    assert sorted(life) == sorted(NAMES)


def test_every_card_of_a_move_is_legal_in_slack(life: dict[str, Card]) -> None:
    found = {name: problems(message(each), "message") for name, each in life.items()}
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_at_most_two_buttons_stand_out(life: dict[str, Card]) -> None:
    assert max(sum(b.primary for b in each.buttons) for each in life.values()) <= 2


def test_nothing_about_a_move_is_red(life: dict[str, Card]) -> None:
    assert not [name for name, each in life.items() if each.tone == "bad"]
