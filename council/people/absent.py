"""How absences stand: plain facts for cards, and who is asked to stand in."""

from dataclasses import dataclass
from datetime import date, timedelta

from council import calendar
from council.desk import Desk
from council.errors import Conflict, NotFound
from council.people.member import Member, members
from council.tables import Absence

ASKED, ACCEPTED, DECLINED = "asked", "accepted", "declined"
_LETTER = "A"


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """How an absence stands; `state` is `planned`, `running` or `over`.

    Days are those of whoever is away, on their own calendar; both are included.
    `deputy_state` is empty while nobody was asked, else `asked`, `accepted` or `declined`.
    """

    id: str
    key: str
    member: Member
    first: date
    last: date | None
    state: str
    deputy: Member | None
    deputy_state: str
    note: str
    line: str
    entered_by: Member | None


def absence(desk: Desk, key: str) -> AbsenceView:
    """Return how the absence of this key stands; raises NotFound."""
    return describe(desk, row_of(desk, key))


def my_absences(desk: Desk, person_id: str) -> tuple[AbsenceView, ...]:
    """Return what is planned or running for a person, the earliest first."""
    return tuple(describe(desk, row) for row in desk.books.absences.live_of(person_id))


def deputy_is_away(desk: Desk, absence_id: str) -> AbsenceView | None:
    """Return the absence of the deputy's own that takes some of the same days, if one does."""
    row = desk.books.absences.by_id(absence_id)
    if row is None or not row.deputy_id or row.ended_at is not None:
        return None
    for own in desk.books.absences.live_of(row.deputy_id):
        begins = row.ends_at is None or own.starts_at < row.ends_at
        if begins and (own.ends_at is None or row.starts_at < own.ends_at):
            return describe(desk, own)
    return None


def who_is_away(desk: Desk, limit: int = 30) -> tuple[AbsenceView, ...]:
    """Return who is away now, whoever comes back first at the top."""
    return tuple(describe(desk, row) for row in desk.books.absences.running(desk.now(), limit))


def asked_to_stand_in(desk: Desk, person_id: str) -> tuple[AbsenceView, ...]:
    """Return the absences for which a person was asked to stand in and has not answered."""
    rows = desk.books.absences.live_for(person_id, [ASKED])
    return tuple(describe(desk, row) for row in rows)


def describe(desk: Desk, row: Absence) -> AbsenceView:
    """Return how an absence stands now."""
    found = {one.id: one for one in members(desk, filter(None, (row.person_id, row.deputy_id)))}
    entered = members(desk, [row.created_by]) if row.created_by != row.person_id else ()
    zone = calendar.zone(found[row.person_id].timezone)
    last = (row.ends_at - timedelta(seconds=1)).astimezone(zone).date() if row.ends_at else None
    state = "planned" if desk.now() < row.starts_at else "running"
    return AbsenceView(
        row.id,
        key_of(row),
        found[row.person_id],
        row.starts_at.astimezone(zone).date(),
        last,
        "over" if row.ended_at else state,
        found.get(row.deputy_id),
        row.deputy_state,
        row.note,
        row.line,
        entered[0] if entered else None,
    )


def live(desk: Desk, key: str) -> Absence:
    """Return the absence of this key; raises NotFound, or Conflict (`over`)."""
    row = row_of(desk, key)
    if row.ended_at is not None:
        raise Conflict(key, "over")
    return row


def row_of(desk: Desk, key: str) -> Absence:
    """Return the absence of this key; raises NotFound."""
    letter, _, number = key.upper().partition("-")
    known = letter == _LETTER and number.isdecimal()
    row = desk.books.absences.by_number(int(number)) if known else None
    if row is None:
        raise NotFound("absence", key)
    return row


def key_of(row: Absence) -> str:
    """Return `A-1`."""
    return f"{_LETTER}-{row.number}"


def subject_of(row: Absence) -> str:
    """Return the absence as notices and the ledger name it."""
    return f"absence:{row.id}"
