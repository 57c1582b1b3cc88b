"""Everything open around a person: where they have a part, were asked, or lead the council."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from council import people
from council.desk import Desk
from council.following.asked import asked
from council.following.follow import follow, seeing_all
from council.following.terms import Before
from council.tables import Initiative

Around = list[tuple[Initiative, Before]]


def around(desk: Desk, *person_ids: str) -> Around:
    """Return each initiative where a change of these people may change who is asked, as it is."""
    with seeing_all(desk):
        return [(each, asked(desk, each)) for each in _initiatives(desk, person_ids)]


@contextmanager
def follows(desk: Desk, actor: str, *person_ids: str) -> Iterator[set[str]]:
    """Have everything open around these people follow what is changed within.

    Whoever is added to what this gives hears of it otherwise, and is not rung.
    """
    before, told = around(desk, *person_ids), set[str]()
    yield told
    follow_all(desk, actor, before, told)


def follow_all(desk: Desk, actor: str, before: Around, told: Iterable[str] = ()) -> None:
    """Let what is open on these initiatives follow; see `follow`."""
    heard = set(told)
    for initiative, was in before:
        follow(desk, actor, initiative, was, told=heard)


def _initiatives(desk: Desk, person_ids: Iterable[str]) -> list[Initiative]:
    """Return where something is open: where they have a part, or were asked.

    For people who lead the council anywhere, because they stand in wherever nobody else does.
    """
    books = desk.books
    if any(people.is_lead(desk, each) for each in person_ids):
        return _by_key(desk, books.everyday.with_something_open())
    among: set[str] = set()
    for person_id in person_ids:
        among |= {each.id for each, _ in people.parts_of(desk, person_id)}
        among |= {each.initiative_id for each in books.cases.asked_of(person_id)}
        among |= {
            row.initiative_id for row, _ in books.handoffs.open_conditions(owner_id=person_id)
        }
    return _by_key(desk, books.everyday.with_something_open(among))


def _by_key(desk: Desk, ids: Iterable[str]) -> list[Initiative]:
    return sorted(desk.books.initiatives.by_ids(ids).values(), key=lambda each: each.key)
