"""What people read who ask about one step, one role or one person, as golden text.

`UPDATE_GOLDEN=1` writes the texts anew; the difference is then read in the commit.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.cards.model import Card
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

LINES = {
    "who-phase": "who late-order",
    "who-step": "who late-order deliver training data",
    "who-role": "who late-order data engineer",
    "who-vacant": "who late-order devops engineer",
    "who-person": "who @mei",
    "who-me": "who me",
}


@pytest.fixture(scope="module")
def cards() -> dict[str, Card]:
    """Return what Bo reads while Mei is away and Tom stands in for her."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk, without=("dev",))
        a_person(desk, "tom")
        an_initiative(desk, phase="development", channel="local:here")
        talk = Talk(desk, clock)
        day = (clock.now() + timedelta(days=1)).date()
        talk.does("mei", f"away {day} {day + timedelta(days=3)} --deputy @tom")
        talk.does("tom", "accept A-1")
        talk.wait(days=1, hours=12)
        found = {name: talk.does("bo", line).card for name, line in LINES.items()}
    return {name: each for name, each in found.items() if each is not None}


@pytest.mark.parametrize("name", LINES)
def test_who_is_who_reads_as_agreed(
    cards: dict[str, Card], name: str, same_as_golden: Callable[[str, str], None]
) -> None:
    same_as_golden(f"words/{name}.txt", render(cards[name]))


def test_every_card_on_people_is_legal_in_slack(cards: dict[str, Card]) -> None:
    found = {name: problems(message(each), "message") for name, each in cards.items()}
    assert not {name: wrong for name, wrong in found.items() if wrong}
