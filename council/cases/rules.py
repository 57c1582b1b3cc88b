"""Judge one signal: a pure verdict with an enumerated reason.

The times decide, not the order of arrival: deliveries get lost, repeated and reordered. A
condition holds while its latest known firing began after its latest known end.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from council.playbook import Band
from council.signal import Loudness, Signal, Status, key_of

__all__ = ["Band", "Before", "Reason", "Verdict", "assess", "band_by_loudness", "transition_key"]

FIRING = "firing"
RESOLVED = "resolved"


class Reason(StrEnum):
    """Why a signal had the effect that it had."""

    FIRST = "first"
    WORSE = "worse"
    REPEATED = "repeated"
    LOW_EVIDENCE = "low_evidence"
    RECOVERED = "recovered"
    OUT_OF_ORDER = "out_of_order"


@dataclass(frozen=True, slots=True)
class Before:
    """What was known of a condition; `ended_at` is the latest end while it does not hold."""

    state: str
    started_at: datetime
    ended_at: datetime | None
    band: Band
    low_evidence: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reason, and the condition's state afterwards."""

    reason: Reason
    state: str
    started_at: datetime
    ended_at: datetime | None


def assess(
    signal: Signal,
    before: Before | None,
    *,
    band: Band,
    low_evidence: bool,
    severity: str,
    open_severity: str | None,
) -> Verdict:
    """Judge a transition that was not accepted before.

    `severity` is what the signal calls for, `open_severity` that of the open case, if there is
    one; S1 is the worst. A condition that holds on in a case that people closed opens a new one
    only when it gets worse or fires anew.
    """
    if signal.status is Status.RESOLVED:
        return _ended(signal, before)
    begin = signal.started_at
    if before is not None and not _newest(begin, before):
        return Verdict(Reason.OUT_OF_ORDER, before.state, before.started_at, before.ended_at)
    if low_evidence:
        reason = Reason.LOW_EVIDENCE
    elif open_severity is None:
        reason = Reason.REPEATED if _closed_by_people(begin, before, band) else Reason.FIRST
    elif severity < open_severity:
        reason = Reason.WORSE
    else:
        reason = Reason.REPEATED
    return Verdict(reason, FIRING, begin, None)


def _newest(begin: datetime, before: Before) -> bool:
    if before.state == FIRING:
        return begin >= before.started_at
    return before.ended_at is None or begin > before.ended_at


def _closed_by_people(begin: datetime, before: Before | None, band: Band) -> bool:
    return (
        before is not None
        and before.state == FIRING
        and begin == before.started_at
        and not before.low_evidence
        and not (band is Band.ACT and before.band is Band.WATCH)
    )


def _ended(signal: Signal, before: Before | None) -> Verdict:
    end = signal.ended_at or signal.observed_at
    if before is None:
        return Verdict(Reason.RECOVERED, RESOLVED, signal.started_at, end)
    if before.state == FIRING:
        # An alert whose start the sender corrected afterwards ends the episode all the same:
        # only an end from before this firing belongs to an older one.
        if end < before.started_at:
            return Verdict(Reason.OUT_OF_ORDER, FIRING, before.started_at, None)
        return Verdict(Reason.RECOVERED, RESOLVED, before.started_at, end)
    latest = max(end, before.ended_at or end)
    return Verdict(Reason.OUT_OF_ORDER, RESOLVED, before.started_at, latest)


def band_by_loudness(loudness: Loudness) -> Band:
    """Return the band that the sender's severity stands for, where the playbook knows none."""
    return Band.ACT if loudness in {Loudness.CRITICAL, Loudness.ERROR} else Band.WATCH


def transition_key(signal: Signal, band: Band, *, low_evidence: bool) -> str:
    """Return which transition this is: the same one, said again, has no effect.

    Band and evidence belong to it: a condition that crosses from watch to act within one firing
    is news, and so is one whose sample has grown large enough.
    """
    return key_of(
        signal.condition_key, signal.episode, signal.status, band, "low" if low_evidence else ""
    )
