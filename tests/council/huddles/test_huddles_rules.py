"""What huddles go by: options, agreement, what is refused, days, and how decisions turned out."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.huddles import rules
from council.huddles.rules import Chosen, Verdict
from council.playbook import UnknownName
from tests.desks import library

PLAYBOOK = library().get("lead-support-learn")
TODAY = date(2026, 11, 24)
PEOPLE = st.sampled_from(["ana", "bo", "mei"])
KINDS = st.sampled_from(sorted(PLAYBOOK.decisions))
CHOICES = st.dictionaries(PEOPLE, KINDS)


class TestOptions:
    @given(st.sampled_from(PLAYBOOK.signal_classes))
    def test_everything_that_the_playbook_knows_is_offered_once(self, signal_class: str) -> None:
        offered = rules.options(PLAYBOOK, signal_class)
        assert sorted(offered) == sorted(PLAYBOOK.decisions)

    @given(st.sampled_from(PLAYBOOK.signal_classes))
    def test_levers_come_in_the_order_of_reversibility(self, signal_class: str) -> None:
        offered = rules.options(PLAYBOOK, signal_class)
        levers = [each for each in offered if each in rules.BY_REVERSIBILITY]
        assert levers == list(rules.BY_REVERSIBILITY)

    def test_where_the_data_is_wrong_mending_it_comes_first(self) -> None:
        assert rules.options(PLAYBOOK, "data_quality")[0] == "fix_data"

    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("Re-engineer features", "re_engineer_features"),
            ("rollback", "roll_back"),
            ("RETRAIN", "retrain"),
            ("throttle", "recalibrate"),
        ],
    )
    def test_a_decision_is_known_by_any_spelling(self, said: str, meant: str) -> None:
        assert rules.find_option(PLAYBOOK, said) == meant

    def test_an_unknown_decision_is_answered_with_the_nearest(self) -> None:
        with pytest.raises(UnknownName) as refusal:
            rules.find_option(PLAYBOOK, "retrian")
        assert refusal.value.nearest[0] == "retrain"

    @given(KINDS)
    def test_whole_is_what_states_everything_that_is_required(self, kind: str) -> None:
        stated = dict.fromkeys(PLAYBOOK.decisions[kind].requires, "something")
        assert rules.lacks(PLAYBOOK, kind, stated) == ()

    @given(KINDS)
    def test_nothing_stated_lacks_everything_that_is_required(self, kind: str) -> None:
        lacking = rules.lacks(PLAYBOOK, kind, {})
        assert sorted(lacking) == sorted(PLAYBOOK.decisions[kind].requires)


class TestAgreement:
    @given(CHOICES, st.sets(PEOPLE, min_size=1))
    def test_it_waits_for_everybody_who_decides(
        self, choices: dict[str, str], deciders: set[str]
    ) -> None:
        waits = rules.judge(choices, deciders) is Verdict.WAITING
        assert waits == bool(deciders - choices.keys())

    @given(CHOICES, st.sets(PEOPLE, min_size=1), KINDS)
    def test_what_others_choose_changes_nothing(
        self, choices: dict[str, str], deciders: set[str], kind: str
    ) -> None:
        more = {**choices, "somebody": kind}
        assert rules.judge(more, deciders) is rules.judge(choices, deciders)

    @given(st.sets(PEOPLE, min_size=1), KINDS)
    def test_all_the_same_is_agreed(self, deciders: set[str], kind: str) -> None:
        assert rules.judge(dict.fromkeys(deciders, kind), deciders) is Verdict.AGREED

    def test_nobody_to_decide_never_agrees(self) -> None:
        assert rules.judge({}, ()) is Verdict.WAITING


FIRST = Chosen("ana", 1, "re_engineer_features", "", {"reason": "its meaning changed"})
OTHER = Chosen("mei", 1, "retrain", "", {"reason": "newer data"})
STAYED = Chosen("ana", 2, "re_engineer_features", "it did")
TURNED = Chosen("mei", 2, "re_engineer_features", "would learn a broken meaning")
HELD = Chosen("mei", 2, "retrain", "no time")


class TestWhatWasNotTaken:
    def test_who_turned_says_why_not(self) -> None:
        found = rules.refused([FIRST, OTHER, STAYED, TURNED], "re_engineer_features")
        assert found == {"retrain": "would learn a broken meaning"}

    def test_what_was_only_looked_at_is_listed_too(self) -> None:
        looked = replace(FIRST, refused={"roll_back": "v6 is no better"})
        assert rules.refused([looked], FIRST.choice) == {"roll_back": "v6 is no better"}

    def test_what_was_said_of_it_in_any_round_goes_before_the_second_line(self) -> None:
        looked = replace(FIRST, refused={"retrain": "would learn a broken meaning"})
        turned = replace(TURNED, line="Ana is right")
        found = rules.refused([looked, OTHER, STAYED, turned], "re_engineer_features")
        assert found == {"retrain": "would learn a broken meaning"}

    def test_who_chose_otherwise_to_the_end_dissents(self) -> None:
        found = rules.dissent([FIRST, OTHER, STAYED, HELD], "re_engineer_features")
        assert found == {"mei": {"choice": "retrain", "line": "no time"}}

    def test_who_turned_does_not_dissent(self) -> None:
        assert rules.dissent([FIRST, OTHER, STAYED, TURNED], "re_engineer_features") == {}

    def test_who_stated_something_first_is_heard_first(self) -> None:
        later = Chosen("bo", 1, FIRST.choice, "", {"reason": "another", "features": "age"})
        found = rules.stated([FIRST, later], FIRST.choice)
        assert found == {"reason": "its meaning changed", "features": "age"}

    def test_in_a_row_counts_up_to_the_first_other_one(self) -> None:
        assert rules.in_a_row(["watch", "watch", "retrain", "watch"], "watch") == 2


class TestDays:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("2026-12-12", date(2026, 12, 12)),
            ("in 3 weeks", date(2026, 12, 15)),
            ("In 1 month", date(2026, 12, 24)),
            ("12 Dec", date(2026, 12, 12)),
            ("december 12", date(2026, 12, 12)),
            ("12 jan", date(2027, 1, 12)),
            ("tomorrow", date(2026, 11, 25)),
            ("next week", date(2026, 12, 1)),
        ],
    )
    def test_a_day_is_read_as_people_say_it(self, said: str, meant: date) -> None:
        assert rules.day(said, TODAY) == meant

    @pytest.mark.parametrize(
        "said", ["", "soon", "2026-11-24", "2026-13-01", "31 feb", "in 0 days", "2031-01-01"]
    )
    def test_what_is_no_day_ahead_is_none(self, said: str) -> None:
        assert rules.day(said, TODAY) is None

    @given(st.text(max_size=20) | st.from_regex(r"in [0-9]{1,3} (day|week|month)s", fullmatch=True))
    def test_whatever_is_read_lies_ahead(self, said: str) -> None:
        found = rules.day(said, TODAY)
        assert found is None or TODAY < found <= TODAY + timedelta(days=732)

    @given(st.integers(1, 700))
    def test_a_date_that_is_written_out_is_that_day(self, ahead: int) -> None:
        wanted = TODAY + timedelta(days=ahead)
        assert rules.day(wanted.isoformat(), TODAY) == wanted

    def test_the_last_of_a_month_stays_within_the_next(self) -> None:
        assert rules.day("in 1 month", date(2027, 1, 31)) == date(2027, 2, 28)


class TestHowDecisionsTurnedOut:
    def test_what_worked_is_counted_of_what_could_be_told(self) -> None:
        found = rules.effectiveness(["worked", "worked", "partly", "cannot_tell", ""])
        assert found.share == Fraction(2, 3)

    def test_without_anything_told_there_is_no_share(self) -> None:
        assert rules.effectiveness(["cannot_tell", ""]).share is None

    @given(st.lists(st.sampled_from(["", *rules.OUTCOMES])))
    def test_every_decision_is_counted_once(self, outcomes: list[str]) -> None:
        found = rules.effectiveness(outcomes)
        told = found.worked + found.partly + found.did_not_work
        assert told + found.cannot_tell + found.unanswered == len(outcomes)

    @pytest.mark.parametrize(
        ("said", "meant"),
        [("yes", "worked"), ("no", "did_not_work"), ("Did not work", "did_not_work")],
    )
    def test_an_outcome_is_known_by_any_spelling(self, said: str, meant: str) -> None:
        assert rules.find_outcome(said) == meant
