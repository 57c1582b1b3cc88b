"""A move is proposed, agreed to or not yet, taken back; and never leaves the playbook."""

import pytest

from council import ledger, moves
from council.desk import Desk
from council.tables import Initiative
from tests.builders import a_person, an_initiative
from tests.talk import Talk

HERE = "local:here"


def initiative(desk: Desk, key: str = "late-order") -> Initiative:
    found = desk.books.initiatives.by_key(key)
    assert found is not None
    return found


def phase(talk: Talk, key: str = "late-order") -> str:
    return initiative(talk.desk, key).phase


def kinds(talk: Talk) -> list[str]:
    return [entry.kind for entry in talk.desk.books.ledger.after(0, 200)]


class TestProposing:
    def test_a_move_that_two_decide_waits_for_the_other(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        assert phase(talk) == "data_features"

    def test_the_channel_reads_who_is_asked_and_only_they_are_rung(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        assert "@Bo (data engineer): do you agree?" in talk.last(HERE, "move_").text
        assert "@Ana" not in talk.last(HERE, "move_").text

    def test_with_the_other_it_is_done(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        assert phase(talk) == "development"

    def test_the_first_step_of_the_new_phase_begins(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        assert initiative(talk.desk).step == "select_technique"

    def test_whoever_leads_the_new_phase_is_rung_once(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        assert "@Ana leads here" in talk.last(HERE, "phase_entered").text

    def test_a_person_with_both_hats_presses_once(self, talk: Talk) -> None:
        talk.does("carla", "assign late-order data engineer @ana")
        talk.does("ana", "move late-order forward")
        assert phase(talk) == "development"

    def test_a_lead_who_decides_nothing_may_propose(self, talk: Talk) -> None:
        talk.does("carla", "move late-order forward")
        assert "@Ana (data scientist) and @Bo (data engineer)" in talk.last(HERE, "move_").text

    def test_who_neither_proposes_nor_decides_may_not(self, talk: Talk) -> None:
        text = talk.refused("rui", "move late-order forward")
        assert "takes data scientist or data engineer or council lead" in text

    def test_a_stranger_may_not(self, talk: Talk) -> None:
        a_person(talk.desk, "sam")
        assert "These people can" in talk.refused("sam", "move late-order forward")

    def test_a_vacant_role_falls_to_the_council_lead(self, talk: Talk) -> None:
        talk.does("carla", "assign late-order data engineer @bo --remove")
        talk.does("ana", "move late-order forward")
        assert "@Carla (council lead)" in talk.last(HERE, "move_proposed").text
        talk.does("carla", "accept M-1")
        assert phase(talk) == "development"

    def test_there_is_at_most_one_proposal(self, talk: Talk) -> None:
        talk.does("carla", "move late-order forward")
        assert "M-1 is proposed already by @carla" in talk.refused("carla", "move late-order on")

    def test_proposing_what_is_proposed_is_agreeing(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("bo", "move late-order forward")
        assert phase(talk) == "development"

    def test_a_way_is_found_by_any_name_of_its_target(self, talk: Talk) -> None:
        assert "on to Model development" in talk.does("ana", "move late-order modelling").text


class TestAnswering:
    @pytest.fixture(autouse=True)
    def proposed(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")

    def test_not_yet_keeps_it_open_with_the_reason_shown(self, talk: Talk) -> None:
        talk.does("bo", 'decline M-1 "labels are not checked"')
        assert "Bo: not yet, labels are not checked" in talk.last(HERE, "move_answered").text

    def test_not_yet_calls_the_proposer_in_the_thread(self, talk: Talk) -> None:
        talk.does("bo", 'decline M-1 "labels are not checked"')
        assert talk.last(HERE, "move_not_yet").text == (
            "@Ana: Bo says not yet, labels are not checked. M-1 stays open meanwhile."
        )

    def test_not_yet_without_a_reason_asks_for_one(self, talk: Talk) -> None:
        assert "What is missing?" in talk.does("bo", "decline M-1").text

    def test_who_said_not_yet_may_agree_later(self, talk: Talk) -> None:
        talk.does("bo", 'decline M-1 "labels are not checked"')
        talk.does("bo", "accept M-1")
        assert phase(talk) == "development"

    def test_a_second_press_is_told_kindly(self, talk: Talk) -> None:
        said = talk.refused("ana", "accept M-1")
        assert "You agreed to M-1 already; it waits for @bo." in said
        assert "moved on" not in said

    def test_a_press_on_what_is_done_says_who_did_it(self, talk: Talk) -> None:
        talk.does("bo", "accept M-1")
        assert "M-1 is done already by @bo." in talk.refused("ana", "accept M-1")

    def test_who_does_not_decide_may_not_answer(self, talk: Talk) -> None:
        assert "These people can: @ana or @bo" in talk.refused("rui", "accept M-1")

    def test_a_move_that_is_not_there_is_not_found(self, talk: Talk) -> None:
        assert "I know no move called M-9" in talk.refused("bo", "accept M-9")

    def test_the_proposer_may_withdraw(self, talk: Talk) -> None:
        talk.does("ana", "move late-order withdraw")
        assert "Withdrawn by Ana" in talk.last(HERE, "move_withdrawn").text

    def test_what_is_withdrawn_cannot_be_agreed_to(self, talk: Talk) -> None:
        talk.does("ana", "move late-order withdraw")
        assert "M-1 was withdrawn by @ana." in talk.refused("bo", "accept M-1")

    def test_any_decider_may_withdraw_and_others_may_not(self, talk: Talk) -> None:
        talk.refused("mei", "move late-order withdraw")
        assert "Withdrawn by Bo" in talk.does("bo", "move late-order withdraw").text

    def test_withdrawing_what_is_not_there_is_told(self, talk: Talk) -> None:
        talk.does("ana", "move late-order withdraw")
        assert "nothing to withdraw" in talk.refused("ana", "move late-order withdraw")

    def test_a_person_who_left_the_role_does_not_count(self, talk: Talk) -> None:
        talk.does("carla", "assign late-order data scientist @ana --remove")
        talk.does("bo", "accept M-1")
        assert phase(talk) == "data_features"
        talk.does("carla", "accept M-1")
        assert phase(talk) == "development"


class TestClocks:
    def test_deciders_are_reminded_once_and_then_the_lead_hears(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        heard = [(each.to, each.kind) for each in talk.wait(days=14) if each.state == "sent"]
        assert sorted(each for each in heard if each[1].startswith("move_")) == [
            ("@carla", "move_escalated"),
            (HERE, "move_escalated"),
            (HERE, "move_remind_reply"),
        ]

    def test_the_reminder_names_only_who_has_not_answered(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.wait(days=2)
        said = talk.last(HERE, "move_remind").text
        assert said == "@Bo: M-1 (on to Model development) waits for your answer."

    def test_nobody_is_reminded_of_what_is_done(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        assert not [each for each in talk.wait(days=14) if each.kind.startswith("move_")]

    def test_nobody_is_reminded_after_not_yet(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        talk.does("bo", 'decline M-1 "labels"')
        sent = [each for each in talk.wait(days=14) if each.state == "sent"]
        assert not [each for each in sent if each.kind.startswith("move_")]


class TestGates:
    def test_what_is_missing_is_shown_and_does_not_stop_tier_2(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        text = talk.last(HERE, "move_").text
        assert "you may go on, and it is noted" in text
        assert "entry:in1 objective and question written by the business owner" in text

    def test_what_was_open_is_kept_in_the_ledger(self, talk: Talk) -> None:
        talk.does("ana", "move late-order forward")
        entry = next(
            each for each in talk.desk.books.ledger.after(0, 200) if each.kind == "move.proposed"
        )
        assert "item:exit:o1" in entry.facts["open"]

    def test_tier_1_waits_until_the_last_item_is_there(self, talk: Talk) -> None:
        strict(talk)
        talk.does("ana", "move strict forward")
        talk.does("bo", "accept M-1")
        assert phase(talk, "strict") == "data_features"
        check_all(talk, "strict", leave=1)
        assert phase(talk, "strict") == "data_features"
        check_all(talk, "strict")
        assert phase(talk, "strict") == "development"

    def test_tier_1_reads_that_everybody_agrees(self, talk: Talk) -> None:
        strict(talk)
        talk.does("ana", "move strict forward")
        said = talk.does("bo", "accept M-1").text
        assert "Everybody agrees. It begins as soon as what is open is there." in said

    def test_going_back_is_never_stopped(self, talk: Talk) -> None:
        an_initiative(talk.desk, "strict", phase="development", tier=1, models=())
        talk.does("ana", "move strict t_disappoint --change features")
        talk.does("bo", "accept M-1")
        assert phase(talk, "strict") == "data_features"


def strict(talk: Talk) -> None:
    """Open an initiative of tier 1 whose ways ask for no handoff."""
    found = an_initiative(talk.desk, "strict", phase="data_features", tier=1, models=())
    found.playbook_id, found.playbook_version = "production-handoff", 1
    talk.desk.books.add(found)


def check_all(talk: Talk, key: str, leave: int = 0) -> None:
    """Check off all but the last few items that are looked at before the way forward."""
    found = moves.outlook(talk.desk, initiative(talk.desk, key).created_by, key)
    keys = [each.key for each in found.ways[0].missing]
    for each in keys[: len(keys) - leave]:
        talk.does("ana", f"done {key} {each}")


class TestStates:
    @pytest.mark.parametrize("state", ["paused", "archived", "retired"])
    def test_nothing_moves_where_nothing_goes_on(self, talk: Talk, state: str) -> None:
        found = initiative(talk.desk)
        found.state = state
        talk.desk.books.add(found)
        assert f"late-order is {state}" in talk.refused("ana", "move late-order forward")

    def test_one_that_watches_tells_the_lead_alone(self, talk: Talk) -> None:
        found = initiative(talk.desk)
        found.state = "watching"
        talk.desk.books.add(found)
        talk.does("ana", "move late-order forward")
        assert {each.to for each in talk.heard if each.kind.startswith("move_")} == {"@carla"}
        assert not [each for each in talk.wait(days=14) if each.kind.startswith("move_")]

    def test_a_private_one_is_not_known_to_others(self, talk: Talk) -> None:
        found = initiative(talk.desk)
        found.private = True
        talk.desk.books.add(found)
        a_person(talk.desk, "sam")
        assert "I know no initiative called late-order" in talk.refused("sam", "move late-order")


def test_a_life_is_written_down_and_the_chain_holds(talk: Talk) -> None:
    talk.does("ana", "move late-order forward")
    talk.does("bo", "accept M-1")
    assert [kind for kind in kinds(talk) if kind.split(".")[0] in {"move", "phase"}] == [
        *("move.proposed", "move.answered", "move.answered"),
        *("phase.left", "phase.entered", "move.done"),
    ]
    assert ledger.verify(talk.desk)[1] == []


class TestHandoffs:
    """Story 3: a phase starts when the condition of its handoff is closed."""

    @pytest.fixture(autouse=True)
    def offered(self, talk: Talk) -> None:
        talk.does("bo", "handoff late-order h_data")
        for number in range(1, 6):
            talk.does("bo", f'handoff H-1 {number} "in the wiki"')
        talk.does("bo", "handoff H-1 offer")

    def test_an_open_handoff_is_said_and_does_not_stop_tier_2(self, talk: Talk) -> None:
        assert "handoff H-1" in talk.does("ana", "move late-order").text
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        assert phase(talk) == "development"

    def test_an_open_condition_stops_every_tier(self, talk: Talk) -> None:
        talk.does("ana", 'accept H-1 --condition "labels of September @bo"')
        talk.does("ana", "move late-order forward")
        said = talk.does("bo", "accept M-1").text
        assert phase(talk) == "data_features"
        assert "condition H-1/1 labels of September: Bo" in said

    def test_the_phase_starts_when_it_closes(self, talk: Talk) -> None:
        talk.does("ana", 'accept H-1 --condition "labels of September @bo"')
        talk.does("ana", "move late-order forward")
        talk.does("bo", "accept M-1")
        talk.does("bo", "done H-1 1")
        assert phase(talk) == "development"

    def test_once_it_is_accepted_nothing_is_said_of_it(self, talk: Talk) -> None:
        talk.does("ana", "accept H-1")
        assert "H-1" not in talk.does("ana", "move late-order").text

    def test_at_the_end_of_an_initiative_nothing_is_offered_any_more(self, talk: Talk) -> None:
        way = talk.desk.playbooks.get("lead-support-learn").transitions["t_retire"]
        found = initiative(talk.desk)
        found.phase = "operations"
        talk.desk.books.add(found)
        moves.apply(talk.desk, found.created_by, found, way)
        row = talk.desk.books.handoffs.by_number(1)
        assert row is not None
        assert row.state == "withdrawn"
