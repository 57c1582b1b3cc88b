"""Who is away now, and who acts for them: deputies who said yes, along a chain that ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from council.desk import Desk
from council.people.member import Member, members


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away until then (None: open); `deputy` is here and said yes, if anybody did."""

    until: datetime | None
    deputy: Member | None = None


@dataclass(frozen=True, slots=True)
class _Gone:
    until: datetime | None
    deputy_id: str


def away_now(desk: Desk, ids: Iterable[str]) -> Mapping[str, Away]:
    """Return which of these people are away now, and who acts for each.

    A deputy who is away too is stood in for by a deputy of their own; a chain that leads back to
    somebody who is away leads to nobody.
    """
    wanted = set(ids)
    gone = _gone(desk, wanted)
    if not gone:
        return {}
    acting = {each: _end_of_chain(gone, each) for each in wanted & gone.keys()}
    known = {one.id: one for one in members(desk, [one for one in acting.values() if one])}
    return {each: Away(gone[each].until, known.get(deputy)) for each, deputy in acting.items()}


def _gone(desk: Desk, ids: Iterable[str]) -> dict[str, _Gone]:
    """Return who of these is away, and of those who stand in for them, as far as it goes."""
    now = desk.now()
    found: dict[str, _Gone] = {}
    asked: set[str] = set()
    open_ends = set(ids)
    while open_ends:
        asked |= open_ends
        for person, spells in desk.books.absences.spells(open_ends).items():
            running = [
                each for each in spells if each[0] <= now and (each[1] is None or now < each[1])
            ]
            if running:
                ends = [end for _, end, _ in running]
                until = None if None in ends else max(end for end in ends if end)
                deputy = next((who for _, _, who in running if who), "")
                found[person] = _Gone(until, deputy)
        open_ends = {each.deputy_id for each in found.values() if each.deputy_id} - asked
    return found


def _end_of_chain(gone: Mapping[str, _Gone], person_id: str) -> str:
    """Return the first on the chain of deputies who is here; nobody, if it leads in a circle."""
    passed = {person_id}
    at = gone[person_id].deputy_id
    while at in gone:
        if at in passed:
            return ""
        passed.add(at)
        at = gone[at].deputy_id
    return at
