"""What a file may not hold is told with its path and the nearest valid name."""

from collections.abc import Callable
from typing import Any

import pytest

Content = dict[str, Any]
Spoiled = Callable[[Callable[[Content], object]], list[str]]
CASES: dict[str, tuple[Callable[[Content], object], str]] = {
    "an unknown key of a phase": (
        lambda it: it["phases"]["development"].update(leed=["data_scientist"]),
        "phases.development.leed: unknown key 'leed'; did you mean 'lead'?",
    ),
    "an unknown key at the top": (
        lambda it: it.update(phase={}),
        "phase: unknown key 'phase'; did you mean 'phases'?",
    ),
    "an unknown key in an optional part": (
        lambda it: it.update(review={"also_when": {"recurrence": 2}}),
        "review.also_when.recurrence: unknown key 'recurrence'; did you mean 'recurrences'?",
    ),
    "an unknown origin": (
        lambda it: it["phases"]["development"]["exit"][2].update({"from": "sed"}),
        "phases.development.exit[2].from: no such value 'sed'; did you mean 'seed'?",
    ),
    "an origin like nothing valid": (
        lambda it: it["phases"]["development"]["exit"][2].update({"from": "no"}),
        "phases.development.exit[2].from: no such value 'no'; it is one of seed, added",
    ),
    "an unknown kind of move": (
        lambda it: it["transitions"]["t_fwd1"].update(kind="forwards"),
        "transitions.t_fwd1.kind: no such value 'forwards'; did you mean 'forward'?",
    ),
    "a checklist item that does not say where it is from": (
        lambda it: it["phases"]["development"]["exit"][0].pop("from"),
        "phases.development.exit[0].from: is missing",
    ),
    "a duration without a unit": (
        lambda it: it.update(clocks={"S1": {"acknowledge": 30}}),
        "clocks.S1.acknowledge: 30 is not a duration such as 30m, 2h or 4bh",
    ),
    "a duration of an unknown unit": (
        lambda it: it.update(clocks={"S1": {"decide": "2 weeks"}}),
        "clocks.S1.decide: '2 weeks' is not a duration such as 30m, 2h or 4bh",
    ),
    "a severity that there is not": (
        lambda it: it.update(severity={"act": {"1": "S0"}}),
        "severity.act.1: no such value 'S0'; it is one of S1, S2, S3, S4",
    ),
    "a tier that there is not": (
        lambda it: it["phases"]["development"]["exit"][4].update(tiers=[5]),
        "phases.development.exit[4].tiers[0]: Input should be less than or equal to 4",
    ),
    "text where a list belongs": (
        lambda it: it["phases"]["development"].update(lead="data_scientist"),
        "phases.development.lead: must be a list, not 'data_scientist'",
    ),
    "a word where true or false belongs": (
        lambda it: it["phases"]["operations"].update(production="yes"),
        "phases.operations.production: must be true or false, not 'yes'",
    ),
    "an id with a space": (
        lambda it: it["roles"].update({"ml engineer": it["roles"].pop("ml_engineer")}),
        (
            "roles.ml engineer: 'ml engineer' is not an id: small letters, digits and underscores,"
            " a letter first"
        ),
    ),
    "a playbook's id with a space": (
        lambda it: it.update(id="my own"),
        "id: 'my own' is not an id: small letters, digits and dashes, a letter first",
    ),
    "a row that is none": (
        lambda it: it["roles"]["ml_engineer"].update(refs=["R4"]),
        "roles.ml_engineer.refs[0]: 'R4' is not a row such as P-E4",
    ),
    "an id besides the key": (
        lambda it: it["roles"]["ml_engineer"].update(id="mle"),
        "roles: the id of 'ml_engineer' is its key, not 'mle'",
    ),
    "a list where a mapping belongs": (
        lambda it: it.update(phases=["development"]),
        "phases: must be a mapping, not ['development']",
    ),
    "a list where a duration belongs": (
        lambda it: it.update(clocks={"S1": {"huddle": [1]}}),
        "clocks.S1.huddle: [1] is not a duration such as 30m, 2h or 4bh",
    ),
    "a missing title": (lambda it: it.pop("title"), "title: is missing"),
    "another format": (
        lambda it: it.update(schema="council/playbook/v2"),
        "schema: no such value 'council/playbook/v2'; did you mean 'council/playbook/v1'?",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), CASES.values(), ids=CASES)
def test_what_a_file_may_not_hold_is_told_precisely(
    spoiled: Spoiled, spoil: Callable[[Content], object], said: str
) -> None:
    assert spoiled(spoil) == [f"mine.yaml: {said}"]


def test_without_the_defaults_all_that_they_hold_is_missing(spoiled: Spoiled) -> None:
    lines = spoiled(lambda it: it.pop("extends"))
    assert len(lines) == 13
    assert "mine.yaml: clocks: is missing" in lines


def test_all_that_is_wrong_is_told_at_once(spoiled: Spoiled) -> None:
    def spoil(it: Content) -> None:
        del it["title"]
        it["version"] = "one"

    assert spoiled(spoil) == [
        "mine.yaml: version: must be a whole number, not 'one'",
        "mine.yaml: title: is missing",
    ]
