"""The default playbook is complete, in numbers."""

from collections import Counter

import pytest

from council.playbook import Origin, Playbook


def test_it_has_the_five_stakeholders(playbook: Playbook) -> None:
    assert list(playbook.roles) == [
        "business_owner",
        "data_scientist",
        "data_engineer",
        "ml_engineer",
        "devops_engineer",
    ]


def test_each_stakeholder_learns_as_much_as_the_seed_says(playbook: Playbook) -> None:
    assert [len(role.learns) for role in playbook.roles.values()] == [6, 3, 1, 2, 1]


def test_each_stakeholder_has_a_comfort_zone(playbook: Playbook) -> None:
    assert all(role.comfort_zone for role in playbook.roles.values())


def test_it_has_three_phases_and_retirement(playbook: Playbook) -> None:
    assert list(playbook.phases) == ["data_features", "development", "operations", "retired"]


@pytest.mark.parametrize(
    ("phase", "entry", "steps", "leave"),
    [
        ("data_features", 4, 4, 7),
        ("development", 2, 4, 7),
        ("operations", 2, 6, 5),
        ("retired", 1, 0, 0),
    ],
)
def test_each_phase_has_its_items(
    playbook: Playbook, phase: str, entry: int, steps: int, leave: int
) -> None:
    found = playbook.phases[phase]
    assert (len(found.entry), len(found.steps), len(found.exit)) == (entry, steps, leave)


def test_it_has_seven_transitions(playbook: Playbook) -> None:
    kinds = Counter(each.kind.value for each in playbook.transitions.values())
    assert kinds == {"forward": 2, "back": 3, "within": 1, "end": 1}


def test_it_has_six_handoffs(playbook: Playbook) -> None:
    packets = {each.id: len(each.packet) for each in playbook.handoffs.values()}
    assert packets == {
        "h_question": 4,
        "h_data": 5,
        "h_model": 11,
        "h_release": 5,
        "h_live_data": 4,
        "h_exec": 4,
    }


def test_it_has_six_routing_rows(playbook: Playbook) -> None:
    assert len(playbook.routing) == 6


def test_the_defaults_are_complete(playbook: Playbook) -> None:
    counts = {
        "system_roles": 2,
        "tiers": 4,
        "signal_classes": 8,
        "bands": 4,
        "clocks": 4,
        "decisions": 10,
        "decision_record": 15,
        "outcomes": 4,
    }
    assert {name: len(getattr(playbook, name)) for name in counts} == counts


def test_every_role_learn_and_handoff_is_from_the_seed(playbook: Playbook) -> None:
    roles = playbook.roles.values()
    items = (*roles, *(each for role in roles for each in role.learns), *playbook.handoffs.values())
    assert {each.origin for each in items} == {Origin.SEED}


def test_the_vacant_lead_of_governance_is_said(playbook: Playbook) -> None:
    assert playbook.phases["operations"].steps["govern"].gap


def test_nothing_of_it_can_be_changed(playbook: Playbook) -> None:
    with pytest.raises(TypeError):
        playbook.roles["intruder"] = playbook.roles["data_engineer"]  # type: ignore[index]
