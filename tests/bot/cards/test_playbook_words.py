"""What people read of playbooks, as golden text; `UPDATE_GOLDEN=1` writes it anew."""

from collections.abc import Callable, Iterator

import pytest

from bot.cards.model import Card
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from tests.builders import a_crew, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

Golden = Callable[[str, str], None]
LINES = {
    "playbook-followed": ("rui", "playbook late-order"),
    "playbook-preview": ("mei", "playbook late-order six-specialists"),
    "playbook-preview-gap": ("mei", "playbook late-order production-handoff"),
    "playbook-preview-version": ("mei", "playbook late-order --version 1"),
}


@pytest.fixture(scope="module")
def cards() -> Iterator[dict[str, Card]]:
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk, without=("bo",))
        an_initiative(desk)
        talk = Talk(desk, clock)
        talk.does("mei", "done late-order exit:o1")
        found = {name: _card(talk, *line) for name, line in LINES.items()}
        switch = talk.say("mei", LINES["playbook-preview"][1]).button("Switch")
        refused = talk.say("mei", f"{LINES['playbook-preview'][1]} --yes")
        assert refused.card is not None
        found["playbook-unstated"] = refused.card
        found["playbook-switched"] = _card(talk, "mei", switch)
        talk.deliver()
        told = talk.last("@rui").card
        assert told is not None
        found["playbook-your-part"] = told
        yield found


def _card(talk: Talk, who: str, line: str) -> Card:
    card = talk.say(who, line).card
    assert card is not None
    return card


@pytest.mark.parametrize(
    "name", [*LINES, "playbook-unstated", "playbook-switched", "playbook-your-part"]
)
def test_people_read_this(name: str, cards: dict[str, Card], same_as_golden: Golden) -> None:
    same_as_golden(f"words/{name}.txt", render(cards[name]))


def test_slack_takes_them_all(cards: dict[str, Card]) -> None:
    assert [each for card in cards.values() for each in problems(message(card), "message")] == []
