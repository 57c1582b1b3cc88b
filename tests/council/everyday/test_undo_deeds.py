"""What was done last and is no change: undo names it and its way back, and nothing older."""

import pytest

from bot.cards.deeds import _DEEDS
from council import cases
from council.undo import DEEDS, REVERSERS
from tests.builders import a_delivery, a_signal, an_initiative
from tests.talk import Talk

EDIT = "edit late-order --tier 1"


@pytest.fixture
def early(talk: Talk) -> Talk:
    """Return the council with one more initiative, which is in development."""
    an_initiative(talk.desk, "early", phase="development", models=(), channel="local:early")
    return talk


def tier(talk: Talk, key: str = "early") -> int:
    found = talk.desk.books.initiatives.by_key(key)
    assert found is not None
    return found.tier


# Who does what, after a change of their own; what undo says of it, and the line of its button.
TOLD = [
    ("ana", ["move early forward"], "you proposed M-1 (early)", "move early withdraw"),
    (
        "ana",
        ["move early forward", 'decline M-1 "not yet"'],
        "you answered M-1 (early)",
        "accept M-1",
    ),
    (
        "ana",
        ["move early forward", "move early withdraw"],
        "you withdrew M-1 (early)",
        "move early",
    ),
    ("ana", ["handoff early h_model"], "you began H-1 (early)", "handoff H-1 withdraw"),
    (
        "ana",
        ["handoff early h_model", 'handoff H-1 1 "v7"'],
        "you filled in a part of H-1 (early)",
        "handoff H-1",
    ),
    (
        "ana",
        ["handoff early h_model", 'handoff H-1 1 "v7"', "handoff H-1 offer --anyway"],
        "you offered H-1 (early)",
        "handoff H-1 withdraw",
    ),
    (
        "ana",
        ["handoff early h_model", "handoff H-1 withdraw"],
        "you withdrew H-1 (early)",
        "handoff H-1 again",
    ),
    ("ana", ['huddle early "what now?"'], "you called R-1 (early)", "huddle R-1"),
    ("ana", ["away monday friday"], "you said when you are away", "away back"),
]


@pytest.mark.parametrize(("who", "lines", "said", "line"), TOLD)
def test_the_last_deed_is_named_with_its_way_back(
    early: Talk, who: str, lines: list[str], said: str, line: str
) -> None:
    early.does(who, "edit early --tier 3")
    for each in lines:
        early.does(who, each)
    answer = early.does(who, "undo")
    assert said in answer.text
    assert [each.command for each in answer.card.buttons] == [line]  # type: ignore[union-attr]
    assert tier(early) == 3


@pytest.mark.parametrize(("who", "lines", "said", "line"), TOLD)
def test_the_way_back_that_is_named_is_understood_and_done(
    early: Talk, who: str, lines: list[str], said: str, line: str
) -> None:
    assert said
    for each in lines:
        early.does(who, each)
    early.does(who, line)


class TestCases:
    @pytest.fixture(autouse=True)
    def opened(self, talk: Talk) -> None:
        talk.does("mei", EDIT)
        cases.receive(talk.desk, [a_delivery(a_signal())])

    def test_taking_a_case_is_named_and_the_edit_stays(self, talk: Talk) -> None:
        talk.does("mei", "ack C-1")
        said = talk.does("mei", "undo")
        assert "What you did last: you took C-1 (late-order)." in said.text
        assert "decline C-1" in said.text
        assert tier(talk, "late-order") == 1

    def test_what_was_put_off_is_let_come_again(self, talk: Talk) -> None:
        talk.does("mei", "ack C-1")
        talk.does("mei", 'snooze C-1 tomorrow "the feed"')
        said = talk.does("mei", "undo")
        assert "snooze C-1 off" in said.text
        talk.does("mei", "snooze C-1 off")

    def test_closing_a_case_cannot_be_taken_back(self, talk: Talk) -> None:
        talk.does("mei", 'close C-1 noise "a test"')
        said = talk.does("mei", "undo").text
        assert "you closed C-1 (late-order). That cannot be taken back." in said


def test_what_is_settled_meanwhile_is_not_withdrawn_any_more(early: Talk) -> None:
    early.does("ana", "move early forward")
    early.does("mei", "accept M-1")
    said = early.does("ana", "undo").text
    assert "you proposed M-1 (early). That cannot be taken back." in said


def test_a_deed_goes_before_an_archive_that_is_older(early: Talk) -> None:
    early.does("ana", "archive late-order --yes")
    early.does("ana", "handoff early h_model")
    assert "you began H-1" in early.does("ana", "undo").text
    assert "late-order" not in early.does("ana", "list").text


def test_a_change_after_a_deed_is_taken_back(early: Talk) -> None:
    early.does("ana", "handoff early h_model")
    early.does("ana", "edit early --tier 3")
    assert "as it was before" in early.does("ana", "undo").text


def test_what_others_do_is_no_deed_of_mine(early: Talk) -> None:
    early.does("ana", "edit early --tier 3")
    cases.receive(early.desk, [a_delivery(a_signal())])
    early.does("mei", "ack C-1")
    assert "as it was before" in early.does("ana", "undo").text


def test_a_deed_of_long_ago_is_not_named(early: Talk) -> None:
    early.does("ana", "handoff early h_model")
    early.wait(minutes=11)
    assert "You changed nothing in the last ten minutes." in early.does("ana", "undo").text


def test_a_switch_of_playbook_is_named(early: Talk) -> None:
    shown = early.does("carla", "playbook early three-personas")
    line = next(each.command for each in shown.card.buttons if "--yes" in each.command)  # type: ignore[union-attr]
    early.does("carla", line)
    said = early.does("carla", "undo").text
    assert "Your last change was the switch to another playbook (early)" in said


def test_a_second_press_after_taking_a_move_back_says_so(early: Talk) -> None:
    early.does("ana", "move early forward")
    early.does("mei", "accept M-1")
    early.does("mei", "undo")
    assert "taken back already" in early.does("mei", "undo").text.lower()


def test_there_are_words_for_every_deed() -> None:
    assert set(_DEEDS) == set(DEEDS)
    assert not set(DEEDS) & set(REVERSERS)


class TestDecisions:
    """What was decided together is not taken back by one."""

    @pytest.fixture(autouse=True)
    def decided(self, talk: Talk) -> None:
        talk.does("mei", 'huddle late-order "it drifts"')
        for who in ("mei", "ana"):
            stated = '--hypothesis "autumn" --data-window "last month"'
            talk.does(
                who,
                f'decide R-1 retrain "autumn" {stated} --expect "better" --check "in 3 weeks"',
            )

    def test_the_move_that_a_decision_made_stays(self, talk: Talk) -> None:
        said = talk.does("ana", "undo").text
        assert "What you did last: you decided R-1, with the others (late-order)." in said
        assert "cannot be taken back" in said
        found = talk.desk.books.initiatives.by_key("late-order")
        assert found is not None
        assert found.phase == "development"

    def test_a_choice_that_was_made_before_it_stays_as_well(self, talk: Talk) -> None:
        said = talk.does("mei", "undo").text
        assert "you chose in R-1 (late-order). That cannot be taken back." in said
