"""What huddles and cases say once something is settled, and what they learn from elsewhere."""

from collections.abc import Iterator

import pytest

from council import cases, huddles, initiatives
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative, recovered
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:late-order"
DRIFT = a_signal("basket_size", metric_name="psi", value=0.31, threshold=0.25, n_current=3900)
ROLL_BACK = 'decide C-1 roll back "it costs money" --target-version 6'
FEATURES = (
    're-engineer features "the checkout changed its meaning" --features basket_size'
    ' --hypothesis "baskets are counted later" --expect "MAE under 6 min" --check 2026-12-12'
)
RETRAIN = (
    'retrain "newer data" --hypothesis "people buy more" --data-window October'
    ' --expect "MAE under 6 min" --check 2026-12-12'
)


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council in which drift has come up on late-order."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        a_person(desk, "tom")
        an_initiative(desk, channel=HERE)
        cases.receive(desk, [a_delivery(DRIFT)])
        talk = Talk(desk, clock)
        talk.deliver()
        yield talk


def decided(talk: Talk) -> None:
    """Have both choose the same."""
    talk.does("mei", "ack C-1")
    talk.does("ana", f"decide C-1 {FEATURES}")
    talk.does("mei", f"decide C-1 {FEATURES}")


def labels(talk: Talk, line: str = "case C-1") -> list[str]:
    """Return what the buttons of an answer to Mei say."""
    card = talk.does("mei", line).card
    assert card is not None
    return [each.label for each in card.buttons]


class TestADecidedCase:
    def test_it_offers_no_second_huddle_but_shows_the_decision(self, talk: Talk) -> None:
        decided(talk)
        assert "Show D-1" in labels(talk)
        assert "Start a huddle" not in labels(talk)

    def test_it_offers_one_again_once_it_got_worse(self, talk: Talk) -> None:
        decided(talk)
        worse = a_signal("returns", signal_class="data_drift", value=0.9, threshold=0.25)
        talk.wait(minutes=5)
        talk.does("carla", "edit late-order --tier 1")
        cases.receive(talk.desk, [a_delivery(worse)])
        talk.deliver()
        assert "got worse" in talk.last(HERE, "case_worse_reply").text
        talk.does("mei", "ack C-1")
        assert "Start a huddle" in labels(talk)

    def test_it_is_told_of_where_a_version_serves(self, talk: Talk) -> None:
        decided(talk)
        said = talk.does("mei", "case C-1").text
        assert "late-order: the version in production (Model operations)" in said

    def test_when_it_recovers_the_decision_goes_on(self, talk: Talk) -> None:
        decided(talk)
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.deliver()
        said = talk.last(HERE, "case_resolved").text
        assert "D-1 goes on: re-engineer features." in said
        assert "Nothing is left to do" not in said
        assert "D-1 decided" not in said

    def test_a_card_has_at_most_five_buttons(self, talk: Talk) -> None:
        found = [labels(talk)]
        talk.does("mei", "huddle C-1")
        found.append(labels(talk))
        talk.does("mei", "ack C-1")
        found.append(labels(talk))
        assert max(map(len, found)) == 5


class TestWhatIsOver:
    def test_a_huddle_in_which_nobody_chose_ends_with_its_case(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("mei", 'close C-1 fixed "the feed"')
        talk.wait(minutes=1)
        assert "Called off: C-1 is over." in talk.last(HERE, "huddle_cancelled").text
        assert "R-1 decides" not in talk.does("mei", "case C-1").text

    def test_one_in_which_somebody_chose_ends_with_it_too(self, talk: Talk) -> None:
        talk.does("mei", "huddle C-1")
        talk.does("ana", f"decide R-1 {FEATURES}")
        talk.does("mei", 'close C-1 fixed "the feed"')
        talk.wait(minutes=1)
        assert "Called off: C-1 is over." in talk.last(HERE, "huddle_cancelled").text
        assert "Nothing waits for you" in talk.does("mei", "mine").text

    def test_of_what_is_archived_no_clock_and_no_huddle_is_left(self, talk: Talk) -> None:
        talk.does("mei", 'huddle late-order "what next"')
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.does("carla", "archive late-order --yes")
        talk.wait(minutes=1)
        row = initiatives.get(talk.desk, "late-order")
        assert huddles.view(talk.desk, row.created_by, "R-1").state == "cancelled"
        assert talk.desk.books.everyday.clocks_of(row.id) == []

    def test_whoever_flags_or_assigns_there_is_told_to_take_it_out_first(self, talk: Talk) -> None:
        cases.receive(talk.desk, [a_delivery(recovered(DRIFT))])
        talk.does("carla", "archive late-order --yes")
        for line in ('flag late-order "odd"', "assign late-order ml engineer @tom"):
            assert "Take it out again first" in talk.refused("carla", line)


class TestOneWordForTheOther:
    def test_reasons_why_not_of_the_first_round_are_kept(self, talk: Talk) -> None:
        why = '--refused "retrain: would learn a broken meaning"'
        talk.does("ana", f"decide C-1 {FEATURES} {why}")
        talk.does("mei", f"decide R-1 {RETRAIN}")
        talk.does("ana", 'decide R-1 re-engineer "the meaning is another one"')
        said = talk.does("mei", 'decide R-1 re-engineer "Ana is right"').text
        assert "Refused: retrain (would learn a broken meaning)" in said

    def test_a_decider_learns_that_time_was_up_and_who_decides(self, talk: Talk) -> None:
        talk.does("carla", "edit late-order --decision-lead @bo")
        talk.does("mei", "huddle C-1")
        talk.wait(days=3)
        said = talk.refused("ana", f"decide R-1 {FEATURES}")
        assert "Time was up, so @bo has the last word in R-1. Tell them what you think." in said

    def test_a_decider_learns_that_they_differed_and_who_decides(self, talk: Talk) -> None:
        talk.does("carla", "edit late-order --decision-lead @bo")
        for _ in range(2):
            talk.does("ana", f"decide C-1 {FEATURES}")
            talk.does("mei", f"decide C-1 {RETRAIN}")
        said = talk.refused("ana", f"decide R-1 {FEATURES}")
        assert "You see it differently, so @bo has the last word in R-1." in said

    def test_whoever_told_an_outcome_hears_what_they_said(self, talk: Talk) -> None:
        decided(talk)
        talk.does("ana", "outcome D-1 partly")
        assert "you said already that it partly worked" in talk.refused("ana", "outcome D-1 no")

    def test_the_effect_is_asked_again_on_another_day(self, talk: Talk) -> None:
        decided(talk)
        days = []
        for _ in range(30):
            heard = talk.wait(days=1)
            days += [each.kind for each in heard if each.kind.startswith("decision_effect")]
            days.append("|")
        first = days.index("decision_effect_reply")
        again = days.index("decision_effect_again_reply")
        assert "|" in days[first:again]


class TestElsewhere:
    @pytest.fixture
    def other(self, talk: Talk) -> Talk:
        """Have the same feature drift on another initiative, after late-order decided."""
        decided(talk)
        talk.does("ana", "outcome D-1 worked")
        an_initiative(talk.desk, "returns", models=("returns",), channel="local:returns")
        drift = a_signal("Basket_Size", model="returns", signal_class="prediction_drift")
        cases.receive(talk.desk, [a_delivery(drift)])
        talk.deliver()
        return talk

    def test_the_brief_says_what_another_initiative_decided_and_who_can_help(
        self, other: Talk
    ) -> None:
        said = other.does("mei", "huddle C-2").text
        assert "C-1 in late-order on" in said
        assert "re-engineer features (D-1); it worked. Mei and Ana can help" in said

    def test_nothing_is_told_of_a_private_one(self, other: Talk) -> None:
        other.does("carla", "edit late-order --private")
        assert "late-order" not in other.does("mei", "huddle C-2").text


def test_a_retired_initiative_says_so_once_and_takes_no_concern(talk: Talk) -> None:
    row = initiatives.get(talk.desk, "late-order")
    row.state, row.phase, row.step = "retired", "retired", ""
    talk.desk.books.add(row)
    said = talk.does("mei", "status late-order")
    assert said.text.lower().count("retired") == 1
    assert "Raise a concern" not in said.text
