"""What a phase and a role of one playbook are in another; all twenty pairs of the shipped ones."""

from itertools import permutations

import pytest

from council.playbook import Playbook, load_library
from council.switching.crosswalk import WORK
from council.switching.matching import asked, match_phase, match_roles, same_handoff

NEWEST = {each.id: each for each in load_library().playbooks}
PAIRS = list(permutations(NEWEST.values(), 2))
PETRIE = NEWEST["lead-support-learn"]
GLOSSARY = NEWEST["production-handoff"]
LEARNING = NEWEST["six-specialists"]
ELECTRIFAI = NEWEST["who-does-this-concern"]
PACKT = NEWEST["three-personas"]


def pair_name(value: Playbook) -> str:
    return value.id


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=pair_name)
def test_every_phase_has_one_to_go_on_in(old: Playbook, new: Playbook) -> None:
    assert all(match_phase(old, new, each).targets for each in old.phases)


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=pair_name)
def test_what_serves_stays_in_production_and_what_has_ended_stays_ended(
    old: Playbook, new: Playbook
) -> None:
    kinds = [
        (here.production, here.terminal, there.production, there.terminal)
        for here in old.phases.values()
        for there in [new.phases[match_phase(old, new, here.id).targets[0]]]
    ]
    assert [each[:2] for each in kinds] == [each[2:] for each in kinds]


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=pair_name)
def test_a_role_becomes_only_roles_that_are_there(old: Playbook, new: Playbook) -> None:
    found = match_roles(old, new)
    assert set(found) == set(old.roles)
    assert {to for match in found.values() for to in match.targets} <= set(new.roles)


@pytest.mark.parametrize(
    ("old", "phase", "new", "there"),
    [
        (PETRIE, "development", GLOSSARY, "development"),
        (PETRIE, "development", LEARNING, "analysis_modelling"),
        (PETRIE, "data_features", PACKT, "data_engineering"),
        (PETRIE, "operations", ELECTRIFAI, "monitoring"),
        (PETRIE, "data_features", ELECTRIFAI, "data_transformation"),
        (ELECTRIFAI, "business_questions", PETRIE, "data_features"),
        (ELECTRIFAI, "model_packaging", LEARNING, "package_release"),
        (LEARNING, "integration", PETRIE, "development"),
        (GLOSSARY, "selection", PACKT, "data_science"),
        (PACKT, "data_science", ELECTRIFAI, "model_development"),
    ],
)
def test_a_phase_is_found_by_its_id_its_name_its_leads_or_its_place(
    old: Playbook, phase: str, new: Playbook, there: str
) -> None:
    assert match_phase(old, new, phase).targets == (there,)


@pytest.mark.parametrize(
    ("old", "role", "new", "there"),
    [
        (PETRIE, "data_scientist", LEARNING, ("data_scientist",)),
        # The same title, other work: she monitors too, which nobody of that title does there.
        (PETRIE, "ml_engineer", LEARNING, ("mlops_engineer", "ml_software_engineer")),
        (PETRIE, "business_owner", PACKT, ("sme",)),
        (PETRIE, "devops_engineer", GLOSSARY, ("itops_manager",)),
        (ELECTRIFAI, "data_analyst", PETRIE, ("data_engineer",)),
        (ELECTRIFAI, "ml_architect", PETRIE, ("ml_engineer",)),
        (LEARNING, "mlops_engineer", PETRIE, ("ml_engineer", "devops_engineer")),
        (PETRIE, "business_owner", GLOSSARY, ()),
    ],
)
def test_a_role_is_found_by_its_id_or_by_the_work(
    old: Playbook, role: str, new: Playbook, there: tuple[str, ...]
) -> None:
    assert match_roles(old, new)[role].targets == there


def test_who_does_the_same_work_is_told_of_roles_that_there_are() -> None:
    told = {
        (playbook, role)
        for doers in WORK.values()
        for playbook, roles in doers.items()
        for role in roles
    }
    assert {each for each in told if each[1] not in NEWEST[each[0]].roles} == set()


def test_between_versions_everything_stays_what_it_is() -> None:
    first = load_library().get("lead-support-learn", 1)
    found = match_roles(first, PETRIE)
    assert {match.how for match in found.values()} == {"same"}
    assert all(match_phase(first, PETRIE, each).targets == (each,) for each in first.phases)


def test_one_id_is_another_packet_in_another_playbook() -> None:
    one, other = PETRIE.handoffs["h_model"], GLOSSARY.handoffs["h_model"]
    assert not same_handoff(one, other, one_playbook=False)


def test_a_tier_that_hands_over_lightly_is_asked_for_less() -> None:
    assert set(asked(PETRIE, "operations", 4)) < set(asked(PETRIE, "operations", 1))
