"""A signal with what the playbook makes of it, and how both are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from council import initiatives
from council.cases.rules import FIRING, Band, Before, band_by_loudness, transition_key
from council.desk import Desk
from council.playbook import band_for, enough_evidence, severity_for
from council.signal import Signal
from council.store import Routed
from council.tables import Initiative

Row = dict[str, Any]


@dataclass(slots=True)
class Judged:
    """A signal, its initiative (found by model name), band, evidence, severity and key."""

    signal: Signal
    initiative: Initiative | Routed | None
    band: Band
    low: bool
    severity: str
    dedup_key: str


def judge(
    desk: Desk, signals: Sequence[Signal], initiative: Initiative | Routed | None = None
) -> list[Judged]:
    """Return each signal with initiative (found by model name, if not given), band and keys."""
    by_model = (
        {}
        if initiative
        else desk.books.initiatives.by_models(
            {signal.model_name for signal in signals if signal.model_name}
        )
    )
    return [_judge(desk, each, initiative or by_model.get(each.model_name)) for each in signals]


def _judge(desk: Desk, signal: Signal, initiative: Initiative | Routed | None) -> Judged:
    loud = band_by_loudness(signal.loudness)
    if initiative is None:
        key = transition_key(signal, loud, low_evidence=False)
        return Judged(signal, None, loud, False, "", key)
    playbook = initiatives.playbook_of(desk, initiative)
    band = band_for(playbook, signal.metric_name, signal.value, signal.comparison)
    if band is None or band is Band.NONE:
        band = loud
    low = not enough_evidence(playbook, signal.n_reference, signal.n_current)
    severity = str(severity_for(playbook, band, initiative.tier, signal.signal_class))
    key = transition_key(signal, band, low_evidence=low)
    return Judged(signal, initiative, band, low, severity, key)


def evidence(judged: Judged) -> Row:
    """Return what a condition shows of the signal that it was last judged by."""
    signal = judged.signal
    return {
        "band": str(judged.band),
        "low_evidence": judged.low,
        "badness": _badness(signal),
        "model_name": signal.model_name,
        "model_version": signal.model_version,
        "feature": signal.feature,
        "metric_name": signal.metric_name,
        "value": signal.value,
        "threshold": signal.threshold,
        "n_reference": signal.n_reference,
        "n_current": signal.n_current,
        "title": signal.title,
        "links": {link.rel: link.href for link in signal.links},
    }


def facts(signal: Signal) -> Row:
    """Return what is kept of a signal beside the columns that questions ask for."""
    return {
        "rule": signal.rule_name,
        "source": signal.source_system,
        "severity": str(signal.loudness),
        "model_version": signal.model_version,
        "environment": signal.environment,
        "feature": signal.feature,
        "segment": signal.segment,
        "metric": signal.metric_name,
        "value_raw": signal.value_raw,
        "threshold": signal.threshold,
        "threshold_raw": signal.threshold_raw,
        "comparison": signal.comparison,
        "title": signal.title,
        "description": signal.description,
        "labels": dict(signal.labels),
        "links": {link.rel: link.href for link in signal.links},
        "warnings": list(signal.warnings),
        "observed_at": signal.observed_at.isoformat(),
    }


def _badness(signal: Signal) -> float:
    """Return how far beyond the threshold a value is, relative to it; to sort, not to show."""
    if signal.value is None or signal.threshold is None:
        return 0.0
    beyond = signal.value - signal.threshold
    if signal.comparison in {"lt", "le"}:
        beyond = -beyond
    return beyond / max(abs(signal.threshold), 1e-9)


def before_of(condition: Row | None) -> Before | None:
    """Return what was known of a condition."""
    if condition is None:
        return None
    return Before(
        condition["state"],
        condition["started_at"],
        condition["ended_at"],
        Band(condition["band"]),
        condition["low_evidence"],
    )


def counts(condition: Row | None) -> bool:
    """Whether a condition holds its case open: it fires, on enough evidence."""
    return bool(
        condition
        and condition["case_id"]
        and condition["state"] == FIRING
        and not condition["low_evidence"]
    )


def key_of_case(condition: Row | None) -> str | None:
    """Return the key of a condition's case, if it has one."""
    return f"C-{condition['number']}" if condition and condition["number"] else None
