"""Being away, with everything open following: whoever stands in is asked, and who is back again."""

from council import people
from council.desk import Desk
from council.following.around import Around, around, follow_all, follows
from council.following.follow import COUNCIL
from council.people import AbsenceView, Plan
from council.tables import Absence

LIST = people.LIST


def plan(desk: Desk, actor: str, wanted: Plan) -> AbsenceView:
    """Note that somebody will be away (see `people.plan`); it may begin at once."""
    meant = wanted.who and wanted.who != "me"
    with follows(desk, actor, people.find(desk, wanted.who).id if meant else actor):
        return people.plan(desk, actor, wanted)


def name_deputy(desk: Desk, actor: str, key: str, handle: str) -> AbsenceView:
    """Ask somebody to stand in (see `people.name_deputy`); whoever did so far does not any more."""
    with follows(desk, actor, _who(desk, key)):
        return people.name_deputy(desk, actor, key, handle)


def stand_in(desk: Desk, actor: str, key: str) -> AbsenceView:
    """Say yes to standing in; if it runs already, what is open comes to them now."""
    with follows(desk, actor, _who(desk, key)):
        return people.stand_in(desk, actor, key)


def refuse(desk: Desk, actor: str, key: str, line: str) -> AbsenceView:
    """Say no to standing in, also after a yes; what came to them goes on to the council lead."""
    with follows(desk, actor, _who(desk, key)):
        return people.refuse(desk, actor, key, line)


def back(desk: Desk, actor: str, handle: str = "", key: str = "") -> AbsenceView:
    """End an absence (see `people.back`): what was asked of others meanwhile is theirs again."""
    person = people.find(desk, handle).id if handle and handle != "me" else actor
    person = _who(desk, key) if key else person
    with follows(desk, actor, person) as told:
        found = people.back(desk, actor, handle, key)
        told.update(people.told_of_return(desk, found.id, actor))
        return found


def change(desk: Desk, actor: str, key: str, wanted: Plan) -> AbsenceView:
    """Let an absence have other days (see `people.change`)."""
    with follows(desk, actor, _who(desk, key)):
        return people.change(desk, actor, key, wanted)


def begin_due(desk: Desk, absence_id: str, period: str = "") -> None:
    """When an absence begins: what is open goes to the deputy, who gets a list of it at work.

    Called by the agenda, a second time (`LIST`) if only the list is still to come.
    """
    row = desk.books.absences.by_id(absence_id)
    if row is None or row.ended_at is not None:
        return
    if period != LIST:
        with desk.books.absences.as_if_here(row.person_id):
            before = around(desk, row.person_id)
        told = [row.deputy_id] if row.deputy_state == people.ACCEPTED else []
        follow_all(desk, COUNCIL, before, told)
    people.begin_due(desk, absence_id, period)


def end_due(desk: Desk, absence_id: str, period: str = "") -> None:
    """When the last day is over: routing returns, and what is open with it."""
    row = desk.books.absences.by_id(absence_id)
    if row is None:
        return
    before = [] if row.ended_at else _as_if_away(desk, row)
    people.end_due(desk, absence_id, period)
    follow_all(desk, COUNCIL, before, people.told_of_return(desk, row.id, COUNCIL))


def _as_if_away(desk: Desk, row: Absence) -> Around:
    """Return what is open around somebody as it was until now, when their absence is over."""
    deputy = row.deputy_id if row.deputy_state == people.ACCEPTED else ""
    with desk.books.absences.as_if(row.person_id, [(row.starts_at, None, deputy)]):
        return around(desk, row.person_id)


def _who(desk: Desk, key: str) -> str:
    return people.absence(desk, key).member.id
