"""What the playbook says about phases, and what people call things."""

from collections.abc import Callable
from typing import Any

import pytest

from council.playbook import (
    Origin,
    Playbook,
    Relation,
    UnknownName,
    comfort_zone,
    entry_items,
    exit_items,
    first_phase,
    first_step,
    learning_at,
    packet_items,
    phases_in_order,
    production_phases,
    relations,
    transition_for,
    transitions_from,
)

Changed = Callable[[Callable[[Any], object]], Playbook]


def test_an_initiative_begins_with_data_and_features(playbook: Playbook) -> None:
    assert first_phase(playbook).id == "data_features"


def test_a_phase_begins_with_its_first_step(playbook: Playbook) -> None:
    step = first_step(playbook.phase("development"))
    assert step is not None
    assert step.id == "select_technique"


def test_a_phase_without_steps_has_no_first_one(playbook: Playbook) -> None:
    assert first_step(playbook.phase("retired")) is None


def test_the_order_decides_not_the_place_in_the_file(changed: Changed) -> None:
    playbook = changed(lambda it: it["phases"].update(retired=it["phases"].pop("retired")))
    assert [phase.order for phase in phases_in_order(playbook)] == [1, 2, 3, 99]


def test_a_model_serves_in_operations(playbook: Playbook) -> None:
    assert [phase.id for phase in production_phases(playbook)] == ["operations"]


def test_a_phase_names_its_relations(playbook: Playbook) -> None:
    assert relations(playbook, "operations") == {
        Relation.LEAD: ("ml_engineer",),
        Relation.OVERSEE: ("data_scientist",),
        Relation.SUPPORT: ("data_engineer", "devops_engineer", "business_owner"),
        Relation.LEARN: ("business_owner", "data_scientist", "ml_engineer", "devops_engineer"),
    }


def test_a_step_goes_before_its_phase_where_it_speaks(playbook: Playbook) -> None:
    found = relations(playbook, "operations", "live_pipelines")
    assert found[Relation.SUPPORT] == ("data_engineer",)


def test_where_a_step_is_silent_its_phase_speaks(playbook: Playbook) -> None:
    found = relations(playbook, "operations", "live_pipelines")
    assert found[Relation.OVERSEE] == ("data_scientist",)


def test_whoever_leads_a_step_does_not_also_support_it_by_its_phase(
    playbooks: dict[str, Playbook],
) -> None:
    assert relations(playbooks["six-specialists"], "production_insight", "interpret") == {
        Relation.LEAD: ("analyst",),
        Relation.SUPPORT: ("report_writer",),
        Relation.CONSULT: ("data_scientist",),
    }


def test_whoever_a_step_concerns_leads_on_by_its_phase(playbooks: dict[str, Playbook]) -> None:
    found = relations(playbooks["who-does-this-concern"], "model_development", "train")
    assert (found[Relation.LEAD], found[Relation.CONSULT]) == (("data_scientist",), ("sme",))


def test_a_step_may_state_that_one_leads_and_oversees(playbook: Playbook) -> None:
    found = relations(playbook, "operations", "bring_to_production")
    assert found[Relation.OVERSEE] == ("data_scientist",)


def test_a_step_may_say_that_nobody_is_meant(changed: Changed) -> None:
    playbook = changed(lambda it: it["phases"]["operations"]["steps"]["govern"].update(support=[]))
    assert Relation.SUPPORT not in relations(playbook, "operations", "govern")


def test_an_unknown_step_is_refused_with_the_nearest(playbook: Playbook) -> None:
    with pytest.raises(UnknownName) as caught:
        relations(playbook, "operations", "monitoring")
    assert (caught.value.kind, caught.value.nearest) == ("step", ("monitor",))


def test_an_unknown_phase_is_refused_with_the_nearest(playbook: Playbook) -> None:
    with pytest.raises(UnknownName) as caught:
        relations(playbook, "operation")
    assert str(caught.value) == "no phase 'operation'; did you mean 'operations'?"


def test_it_says_what_a_role_learns_in_a_phase_and_from_whom(playbook: Playbook) -> None:
    (learn,) = learning_at(playbook, "data_engineer", "development")
    assert (learn.topic, learn.teacher) == (
        "ML principles: how models consume data",
        "data_scientist",
    )


def test_elsewhere_the_role_learns_nothing(playbook: Playbook) -> None:
    assert learning_at(playbook, "data_engineer", "operations") == ()


def test_the_council_lead_learns_nothing_by_the_playbook(playbook: Playbook) -> None:
    assert learning_at(playbook, "council_lead", "operations") == ()


def test_it_says_what_a_role_is_at_home_in(playbook: Playbook) -> None:
    assert comfort_zone(playbook, "business_owner") == ("business domain", "spreadsheets")


def test_the_council_lead_has_no_comfort_zone(playbook: Playbook) -> None:
    assert comfort_zone(playbook, "council_lead") == ()


def test_it_names_the_ways_that_lead_on(playbook: Playbook) -> None:
    ways = [way.id for way in transitions_from(playbook, "operations")]
    assert ways == ["t_retrain", "t_refeature", "t_retire"]


@pytest.mark.parametrize(
    ("phase", "decision", "way"),
    [
        ("operations", "retrain", "t_retrain"),
        ("operations", "re_engineer_features", "t_refeature"),
        ("development", "re_engineer_features", "t_disappoint"),
    ],
)
def test_a_decision_goes_one_way(playbook: Playbook, phase: str, decision: str, way: str) -> None:
    found = transition_for(playbook, phase, decision)
    assert found is not None
    assert found.id == way


@pytest.mark.parametrize("decision", ["roll_back", "keep_watching", "fix_data"])
def test_some_decisions_move_nothing(playbook: Playbook, decision: str) -> None:
    assert transition_for(playbook, "operations", decision) is None


def test_the_upper_tiers_are_asked_for_everything(playbook: Playbook) -> None:
    assert len(exit_items(playbook.phase("development"), 2)) == 7


def test_the_lower_tiers_are_asked_for_what_the_seed_says(playbook: Playbook) -> None:
    found = entry_items(playbook.phase("data_features"), 3)
    assert {item.origin for item in found} == {Origin.SEED}


def test_an_item_that_lists_tiers_is_for_these(changed: Changed) -> None:
    playbook = changed(lambda it: it["phases"]["operations"]["exit"][3].update(tiers=[4]))
    found = {tier: len(exit_items(playbook.phase("operations"), tier)) for tier in (1, 3, 4)}
    assert found == {1: 4, 3: 3, 4: 4}


def test_the_upper_tiers_hand_over_the_whole_packet(playbook: Playbook) -> None:
    assert len(packet_items(playbook, playbook.handoffs["h_model"], 2)) == 11


def test_the_lower_tiers_hand_over_three_things(playbook: Playbook) -> None:
    found = packet_items(playbook, playbook.handoffs["h_model"], 3)
    assert [item.text for item in found] == ["version", "how to run it", "rollback"]


def test_plain_text_in_a_packet_has_the_origin_of_the_handoff(playbook: Playbook) -> None:
    packet = playbook.handoffs["h_question"].packet
    assert [item.origin for item in packet] == ["seed", "seed", "added", "added"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("data_engineer", "data_engineer"),
        ("Data Engineer", "data_engineer"),
        ("data-engineer", "data_engineer"),
        ("  DATA   ENGINEER ", "data_engineer"),
        ("mle", "ml_engineer"),
        ("running back", "ml_engineer"),
        ("Council-Lead", "council_lead"),
        ("challenger", "reviewer"),
    ],
)
def test_a_role_is_found_by_id_name_or_alias(playbook: Playbook, text: str, role: str) -> None:
    assert playbook.find_role(text) == role


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("data engner", "data_engineer"),
        ("mlengineer", "ml_engineer"),
        ("scientist", "data_scientist"),
        ("counsel lead", "council_lead"),
    ],
)
def test_a_role_that_there_is_not_is_refused_with_the_nearest(
    playbook: Playbook, text: str, nearest: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        playbook.find_role(text)
    assert (caught.value.kind, caught.value.given, caught.value.nearest[0]) == (
        "role",
        text,
        nearest,
    )


def test_a_name_near_to_nothing_is_refused_without_a_guess(playbook: Playbook) -> None:
    with pytest.raises(UnknownName) as caught:
        playbook.find_role("zebra")
    assert str(caught.value) == "no role 'zebra'"


@pytest.mark.parametrize("text", ["", " ", "--"])
def test_nothing_is_no_name(playbook: Playbook, text: str) -> None:
    with pytest.raises(UnknownName):
        playbook.find_role(text)


def test_the_role_of_an_unknown_id_is_refused(playbook: Playbook) -> None:
    with pytest.raises(UnknownName):
        playbook.role("MLE")


def test_a_role_of_the_council_is_a_role(playbook: Playbook) -> None:
    assert playbook.role("council_lead").name == "Council lead"


@pytest.mark.parametrize("text", ["operations", "Model operations", "MLOps", "production"])
def test_a_phase_is_found_by_id_name_or_alias(playbook: Playbook, text: str) -> None:
    assert playbook.find_phase(text) == "operations"


@pytest.mark.parametrize("text", ["release", "CI/CD: write, test, debug, release"])
def test_a_step_is_found_in_its_phase_by_id_or_name(playbook: Playbook, text: str) -> None:
    assert playbook.find_step("operations", text) == "release"


def test_a_step_of_another_phase_is_not_found(playbook: Playbook) -> None:
    with pytest.raises(UnknownName):
        playbook.find_step("development", "release")


@pytest.mark.parametrize("text", ["data_drift", "Data drift", "DATA-DRIFT"])
def test_a_signal_class_is_found_however_it_is_spelled(playbook: Playbook, text: str) -> None:
    assert playbook.find_signal_class(text) == "data_drift"


def test_half_a_signal_class_is_refused_with_all_that_it_could_be(playbook: Playbook) -> None:
    with pytest.raises(UnknownName) as caught:
        playbook.find_signal_class("drift")
    assert set(caught.value.nearest) == {"data_drift", "prediction_drift"}
