"""What people read of absences, gaps and rotas, as golden text; and that Slack would take it."""

from collections.abc import Callable, Iterator

import pytest

from bot.cards.compose import compose
from bot.cards.model import Card
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from council import cases, initiatives, people
from council.announcements.absences import gap_news
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

Golden = Callable[[str, str], None]
CHANNEL = "local:late-order"
NAMES = (
    *("absence-planned", "absence-asked", "absence-accepted", "absence-told", "absence-day-before"),
    *("absence-begun", "absence-over", "absence-declined", "absence-list", "absence-case"),
    *("not-me-reply", "gap", "gap-filled", "rota-on-duty", "rota-unread", "rota-refused"),
    *("left", "absence-choose"),
)


@pytest.fixture(scope="module")
def said() -> Iterator[dict[str, Card | None]]:
    """Return the cards of an absence from its plan to its end, and of what is around it."""
    clock = SetClock()
    with a_desk(clock) as desk:
        desk.ical_hosts = ("calendar.example.org",)
        a_crew(desk, without=("dev",))
        a_person(desk, "tom")
        an_initiative(desk, channel=CHANNEL)
        talk = Talk(desk, clock)
        talk.does("carla", 'new "Returns forecast" --key returns')
        talk.does("carla", "assign returns ml engineer @tom")
        cases.receive(desk, [a_delivery(a_signal("age"))])
        talk.deliver()
        yield {**_absence(talk), **_around(talk)}


def _absence(talk: Talk) -> dict[str, Card | None]:
    found = {"absence-planned": talk.does("mei", 'away monday friday --note "no network"').card}
    talk.wait(days=3)
    found["absence-day-before"] = talk.last("@mei", "absence_told").card
    found["absence-choose"] = talk.does("mei", "away A-1").card
    talk.does("mei", "away A-1 --deputy @bo")
    talk.does("bo", 'decline A-1 "I am away too"')
    found["absence-declined"] = talk.last("@mei", "absence_told").card
    talk.does("mei", "away A-1 --deputy @tom")
    found["absence-asked"] = talk.last("@tom", "absence_asked").card
    found["absence-accepted"] = talk.does("tom", "accept A-1").card
    found["absence-told"] = talk.last("@mei", "absence_told").card
    talk.wait(days=3)
    found["absence-begun"] = talk.last("@tom", "absence_begun").card
    cases.receive(talk.desk, [a_delivery(a_signal("age", signal_class="accuracy"))])
    talk.deliver()
    found["absence-case"] = talk.last(CHANNEL, "case_opened").card
    found["absence-list"] = talk.does("bo", "away").card
    found["absence-over"] = talk.does("mei", "away back").card
    return found


def _around(talk: Talk) -> dict[str, Card | None]:
    talk.does("ana", 'decline C-2 @bo "he changed the feed"')
    found = {"not-me-reply": talk.last(CHANNEL, "case_not_me").card}
    initiatives.begin_checks(talk.desk)
    talk.wait(days=1)
    found["gap"] = talk.last("@carla", "role_gap").card
    talk.does("carla", "assign late-order devops engineer @tom")
    initiative = initiatives.get(talk.desk, "late-order")
    found["gap-filled"] = _gap_again(talk, initiative.id)
    line = "assign late-order ml engineer https://calendar.example.org/rota.ics"
    found["rota-on-duty"] = talk.does("carla", line).card
    [due] = people.rotas_due(talk.desk)
    for _ in range(2):
        people.note_failure(talk.desk, due.id, "unreachable")
    talk.deliver()
    found["rota-unread"] = talk.last("@carla", "rota_trouble").card
    line = "assign late-order ml engineer https://other.example/rota.ics"
    found["rota-refused"] = talk.say("carla", line).card
    bo = people.find(talk.desk, "bo")
    bo.left_at = talk.clock.moment
    talk.desk.books.add(bo)
    found["left"] = talk.say("bo", "mine").card
    return found


def _gap_again(talk: Talk, initiative: str) -> Card:
    """Return a gap's card as it stands now."""
    rows = talk.desk.books.outbox.page("", 500)
    row = next(each for each in rows if each.subject.startswith(f"gap:{initiative}"))
    news = gap_news(talk.desk, row.subject.partition(":")[2], row.facts)
    assert news is not None
    return compose(row.kind, row.facts, news)


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_as_agreed(
    said: dict[str, Card | None], name: str, same_as_golden: Golden
) -> None:
    card = said[name]
    assert card is not None
    same_as_golden(f"words/{name}.txt", render(card))


def test_every_card_is_agreed_on(said: dict[str, Card | None]) -> None:
    assert set(said) == set(NAMES)


def test_slack_would_take_every_card(said: dict[str, Card | None]) -> None:
    for name, card in said.items():
        assert card is not None
        assert problems(message(card), "message") == [], name


def test_at_most_two_buttons_stand_out_and_every_line_is_there(
    said: dict[str, Card | None],
) -> None:
    for name, card in said.items():
        assert card is not None
        assert sum(button.primary for button in card.buttons) <= 2, name
        assert card.fallback, name
