"""What the channel reads of a phase: who stands where, which version runs, and how it ended."""

from collections.abc import Iterator

import pytest

from bot.cards import phase
from bot.text import render
from council import cases, moves
from tests.builders import a_crew, a_delivery, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:here"
RETRAIN = (
    'decide R-1 retrain "the season" --hypothesis "it has not seen it"'
    ' --data-window "September on" --expect "MAE under 6" --check "in 6 weeks"'
)


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return the crew, with an initiative whose channel shows its first phase."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        moves.welcome(desk, an_initiative(desk, phase="data_features", channel=HERE))
        talk = Talk(desk, clock)
        talk.deliver()
        yield talk


def on(talk: Talk) -> None:
    """Have it go on to the second phase."""
    talk.does("ana", "move late-order forward")
    talk.does("bo", "accept M-1")


def served(talk: Talk) -> None:
    """Open an initiative in production, whose channel shows so."""
    found = an_initiative(talk.desk, "served", models=("served-prod",), channel="local:s")
    moves.welcome(talk.desk, found)
    talk.deliver()


class TestWhoStandsWhere:
    def test_overseers_are_not_called_helpers(self, talk: Talk) -> None:
        an_initiative(talk.desk, "fresh", phase="development", models=(), channel="local:f")
        talk.does("ana", "move fresh forward")
        talk.does("mei", "accept M-1")
        said = talk.last("local:f", "phase_").text
        assert "Mei leads here. Ana oversees. Bo, Dev and Rui support." in said
        assert "help" not in said

    def test_who_stands_in_is_named_at_the_step_too(self, talk: Talk) -> None:
        talk.does("bo", "away today --deputy @mei")
        talk.does("mei", "accept A-1")
        talk.does("ana", "done late-order in1")
        said = talk.last(HERE, "phase_").text
        assert "Step: 1 of 4, Ingest input data · Mei leads" in said

    def test_a_step_says_who_does_what_there(self, talk: Talk) -> None:
        on(talk)
        said = talk.last(HERE, "phase_entered").text
        assert (
            "Step: 1 of 4, Select ML technique · Ana leads, Mei supports, Rui is consulted" in said
        )


class TestAStayThatIsOver:
    def test_says_how_long_it_was_who_led_and_by_whose_word_it_went_on(self, talk: Talk) -> None:
        talk.wait(days=3)
        on(talk)
        said = talk.last(HERE, "phase_left").text
        assert "phase 1 of 3 · over" in said
        assert "after 3 days. Ana and Bo led." in said
        assert "It went on to Model development (M-1, agreed by Ana and Bo)." in said

    def test_says_what_stayed_open(self, talk: Talk) -> None:
        on(talk)
        said = talk.last(HERE, "phase_left").text
        assert "Still open then: handoff of usable data" in said
        assert "objective and question written by the business owner" in said
        assert "and 11 more." in said

    def test_names_who_led_then_whoever_leads_now(self, talk: Talk) -> None:
        on(talk)
        talk.wait(hours=1)
        talk.does("carla", "assign late-order data engineer @dev")
        talk.does("carla", "unassign late-order data engineer @bo")
        assert "Ana and Bo led." in first_card(talk)

    def test_says_why_it_went_back_and_which_loop_that_was(self, talk: Talk) -> None:
        on(talk)
        talk.does("ana", "move late-order t_disappoint --change re_engineer_features")
        talk.does("bo", "accept M-2")
        said = talk.last(HERE, "phase_left").text
        assert "It went back to Data and feature engineering: initial results disappoint" in said
        assert "(M-2, agreed by Ana and Bo). That was loop 1." in said

    def test_says_what_was_decided_and_that_production_stayed(self, talk: Talk) -> None:
        served(talk)
        decided(talk)
        said = talk.last("local:s", "phase_left").text
        assert "It went back to Model development: drift (D-1, decided by Mei and Ana)." in said
        assert "What was in production stayed there." in said


def first_card(talk: Talk) -> str:
    """Return the card of the first stay, as it would be sent now."""
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    news = moves.visit_news(talk.desk, f"{found.id}/1", {})
    assert news is not None
    return render(phase.visit_card(news))


def decided(talk: Talk) -> None:
    """Have a drift alert on version 7 lead to a decision to retrain."""
    signal = a_signal(model="served-prod")
    cases.receive(talk.desk, [a_delivery(signal)])
    talk.deliver()
    talk.does("mei", "huddle C-1")
    for who in ("mei", "ana"):
        talk.does(who, RETRAIN)


class TestTheVersionThatRuns:
    def test_is_named_while_a_later_one_is_made(self, talk: Talk) -> None:
        served(talk)
        decided(talk)
        said = talk.last("local:s", "phase_entered").text
        assert "Version 7, in production, serves on (Model operations)." in said
        assert "Version 7, in production, serves on" in talk.does("rui", "status served").text

    def test_is_not_guessed(self, talk: Talk) -> None:
        served(talk)
        talk.does("mei", "move served t_retrain --change retrain")
        talk.does("ana", "accept M-1")
        said = talk.last("local:s", "phase_entered").text
        assert "What is in production serves on (Model operations)." in said
