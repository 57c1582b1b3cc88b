"""What people read when what is open follows them, as golden text; and that Slack would take it."""

from collections.abc import Callable, Iterator

import pytest

from bot.cards.model import Card
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from council import leaving
from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

Golden = Callable[[str, str], None]
HERE = "local:late-order"
NAMES = ("case", "handoff", "move", "huddle", "heir", "handed", "withdrawn", "days-taken")


@pytest.fixture(scope="module")
def said() -> Iterator[dict[str, Card | None]]:
    """Return what is read where people change while something is open."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        a_person(desk, "tom")
        an_initiative(desk, phase="development", channel=HERE)
        talk = Talk(desk, clock)
        _open(talk)
        talk.does("carla", "unassign late-order ml engineer @mei")
        talk.does("carla", "assign late-order ml engineer @tom")
        found = {
            noun: talk.last(HERE, f"{noun}_yours").card
            for noun in ("case", "handoff", "move", "huddle")
        }
        talk.does("tom", "ack C-1")
        leaving.leave(desk, "shell", "tom", "mei")
        talk.deliver()
        found["heir"] = talk.last("@mei", "part_inherited").card
        [found["handed"]] = [each.card for each in talk.heard if "handed over" in each.text]
        talk.does("carla", "edit late-order --private --channel none")
        found["withdrawn"] = talk.last(HERE, "case_").card
        talk.does("bo", "away tomorrow")
        found["days-taken"] = talk.say("bo", "away today friday").card
        yield found


def _open(talk: Talk) -> None:
    """Have a packet offered, a move proposed, a case come up and people huddle."""
    talk.does("ana", "handoff late-order")
    for number in range(1, 12):
        talk.does("ana", f'handoff H-1 {number} "in the wiki"')
    talk.does("ana", "handoff H-1 offer")
    talk.does("ana", "move late-order operations")
    talk.does("rui", 'flag late-order data_drift act "forecasts look flat"')
    talk.does("rui", 'flag late-order accuracy act "many complaints"')
    talk.does("ana", "huddle C-2")


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_as_agreed(
    name: str, said: dict[str, Card | None], same_as_golden: Golden
) -> None:
    card = said[name]
    assert card is not None
    same_as_golden(f"words/following-{name}.txt", render(card))
    assert problems(message(card), "message") == []
