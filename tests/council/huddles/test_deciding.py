"""What is decided: who does it, who sees it otherwise, what is kept of that, and which version."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from council import cases
from council.tables import HuddleChoice, LedgerText
from tests.builders import a_delivery, a_person, recovered
from tests.council.huddles.test_huddles_life import DRIFT, HERE, WATCH, a_council, drift, kinds
from tests.talk import Talk

FIX = 'decide C-1 fix data "the feed broke" --owner @dev'
ROLL = 'decide C-1 roll back "a broken feed" --target-version 6'
RETRAIN = (
    'decide C-1 retrain "newer data knows it" --hypothesis "people buy more" --data-window October'
    ' --expect "MAE under 6" --check in 3 weeks'
)


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council on which drift has come up."""
    for talk in a_council():
        drift(talk)
        yield talk


@pytest.fixture
def alone() -> Iterator[Talk]:
    """Return a council without a channel, where everybody is told directly."""
    for talk in a_council(channel=""):
        talk.desk.books.registry.council().channel = ""
        drift(talk)
        yield talk


def both(talk: Talk, line: str) -> None:
    """Have both deciders choose so."""
    talk.does("mei", line)
    talk.does("ana", line)


class TestWhoDoesIt:
    def test_they_are_called_once(self, talk: Talk) -> None:
        both(talk, FIX)
        said = talk.last(HERE, "decision_owner_reply").text
        assert "@Dev: D-1, fix the data on Late order predictor, is yours to do." in said
        assert sum(each.kind == "decision_owner_reply" for each in talk.heard) == 1

    def test_where_there_is_no_channel_they_get_the_card(self, alone: Talk) -> None:
        both(alone, FIX)
        assert "Dev does it." in alone.last("@dev", "decision_recorded").text

    def test_somebody_without_a_part_there_gets_the_card_directly(self, talk: Talk) -> None:
        a_person(talk.desk, "eve")
        both(talk, FIX.replace("@dev", "@eve"))
        assert "Eve does it." in talk.last("@eve", "decision_recorded").text

    def test_whoever_names_themselves_is_not_called(self, talk: Talk) -> None:
        talk.does("mei", FIX.replace("@dev", "@ana"))
        talk.does("ana", FIX.replace("@dev", "me"))
        assert "decision_owner_reply" not in {each.kind for each in talk.heard}

    def test_it_waits_in_their_mine(self, talk: Talk) -> None:
        both(talk, FIX)
        said = talk.does("dev", "mine")
        assert "D-1 fix the data · do what was decided" in said.text
        assert "It is done" in talk.does("dev", said.button("Open D-1")).text

    def test_until_they_say_that_it_is_done(self, talk: Talk) -> None:
        both(talk, FIX)
        talk.does("dev", 'done D-1 "the feed is mended"')
        assert "Done by Dev: the feed is mended." in talk.last(HERE, "decision_done").text
        assert "D-1" not in talk.does("dev", "mine").text

    def test_or_until_its_case_is_over(self, talk: Talk) -> None:
        both(talk, FIX)
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.wait(minutes=1)
        assert "D-1" not in talk.does("dev", "mine").text

    def test_said_twice_it_is_done_already(self, talk: Talk) -> None:
        both(talk, FIX)
        talk.does("dev", "done D-1")
        assert "done already" in talk.refused("dev", "done D-1")

    def test_where_nobody_was_named_it_is_asked_how_it_turned_out(self, talk: Talk) -> None:
        both(talk, RETRAIN)
        assert "How did it turn out?" in talk.refused("mei", "done D-1")

    def test_of_what_is_private_only_whoever_may_see_it_is_named(self, talk: Talk) -> None:
        a_person(talk.desk, "eve")
        talk.does("carla", "edit late-order --private")
        said = talk.refused("mei", FIX.replace("@dev", "@eve"))
        assert "has no part in this initiative" in said


class TestWhenItIsAsked:
    def test_without_a_day_the_deciders_are_asked_after_two_weeks(self, talk: Talk) -> None:
        both(talk, FIX)
        talk.wait(days=13)
        assert "decision.asked" not in kinds(talk)
        talk.wait(days=4)
        assert "did it work?" in talk.last(HERE, "decision_effect_reply").text

    def test_or_soon_after_the_case_is_over(self, talk: Talk) -> None:
        both(talk, FIX)
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.wait(days=4)
        assert "did it work?" in talk.last(HERE, "decision_effect_reply").text

    def test_of_two_on_one_case_the_later_one_is_asked_about(self, talk: Talk) -> None:
        both(talk, FIX)
        talk.does("mei", ROLL)
        talk.wait(days=20)
        asked = [each.text for each in talk.heard if each.kind == "decision_effect_reply"]
        assert ["D-2" in each for each in asked] == [True]

    def test_what_did_not_work_leads_to_a_huddle(self, talk: Talk) -> None:
        both(talk, FIX)
        said = talk.does("mei", "outcome D-1 no")
        assert said.button("Start a huddle") == "huddle C-1"


class TestSeenOtherwise:
    def test_whoever_is_asked_sees_it_before_they_confirm(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        shown = talk.does("ana", talk.does("ana", "mine").button("Open D-1"))
        assert shown.button("Confirm") == "accept D-1"

    def test_a_reason_is_asked_for(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        assert "How do you see it?" in talk.does("ana", "decline D-1").text
        assert "decision.contested" not in kinds(talk)

    def test_the_huddle_says_what_was_decided_and_who_sees_it_otherwise(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        said = talk.does("ana", 'decline D-1 "v6 is worse"').text
        assert "Decided here before" in said
        assert "D-1: roll back by Mei alone" in said
        assert "Ana sees it otherwise (v6 is worse)" in said

    def test_the_same_is_not_decided_alone_again(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        talk.does("ana", 'decline D-1 "v6 is worse"')
        said = talk.does("mei", ROLL.replace("C-1", "R-2")).text
        assert "I wait for Ana" in said
        assert kinds(talk).count("decision.recorded") == 1

    def test_nor_once_somebody_has_the_last_word(self, talk: Talk) -> None:
        talk.does("carla", "edit late-order --decision-lead @bo")
        talk.does("mei", ROLL)
        talk.does("ana", 'decline D-1 "v6 is worse"')
        talk.wait(days=4)
        assert "the last word in R-2" in talk.refused("mei", ROLL.replace("C-1", "R-2"))

    def test_falling_back_is_another_thing(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        talk.does("ana", 'decline D-1 "v6 is worse"')
        said = talk.does("ana", 'decide R-2 fall back "it fails" --fallback "the mean"').text
        assert "It holds at once." in said

    def test_another_line_why_replaces_the_first(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        talk.does("ana", 'decline D-1 "v6 is worse"')
        talk.does("ana", 'decline D-1 "v6 does not know the checkout"')
        said = talk.does("rui", "D-1").text
        assert "Ana sees it otherwise (v6 does not know the checkout)" in said

    def test_whoever_saw_it_otherwise_does_not_confirm_it(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        talk.does("ana", 'decline D-1 "v6 is worse"')
        assert "seen D-1 otherwise already" in talk.refused("ana", "accept D-1")

    def test_after_its_time_a_huddle_looks_again(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        talk.wait(days=4)
        said = talk.say("ana", 'decline D-1 "v6 is worse"')
        assert "The time to answer is over, and D-1 stands." in said.text
        assert said.button("Start a huddle") == "huddle C-1"

    def test_whoever_decided_has_nothing_to_confirm(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        assert "You decided D-1 yourself" in talk.refused("mei", "accept D-1")

    def test_who_chose_otherwise_and_says_nothing_is_kept_as_dissent(self, talk: Talk) -> None:
        talk.does("ana", WATCH)
        talk.does("mei", ROLL)
        talk.wait(days=4)
        said = talk.does("rui", "D-1").text
        assert "Ana was asked and did not see it otherwise by then, so it stands." in said
        assert "Ana would have chosen: keep watching (it may be the sale)." in said


class TestWhatIsTyped:
    def test_who_decides_is_said_by_the_key_of_the_initiative(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        said = talk.does("mei", WATCH.replace("C-1", "late-order")).text
        assert "I wait for Ana" in said

    def test_in_its_channel_the_decision_is_enough(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        assert "I wait for Ana" in talk.does("mei", WATCH.replace("C-1 ", ""), HERE).text

    def test_what_is_no_option_is_answered_with_all_of_them(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        said = talk.refused("mei", 'decide R-1 frobnicate "x"')
        assert "keep_watching" in said
        assert "retire" in said

    def test_another_topic_is_added_to_an_open_huddle(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1 the feed")
        assert (
            "About: the feed; costs explode" in talk.does("ana", 'huddle C-1 "costs explode"').text
        )

    def test_an_address_alone_is_where_people_meet(self, talk: Talk) -> None:
        said = talk.does("mei", "huddle C-1 https://meet.example.org/x").text
        assert "Join the meeting" in said
        assert "About" not in said


class TestWhoHasTheCase:
    def test_whoever_is_called_and_convenes_has_it(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        assert "Mei has it" in talk.does("rui", "C-1").text

    def test_a_choice_takes_it_too(self, talk: Talk) -> None:
        talk.does("rui", "huddle C-1")
        assert "has it" not in talk.does("rui", "C-1").text
        talk.does("ana", WATCH)
        assert "Ana has it" in talk.does("rui", "C-1").text

    def test_nobody_is_asked_then_whether_anybody_answers(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.wait(days=2)
        assert not [each for each in talk.said_to("carla") if each.kind.startswith("case_")]


def test_each_keeps_the_author_of_what_they_said(talk: Talk) -> None:
    talk.does("mei", f'{RETRAIN} --refused "roll_back: v6 is too old for it"')
    talk.does("ana", RETRAIN.replace("newer data knows it", "I think so too"))
    people = {each: talk.desk.books.people.by_handle(each) for each in ("mei", "ana")}
    rows = talk.desk.books.session.exec(select(LedgerText)).all()
    author = {row.text: row.person_id for row in rows}
    mei = people["mei"]
    assert mei is not None
    assert author["v6 is too old for it"] == mei.id


def test_whose_words_are_erased_they_stand_in_nobody_elses_choice(talk: Talk) -> None:
    talk.does("mei", RETRAIN)
    talk.does("ana", WATCH)
    talk.does("ana", 'decide R-1 retrain "I think so too"')
    mei = talk.desk.books.people.by_handle("mei")
    assert mei is not None
    talk.desk.books.written.blank(mei.id)
    rows = talk.desk.books.session.exec(select(HuddleChoice)).all()
    said = {str(text) for row in rows for text in row.fields.values()}
    assert "people buy more" not in said
