"""Signals, conditions and cases, through the doors that edges use."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from council import agenda, cases, ledger, rounds
from council.cases import Accepted
from council.desk import Desk
from council.errors import Conflict, Invalid, NotAllowed, NotFound
from council.signal import Loudness, Signal
from council.tables import Person
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative, recovered
from tests.fakes import START, SetClock


@pytest.fixture
def crew(desk: Desk) -> dict[str, Person]:
    """The five stakeholders and the council lead, with one initiative in operations."""
    people = a_crew(desk)
    an_initiative(desk)
    return people


def take(desk: Desk, *signals: Signal) -> Accepted:
    """Take one delivery."""
    (result,) = cases.receive(desk, [a_delivery(*signals)])
    return result


def statuses(result: Accepted) -> list[str]:
    return [item.status for item in result.items]


def reasons(result: Accepted) -> list[str]:
    return [item.reason for item in result.items]


def notices(desk: Desk, kind: str = "") -> Sequence[tuple[str, str]]:
    """Return (conversation, kind) of what was put into the outbox."""
    return [
        (row.lane, row.kind)
        for row in desk.books.outbox.page("", 200)
        if row.kind.startswith(kind) and row.kind != "assigned"
    ]


@pytest.mark.usefixtures("crew")
class TestReceiving:
    def test_a_first_firing_opens_a_case(self, desk: Desk) -> None:
        result = take(desk, a_signal())
        assert (result.items[0].case, result.items[0].reason) == ("C-1", "first")

    def test_a_case_is_addressed_to_those_whom_the_playbook_notifies(self, desk: Desk) -> None:
        take(desk, a_signal())
        owners = [called.member.handle for called in cases.view(desk, "C-1").owners]
        assert owners == ["mei", "ana"]

    def test_those_whom_the_playbook_informs_are_named_and_not_asked(self, desk: Desk) -> None:
        take(desk, a_signal())
        informed = [called.member.handle for called in cases.view(desk, "C-1").informed]
        assert informed == ["bo", "rui"]

    def test_the_same_transition_again_is_a_duplicate(self, desk: Desk) -> None:
        take(desk, a_signal())
        assert statuses(take(desk, a_signal())) == ["duplicate"]

    def test_a_duplicate_names_the_case_it_belongs_to(self, desk: Desk) -> None:
        take(desk, a_signal())
        assert take(desk, a_signal()).items[0].case == "C-1"

    def test_the_same_alert_twice_in_one_request_is_one_signal(self, desk: Desk) -> None:
        assert statuses(take(desk, a_signal(), a_signal())) == ["accepted", "duplicate"]

    def test_a_second_condition_joins_the_open_case(self, desk: Desk) -> None:
        take(desk, a_signal("age"))
        result = take(desk, a_signal("income"))
        assert (result.items[0].case, result.items[0].reason) == ("C-1", "repeated")

    def test_another_signal_class_is_another_case(self, desk: Desk) -> None:
        take(desk, a_signal("age"))
        assert take(desk, a_signal("age", signal_class="service")).items[0].case == "C-2"

    def test_a_recovery_resolves_the_case_when_nothing_else_holds(self, desk: Desk) -> None:
        first = a_signal()
        take(desk, first)
        take(desk, recovered(first))
        assert cases.view(desk, "C-1").status == "resolved"

    def test_a_case_stays_open_while_one_condition_holds(self, desk: Desk) -> None:
        first = a_signal("age")
        take(desk, first, a_signal("income"))
        take(desk, recovered(first))
        assert cases.view(desk, "C-1").status == "open"

    def test_a_body_that_swaps_one_condition_for_another_keeps_its_case(self, desk: Desk) -> None:
        first = a_signal("age")
        take(desk, first)
        take(desk, recovered(first), a_signal("income"))
        assert cases.view(desk, "C-1").status == "open"

    def test_a_firing_after_the_end_opens_a_new_case(self, desk: Desk) -> None:
        first = a_signal()
        take(desk, first)
        take(desk, recovered(first))
        again = take(desk, a_signal(started=START + timedelta(hours=1)))
        assert again.items[0].case == "C-2"

    def test_a_firing_from_before_the_end_opens_nothing(self, desk: Desk) -> None:
        first = a_signal()
        take(desk, recovered(first))
        assert reasons(take(desk, first)) == ["out_of_order"]

    def test_an_end_from_before_the_firing_closes_nothing(self, desk: Desk) -> None:
        later = a_signal(started=START + timedelta(hours=1))
        take(desk, later)
        result = take(desk, recovered(a_signal()))
        assert (reasons(result), cases.view(desk, "C-1").status) == (["out_of_order"], "open")

    def test_an_end_whose_start_the_sender_corrected_still_ends_the_firing(
        self, desk: Desk
    ) -> None:
        take(desk, a_signal(started=START + timedelta(seconds=4)))
        take(desk, recovered(a_signal(started=START)))
        assert cases.view(desk, "C-1").status == "resolved"

    def test_a_small_sample_opens_no_case(self, desk: Desk) -> None:
        result = take(desk, a_signal(n_reference=120, n_current=120))
        assert (reasons(result), result.items[0].case) == (["low_evidence"], None)

    def test_a_sample_that_has_grown_is_looked_at_again(self, desk: Desk) -> None:
        take(desk, a_signal(n_reference=600, n_current=120))
        assert take(desk, a_signal(n_reference=600, n_current=700)).items[0].case == "C-1"

    def test_a_low_evidence_condition_does_not_hold_a_case_open(self, desk: Desk) -> None:
        first = a_signal("age")
        take(desk, first, a_signal("income", n_current=50))
        take(desk, recovered(first))
        assert cases.view(desk, "C-1").status == "resolved"

    def test_a_watch_that_turns_to_act_makes_the_case_worse(self, desk: Desk) -> None:
        take(desk, a_signal(loudness=Loudness.WARNING))
        result = take(desk, a_signal(loudness=Loudness.CRITICAL))
        assert (reasons(result), cases.view(desk, "C-1").severity) == (["worse"], "S2")

    def test_the_playbooks_band_wins_over_the_senders_severity(self, desk: Desk) -> None:
        take(desk, a_signal(metric_name="psi", value=0.31, loudness=Loudness.WARNING))
        assert cases.view(desk, "C-1").band == "act"

    def test_an_unknown_model_is_accepted_without_a_case(self, desk: Desk) -> None:
        result = take(desk, a_signal(model="stranger"))
        assert (statuses(result), result.items[0].case) == (["accepted"], None)

    def test_an_unknown_model_is_told_to_the_council_lead(self, desk: Desk) -> None:
        take(desk, a_signal(model="stranger"))
        lead = desk.books.people.by_handle("carla")
        assert lead is not None
        assert notices(desk, "waiting") == [(f"person:{lead.id}", "waiting_models")]

    def test_two_hundred_alerts_in_one_request_make_one_card(self, desk: Desk) -> None:
        take(desk, *(a_signal(f"f{n}", index=n) for n in range(200)))
        assert notices(desk, "case") == [("local:council", "case_opened")]

    def test_the_card_of_a_storm_counts_all_and_shows_the_worst_five(self, desk: Desk) -> None:
        take(
            desk,
            *(a_signal(f"f{n:03d}", value=1.0 + n, threshold=1.0, index=n) for n in range(200)),
        )
        view = cases.view(desk, "C-1")
        shown = [each.feature for each in view.worst]
        assert (view.firing, shown) == (200, ["f199", "f198", "f197", "f196", "f195"])

    def test_many_deliveries_in_one_batch_end_as_one_by_one(self, desk: Desk) -> None:
        first = a_signal()
        again = a_signal(started=START + timedelta(hours=1))
        batch = [a_delivery(each) for each in (first, recovered(first), again)]
        results = cases.receive(desk, batch)
        assert [result.items[0].case for result in results] == ["C-1", "C-1", "C-2"]


def due_kinds(desk: Desk) -> set[str]:
    """Return what is on the agenda, whenever it is due."""
    return {row.kind for row in desk.books.agenda.due(START + timedelta(days=365), 100)}


class TestAnswering:
    def test_acknowledging_stops_the_clock(self, desk: Desk, crew: dict[str, Person]) -> None:
        take(desk, a_signal())
        cases.acknowledge(desk, crew["mei"].id, "C-1")
        assert "case.acknowledge" not in due_kinds(desk)

    def test_acknowledging_twice_changes_nothing(self, desk: Desk, crew: dict[str, Person]) -> None:
        take(desk, a_signal())
        cases.acknowledge(desk, crew["mei"].id, "C-1")
        assert cases.acknowledge(desk, crew["mei"].id, "C-1").status == "acknowledged"

    def test_a_case_that_somebody_has_cannot_be_taken(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal())
        cases.acknowledge(desk, crew["mei"].id, "C-1")
        with pytest.raises(Conflict) as refusal:
            cases.acknowledge(desk, crew["ana"].id, "C-1")
        assert refusal.value.by == "mei"

    @pytest.mark.usefixtures("crew")
    def test_a_stranger_to_the_initiative_may_not_take_its_case(self, desk: Desk) -> None:
        stranger = a_person(desk, "zoe")
        take(desk, a_signal())
        with pytest.raises(NotAllowed) as refusal:
            cases.acknowledge(desk, stranger.id, "C-1")
        assert "mei" in refusal.value.who

    def test_not_me_leaves_the_others_who_were_called(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal())
        view = cases.not_me(desk, crew["mei"].id, "C-1", "on leave")
        assert [each.member.handle for each in view.owners] == ["carla", "ana"]

    def test_the_last_not_me_brings_the_case_to_the_council_lead(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal())
        cases.not_me(desk, crew["mei"].id, "C-1")
        view = cases.not_me(desk, crew["ana"].id, "C-1")
        assert [each.member.handle for each in view.owners] == ["carla"]

    def test_a_not_me_by_the_one_who_had_it_opens_the_case_again(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal())
        cases.acknowledge(desk, crew["mei"].id, "C-1")
        assert cases.not_me(desk, crew["mei"].id, "C-1").status == "open"

    def test_noise_closes_the_case_with_its_outcome(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal())
        view = cases.close(desk, crew["mei"].id, "C-1", "noise")
        assert (view.status, view.outcome) == ("resolved", "noise")

    def test_a_resolved_case_cannot_be_closed_again(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal())
        cases.close(desk, crew["mei"].id, "C-1", "noise")
        with pytest.raises(Conflict):
            cases.close(desk, crew["ana"].id, "C-1", "fixed")

    def test_a_repeat_of_what_was_closed_as_noise_opens_nothing(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal(loudness=Loudness.CRITICAL))
        cases.close(desk, crew["mei"].id, "C-1", "noise")
        take(desk, a_signal(loudness=Loudness.WARNING))
        assert desk.books.cases.by_number(2) is None

    def test_a_case_of_no_number_is_refused(self, desk: Desk) -> None:
        with pytest.raises(Invalid):
            cases.view(desk, "C-x")

    def test_an_unknown_case_is_not_found(self, desk: Desk) -> None:
        with pytest.raises(NotFound):
            cases.view(desk, "C-99")

    def test_getting_worse_takes_an_acknowledged_case_back(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal(loudness=Loudness.WARNING))
        cases.acknowledge(desk, crew["mei"].id, "C-1")
        take(desk, a_signal("income", loudness=Loudness.CRITICAL))
        assert cases.view(desk, "C-1").status == "open"

    @pytest.mark.usefixtures("crew")
    def test_getting_worse_also_replies_in_the_thread(self, desk: Desk) -> None:
        take(desk, a_signal(loudness=Loudness.WARNING))
        take(desk, a_signal("income", loudness=Loudness.CRITICAL))
        assert ("local:council", "case_worse_reply") in notices(desk)


class TestTheClock:
    def run_due(self, desk: Desk) -> None:
        for item in agenda.due(desk):
            rounds.run(desk, item)

    @pytest.mark.usefixtures("crew")
    def test_four_working_hours_are_given_for_an_s2(self, desk: Desk) -> None:
        take(desk, a_signal())
        assert cases.view(desk, "C-1").acknowledge_by == START + timedelta(hours=4)

    @pytest.mark.usefixtures("crew")
    def test_nobody_answering_asks_the_council_lead_directly(
        self, desk: Desk, clock: SetClock
    ) -> None:
        take(desk, a_signal())
        clock.move(hours=4)
        self.run_due(desk)
        lead = desk.books.people.by_handle("carla")
        assert lead is not None
        assert (f"person:{lead.id}", "case_escalated") in notices(desk)

    @pytest.mark.usefixtures("crew")
    def test_an_escalation_replies_in_the_thread(self, desk: Desk, clock: SetClock) -> None:
        take(desk, a_signal())
        clock.move(hours=4)
        self.run_due(desk)
        assert ("local:council", "case_escalated_reply") in notices(desk)

    def test_an_answered_case_does_not_escalate(
        self, desk: Desk, clock: SetClock, crew: dict[str, Person]
    ) -> None:
        take(desk, a_signal())
        cases.acknowledge(desk, crew["mei"].id, "C-1")
        clock.move(hours=40)
        self.run_due(desk)
        assert not notices(desk, "case_escalated")

    @pytest.mark.usefixtures("crew")
    def test_of_two_who_take_a_due_item_one_gets_it(self, desk: Desk, clock: SetClock) -> None:
        take(desk, a_signal())
        clock.move(hours=4)
        (item,) = agenda.due(desk)
        assert [rounds.run(desk, item), rounds.run(desk, item)] == [True, False]

    @pytest.mark.usefixtures("crew")
    def test_a_recovered_case_does_not_escalate(self, desk: Desk) -> None:
        first = a_signal()
        take(desk, first)
        take(desk, recovered(first))
        assert "case.acknowledge" not in due_kinds(desk)


class TestFallbacks:
    def test_a_vacant_role_falls_to_the_council_lead_with_the_reason(self, desk: Desk) -> None:
        a_crew(desk, without=("dev",))
        an_initiative(desk)
        take(desk, a_signal(signal_class="service"))
        first = cases.view(desk, "C-1").owners[0]
        assert (first.member.handle, first.stands_in) == ("carla", (("devops_engineer", "nobody"),))

    def test_without_a_channel_each_owner_is_told_directly(self, desk: Desk) -> None:
        crew = a_crew(desk)
        desk.books.registry.council().channel = ""
        an_initiative(desk)
        take(desk, a_signal())
        lanes = {lane for lane, _ in notices(desk, "case")}
        assert lanes == {f"person:{crew['mei'].id}", f"person:{crew['ana'].id}"}

    def test_a_concern_by_hand_is_routed_like_a_signal(self, desk: Desk) -> None:
        crew = a_crew(desk)
        an_initiative(desk)
        concern = cases.Concern("late-order", "forecasts look flat", "accuracy")
        view = cases.flag(desk, crew["rui"].id, concern)
        assert (view.key, [each.member.handle for each in view.owners]) == ("C-1", ["mei", "ana"])

    def test_what_waited_for_a_model_comes_to_the_initiative_that_claims_it(
        self, desk: Desk
    ) -> None:
        a_crew(desk)
        take(desk, a_signal("age", model="late"), a_signal("income", model="late"))
        initiative = an_initiative(desk, models=("late",))
        assert cases.adopt_models(desk, initiative, ("late",)) == 2
        assert cases.view(desk, "C-1").firing == 2

    def test_the_ledger_verifies_after_everything(self, desk: Desk) -> None:
        crew = a_crew(desk)
        an_initiative(desk)
        first = a_signal()
        take(desk, first)
        cases.not_me(desk, crew["mei"].id, "C-1", "not my model")
        cases.close(desk, crew["ana"].id, "C-1", "fixed", "the feed is back")
        links, faults = ledger.verify(desk)
        assert (links > 10, faults) == (True, [])

    def test_a_case_that_opens_and_recovers_in_one_batch_has_no_deadline(self, desk: Desk) -> None:
        a_crew(desk)
        an_initiative(desk)
        first = a_signal()
        cases.receive(desk, [a_delivery(first), a_delivery(recovered(first))])
        assert cases.view(desk, "C-1").acknowledge_by is None
