"""How long packets wait for an answer, and how many are taken at first; of groups, never of people.

Pure. Times are working minutes of whoever receives; the caller counts them, with pauses left out.
A handoff that was offered again counts its last offer; that it came back before stays known.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LEAST_INITIATIVES = 3
_LEAST_EVENTS = 5
_OPEN_SHARE = 0.2
_TAKEN = ("accepted", "accepted_with_conditions")


@dataclass(frozen=True, slots=True)
class Waited:
    """An offer: its initiative and state, how long it waited so far, how often it came back."""

    initiative: str
    state: str
    minutes: int
    returned_before: int = 0


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Figures of a group of handoffs; shares are from 0 to 1, None where nothing was answered.

    With `at_least`, more than a fifth still waits, so the times can only grow. Withdrawn ones
    count nowhere else.
    """

    median_minutes: int
    ninetieth_minutes: int
    at_least: bool
    first_time: float | None
    with_conditions: float | None
    answered: int
    waiting: int
    withdrawn: int


def acceptance(offers: Iterable[Waited]) -> Acceptance | None:
    """Return the figures, or None where they would say something of single people: too few."""
    rows = list(offers)
    counted = [row for row in rows if row.state not in {"withdrawn", "draft"}]
    initiatives = {row.initiative for row in counted}
    if not counted or (len(initiatives) < _LEAST_INITIATIVES and len(counted) < _LEAST_EVENTS):
        return None
    waiting = [row for row in counted if row.state == "offered"]
    answered = [row for row in counted if row.state != "offered" or row.returned_before]
    taken = [row for row in answered if row.state in _TAKEN]
    at_first = sum(not row.returned_before for row in taken)
    conditions = sum(row.state == "accepted_with_conditions" for row in taken)
    minutes = sorted(row.minutes for row in counted)
    return Acceptance(
        _rank(minutes, 0.5),
        _rank(minutes, 0.9),
        len(waiting) > _OPEN_SHARE * len(counted),
        at_first / len(answered) if answered else None,
        conditions / len(taken) if taken else None,
        len(answered),
        len(waiting),
        sum(row.state == "withdrawn" for row in rows),
    )


def _rank(ordered: Sequence[int], share: float) -> int:
    """Return the smallest value that at least this share of them does not exceed."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
