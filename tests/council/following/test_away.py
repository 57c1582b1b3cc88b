"""Everything open follows whoever is away, stands in, or is back; and moves with their hours."""

from collections.abc import Callable

import pytest

from council import cases, ledger
from council.people import preferences
from council.tables import Move
from tests.builders import a_signal
from tests.talk import Talk

HERE = "local:here"
Send = Callable[..., None]


def card(talk: Talk, noun: str) -> str:
    """Return the words of the card in the channel as it stands."""
    cards = [each for each in talk.heard if each.form == "card" and each.to == HERE]
    return [each.text for each in cards if each.subject.startswith(noun)][-1]


def rings(talk: Talk) -> list[str]:
    """Return the replies in the channel."""
    return [each.text for each in talk.heard if each.form == "reply" and each.to == HERE]


def due(talk: Talk) -> str:
    """Return until when C-1 is to be answered, in UTC."""
    at = cases.view(talk.desk, "C-1").acknowledge_by
    assert at is not None
    return f"{at:%a %H:%M}"


@pytest.fixture
def nya(talk: Talk, signal: Send) -> Talk:
    """Have Nya, in New York, stand in for Mei and Ana from Wednesday; C-1 comes up on Tuesday."""
    for number, handle in enumerate(("mei", "ana"), 1):
        talk.does(handle, "away wednesday friday --deputy @nya")
        talk.does("nya", f"accept A-{number}")
    talk.wait(hours=6)  # 15:00
    signal(talk, a_signal())
    talk.heard.clear()
    return talk


def test_what_is_left_is_left_on_the_deputys_wall(nya: Talk) -> None:
    assert due(nya) == "Wed 11:00"  # two hours on Tuesday, two on Wednesday
    nya.wait(hours=10)
    assert due(nya) == "Wed 16:00"  # her two hours begin at 14:00 in UTC


def test_it_does_not_escalate_before_the_deputys_morning(nya: Talk) -> None:
    heard = nya.wait(hours=22)  # Wednesday 13:00
    assert not [each for each in heard if each.kind.startswith("case_escalated")]


def test_the_card_asks_the_deputy_when_it_begins(nya: Talk) -> None:
    nya.wait(hours=10)
    assert "please take a look" in card(nya, "case")
    assert "@Nya" in card(nya, "case")


def test_a_deputy_is_rung_by_the_list_alone(nya: Talk) -> None:
    nya.wait(hours=24)
    assert [each.kind for each in nya.said_to("nya")].count("absence_begun") == 2
    assert rings(nya) == []


def test_the_card_asks_whoever_is_back(nya: Talk) -> None:
    nya.wait(hours=24)
    nya.does("mei", "away back")
    assert "@Mei (ML engineer) and @Nya (data scientist, for Ana)" in card(nya, "case")


def test_when_the_last_day_is_over_the_card_asks_them_again(talk: Talk, signal: Send) -> None:
    talk.does("mei", "away today --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.wait(hours=8)
    signal(talk, a_signal())
    assert "@Tom" in card(talk, "case")
    heard = talk.wait(hours=16)
    assert "@Mei (ML engineer)" in card(talk, "case")
    assert [each.kind for each in heard if each.to == "@mei"].count("absence_back_reply") == 1
    assert rings(talk) == []


def test_a_yes_in_the_middle_moves_card_and_clock(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("mei", "away today friday --deputy @nya")
    assert "@Carla (council lead)" in card(talk, "case")
    assert [text for text in rings(talk) if "@Carla" in text]
    talk.does("nya", "accept A-1")
    assert "@Nya (ML engineer, for Mei)" in card(talk, "case")
    assert due(talk) == "Tue 18:00"


def test_who_cannot_after_all_is_asked_no_more(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("mei", "away today friday --deputy @nya")
    talk.does("nya", "accept A-1")
    talk.does("nya", "decline A-1")
    assert "Nya" not in card(talk, "case")


def test_other_days_are_followed(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("mei", "away monday friday --deputy @nya")
    talk.does("nya", "accept A-1")
    talk.does("mei", "away A-1 today friday")
    assert "@Nya (ML engineer, for Mei)" in card(talk, "case")


def moved(talk: Talk, handle: str, zone: str) -> None:
    """Have somebody live by another wall."""
    person = talk.desk.books.people.by_handle(handle)
    assert person
    before = preferences.of(talk.desk, person.id).hours
    person.timezone = zone
    talk.desk.books.add(person)
    preferences.moved(talk.desk, person.id, before)
    talk.wait(seconds=1)


def test_with_somebody_who_moves_every_clock_of_theirs_moves(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("ana", "move late-order operations")
    moved(talk, "mei", "America/New_York")
    case = cases.view(talk.desk, "C-1")
    assert f"{case.huddle_by:%a %H:%M}" == "Tue 22:00"
    initiative = talk.desk.books.initiatives.by_key("late-order")
    assert initiative
    rows = talk.desk.books.everyday.clocks_of(initiative.id)
    times = {row.kind: f"{row.due_at:%a %H:%M}" for row in rows}
    assert times["case.huddle"] == "Tue 22:00"
    assert times["move.remind"] == "Tue 22:00"
    assert isinstance(talk.desk.books.moves.proposed(initiative.id), Move)


def test_a_huddle_and_an_offer_move_with_whoever_is_first(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    for number in range(1, 12):
        talk.does("ana", f'handoff H-1 {number} "it is here"')
    talk.does("ana", "handoff H-1 offer")
    talk.does("carla", 'huddle late-order "what now"')
    moved(talk, "mei", "America/New_York")
    moved(talk, "ana", "America/New_York")
    [huddle] = talk.desk.books.huddles.open_of(
        talk.desk.books.initiatives.by_key("late-order").id  # type: ignore[union-attr]
    )
    handoff = talk.desk.books.handoffs.by_number(1)
    assert handoff
    assert f"{huddle.decide_by:%a %H:%M}" == "Mon 22:00"
    assert f"{handoff.accept_by:%a %H:%M}" == "Wed 22:00"
    assert "EST" in card(talk, "handoff")
    assert ledger.verify(talk.desk)[1] == []
