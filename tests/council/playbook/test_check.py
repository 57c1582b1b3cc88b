"""Names that do not fit together are told with their path and the nearest valid name."""

from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
import yaml

from council.playbook import Origin, Playbook
from council.playbook.check import check

Content = dict[str, Any]
Change = Callable[[Content], object]
Spoiled = Callable[[Change], list[str]]

NAMES: dict[str, tuple[Change, str]] = {
    "lead of a phase": (
        lambda it: it["phases"]["data_features"].update(lead=["data_scientist", "data_enginer"]),
        "phases.data_features.lead[1]: no role 'data_enginer'; did you mean 'data_engineer'?",
    ),
    "support of a step": (
        lambda it: it["phases"]["operations"]["steps"]["monitor"].update(support=["sre"]),
        "phases.operations.steps.monitor.support[0]: no role 'sre'",
    ),
    "teacher": (
        lambda it: it["roles"]["data_engineer"]["learns"][0].update(teacher="data_scientists"),
        (
            "roles.data_engineer.learns[0].teacher: no role 'data_scientists';"
            " did you mean 'data_scientist'?"
        ),
    ),
    "phase of learning": (
        lambda it: it["roles"]["data_engineer"]["learns"][0].update(phases=["developement"]),
        (
            "roles.data_engineer.learns[0].phases[0]: no phase 'developement';"
            " did you mean 'development'?"
        ),
    ),
    "source of a transition": (
        lambda it: it["transitions"]["t_technique"].update({"from": "develop"}),
        "transitions.t_technique.from: no phase 'develop'; did you mean 'development'?",
    ),
    "step of a transition": (
        lambda it: it["transitions"]["t_technique"].update(step="technique"),
        (
            "transitions.t_technique.step: no step of development 'technique';"
            " did you mean 'select_technique'?"
        ),
    ),
    "handoff of a transition": (
        lambda it: it["transitions"]["t_fwd2"].update(handoff="h_modell"),
        "transitions.t_fwd2.handoff: no handoff 'h_modell'; did you mean 'h_model'?",
    ),
    "decision of a transition": (
        lambda it: it["transitions"]["t_retrain"].update(choose=["retrian"]),
        "transitions.t_retrain.choose[0]: no decision 'retrian'; did you mean 'retrain'?",
    ),
    "decider of a transition": (
        lambda it: it["transitions"]["t_retire"].update(decide=["ml_enginer"]),
        "transitions.t_retire.decide[0]: no role 'ml_enginer'; did you mean 'ml_engineer'?",
    ),
    "giver of a handoff": (
        lambda it: it["handoffs"]["h_data"].update({"from": "data_engineers"}),
        "handoffs.h_data.from: no role 'data_engineers'; did you mean 'data_engineer'?",
    ),
    "informed of a route": (
        lambda it: it["routing"][1].update(inform=["council_leads"]),
        "routing[1].inform[0]: no role 'council_leads'; did you mean 'council_lead'?",
    ),
    "holder of a right": (
        lambda it: it.update(access={"view": {"text": "see it", "roles": ["reviewers"]}}),
        "access.view.roles[0]: no role 'reviewers'; did you mean 'reviewer'?",
    ),
    "role of an escalation": (
        lambda it: it.update(clocks={"S3": {"escalate_to": ["deputies"]}}),
        "clocks.S3.escalate_to[0]: no role 'deputies'; did you mean 'deputy'?",
    ),
    "signal class of an override": (
        lambda it: it.update(
            severity={"overrides": [{"when": {"signal": "complience"}, "severity": "S1"}]}
        ),
        (
            "severity.overrides[0].when.signal: no signal class 'complience';"
            " did you mean 'compliance'?"
        ),
    ),
}

RULES: dict[str, tuple[Change, str]] = {
    "a class is routed twice": (
        lambda it: it["routing"][2].update(signal=["service", "cost"]),
        "routing[3].signal[0]: 'cost' is in routing[2] already",
    ),
    "a class is routed nowhere": (
        lambda it: it["routing"][2].update(signal=[]),
        "routing: no row for the signal class 'service'",
    ),
    "a decider is not in the huddle": (
        lambda it: it["routing"][2].update(decide=["data_engineer"]),
        "routing[2].decide[0]: 'data_engineer' is not in the huddle",
    ),
    "nobody is notified": (
        lambda it: it["routing"][2].update(notify=[]),
        "routing[2].notify: names nobody",
    ),
    "an alias means two roles": (
        lambda it: it["roles"]["ml_engineer"]["aliases"].append("ds"),
        "roles.ml_engineer.aliases[3]: 'ds' means roles.data_scientist already",
    ),
    "an alias means a role of the council": (
        lambda it: it["roles"]["ml_engineer"]["aliases"].append("Challenger"),
        "system_roles.reviewer.aliases[1]: 'challenger' means roles.ml_engineer already",
    ),
    "an alias is written twice": (
        lambda it: it["roles"]["ml_engineer"]["aliases"].append("ML-engineer"),
        "roles.ml_engineer.aliases[3]: 'ML-engineer' for a second time",
    ),
    "an alias means two phases": (
        lambda it: it["phases"]["operations"]["aliases"].append("Training"),
        "phases.operations.aliases[3]: 'training' means phases.development already",
    ),
    "two steps have one name": (
        lambda it: it["phases"]["development"]["steps"]["train"].update(name="Evaluate"),
        (
            "phases.development.steps.evaluate: 'evaluate' means"
            " phases.development.steps.train already"
        ),
    ),
    "two items of a checklist have one id": (
        lambda it: it["phases"]["development"]["exit"][3].update(id="o1"),
        "phases.development.exit[3].id: 'o1' for a second time",
    ),
    "two learned things have one id": (
        lambda it: it["roles"]["data_engineer"]["learns"][0].update(id="bo1"),
        "roles.data_engineer.learns[0].id: 'bo1' for a second time",
    ),
    "a role teaches itself": (
        lambda it: it["roles"]["data_engineer"]["learns"][0].update(teacher="data_engineer"),
        "roles.data_engineer.learns[0].teacher: nobody teaches themselves",
    ),
    "a role is named twice": (
        lambda it: it["phases"]["development"].update(lead=["data_scientist", "data_scientist"]),
        "phases.development.lead[1]: 'data_scientist' for a second time",
    ),
    "a packet holds something twice": (
        lambda it: it["handoffs"]["h_data"]["packet"].append("Labels"),
        "handoffs.h_data.packet[5]: 'labels' for a second time",
    ),
    "two phases have one place": (
        lambda it: it["phases"]["retired"].update(order=3),
        "phases.retired.order: 3 is the order of operations too",
    ),
    "nobody leads a phase": (
        lambda it: it["phases"]["development"].update(lead=[]),
        "phases.development: nobody leads",
    ),
    "an end is production": (
        lambda it: it["phases"]["retired"].update(production=True),
        "phases.retired: is both terminal and production",
    ),
    "no phase is production": (
        lambda it: it["phases"]["operations"].pop("production"),
        "phases: no phase is marked `production: true`",
    ),
    "a transition goes another way than it says": (
        lambda it: it["transitions"]["t_disappoint"].update(kind="forward"),
        "transitions.t_disappoint.kind: from development to data_features is back, not forward",
    ),
    "a decision leads two ways": (
        lambda it: it["transitions"]["t_refeature"]["choose"].append("retrain"),
        "transitions.t_refeature.choose[2]: 'retrain' goes the way of t_retrain already",
    ),
    "nobody decides a transition": (
        lambda it: it["transitions"]["t_retire"].update(decide=[]),
        "transitions.t_retire.decide: nobody decides",
    ),
    "a role of the playbook is one of the council": (
        lambda it: it["roles"].update(reviewer={"name": "Peer"}),
        "roles.reviewer: is a role of the whole council",
    ),
    "a band is upside down": (
        lambda it: it.update(bands={"psi": {"act": 0.05}}),
        "bands.psi.act: must be worse than watch",
    ),
    "a phase cannot be reached": (
        lambda it: it["transitions"].pop("t_retire"),
        "phases.retired: no transition leads here",
    ),
    "phases lead only to each other": (
        lambda it: it["transitions"].pop("t_fwd2"),
        "phases.retired: no way leads here from data_features",
    ),
    "a right is nobody's": (
        lambda it: it.update(access={"view": {"text": "see it", "roles": []}}),
        "access.view.roles: names nobody",
    ),
    "a packet is empty": (
        lambda it: it["handoffs"]["h_data"].update(packet=[]),
        "handoffs.h_data.packet: holds nothing",
    ),
    "a role hands over to itself": (
        lambda it: it["handoffs"]["h_data"].update(to="data_engineer"),
        "handoffs.h_data.to: nobody hands over to themselves",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), NAMES.values(), ids=NAMES)
def test_a_name_that_there_is_not_is_told_with_the_nearest(
    spoiled: Spoiled, spoil: Change, said: str
) -> None:
    assert f"mine.yaml: {said}" in spoiled(spoil)


@pytest.mark.parametrize(("spoil", "said"), RULES.values(), ids=RULES)
def test_what_does_not_fit_is_told(spoiled: Spoiled, spoil: Change, said: str) -> None:
    assert f"mine.yaml: {said}" in spoiled(spoil)


def test_all_that_does_not_fit_is_told_at_once(spoiled: Spoiled) -> None:
    def spoil(it: Content) -> None:
        it["phases"]["development"]["lead"] = ["ds"]
        it["routing"][0]["notify"] = ["mle"]

    assert spoiled(spoil) == [
        "mine.yaml: phases.development.lead[0]: no role 'ds'",
        "mine.yaml: routing[0].notify[0]: no role 'mle'",
    ]


def test_a_phase_that_leads_nowhere_is_told(spoiled: Spoiled) -> None:
    def spoil(it: Content) -> None:
        del it["transitions"]["t_fwd2"], it["transitions"]["t_disappoint"]

    said = "mine.yaml: phases.development: no transition leads on from here"
    assert said in spoiled(spoil)


def test_a_terminal_phase_leads_nowhere(spoiled: Spoiled) -> None:
    way = {"from": "retired", "to": "operations", "kind": "back", "decide": ["council_lead"]}
    lines = spoiled(lambda it: it["transitions"].update(t_revive=way))
    assert lines == ["mine.yaml: transitions.t_revive.from: retired is terminal"]


def test_a_playbook_that_only_ends_is_told(spoiled: Spoiled) -> None:
    def spoil(it: Content) -> None:
        it["phases"] = {"retired": it["phases"]["retired"]}
        it["transitions"] = {}

    assert "mine.yaml: phases: every phase is terminal" in spoiled(spoil)


def test_a_terminal_phase_does_not_come_first(spoiled: Spoiled) -> None:
    lines = spoiled(lambda it: it["phases"]["retired"].update(order=0))
    assert "mine.yaml: phases.retired.order: a terminal phase comes first" in lines


def test_gaps_in_the_tables_are_told(spoiled: Spoiled) -> None:
    def spoil(it: Content) -> None:
        path = resources.files("council") / "playbooks" / "defaults.yaml"
        del it["extends"]
        it.update({**yaml.safe_load(path.read_text(encoding="utf-8")), **it})
        del it["tiers"][4], it["severity"]["act"][3], it["clocks"]["S4"]

    assert spoiled(spoil) == [
        "mine.yaml: tiers: nothing for 4",
        "mine.yaml: severity.act: nothing for 3",
        "mine.yaml: clocks: nothing for S4",
    ]


def test_a_shipped_playbook_says_of_everything_where_it_is_from(
    changed: Callable[[Change], Playbook],
) -> None:
    playbook = changed(lambda it: it["routing"][1].pop("from"))
    assert [str(each) for each in check("mine.yaml", playbook, shipped=True)] == [
        "mine.yaml: routing[1]: does not say whether it is seed or added"
    ]


def test_a_playbook_of_ones_own_need_not_say_where_it_is_from(
    changed: Callable[[Change], Playbook],
) -> None:
    playbook = changed(lambda it: it["routing"][1].pop("from"))
    assert playbook.routing[1].origin is Origin.ADDED
