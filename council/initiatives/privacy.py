"""Who sees what: a private initiative exists only for its people and the council leads."""

from collections.abc import Iterator
from contextlib import contextmanager

from council import people
from council.desk import Desk
from council.store import Sight


@contextmanager
def seen_by(desk: Desk, person_id: str) -> Iterator[Desk]:
    """See, within, only what this person may; nobody in particular if `person_id` is empty.

    Commands, completions and the lists of the API run within it. Without it the council itself
    looks, which sees everything: rounds, hooks, the courier and the operator's shell.
    """
    before = desk.books.sights.look(_sight(desk, person_id))
    try:
        yield desk
    finally:
        desk.books.sights.look(before)


def _sight(desk: Desk, person_id: str) -> Sight | None:
    """Return what a person may see; None where that is everything."""
    if person_id and people.is_lead(desk, person_id):
        return None
    parts = desk.books.sights.parts_of(person_id) if person_id else frozenset()
    sight = Sight(person_id, parts)
    return sight if desk.books.sights.hides(sight) else None
