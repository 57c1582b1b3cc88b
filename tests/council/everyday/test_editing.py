"""Editing, putting away and going live, as people type it."""

import pytest

from council import cases
from tests.builders import a_delivery, a_signal
from tests.talk import Talk


def test_whoever_holds_a_role_edits(talk: Talk) -> None:
    assert "Changed: name." in talk.does("mei", 'edit late-order --name "Late orders"').text


def test_whoever_has_no_part_is_told_who_can(talk: Talk) -> None:
    assert "These people can: @" in talk.refused("sam", "edit late-order --tier 1")


def test_whoever_opened_it_edits_until_somebody_holds_a_role(talk: Talk) -> None:
    talk.does("sam", 'new "Mine" --key mine-own')
    talk.does("sam", "edit mine-own --tier 4")
    talk.does("carla", "assign mine-own data scientist @ana")
    assert "takes a role here" in talk.refused("sam", "edit mine-own --tier 3")


def test_what_stays_as_it_was_is_no_change(talk: Talk) -> None:
    assert "Changed" not in talk.does("mei", "edit late-order --tier 2").text


def test_alone_it_shows_what_can_be_edited(talk: Talk) -> None:
    card = talk.does("mei", "edit late-order").card
    form = next(each.form for each in card.buttons if each.label == "Edit") if card else None
    assert form is not None
    assert {each.name: each.value for each in form.fields}["name"] == "Late order predictor"


def test_a_new_model_takes_over_what_waited_for_it(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal(model="orphan"))])
    said = talk.does("mei", "edit late-order --model orphan").text
    assert "1 condition had been waiting" in said


def test_a_model_that_is_taken_away_may_be_anothers(talk: Talk) -> None:
    talk.does("mei", "edit late-order --remove-model churn")
    assert "churn" in talk.does("sam", 'new "Churn" --model churn').text


def test_a_model_that_it_does_not_have_cannot_be_taken_away(talk: Talk) -> None:
    assert "churn" in talk.refused("mei", "edit late-order --remove-model cherm")


def test_later_cards_go_to_the_new_channel(talk: Talk) -> None:
    talk.does("mei", "edit late-order --channel elsewhere")
    cases.receive(talk.desk, [a_delivery(a_signal())])
    talk.deliver()
    assert "C-1" in talk.last("local:elsewhere", "case_").text


def test_open_cards_stay_where_they_are_and_are_shown_in_the_new_channel_too(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal())])
    talk.does("mei", "edit late-order --channel elsewhere")
    before = len(talk.heard)
    talk.does("mei", "ack C-1")
    assert {each.to for each in talk.heard[before:]} == {"local:elsewhere", "local:orders"}


def test_a_channel_can_be_given_up(talk: Talk) -> None:
    assert "none of its own" in talk.does("mei", "edit late-order --channel none").text


def test_an_open_case_keeps_its_severity_when_the_tier_changes(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal())])
    before = cases.view(talk.desk, "C-1").severity
    talk.does("mei", "edit late-order --tier 4")
    assert cases.view(talk.desk, "C-1").severity == before


def test_who_has_the_last_word_is_shown_by_name(talk: Talk) -> None:
    assert "Ana" in talk.does("mei", "edit late-order --decision-lead @ana").text


def test_an_archived_initiative_is_out_of_the_list(talk: Talk) -> None:
    talk.does("mei", 'archive late-order "the shop closed"')
    assert "Late order predictor" not in talk.does("ana", "list").text


def test_an_archived_initiative_is_in_the_whole_list_with_its_state(talk: Talk) -> None:
    talk.does("mei", "archive late-order --yes")
    assert "archived" in talk.does("ana", "list --all").text


def test_a_pressing_case_is_not_left_behind(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal(signal_class="service"))])
    assert "C-1 is pressing" in talk.refused("mei", "archive late-order --yes")


def test_a_small_case_rests_with_its_initiative(talk: Talk) -> None:
    talk.does("mei", 'flag late-order accuracy watch "a little flat"')
    talk.does("mei", "archive late-order --yes")
    assert talk.wait(days=14) == []


def test_what_rests_is_not_edited(talk: Talk) -> None:
    talk.does("mei", "archive late-order --yes")
    assert "Take it out again first" in talk.refused("mei", "edit late-order --tier 1")


def test_putting_away_twice_is_answered_kindly(talk: Talk) -> None:
    talk.does("mei", "archive late-order --yes")
    assert "archived already" in talk.refused("mei", "archive late-order --yes")


def test_it_can_be_taken_out_again_long_after(talk: Talk) -> None:
    talk.does("mei", "archive late-order --yes")
    talk.wait(days=40)
    talk.does("ana", "archive late-order --undo")
    assert "late-order" in talk.does("ana", "list").text


def test_its_clocks_run_again_when_it_is_taken_out(talk: Talk) -> None:
    talk.does("mei", 'flag late-order accuracy watch "a little flat"')
    due = talk.desk.books.agenda.next_due()
    talk.does("mei", "archive late-order --yes")
    talk.does("mei", "archive late-order --undo")
    assert talk.desk.books.agenda.next_due() == due


def test_signals_of_an_archived_initiative_reach_only_the_leads(talk: Talk) -> None:
    talk.does("mei", "archive late-order --yes")
    before = len(talk.heard)
    cases.receive(talk.desk, [a_delivery(a_signal())])
    talk.deliver()
    assert {each.to for each in talk.heard[before:]} == {"@carla"}


def test_its_channel_reads_that_it_was_put_away(talk: Talk) -> None:
    talk.does("mei", "archive late-order --yes")
    assert "archived" in talk.last("local:orders", "initiative_").text


def test_what_is_not_archived_cannot_be_taken_out(talk: Talk) -> None:
    assert "is not archived" in talk.refused("mei", "archive late-order --undo")


def test_what_is_live_cannot_go_live(talk: Talk) -> None:
    assert "live already" in talk.refused("mei", "live late-order")


@pytest.mark.parametrize("line", ["archive late-order", "live late-order"])
def test_a_stranger_puts_nothing_away_and_lets_nothing_live(talk: Talk, line: str) -> None:
    assert "takes a role here" in talk.refused("sam", line)
