"""What the playbook says about signals."""

from collections.abc import Callable
from typing import Any

import pytest

from council.playbook import (
    NEXT_DIGEST,
    Band,
    Playbook,
    Severity,
    Span,
    UnknownName,
    band_for,
    clock_for,
    enough_evidence,
    route,
    severity_for,
)


def test_drift_calls_the_ml_engineer_and_the_data_scientist(playbook: Playbook) -> None:
    assert route(playbook, "data_drift").notify == ("ml_engineer", "data_scientist")


def test_drift_informs_the_data_engineer_and_the_business_owner(playbook: Playbook) -> None:
    assert route(playbook, "accuracy").inform == ("data_engineer", "business_owner")


def test_cost_is_decided_by_fewer_than_huddle_on_it(playbook: Playbook) -> None:
    found = route(playbook, "cost")
    assert (len(found.huddle), found.decide) == (3, ("ml_engineer", "data_scientist"))


def test_every_signal_class_has_a_route(playbook: Playbook) -> None:
    assert set(playbook.routes) == set(playbook.signal_classes)


def test_an_unknown_class_is_refused_with_the_nearest(playbook: Playbook) -> None:
    with pytest.raises(UnknownName) as caught:
        route(playbook, "data_drft")
    assert caught.value.nearest[0] == "data_drift"


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0.0999, Band.NONE),
        (0.10, Band.WATCH),
        (0.2499, Band.WATCH),
        (0.25, Band.ACT),
        (31, Band.ACT),
        (-1, Band.NONE),
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
    ],
)
def test_a_value_is_in_the_band_whose_limit_it_reaches(
    playbook: Playbook, value: float | None, band: Band | None
) -> None:
    assert band_for(playbook, "psi", value, "gt") is band


@pytest.mark.parametrize("metric", ["PSI", " psi ", "Cost over budget", "latency-p95-over-target"])
def test_a_metric_is_known_however_it_is_spelled(playbook: Playbook, metric: str) -> None:
    assert band_for(playbook, metric, 0.9, "gt") is Band.ACT


@pytest.mark.parametrize("metric", ["", "ks_p_value", "psi_count"])
def test_of_other_metrics_no_band_is_known(playbook: Playbook, metric: str) -> None:
    assert band_for(playbook, metric, 0.9, "gt") is None


@pytest.mark.parametrize("comparison", ["lt", "le", "outside"])
def test_no_band_is_known_when_the_other_direction_is_the_bad_one(
    playbook: Playbook, comparison: str
) -> None:
    assert band_for(playbook, "psi", 0.9, comparison) is None


@pytest.mark.parametrize(
    ("value", "band"), [(0.96, Band.NONE), (0.95, Band.WATCH), (0.9, Band.ACT), (0.1, Band.ACT)]
)
def test_of_some_metrics_lower_is_worse(
    changed: Callable[[Callable[[Any], object]], Playbook], value: float, band: Band
) -> None:
    limits = {"watch": 0.95, "act": 0.9, "worse": "lower", "aliases": ["area under the curve"]}
    playbook = changed(lambda it: it.update(bands={"auc": limits}))
    assert band_for(playbook, "area_under_the_curve", value, "lt") is band


@pytest.mark.parametrize(
    ("band", "tier", "signal_class", "severity"),
    [
        (Band.ACT, 1, "data_drift", "S1"),
        (Band.ACT, 2, "data_drift", "S2"),
        (Band.ACT, 3, "data_drift", "S3"),
        (Band.ACT, 4, "data_drift", "S4"),
        (Band.WATCH, 1, "data_drift", "S3"),
        (Band.WATCH, 2, "data_drift", "S3"),
        (Band.WATCH, 3, "data_drift", "S4"),
        (Band.WATCH, 4, "data_drift", "S4"),
        (Band.ACT, 4, "compliance", "S1"),
        (Band.WATCH, 4, "compliance", "S4"),
        (Band.ACT, 1, "data_quality", "S1"),
        (Band.ACT, 2, "data_quality", "S2"),
    ],
)
def test_severity_comes_from_band_and_tier_but_for_the_overrides(
    playbook: Playbook, band: Band, tier: int, signal_class: str, severity: str
) -> None:
    assert severity_for(playbook, band, tier, signal_class) == severity


def test_the_first_override_that_fits_counts(
    changed: Callable[[Callable[[Any], object]], Playbook],
) -> None:
    rules = [
        {"when": {"signal": "cost", "tier": 1}, "severity": "S4"},
        {"when": {"tier": 1}, "severity": "S2"},
    ]
    playbook = changed(lambda it: it.update(severity={"overrides": rules}))
    found = (severity_for(playbook, Band.ACT, 1, name) for name in ("cost", "service"))
    assert tuple(found) == (Severity.S4, Severity.S2)


def test_below_watch_there_is_no_severity(playbook: Playbook) -> None:
    with pytest.raises(UnknownName):
        severity_for(playbook, Band.NONE, 1, "data_drift")


def test_the_severity_of_stored_facts_is_plain_text(playbook: Playbook) -> None:
    assert type(playbook.severity_of("act", 1, "data_drift")) is str


def test_stored_facts_of_an_unknown_class_have_no_severity(playbook: Playbook) -> None:
    with pytest.raises(UnknownName):
        playbook.severity_of("act", 1, "mood")


def test_the_worst_severity_is_answered_within_half_an_hour_and_pages(playbook: Playbook) -> None:
    clock = clock_for(playbook, "S1")
    assert (clock.acknowledge, clock.page) == (Span(30), True)


def test_the_second_severity_counts_business_hours_and_pages_nobody(playbook: Playbook) -> None:
    clock = clock_for(playbook, Severity.S2)
    assert (clock.acknowledge, clock.page) == (Span(240, business=True), False)


def test_it_escalates_to_the_deputy_then_to_the_council_lead(playbook: Playbook) -> None:
    assert clock_for(playbook, "S1").escalate_to == ("deputy", "council_lead")


def test_the_least_severity_waits_for_the_next_digest(playbook: Playbook) -> None:
    clock = clock_for(playbook, "S4")
    assert (clock.acknowledge, clock.decide, clock.escalate_to) == (None, NEXT_DIGEST, ())


@pytest.mark.parametrize(
    ("reference", "current", "enough"),
    [
        (500, 500, True),
        (499, 9000, False),
        (9000, 499, False),
        (None, None, True),
        (None, 3, False),
    ],
)
def test_evidence_is_enough_when_no_known_side_is_small(
    playbook: Playbook, reference: int | None, current: int | None, *, enough: bool
) -> None:
    assert enough_evidence(playbook, reference, current) is enough
