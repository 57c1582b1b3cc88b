"""Stories 7 and 8: drift, a huddle, two rounds, a decision, and whether it worked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from council import cases, huddles
from tests.builders import a_crew, a_delivery, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

DRIFT = a_signal("basket_size", metric_name="psi", value=0.31, threshold=0.25, n_current=3900)
RETRAIN = (
    'decide R-1 retrain "newer data knows the checkout" --hypothesis "people buy more at once"'
    ' --data-window "October" --expect "MAE under 6 min" --check 2026-12-12'
)
FEATURES = (
    'decide R-1 re-engineer features "the checkout changed its meaning" --features basket_size'
    ' --hypothesis "baskets are counted after the voucher now" --expect "MAE back under 6 min"'
    " --check 2026-12-12"
)


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council in which drift has come up on late-order."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, channel="local:late-order")
        cases.receive(desk, [a_delivery(DRIFT)])
        talk = Talk(desk, clock)
        talk.deliver()
        yield talk


HERE = "local:late-order"


def decide_to_rebuild(talk: Talk) -> None:
    """Go through both rounds to the decision of the story."""
    talk.does("mei", "huddle C-1")
    talk.does("ana", FEATURES)
    talk.does("mei", RETRAIN)
    talk.does("ana", 'decide R-1 re-engineer features "the meaning is another one now"')
    talk.does("mei", 'decide R-1 re-engineer "would learn a broken meaning"')


def ledger_kinds(talk: Talk) -> list[str]:
    """Return what the ledger says has happened, oldest first."""
    return [row.kind for row in talk.desk.books.ledger.after(0, 500)]


class TestAHuddle:
    def test_the_card_of_a_case_says_by_when_people_meet(self, talk: Talk) -> None:
        assert "Huddle by" in talk.last(HERE, "case_").text

    def test_it_says_who_decides_takes_part_and_is_informed(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        said = talk.last(HERE, "huddle_opened").text
        assert "decide together, by" in said
        assert "informed, nothing to do" in said

    def test_whoever_asked_for_it_is_not_rung(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        assert "@Mei" not in talk.last(HERE, "huddle_opened").text

    def test_a_second_one_shows_the_first(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        assert "R-1" in talk.does("ana", "huddle C-1").text

    def test_the_council_convenes_it_itself_when_nobody_has(self, talk: Talk) -> None:
        talk.does("mei", "ack C-1")
        talk.wait(hours=30)
        assert "decide together" in talk.last(HERE, "huddle_opened").text

    def test_only_who_decides_may_choose(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        said = talk.refused("rui", RETRAIN)
        assert "@mei" in said
        assert "@ana" in said

    def test_a_choice_that_lacks_something_says_exactly_what(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        said = talk.refused("mei", 'decide R-1 retrain "newer data" --hypothesis "x"')
        assert "needs: a data window, the expected effect and a day on which I ask." in said

    def test_nobody_sees_a_choice_before_all_have_chosen(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("ana", FEATURES)
        said = talk.last(HERE, "huddle_").text
        assert "Ana has chosen" in said
        assert "voucher" not in said

    def test_who_differ_are_asked_for_a_line_each(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("ana", FEATURES)
        talk.does("mei", RETRAIN)
        reply = talk.last(HERE, "huddle_second_round_reply").text
        assert "You chose differently. @Ana: say one line each" in reply
        assert "retrain (newer data knows the checkout)" in reply

    def test_the_same_choice_in_the_second_round_decides(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        said = talk.last(HERE, "decision_recorded").text
        assert (
            "Decision: re-engineer basket_size, because the checkout changed its meaning."
            " Refused: retrain (would learn a broken meaning)." in said
        )

    def test_the_decision_says_what_follows(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        said = talk.last(HERE, "decision_recorded").text
        assert "Production v7 stays. Expect: MAE back under 6 min. I will ask on" in said
        assert "Phase: 3 → 1" in said
        assert "loop 1" in said

    def test_the_case_says_what_was_decided_and_who_has_it(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        said = talk.does("mei", "case C-1").text
        assert "D-1 decided: re-engineer features." in said
        assert "Mei has it" in said

    def test_what_is_decided_is_not_chosen_again(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        said = talk.refused("mei", RETRAIN)
        assert "R-1 is decided already: D-1, re-engineer features, by @" in said
        assert "decide D-1" in said


class TestTheLastWord:
    def differ_twice(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("ana", FEATURES)
        talk.does("mei", RETRAIN)
        talk.does("ana", 'decide R-1 re-engineer features "its meaning changed"')
        talk.does("mei", 'decide R-1 retrain "we have no time to rebuild"')

    def test_who_differ_twice_leave_it_to_who_leads_the_phase(self, talk: Talk) -> None:
        self.differ_twice(talk)
        assert "has the last word" in talk.last(HERE, "huddle_last_word").text

    def test_the_dissent_is_kept(self, talk: Talk) -> None:
        self.differ_twice(talk)
        talk.does("mei", 'decide R-1 retrain "there is no time"')
        said = talk.last(HERE, "decision_recorded").text
        assert "Ana would have chosen: re-engineer features (its meaning changed)." in said

    def test_time_that_runs_out_ends_the_same_way(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("ana", FEATURES)
        talk.wait(days=3)
        assert "The time to choose is over." in talk.last(HERE, "huddle_last_word").text

    def test_then_it_goes_to_the_council_lead_and_waits(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.wait(days=9)
        assert [each for each in talk.said_to("carla") if each.kind == "huddle_last_word"]


class TestAlone:
    ROLL = 'decide R-1 roll back "v7 learnt from a broken feed" --target-version 6'

    def test_one_may_roll_back_at_any_hour(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        said = talk.does("mei", self.ROLL).text
        assert "roll back to version 6" in said
        assert "It holds at once." in said

    def test_the_others_are_asked_to_confirm(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("mei", self.ROLL)
        assert "@Ana: do you agree?" in talk.last(HERE, "decision_confirm_reply").text

    def test_who_confirms_twice_changes_nothing(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("mei", self.ROLL)
        talk.does("ana", "accept D-1")
        talk.does("ana", "accept D-1")
        confirmed = [each for each in ledger_kinds(talk) if each == "decision.confirmed"]
        assert len(confirmed) == 1

    def test_silence_lets_it_stand(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("mei", self.ROLL)
        talk.wait(days=2)
        row = talk.desk.books.huddles.decision_by_number(1)
        assert row is not None
        assert [each["answer"] for each in row.deciders.values()] == ["", "silent"]

    def test_who_sees_it_otherwise_opens_a_huddle(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("mei", self.ROLL)
        said = talk.does("ana", 'decline D-1 "v6 is worse"').text
        assert "R-2" in said
        assert "sees it otherwise" in talk.last(HERE, "decision_contested").text


class TestDidItWork:
    def test_the_deciders_are_asked_on_the_day(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        talk.wait(days=21)
        said = talk.last(HERE, "decision_effect").text
        assert "D-1, re-engineer basket_size on Late order predictor: did it work?" in said
        assert "Expected: MAE back under 6 min. The monitor said 0.31 (limit 0.25)" in said
        assert "and nothing newer." in said

    def test_a_saturday_is_asked_about_on_monday(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        row = talk.desk.books.huddles.decision_by_number(1)
        assert row is not None
        assert row.check_at == datetime(2026, 12, 14, 9, tzinfo=UTC)

    def test_the_first_answer_counts(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        talk.does("ana", 'outcome D-1 worked "MAE is 5.4"')
        said = talk.refused("mei", "effect D-1 partly")
        assert "D-1: @ana said already that it worked." in said
        assert "tell @ana" in said

    def test_who_did_not_decide_does_not_answer(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        assert "@mei" in talk.refused("rui", "outcome D-1 worked")

    def test_nobody_is_asked_more_than_twice(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        talk.wait(days=60)
        asked = [each for each in talk.heard if each.kind.startswith("decision_effect")]
        assert [each.kind for each in asked if each.form == "reply"] == [
            "decision_effect_reply",
            "decision_effect_again_reply",
        ]

    def test_it_becomes_a_line_for_the_digest(self, talk: Talk) -> None:
        decide_to_rebuild(talk)
        talk.does("ana", 'outcome D-1 worked "MAE is 5.4"')
        told = huddles.outcomes_since(talk.desk, talk.clock.moment - timedelta(days=1))
        assert [(each.key, each.outcome, each.note) for each in told] == [
            ("D-1", "worked", "MAE is 5.4")
        ]
