"""What holds for the life cycle of every shipped playbook."""

from itertools import pairwise, product

import pytest

from council.playbook import (
    MoveKind,
    Origin,
    Phase,
    Playbook,
    Relation,
    Severity,
    UnknownName,
    first_phase,
    phases_in_order,
    production_phases,
    relations,
    transition_for,
    transitions_from,
)
from council.playbook.check import check
from council.simulate import BANDS, routes

# Roles, phases (retirement aside), ways, handoffs, rows of routing.
SIZES = {
    "lead-support-learn": (5, 3, 7, 6, 6),
    "who-does-this-concern": (7, 6, 15, 6, 6),
    "production-handoff": (5, 5, 11, 2, 5),
    "three-personas": (4, 3, 7, 2, 5),
    "six-specialists": (6, 5, 11, 5, 6),
}

# The loops that the seed texts themselves speak of; all other ways back are added.
SAID_LOOPS = {
    "lead-support-learn": {"t_technique", "t_disappoint", "t_retrain", "t_refeature"},
    "who-does-this-concern": {"c_data", "c_model", "b_data"},
    "production-handoff": {"b2", "b3"},
    "three-personas": {"w1"},
    "six-specialists": {"b4"},
}

# The same event calls other people in every seed text.
CALLED_BY_DRIFT = {
    "lead-support-learn": ("ml_engineer", "data_scientist"),
    "who-does-this-concern": ("data_scientist", "devops_engineer"),
    "production-handoff": ("ml_engineer", "data_scientist"),
    "three-personas": ("ml_engineer",),
    "six-specialists": ("mlops_engineer", "data_scientist"),
}


def going_on(playbook: Playbook) -> list[Phase]:
    return [phase for phase in phases_in_order(playbook) if not phase.terminal]


def reached_from(playbook: Playbook, phase_id: str) -> set[str]:
    reached = {phase_id}
    while True:
        further = {way.target for at in reached for way in transitions_from(playbook, at)}
        if further <= reached:
            return reached
        reached |= further


def test_five_playbooks_are_shipped(playbooks: dict[str, Playbook]) -> None:
    assert set(playbooks) == set(SIZES)


def test_it_is_as_large_as_its_seed(each_playbook: Playbook) -> None:
    it = each_playbook
    sizes = (it.roles, going_on(it), it.transitions, it.handoffs, it.routing)
    assert tuple(map(len, sizes)) == SIZES[it.id]


def test_it_fits_together_and_says_where_everything_is_from(each_playbook: Playbook) -> None:
    assert check(each_playbook.id, each_playbook, shipped=True) == ()


def test_every_phase_is_reached_from_the_first(each_playbook: Playbook) -> None:
    assert reached_from(each_playbook, first_phase(each_playbook).id) == set(each_playbook.phases)


def test_production_and_retirement_are_reached_from_every_phase(each_playbook: Playbook) -> None:
    ends = {phase.id for phase in each_playbook.phases.values() if phase.terminal}
    wanted = {phase.id for phase in production_phases(each_playbook)} | ends
    assert all(wanted <= reached_from(each_playbook, it.id) for it in going_on(each_playbook))


def test_every_phase_has_a_way_on(each_playbook: Playbook) -> None:
    stuck = [
        phase.id
        for phase in going_on(each_playbook)
        if not {way.kind for way in transitions_from(each_playbook, phase.id)}
        & {MoveKind.FORWARD, MoveKind.END}
    ]
    assert stuck == []


def test_every_phase_but_the_first_has_a_way_back(each_playbook: Playbook) -> None:
    stuck = [
        phase.id
        for phase in going_on(each_playbook)[1:]
        if MoveKind.BACK not in {way.kind for way in transitions_from(each_playbook, phase.id)}
    ]
    assert stuck == []


def test_forward_goes_to_the_next_phase(each_playbook: Playbook) -> None:
    phases = [phase.id for phase in going_on(each_playbook)]
    forward = [
        (way.source, way.target)
        for way in each_playbook.transitions.values()
        if way.kind is MoveKind.FORWARD
    ]
    assert forward == list(pairwise(phases))


def test_the_loops_of_the_seed_are_marked_as_such(each_playbook: Playbook) -> None:
    loops = {
        way.id
        for way in each_playbook.transitions.values()
        if way.kind in {MoveKind.BACK, MoveKind.WITHIN} and way.origin is Origin.SEED
    }
    assert loops == SAID_LOOPS[each_playbook.id]


def test_every_loop_says_what_calls_for_it(each_playbook: Playbook) -> None:
    silent = [
        way.id
        for way in each_playbook.transitions.values()
        if way.kind in {MoveKind.BACK, MoveKind.WITHIN} and not way.trigger
    ]
    assert silent == []


@pytest.mark.parametrize(
    "decision", ["retrain", "re_engineer_features", "change_input_data", "change_technique"]
)
def test_after_drift_production_serves_on_whatever_is_decided(
    each_playbook: Playbook, decision: str
) -> None:
    for phase in production_phases(each_playbook):
        way = transition_for(each_playbook, phase.id, decision)
        assert way is not None
        assert (way.kind, way.keep_production) == (MoveKind.BACK, True)


def test_every_phase_asks_for_something_at_both_ends(each_playbook: Playbook) -> None:
    assert [phase.id for phase in going_on(each_playbook) if not (phase.entry and phase.exit)] == []


def test_retiring_asks_that_the_consumers_were_told(each_playbook: Playbook) -> None:
    assert [item.text for item in each_playbook.phase("retired").entry] == [
        "consumers moved and told"
    ]


def test_every_phase_that_goes_on_has_steps(each_playbook: Playbook) -> None:
    assert [phase.id for phase in going_on(each_playbook) if not phase.steps] == []


def test_every_role_stands_somewhere(each_playbook: Playbook) -> None:
    standing = {
        role
        for phase in going_on(each_playbook)
        for step in phase.steps
        for relation, roles in relations(each_playbook, phase.id, step).items()
        if relation is not Relation.LEARN
        for role in roles
    }
    assert set(each_playbook.roles) <= standing


def test_every_signal_in_production_calls_somebody_of_the_playbook(each_playbook: Playbook) -> None:
    lost = [
        (phase.id, name)
        for phase, name in product(production_phases(each_playbook), each_playbook.signal_classes)
        if not set(each_playbook.routes[name].notify) & set(each_playbook.roles)
    ]
    assert lost == []


def test_somebody_in_every_huddle_stands_in_production(each_playbook: Playbook) -> None:
    lost = [
        (phase.id, name)
        for phase, name in product(production_phases(each_playbook), each_playbook.signal_classes)
        if not set(each_playbook.routes[name].huddle)
        & {role for roles in relations(each_playbook, phase.id).values() for role in roles}
    ]
    assert lost == []


def test_drift_calls_whom_the_seed_says(each_playbook: Playbook) -> None:
    assert each_playbook.routes["data_drift"].notify == CALLED_BY_DRIFT[each_playbook.id]


@pytest.mark.parametrize("band", BANDS)
def test_every_class_can_be_simulated_at_every_tier(each_playbook: Playbook, band: str) -> None:
    for tier, name in product(each_playbook.tiers, each_playbook.signal_classes):
        (line,) = routes(each_playbook, tier, band, (name,))
        assert (line.signal_class, Severity(line.severity).value) == (name, line.severity)
        assert line.notify
        assert line.decide


def test_each_handoff_says_what_changes_hands(each_playbook: Playbook) -> None:
    assert [each.id for each in each_playbook.handoffs.values() if not each.what] == []


def test_every_alias_leads_to_its_role(each_playbook: Playbook) -> None:
    astray = [
        (role.id, alias)
        for role in each_playbook.roles.values()
        for alias in role.aliases
        if each_playbook.find_role(alias) != role.id
    ]
    assert astray == []


def test_every_alias_leads_to_its_phase(each_playbook: Playbook) -> None:
    astray = [
        (phase.id, alias)
        for phase in each_playbook.phases.values()
        for alias in phase.aliases
        if each_playbook.find_phase(alias) != phase.id
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("playbook_id", "text", "role"),
    [
        ("lead-support-learn", "quarterback", "data_scientist"),
        ("lead-support-learn", "ML engineer", "ml_engineer"),
        ("who-does-this-concern", "SME", "sme"),
        ("production-handoff", "ITOps", "itops_manager"),
        ("three-personas", "ML engineer", "ml_engineer"),
        ("six-specialists", "ML engineer", "ml_software_engineer"),
        ("six-specialists", "DevOps engineer", "mlops_engineer"),
        ("six-specialists", "business analyst", "analyst"),
    ],
)
def test_a_name_means_what_the_seed_means_by_it(
    playbooks: dict[str, Playbook], playbook_id: str, text: str, role: str
) -> None:
    assert playbooks[playbook_id].find_role(text) == role


def test_where_the_seed_has_no_ml_engineer_there_is_none(playbooks: dict[str, Playbook]) -> None:
    with pytest.raises(UnknownName):
        playbooks["who-does-this-concern"].find_role("ML engineer")


@pytest.mark.parametrize(
    ("playbook_id", "text", "phase"),
    [
        ("lead-support-learn", "data & feature engineering", "data_features"),
        ("production-handoff", "MLOps", "operations"),
        ("three-personas", "deployment", "production"),
        ("six-specialists", "analysis and models", "analysis_modelling"),
    ],
)
def test_a_phase_is_found_under_the_name_in_the_seed(
    playbooks: dict[str, Playbook], playbook_id: str, text: str, phase: str
) -> None:
    assert playbooks[playbook_id].find_phase(text) == phase


def test_only_with_six_specialists_are_many_hats_expected(playbooks: dict[str, Playbook]) -> None:
    assert [each.id for each in playbooks.values() if each.many_hats] == ["six-specialists"]


@pytest.mark.parametrize(
    ("playbook_id", "gap"),
    [
        ("lead-support-learn", "phases.operations.steps.govern"),
        ("who-does-this-concern", "roles.data_engineer"),
        ("who-does-this-concern", "phases.to_production"),
        ("production-handoff", "phases.catalogue"),
    ],
)
def test_what_the_seed_leaves_open_is_said(
    playbooks: dict[str, Playbook], playbook_id: str, gap: str
) -> None:
    found = playbooks[playbook_id].model_dump()
    for part in gap.split("."):
        found = found[part]
    assert found["gap"]
