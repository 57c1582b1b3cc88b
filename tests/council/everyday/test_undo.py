"""Taking back one's own last change: for ten minutes, unless somebody has acted on it."""

import pytest

from council import cases, ledger
from tests.builders import a_delivery, a_signal
from tests.talk import Talk


def test_nothing_to_take_back_is_answered_kindly(talk: Talk) -> None:
    assert "You changed nothing in the last ten minutes." in talk.does("rui", "undo").text


def test_a_wrong_assignment_is_taken_back(talk: Talk) -> None:
    talk.does("ana", "assign late-order data scientist @sam")
    talk.does("ana", "undo")
    assert "Sam" not in talk.does("ana", "who late-order").text


def test_the_card_of_a_wrong_assignment_says_that_it_was_taken_back(talk: Talk) -> None:
    talk.does("ana", "assign late-order data scientist @sam")
    talk.does("ana", "undo")
    assert "taken back" in talk.said_to("sam")[-1].text


def test_a_card_that_nobody_has_seen_is_not_sent(talk: Talk) -> None:
    talk.say("ana", "assign late-order data scientist @sam")
    talk.does("ana", "undo")
    assert talk.said_to("sam") == []


def test_a_role_that_was_taken_away_is_given_back(talk: Talk) -> None:
    talk.does("ana", "unassign late-order ml engineer @mei")
    talk.does("ana", "undo")
    assert "Mei" in talk.does("ana", "who late-order").text


def test_an_edit_is_taken_back(talk: Talk) -> None:
    talk.does("mei", 'edit late-order --name "Oops" --tier 4 --model extra --remove-model churn')
    talk.does("mei", "undo")
    said = talk.does("mei", "edit late-order").text
    kept = ("Late order predictor" in said, "important" in said, "churn" in said)
    assert (*kept, "extra" in said) == (True, True, True, False)


def test_putting_away_is_taken_back(talk: Talk) -> None:
    talk.does("mei", "archive late-order --yes")
    talk.does("mei", "undo")
    assert "late-order" in talk.does("mei", "list").text


def test_an_initiative_that_should_not_have_been_opened_is_put_away(talk: Talk) -> None:
    talk.does("sam", 'new "Oops" --key oops --model oops-model')
    talk.does("sam", "undo")
    talk.does("sam", 'new "Right" --key right --model oops-model')
    assert "Oops" not in talk.does("sam", "list").text


def test_a_link_that_was_added_is_taken_back(talk: Talk) -> None:
    talk.does("mei", "link late-order https://github.com/acme/x")
    talk.does("mei", "undo")
    assert "github.com/acme/x" not in talk.does("mei", "link late-order").text


def test_a_link_that_was_removed_comes_back(talk: Talk) -> None:
    talk.does("mei", "link late-order https://github.com/acme/x")
    talk.does("mei", "link late-order --remove GitHub")
    talk.does("mei", "undo")
    assert "github.com/acme/x" in talk.does("mei", "link late-order").text


def test_a_setting_is_taken_back(talk: Talk) -> None:
    talk.does("mei", "settings quiet off")
    talk.does("mei", "undo")
    assert "20:00 to 08:00" in talk.does("mei", "settings").text


def test_after_ten_minutes_it_is_too_late(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4")
    talk.wait(minutes=11)
    assert "Too late" in talk.does("mei", "undo").text


def test_within_ten_minutes_it_is_not(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4")
    talk.wait(minutes=10)
    assert "as it was before" in talk.does("mei", "undo").text


def test_a_second_press_takes_nothing_more_back(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4")
    talk.does("mei", "edit late-order --tier 1")
    talk.does("mei", "undo")
    assert "already" in talk.does("mei", "undo").text
    assert "tier 4" in talk.does("mei", "status late-order").text


def test_what_somebody_has_acted_on_stays(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4")
    talk.does("ana", "edit late-order --tier 1")
    assert "@ana has acted on it since" in talk.does("mei", "undo").text


def test_what_somebody_has_acted_on_stays_however_much_came_between(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4")
    ledger.append(talk.desk, [ledger.Entry("signals.kept", "council", "council")] * 450)
    talk.does("ana", "edit late-order --tier 1")
    assert "@ana has acted on it since" in talk.does("mei", "undo").text


def test_whoever_took_a_case_in_a_role_is_not_pulled_out_of_it(talk: Talk) -> None:
    talk.does("ana", "assign late-order ml engineer @sam")
    talk.does("sam", 'flag late-order accuracy watch "flat"')
    assert "@sam has acted on it since" in talk.does("ana", "undo").text


def test_signals_that_come_in_stop_nobody(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4")
    cases.receive(talk.desk, [a_delivery(a_signal())])
    assert "as it was before" in talk.does("mei", "undo").text


def test_everybody_takes_back_only_what_is_theirs(talk: Talk) -> None:
    talk.does("mei", "edit late-order --tier 4")
    talk.does("ana", "undo")
    assert "tier 4" in talk.does("mei", "status late-order").text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("edit late-order --tier 4", "initiative.edited.undone"),
        ("archive late-order --yes", "initiative.archived.undone"),
        ("assign late-order data scientist @sam", "assignment.made.undone"),
        ("link late-order https://github.com/x", "link.added.undone"),
        ("settings hear digest", "preference.changed.undone"),
    ],
)
def test_the_ledger_tells_that_it_was_taken_back(talk: Talk, line: str, kind: str) -> None:
    talk.does("mei", line)
    talk.does("mei", "undo")
    kinds = [each.kind for each in talk.desk.books.ledger.after(0, 500)]
    assert (kind in kinds, ledger.verify(talk.desk)[1]) == (True, [])
