"""Story 12 and around it: being away, as people type it, press it and read it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from council import cases
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

CHANNEL = "local:late-order"


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council in which Mei has a case to answer, and Tom does what she does elsewhere."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        a_person(desk, "tom")
        an_initiative(desk, channel=CHANNEL)
        talk = Talk(desk, clock)
        talk.does("carla", 'new "Returns forecast" --key returns')
        talk.does("carla", "assign returns ml engineer @tom")
        cases.receive(desk, [a_delivery(a_signal("age"))])
        talk.deliver()
        yield talk


def test_mei_is_asked_on_friday_tom_says_yes_and_gets_what_is_open(talk: Talk) -> None:
    planned = talk.does("mei", "away monday friday")
    assert "1 case needs an ML engineer. Deputy Tom?" in planned.text
    talk.wait(days=3)
    asked = talk.last("@mei", "absence_told")
    assert "1 case and 1 huddle need an ML engineer. Deputy Tom?" in asked.text
    talk.does("mei", planned.button("Yes, ask Tom"))
    question = talk.last("@tom", "absence_asked")
    assert "asks you to stand in" in question.text
    talk.does("tom", "accept A-1")
    assert "Tom stands in" in talk.last("@mei", "absence_told").text
    talk.wait(days=3)
    begun = talk.last("@tom", "absence_begun")
    assert "C-1" in begun.text
    talk.does("tom", "ack C-1")
    talk.wait(days=5)
    assert "is over" in talk.last("@tom", "absence_begun").text
    assert "is over" in talk.last("@mei", "absence_told").text


def test_while_mei_is_away_a_new_case_asks_tom_and_says_why(talk: Talk) -> None:
    talk.does("mei", "away today friday --deputy @tom")
    talk.does("tom", "accept A-1")
    cases.receive(talk.desk, [a_delivery(a_signal("age", signal_class="accuracy"))])
    talk.deliver()
    card = talk.last(CHANNEL, "case_opened").text
    assert "@Tom (ML engineer, for Mei)" in card
    assert "Tom stands in for Mei, who is away until" in card


def test_when_mei_is_back_routing_returns(talk: Talk) -> None:
    talk.does("mei", "away today friday --deputy @tom")
    talk.does("tom", "accept A-1")
    said = talk.does("mei", "away back")
    assert "What is yours comes to you again" in said.text
    assert "Tom" not in talk.does("mei", "case C-1").text


def test_without_a_deputy_the_council_lead_is_asked_and_told_why(talk: Talk) -> None:
    talk.does("mei", "away today")
    talk.does("ana", "decline C-1")
    assert "is away and nobody stands in" in talk.say("carla", "case C-1").text


def test_a_deputy_who_cannot_says_why_and_mei_chooses_again(talk: Talk) -> None:
    talk.does("mei", "away monday friday --deputy @tom")
    talk.does("tom", 'decline A-1 "I am away too"')
    told = talk.last("@mei", "absence_told")
    assert "Tom cannot stand in: “I am away too”" in told.text
    talk.does("mei", "away A-1 --deputy @bo")
    assert "Somebody else was asked instead" in talk.last("@tom", "absence_asked").text
    assert "asks you to stand in" in talk.last("@bo", "absence_asked").text


def test_a_deputy_who_does_not_answer_is_told_of_on_the_day_before(talk: Talk) -> None:
    talk.does("mei", "away monday friday --deputy @tom")
    talk.wait(days=3)
    assert "has not answered yet" in talk.last("@mei", "absence_told").text


def test_a_lead_enters_it_for_somebody_who_reads_it(talk: Talk) -> None:
    said = talk.does("carla", "away @mei tomorrow --deputy @tom")
    assert "Mei is away on Wed 25 Nov" in said.text
    assert "Carla entered it for you" in talk.last("@mei", "absence_told").text
    assert "a council lead" in talk.refused("bo", "away @mei tomorrow")


def test_away_alone_shows_mine_and_who_is_away(talk: Talk) -> None:
    talk.does("mei", "away today friday --deputy @tom")
    talk.does("tom", "accept A-1")
    mine = talk.does("mei", "away").text
    assert "A-1 from Tue 24 Nov to Fri 27 Nov; Tom stands in" in mine
    others = talk.does("bo", "away").text
    assert "No absence is planned" in others
    assert "Mei until Fri 27 Nov; Tom stands in" in others


def test_choose_without_a_form_says_what_to_type(talk: Talk) -> None:
    talk.does("mei", "away monday")
    assert "/council away A-1 --deputy @handle" in talk.does("mei", "away A-1").text


def test_a_second_yes_is_answered_kindly(talk: Talk) -> None:
    talk.does("mei", "away monday --deputy @tom")
    talk.does("tom", "accept A-1")
    assert "You said so already" in talk.refused("tom", "accept A-1")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("away munday", "monday"),
        ("away friday 2026-11-25", "before the first day"),
        ("away 2026-01-01 2026-01-05", "is over already"),
        ("away back", "nothing to end"),
        ("away A-9 --deputy @tom", "A-9"),
        ("away monday --deputy @nobody", "nobody"),
        ("away monday --deputy @mei", "somebody else can stand in"),
        ("away tuesday wednesday thursday", "thursday"),
        ("away --note x", "first day is missing"),
    ],
)
def test_what_cannot_be_done_says_what_can(talk: Talk, line: str, words: str) -> None:
    assert words in talk.refused("mei", line)


def test_days_are_read_on_the_clock_of_whoever_is_away(talk: Talk) -> None:
    a_person(talk.desk, "zoe", zone="Pacific/Auckland")
    talk.clock.moment = datetime(2026, 11, 24, 20, tzinfo=UTC)  # Wednesday already in Auckland
    assert "on Wed 25 Nov" in talk.does("zoe", "away today today").text


def test_a_case_is_passed_to_a_colleague_with_the_reason(talk: Talk) -> None:
    talk.does("mei", 'decline C-1 @bo "he changed the feed"')
    reply = talk.last(CHANNEL, "case_not_me")
    assert "@Bo" in reply.text
    assert "Mei says: “he changed the feed”" in reply.text
    talk.does("bo", "ack C-1")


def test_a_case_is_passed_on_with_an_option_too(talk: Talk) -> None:
    talk.does("mei", "decline C-1 --to @bo it is the feed")
    assert "“it is the feed”" in talk.last(CHANNEL, "case_not_me").text


def test_a_case_goes_to_nobody_without_a_part(talk: Talk) -> None:
    assert "has no part in this initiative" in talk.refused("mei", "decline C-1 @tom")


def test_what_a_colleague_would_get_goes_to_their_deputy(talk: Talk) -> None:
    talk.does("bo", "away today --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.does("mei", "decline C-1 @bo the feed")
    assert "@Tom" in talk.last(CHANNEL, "case_not_me").text


# ── before it begins, and after it ended ─────────────────────────────────────────────────────────


def test_a_deputy_of_an_absence_to_come_is_not_asked(talk: Talk) -> None:
    talk.does("mei", "away monday friday --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.wait(days=1)
    asked = [each.kind for each in talk.said_to("tom")]
    assert "case_escalated" not in asked
    assert "It comes to you" not in " ".join(each.text for each in talk.said_to("tom"))


def test_whoever_was_asked_for_somebody_may_still_take_it_when_they_are_back(talk: Talk) -> None:
    talk.does("mei", "away today friday --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.does("mei", "back")
    assert "Tom has it" in talk.does("tom", "ack C-1").text


def test_whoever_never_stood_in_may_not(talk: Talk) -> None:
    talk.does("mei", "away today friday --deputy @tom")
    talk.does("mei", "back")
    assert "takes a role here" in talk.refused("tom", "ack C-1")


def test_whoever_is_back_is_told_what_still_waits(talk: Talk) -> None:
    talk.does("mei", "away today friday --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.wait(days=6)
    said = talk.last("@mei", "absence_back_reply").text
    assert "for you. Tom stood in for you." in said
    assert "C-1" in said


def test_whoever_is_back_to_nothing_is_left_alone(talk: Talk) -> None:
    talk.does("mei", "close C-1 noise")
    talk.does("mei", "away today friday --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.wait(days=6)
    assert not [each for each in talk.said_to("mei") if each.kind == "absence_back_reply"]


def test_one_card_of_the_deputys_says_that_it_is_over(talk: Talk) -> None:
    talk.does("mei", "away friday monday --deputy @tom")
    talk.does("tom", "accept A-1")
    heard = talk.wait(days=10)
    over = [each for each in heard if each.to == "@tom" and "is over" in each.text]
    assert [each.kind for each in over] == ["absence_begun"]


def test_one_day_that_is_named_is_that_day(talk: Talk) -> None:
    assert "You are away on Wed 25 Nov" in talk.does("mei", "away tomorrow").text
    talk.wait(days=2)
    assert talk.does("bo", "away").text.count("Nobody.") == 1


@pytest.mark.parametrize(
    ("line", "stretch"),
    [
        ("away from tomorrow", "from Wed 25 Nov on"),
        ("away tomorrow open", "from Wed 25 Nov on"),
        ("away until friday", "from Tue 24 Nov to Fri 27 Nov"),
        ("away next week", "from Mon 30 Nov to Sun 6 Dec"),
        ("away 24.12.", "on Thu 24 Dec"),
        ("away 24.12. 2.1.", "from Thu 24 Dec to Sat 2 Jan"),
        ("away 24.12.2026 to 27.12.2026", "from Thu 24 Dec to Sun 27 Dec"),
    ],
)
def test_days_are_read_as_people_say_them(talk: Talk, line: str, stretch: str) -> None:
    assert f"You are away {stretch}" in talk.does("mei", line).text


def test_a_handle_after_the_days_is_the_deputy(talk: Talk) -> None:
    assert "Tom was asked to stand in" in talk.does("mei", "away monday friday @tom").text
    assert "asks you to stand in" in talk.last("@tom", "absence_asked").text


def test_a_lead_may_stand_in_themselves_by_saying_me(talk: Talk) -> None:
    said = talk.does("carla", "away @mei monday friday --deputy me").text
    assert "Carla stands in" in said


def test_me_cannot_be_ones_own_deputy(talk: Talk) -> None:
    assert "somebody else can stand in" in talk.refused("mei", "away monday --deputy me")


def test_days_that_are_taken_offer_to_change_or_end_what_takes_them(talk: Talk) -> None:
    talk.does("mei", "away tomorrow")
    again = talk.say("mei", "away today friday")
    assert again.button("End A-1") == "away back A-1"
    said = talk.does("mei", again.button("Change it"))
    assert "You are away from Tue 24 Nov to Fri 27 Nov" in said.text


def test_other_days_are_told_to_the_deputy(talk: Talk) -> None:
    talk.does("mei", "away monday friday --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.does("mei", "away A-1 tuesday wednesday")
    told = talk.last("@tom", "absence_asked").text
    assert "from Tue 1 Dec to Wed 2 Dec" in told
    heard = talk.wait(days=6, hours=1)  # Monday
    assert not [each for each in heard if each.kind == "absence_begun"]
    assert [each for each in talk.wait(days=1) if each.kind == "absence_begun"]


def test_nobody_else_changes_the_days(talk: Talk) -> None:
    talk.does("mei", "away monday friday")
    assert "a council lead" in talk.refused("bo", "away A-1 tuesday")
    assert "away on Tue 1 Dec" in talk.does("carla", "away A-1 tuesday").text


def test_a_deputy_who_is_away_too_reads_so_when_asked_and_when_they_say_yes(talk: Talk) -> None:
    talk.does("tom", "away wednesday friday")
    talk.does("mei", "away today friday --deputy @tom")
    words = "You are away yourself from Wed 25 Nov to Fri 27 Nov; then it falls to the council lead"
    assert words in talk.last("@tom", "absence_asked").text
    assert words in talk.does("tom", "accept A-2").text
    assert "Tom is away from Wed 25 Nov to Fri 27 Nov too" in talk.last("@mei", "absence_told").text
