"""Huddles in their other lives: without a case, after a case, at night, in private, too often."""

from collections.abc import Iterator

import pytest

from council import cases, huddles, replay
from council.signal import Loudness, Signal
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative, recovered
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:late-order"
ROLL_BACK_LATER = 'decide R-1 keep watching "it may pass" --next-check "in 2 weeks"'
DRIFT = a_signal("basket_size", metric_name="psi", value=0.31, threshold=0.25)
WATCH = 'decide C-1 keep watching "it may be the sale" --next-check in 2 weeks'


def a_council(
    *, tier: int = 2, without: tuple[str, ...] = (), channel: str = HERE
) -> Iterator[Talk]:
    """Open a council with one initiative, in memory."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk, without=without)
        an_initiative(desk, tier=tier, channel=channel)
        talk = Talk(desk, clock)
        talk.deliver()
        yield talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council with nothing wrong yet."""
    yield from a_council()


@pytest.fixture
def worst() -> Iterator[Talk]:
    """Return a council whose initiative matters most."""
    yield from a_council(tier=1)


def drift(talk: Talk, signal: Signal = DRIFT) -> None:
    """Have drift come up now."""
    cases.receive(talk.desk, [a_delivery(signal)])
    talk.deliver()


def kinds(talk: Talk) -> list[str]:
    """Return what the ledger says has happened."""
    return [row.kind for row in talk.desk.books.ledger.after(0, 1_000)]


class TestOnAnInitiative:
    def test_who_leads_the_phase_decides(self, talk: Talk) -> None:
        said = talk.does("rui", 'huddle late-order "the returns feed changes in May"').text
        assert "decide" in said
        assert "About: the returns feed changes in May" in said

    def test_in_its_channel_the_key_may_be_left_out(self, talk: Talk) -> None:
        assert "R-1" in talk.does("rui", 'huddle "the feed"', HERE).text

    def test_who_has_no_part_there_convenes_nothing(self, talk: Talk) -> None:
        a_person(talk.desk, "eve")
        assert "takes a role here" in talk.refused("eve", "huddle late-order")

    def test_one_is_open_at_a_time(self, talk: Talk) -> None:
        talk.does("rui", "huddle late-order")
        talk.does("mei", "huddle late-order")
        assert kinds(talk).count("huddle.convened") == 1

    def test_a_place_to_meet_is_https(self, talk: Talk) -> None:
        said = talk.refused("rui", "huddle late-order --meet javascript:alert(1)")
        assert "begins with https://" in said

    def test_the_linked_meeting_is_shown(self, talk: Talk) -> None:
        talk.does("rui", 'link late-order https://meet.example.org/late "meeting"')
        assert "https://meet.example.org/late" in talk.does("rui", "huddle late-order").text

    def test_it_is_called_off_with_a_line_why(self, talk: Talk) -> None:
        talk.does("rui", "huddle late-order")
        assert "is needed" in talk.refused("rui", "huddle R-1 cancel")
        talk.does("rui", 'huddle R-1 cancel "we met at lunch"')
        assert "Called off" in talk.last(HERE, "huddle_cancelled").text

    def test_it_ends_with_its_initiative(self, talk: Talk) -> None:
        talk.does("rui", "huddle late-order")
        initiative = talk.desk.books.initiatives.by_key("late-order")
        assert initiative is not None
        initiative.state = "retired"
        talk.desk.books.add(initiative)
        huddles.initiative_over(talk.desk, initiative.id)
        assert kinds(talk)[-1] == "huddle.cancelled"

    def test_an_initiative_that_is_over_has_no_huddles(self, talk: Talk) -> None:
        initiative = talk.desk.books.initiatives.by_key("late-order")
        assert initiative is not None
        initiative.state = "retired"
        talk.desk.books.add(initiative)
        assert "retired" in talk.refused("mei", "huddle late-order")


class TestWhoDecides:
    def test_where_a_role_is_vacant_the_council_lead_decides(self) -> None:
        for talk in a_council(without=("ana",)):
            drift(talk)
            assert "@Carla" in talk.does("mei", "huddle C-1").text

    def test_who_holds_every_deciding_role_chooses_once(self) -> None:
        for talk in a_council(without=("ana",)):
            talk.does("carla", "assign late-order data scientist @mei")
            drift(talk)
            said = talk.does("mei", WATCH).text
            assert "Decision: keep watching, because it may be the sale." in said

    def test_a_choice_is_changed_until_the_round_ends(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", WATCH)
        talk.does("mei", 'decide R-1 fix data "the feed broke" --owner @bo')
        talk.does("ana", 'decide R-1 fix data "the feed broke" --owner @bo')
        assert "Decision: fix the data" in talk.last(HERE, "decision_recorded").text

    def test_the_same_press_twice_is_one_choice(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", WATCH)
        talk.does("mei", WATCH)
        assert kinds(talk).count("huddle.chose") == 1

    def test_in_time_nobody_waits_for_the_clock(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", WATCH)
        talk.does("ana", WATCH)
        talk.wait(days=10)
        assert "huddle.handed_over" not in kinds(talk)

    def test_an_unknown_decision_is_answered_with_the_nearest(self, talk: Talk) -> None:
        drift(talk)
        assert "retrain" in talk.refused("mei", 'decide C-1 retrian "x"')

    def test_a_day_that_is_over_is_refused(self, talk: Talk) -> None:
        drift(talk)
        said = talk.refused("mei", 'decide C-1 keep watching "x" --next-check 2020-01-01')
        assert "no day ahead" in said

    def test_who_may_not_see_an_initiative_knows_no_huddle_there(self, talk: Talk) -> None:
        talk.does("rui", "huddle late-order")
        a_person(talk.desk, "eve")
        initiative = talk.desk.books.initiatives.by_key("late-order")
        assert initiative is not None
        initiative.private = True
        talk.desk.books.add(initiative)
        assert "I know no huddle called R-1" in talk.refused("eve", "huddle R-1")

    def test_the_choice_waits_in_mine(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", WATCH)
        initiative = talk.desk.books.initiatives.by_key("late-order")
        assert initiative is not None
        waiting = huddles.waiting(talk.desk, initiative)
        assert [(each.code, [one.handle for one in each.people]) for each in waiting] == [
            ("choose", ["ana"])
        ]


class TestTooOften:
    def test_watching_a_fourth_time_is_refused_with_what_else_there_is(self, talk: Talk) -> None:
        drift(talk)
        for _ in range(3):
            talk.does("mei", WATCH)
            talk.does("ana", WATCH)
        said = talk.refused("mei", WATCH)
        assert "time for something else" in said
        assert "roll_back" in said


class TestWhenItsCaseEnds:
    def test_it_ends_with_it_whoever_has_chosen(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", "huddle C-1")
        talk.does("mei", ROLL_BACK_LATER)
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.wait(days=20)
        assert "Called off: C-1 is over." in talk.last(HERE, "huddle_cancelled").text
        assert "huddle.handed_over" not in kinds(talk)

    def test_then_it_waits_for_nobody(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", ROLL_BACK_LATER.replace("R-1", "C-1"))
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.wait(minutes=1)
        assert "Nothing waits for you" in talk.does("ana", "mine").text

    def test_one_in_which_nobody_chose_is_called_off_with_it(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", "huddle C-1")
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.wait(minutes=1)
        assert kinds(talk)[-1] == "huddle.cancelled"

    def test_a_case_that_recovers_before_it_needs_none(self, talk: Talk) -> None:
        drift(talk)
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.wait(days=5)
        assert "huddle.convened" not in kinds(talk)

    def test_a_case_that_matters_little_is_not_hurried(self) -> None:
        for talk in a_council(tier=4):
            drift(talk)
            talk.wait(days=10)
            assert "huddle.convened" not in kinds(talk)

    def test_a_case_that_gets_worse_is_huddled_on_sooner(self, worst: Talk) -> None:
        quiet = a_signal("basket_size", metric_name="psi", value=0.12, loudness=Loudness.WARNING)
        drift(worst, quiet)
        case = worst.desk.books.cases.by_number(1)
        assert case is not None
        before = case.huddle_by
        drift(worst, DRIFT)
        worst.desk.books.session.expire_all()
        assert before is not None
        assert case.huddle_by is not None
        assert case.huddle_by < before


class TestCalledOff:
    def test_an_undecided_case_is_brought_up_again_and_then_goes_to_one(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", "ack C-1")
        talk.does("mei", "huddle C-1")
        talk.does("mei", 'huddle R-1 cancel "nobody could come"')
        talk.wait(days=7)
        heard = [each for each in talk.heard if each.kind == "case_undecided_reply"]
        assert ["@Mei and @Ana" in heard[0].text, len(heard)] == [True, 2]


class TestTheLedger:
    def test_it_replays_to_how_everything_stands(self, worst: Talk) -> None:
        drift(worst)
        worst.does("mei", 'decide C-1 roll back "a broken feed" --target-version 6')
        worst.does("ana", 'decline D-1 "v6 is worse"')
        worst.does("mei", WATCH)
        worst.does("ana", WATCH)
        worst.does("ana", "outcome D-2 partly")
        cases.receive(worst.desk, [a_delivery(recovered(DRIFT))])
        worst.wait(days=30)
        assert replay.compare(worst.desk) == ()


class TestRetiring:
    RETIRE = 'decide C-1 retire "nobody asks for it any more" --replacement none --approved-by @rui'

    def test_it_proposes_the_end_and_moves_nothing(self, talk: Talk) -> None:
        drift(talk)
        talk.does("mei", self.RETIRE)
        talk.does("ana", self.RETIRE)
        assert "proposes the end" in talk.last(HERE, "decision_recorded").text
        assert "move.proposed" in kinds(talk)
