"""What a playbook says about a signal: how bad it is, who is called, and by when."""

from math import isfinite
from typing import Literal

from council.playbook.names import UnknownName, nearest, plain
from council.playbook.parts import Route
from council.playbook.policy import Band, ClockRule, Severity
from council.playbook.types import Playbook

_WORSE: dict[str, Literal["higher", "lower"]] = {
    "gt": "higher",
    "ge": "higher",
    "lt": "lower",
    "le": "lower",
}


def route(playbook: Playbook, signal_class: str) -> Route:
    """Return who is notified, huddles, decides and is informed; raises UnknownName."""
    found = playbook.routes.get(signal_class)
    if found is None:
        raise UnknownName("signal class", signal_class, nearest(signal_class, playbook.routes))
    return found


def band_for(
    playbook: Playbook, metric_name: str, value: float | None, comparison: str = "gt"
) -> Band | None:
    """Return the band that a value is in; None if the playbook cannot tell.

    It cannot tell without a finite value, for a metric of which it knows no limits, or when the
    sender's comparison says that the other direction is the bad one (`psi < 0.1` is something
    else than the psi that the playbook knows).
    """
    limits = playbook.limits.get(plain(metric_name))
    if limits is None or value is None or not isfinite(value):
        return None
    if _WORSE.get(comparison, limits.worse) != limits.worse or comparison == "outside":
        return None
    sign = 1 if limits.worse == "higher" else -1
    if sign * value >= sign * limits.act:
        return Band.ACT
    return Band.WATCH if sign * value >= sign * limits.watch else Band.NONE


def enough_evidence(playbook: Playbook, n_reference: int | None, n_current: int | None) -> bool:
    """Whether a signal rests on enough samples; sample counts that are absent are no objection."""
    least = playbook.evidence.min_samples_per_side
    return all(count is None or count >= least for count in (n_reference, n_current))


def severity_for(playbook: Playbook, band: Band, tier: int, signal_class: str) -> Severity:
    """Return the severity of a signal in the band watch or act; raises UnknownName."""
    found = playbook.severities.get((band, tier, signal_class))
    if found is None:
        raise UnknownName("severity", f"{band}, tier {tier}, {signal_class}")
    return found


def clock_for(playbook: Playbook, severity: str) -> ClockRule:
    """Return by when a case of this severity is answered and decided, and who hears otherwise."""
    return playbook.clocks[Severity(severity)]
