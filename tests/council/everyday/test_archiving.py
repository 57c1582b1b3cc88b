"""Put away and taken out again: seen first, told to its channel, and nothing is lost meanwhile."""

import pytest

from council import cases, moves
from tests.builders import a_delivery, a_signal
from tests.talk import Talk

HERE = "local:orders"
AWAY = 'archive late-order "the shop closed"'


def state(talk: Talk) -> str:
    """Return how the initiative stands."""
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row
    return row.state


def with_phase_card(talk: Talk) -> None:
    """Show its channel where the initiative stands."""
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row
    moves.welcome(talk.desk, row)
    talk.deliver()


def an_alert(talk: Talk) -> None:
    """Have monitoring report what a decision of hours is asked for (S2)."""
    cases.receive(talk.desk, [a_delivery(a_signal(signal_class="service"))])
    talk.deliver()


@pytest.mark.parametrize("line", ["archive", "archive late-order", "pause", "pause late-order"])
def test_alone_it_says_first_what_would_rest(talk: Talk, line: str) -> None:
    assert "Nothing is changed yet" in talk.does("mei", line, HERE).text
    assert state(talk) == "active"


@pytest.mark.parametrize(("line", "then"), [("archive", "archived"), ("pause", "paused")])
def test_the_press_under_the_question_does_it(talk: Talk, line: str, then: str) -> None:
    said = talk.does("mei", line, HERE)
    talk.does("mei", said.button(f"{line.capitalize()} it"))
    assert state(talk) == then


@pytest.mark.parametrize("line", ["archive late-order", "pause late-order"])
def test_whoever_may_not_do_it_is_not_asked_whether_they_would(talk: Talk, line: str) -> None:
    assert "takes a role here" in talk.refused("sam", line)


def test_with_a_reason_it_is_done_at_once(talk: Talk) -> None:
    talk.does("mei", AWAY)
    assert state(talk) == "archived"


def test_the_channel_reads_who_put_it_away_and_why(talk: Talk) -> None:
    talk.does("mei", AWAY)
    assert "Mei put it away: the shop closed." in talk.last(HERE, "initiative_").text


def test_the_channel_reads_until_when_it_is_paused_and_why(talk: Talk) -> None:
    talk.does("mei", 'pause late-order "for the budget" until monday')
    text = talk.last(HERE, "initiative_").text
    assert "Mei paused it: for the budget." in text
    assert "until Mon 30 Nov" in text


def test_what_goes_on_is_not_announced_as_new(talk: Talk) -> None:
    talk.does("mei", "pause late-order --yes")
    talk.does("ana", "resume late-order")
    text = talk.last(HERE, "initiative_").text
    assert text.startswith("Late order predictor goes on")
    assert "Ana let it go on." in text


@pytest.mark.parametrize("line", ["archive late-order --yes", "pause late-order --yes"])
def test_the_phase_card_asks_for_nothing_while_it_rests(talk: Talk, line: str) -> None:
    with_phase_card(talk)
    talk.does("mei", line)
    card = talk.last(HERE, "phase_").card
    assert card
    assert [each.label for each in card.buttons] == ["Where it stands"]


def test_the_phase_card_asks_again_when_it_goes_on(talk: Talk) -> None:
    with_phase_card(talk)
    talk.does("mei", "pause late-order --yes")
    talk.does("mei", "resume late-order")
    assert "Check off" in talk.last(HERE, "phase_").text


@pytest.mark.parametrize("line", ["archive late-order --undo", "undo"])
def test_a_case_that_came_up_meanwhile_is_told_when_it_is_taken_out(talk: Talk, line: str) -> None:
    talk.does("mei", AWAY)
    an_alert(talk)
    talk.does("mei", line)
    assert "please take a look by" in talk.last(HERE, "case_").text


def test_a_case_that_came_up_meanwhile_has_a_clock_when_it_is_taken_out(talk: Talk) -> None:
    talk.does("mei", AWAY)
    an_alert(talk)
    talk.does("mei", "archive late-order --undo")
    assert [each.kind for each in talk.wait(hours=9) if each.kind == "case_escalated_reply"]


def test_a_case_that_got_worse_meanwhile_calls_its_people_when_it_is_taken_out(talk: Talk) -> None:
    talk.does("mei", 'flag late-order service watch "a little slow"')
    talk.does("mei", AWAY)
    an_alert(talk)
    said = talk.does("mei", "archive late-order --undo").text
    assert "C-1 came up meanwhile; whoever must act is asked now." in said
    assert "S2" in talk.last(HERE, "case_").text


def test_a_case_of_before_keeps_the_clock_that_it_had(talk: Talk) -> None:
    talk.does("mei", 'flag late-order accuracy watch "a little flat"')
    due = talk.desk.books.agenda.next_due()
    talk.does("mei", AWAY)
    talk.wait(minutes=5)
    talk.does("mei", "archive late-order --undo")
    assert talk.desk.books.agenda.next_due() == due
