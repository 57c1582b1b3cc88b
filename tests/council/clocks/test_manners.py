"""Quiet hours and three a day: what is kept comes in one summary, what presses comes at once."""

from collections.abc import Callable

import pytest

from council import initiatives
from council.people import preferences
from tests.builders import a_signal, an_initiative
from tests.fakes import SetClock
from tests.talk import Talk


def give_roles(talk: Talk, handle: str, *keys: str) -> None:
    """Have Carla give somebody a role on new initiatives; each is a direct message."""
    carla = talk.desk.books.people.by_handle("carla")
    assert carla
    for key in keys:
        an_initiative(talk.desk, key, models=(), without=("rui", "ana", "bo", "mei", "dev"))
        initiatives.assign(talk.desk, carla.id, key, "ml_engineer", handle)
    talk.deliver()


def fate(talk: Talk, kind: str = "assigned") -> list[str]:
    """Return how notices of a kind ended, in order."""
    return [each.reason or each.state for each in talk.heard if each.kind == kind]


def at(clock: SetClock, hour: int) -> None:
    """Make it this hour of the same day, in UTC."""
    clock.moment = clock.moment.replace(hour=hour)


def test_by_day_a_message_comes_at_once(talk: Talk) -> None:
    give_roles(talk, "mei", "a1")
    assert fate(talk) == ["sent"]


def test_at_night_a_message_waits(talk: Talk) -> None:
    at(talk.clock, 22)
    give_roles(talk, "mei", "a1")
    assert fate(talk) == ["in_summary"]


def test_what_waited_comes_when_work_begins(talk: Talk) -> None:
    at(talk.clock, 22)
    give_roles(talk, "mei", "a1", "a2")
    talk.wait(hours=10, minutes=59)
    before = len(talk.said_to("mei"))
    talk.wait(minutes=2)
    assert (before, [each.kind for each in talk.said_to("mei")]) == (0, ["person_summary"])


def test_a_summary_says_how_many_things_and_which(talk: Talk) -> None:
    at(talk.clock, 22)
    give_roles(talk, "mei", "a1", "a2")
    talk.wait(hours=12)
    text = talk.last("@mei").text
    assert "While you were away from chat: 2 things" in text


def test_the_fourth_of_a_day_waits_for_the_next_morning(talk: Talk) -> None:
    talk.wait(days=1)  # on the first they were given their role
    give_roles(talk, "mei", "a1", "a2", "a3", "a4", "a5")
    assert fate(talk) == ["sent", "sent", "sent", "in_summary", "in_summary"]


def test_the_next_day_has_three_again(talk: Talk) -> None:
    give_roles(talk, "mei", "a1", "a2", "a3", "a4")
    talk.wait(hours=25)
    give_roles(talk, "mei", "b1")
    assert fate(talk)[-1] == "sent"


def test_a_summary_comes_once(talk: Talk) -> None:
    give_roles(talk, "mei", "a1", "a2", "a3", "a4")
    talk.wait(days=3)
    kinds = [each.kind for each in talk.said_to("mei")]
    assert kinds.count("person_summary") == 1


def test_nobody_elses_day_is_counted(talk: Talk) -> None:
    give_roles(talk, "mei", "a1", "a2", "a3", "a4")
    give_roles(talk, "ana", "b1")
    assert fate(talk)[-1] == "sent"


def test_on_a_saturday_a_message_waits_until_monday(talk: Talk) -> None:
    talk.clock.move(days=4)
    give_roles(talk, "mei", "a1")
    talk.wait(hours=47, minutes=59)
    assert not talk.said_to("mei")
    talk.wait(minutes=2)
    assert talk.said_to("mei")


def test_own_quiet_hours_win(talk: Talk) -> None:
    mei = talk.desk.books.people.by_handle("mei")
    assert mei
    preferences.put(talk.desk, mei.id, mei.id, "quiet", "off")
    at(talk.clock, 22)
    give_roles(talk, "mei", "a1")
    assert fate(talk) == ["sent"]


def test_who_hears_by_digest_is_told_nothing_that_asks_for_nothing(talk: Talk) -> None:
    mei = talk.desk.books.people.by_handle("mei")
    assert mei
    preferences.put(talk.desk, mei.id, mei.id, "hear", "digest")
    give_roles(talk, "mei", "a1")
    assert fate(talk) == ["in_summary"]


@pytest.fixture
def unchannelled(talk: Talk) -> Talk:
    """Return people of an initiative that has no channel, in a council that has none."""
    row = talk.desk.books.registry.council()
    row.channel = ""
    talk.desk.books.add(row)
    here = talk.desk.books.initiatives.by_key("late-order")
    assert here
    here.channel = ""
    talk.desk.books.add(here)
    return talk


def test_what_presses_comes_at_night(unchannelled: Talk, signal: Callable[..., None]) -> None:
    at(unchannelled.clock, 22)
    signal(a_signal())  # S2
    assert fate(unchannelled, "case_opened") == ["sent", "sent"]


def test_what_presses_does_not_use_up_the_day(
    unchannelled: Talk, signal: Callable[..., None]
) -> None:
    for about in ("data_drift", "accuracy", "prediction_drift", "business_kpi"):
        signal(a_signal(about, signal_class=about))
    unchannelled.heard.clear()
    give_roles(unchannelled, "mei", "a1")
    assert fate(unchannelled) == ["sent"]


def test_an_update_of_what_is_shown_is_neither_held_nor_counted(
    unchannelled: Talk, signal: Callable[..., None]
) -> None:
    here = unchannelled.desk.books.initiatives.by_key("late-order")
    assert here
    here.tier = 3
    unchannelled.desk.books.add(here)
    signal(a_signal())  # S3, by day
    at(unchannelled.clock, 22)
    unchannelled.does("mei", "ack C-1")
    assert fate(unchannelled, "case_acknowledged") == ["sent", "sent"]


def test_a_card_that_was_held_and_is_overtaken_is_not_sent(
    unchannelled: Talk, signal: Callable[..., None]
) -> None:
    here = unchannelled.desk.books.initiatives.by_key("late-order")
    assert here
    here.tier = 3
    unchannelled.desk.books.add(here)
    at(unchannelled.clock, 22)
    signal(a_signal())
    unchannelled.does("mei", "ack C-1")
    assert set(fate(unchannelled, "case_acknowledged")) == {"overtaken"}


def test_what_is_over_by_then_is_not_summed_up(
    unchannelled: Talk, signal: Callable[..., None]
) -> None:
    here = unchannelled.desk.books.initiatives.by_key("late-order")
    assert here
    here.tier = 3
    unchannelled.desk.books.add(here)
    at(unchannelled.clock, 22)
    signal(a_signal())
    unchannelled.does("mei", "close C-1 noise")
    unchannelled.wait(hours=12)
    assert not unchannelled.said_to("ana")


def test_a_channel_is_told_at_any_hour(talk: Talk, signal: Callable[..., None]) -> None:
    at(talk.clock, 22)
    signal(a_signal("size", signal_class="service"))
    assert talk.last("local:here", "case_opened").state == "sent"


def test_the_first_thing_kept_brings_its_button(
    unchannelled: Talk, signal: Callable[..., None]
) -> None:
    here = unchannelled.desk.books.initiatives.by_key("late-order")
    assert here
    here.tier = 3
    unchannelled.desk.books.add(here)
    at(unchannelled.clock, 22)
    signal(a_signal())
    unchannelled.wait(hours=12)
    card = unchannelled.last("@ana").card
    assert card
    assert [button.command for button in card.buttons] == ["ack C-1", "mine"]
