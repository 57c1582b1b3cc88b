"""How long packets usually wait for an answer: a figure of the council, never of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median_low

from council.desk import Desk

_LEAST_EVENTS = 5
# A figure about a group says nothing about any one of fewer.
_LEAST_PEOPLE = 3
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Waited:
    """An offer that was answered: by whom, and after how many of their working minutes."""

    person: str
    minutes: int


def usual(desk: Desk) -> int | None:
    """Return after how many working minutes packets of this council are usually answered.

    None while too few are, or too few people answered them. What is private does not count.
    """
    return median_wait(
        Waited(person, minutes) for person, minutes in desk.books.handoffs.waits(_LOOKED_AT)
    )


def median_wait(offers: Iterable[Waited]) -> int | None:
    """Return the median, or None where it would say something of single people."""
    rows = list(offers)
    people = {each.person for each in rows}
    if len(rows) < _LEAST_EVENTS or len(people) < _LEAST_PEOPLE:
        return None
    return median_low(each.minutes for each in rows)
