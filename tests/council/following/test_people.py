"""Everything open follows whoever is put into a role: cards, clocks, and one ring."""

from collections.abc import Callable

import pytest

from council import cases, ledger
from council.tables import Handoff
from tests.builders import a_signal
from tests.talk import Talk

HERE = "local:here"
Send = Callable[..., None]


def offered(talk: Talk) -> None:
    """Have Ana offer H-1, whole, to whoever is ML engineer."""
    talk.does("ana", "handoff late-order")
    for number in range(1, 12):
        talk.does("ana", f'handoff H-1 {number} "it is here"')
    talk.does("ana", "handoff H-1 offer")


def card(talk: Talk, noun: str) -> str:
    """Return the words of the card in the channel as it stands."""
    cards = [each for each in talk.heard if each.form == "card" and each.to == HERE]
    return [each.text for each in cards if each.subject.startswith(noun)][-1]


def replaced(talk: Talk) -> list[str]:
    """Put Tom in Mei's place; return the words of the replies in the channel."""
    talk.heard.clear()
    talk.does("carla", "unassign late-order ml engineer @mei")
    talk.does("carla", "assign late-order ml engineer @tom")
    return [each.text for each in talk.heard if each.form == "reply" and each.to == HERE]


def test_a_handoff_that_was_offered_rings_whoever_takes_it_now(talk: Talk) -> None:
    offered(talk)
    assert [text for text in replaced(talk) if "H-1" in text and "@Tom" in text]
    assert "Tom" in card(talk, "handoff")
    assert "Mei" not in card(talk, "handoff")


def test_a_case_rings_whoever_is_called_now_once(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    assert len([text for text in replaced(talk) if "C-1" in text]) == 1
    assert "@Tom (ML engineer)" in card(talk, "case")
    assert "Mei" not in card(talk, "case")


def test_a_proposed_move_asks_whoever_decides_now(talk: Talk) -> None:
    talk.does("ana", "move late-order operations")
    assert [text for text in replaced(talk) if "M-1" in text and "@Tom" in text]
    assert "@Tom (ML engineer): do you agree?" in card(talk, "move")


def test_a_huddle_asks_whoever_decides_now(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("ana", "huddle C-1")
    assert [text for text in replaced(talk) if "R-1" in text and "@Tom" in text]
    assert "@Tom (ML engineer)" in card(talk, "huddle")


def test_a_condition_is_told_to_nobody_else(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", 'accept H-1 --condition "p95 is low @bo"')
    assert not [text for text in replaced(talk) if "H-1" in text]


def test_whoever_changes_it_is_not_rung(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.heard.clear()
    talk.does("carla", "unassign late-order ml engineer @mei")
    assert "@Carla (council lead)" in card(talk, "case")
    assert not [each for each in talk.heard if each.form == "reply"]


def test_where_there_is_no_channel_the_card_goes_to_them(direct: Talk, signal: Send) -> None:
    signal(direct, a_signal())
    direct.does("carla", "assign late-order ml engineer @tom")
    assert "@Tom (ML engineer)" in direct.last("@tom", "case_").text
    assert not [each for each in direct.heard if each.form == "reply"]


def test_what_is_left_is_left_on_the_wall_of_whoever_is_first_now(talk: Talk, signal: Send) -> None:
    offered(talk)
    signal(talk, a_signal())  # Tuesday 9:00 in UTC, four working hours; offers have sixteen
    talk.wait(hours=1)
    talk.does("carla", "unassign late-order ml engineer @mei")
    talk.does("carla", "assign late-order ml engineer @nya")
    case = cases.view(talk.desk, "C-1")
    assert f"{case.acknowledge_by:%a %H:%M}" == "Tue 17:00"  # three of hers, from 14:00 in UTC
    assert f"{case.huddle_by:%a %H:%M}" == "Tue 21:00"
    row = talk.desk.books.handoffs.by_number(1)
    assert isinstance(row, Handoff)
    assert row.accept_by is not None
    assert f"{row.accept_by:%a %H:%M}" == "Wed 21:00"


def test_cards_and_agenda_tell_the_same_time(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("carla", "unassign late-order ml engineer @mei")
    talk.does("carla", "assign late-order ml engineer @nya")
    case = cases.view(talk.desk, "C-1")
    initiative = talk.desk.books.initiatives.by_key("late-order")
    assert initiative
    due = {row.kind: row.due_at for row in talk.desk.books.everyday.clocks_of(initiative.id)}
    assert due["case.acknowledge"] == case.acknowledge_by
    assert due["case.huddle"] == case.huddle_by


def test_nobody_hears_anew_who_was_asked_before(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.heard.clear()
    talk.does("carla", "assign late-order ml engineer @tom")
    [ring] = [each.text for each in talk.heard if each.form == "reply"]
    assert "@Mei" not in ring
    assert "@Ana" not in ring


def test_undo_brings_the_cards_back(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("carla", "unassign late-order ml engineer @mei")
    talk.does("carla", "undo")
    assert "@Mei (ML engineer)" in card(talk, "case")


def test_on_a_paused_initiative_nobody_is_rung_and_no_clock_begins(
    talk: Talk, signal: Send
) -> None:
    signal(talk, a_signal())
    talk.does("ana", "pause late-order --yes")
    assert replaced(talk) == []
    assert cases.view(talk.desk, "C-1").acknowledge_by is None


def test_the_history_holds(talk: Talk, signal: Send) -> None:
    signal(talk, a_signal())
    talk.does("carla", "unassign late-order ml engineer @mei")
    talk.does("carla", "assign late-order ml engineer @nya")
    assert ledger.verify(talk.desk)[1] == []


@pytest.mark.parametrize("line", ["edit late-order --name Orders", "edit late-order --tier 2"])
def test_a_new_name_shows_where_the_old_one_stood(talk: Talk, signal: Send, line: str) -> None:
    signal(talk, a_signal())
    talk.heard.clear()
    talk.does("carla", line)
    named = [each.text.partition("\n")[0] for each in talk.heard if each.kind == "case_changed"]
    assert named == (["Data drift: Orders"] if "name" in line else [])
