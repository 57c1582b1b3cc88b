"""Being away: planned, stood in for, ended; the deputy is asked, and what follows is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from council import agenda, calendar, ledger, outbox
from council.desk import Desk
from council.errors import Conflict, Invalid, NotAllowed
from council.notices import AbsenceCard, AbsenceReply, Audience, Notice
from council.people.absence_days import ASK, BEGIN, END, LIST, moments, set_clocks, taken
from council.people.absent import (
    ACCEPTED,
    ASKED,
    DECLINED,
    AbsenceView,
    describe,
    key_of,
    live,
    subject_of,
)
from council.people.hours import hours_of
from council.people.known import find
from council.people.member import is_lead, leads, members
from council.tables import Absence

# Why a reply goes to whoever is here again: something waits for them.
BACK = "back"
# The last day of an absence without one.
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Plan:
    """An absence as somebody says it: first and last day (None: open) of `who` (empty: mine)."""

    first: date
    last: date | None = None
    who: str = ""
    deputy: str = ""
    note: str = ""


def today(desk: Desk, handle: str, actor: str) -> date:
    """Return which day it is for whoever is meant: the actor, if no handle is given."""
    return today_of(desk, _meant(desk, actor, handle) if handle else actor)


def today_of(desk: Desk, person_id: str) -> date:
    """Return which day it is for a person."""
    return hours_of(desk, person_id).local(desk.now()).date()


def plan(desk: Desk, actor: str, wanted: Plan) -> AbsenceView:
    """Note that somebody will be away, and ask the deputy.

    Raises NotAllowed unless it is the actor or a council lead enters it, Invalid for days that do
    not fit, Conflict (`away`) where an absence covers some of them already.
    """
    person = _whose(desk, actor, wanted.who)
    deputy = _meant(desk, actor, wanted.deputy) if wanted.deputy else ""
    _require_other(person, deputy, wanted.deputy)
    starts, ends = moments(desk, person, wanted.first, wanted.last)
    _require_free(desk, person, wanted, (starts, ends))
    row = Absence(
        id=desk.ids.new(),
        council_id=desk.council_id,
        number=desk.books.registry.next_number("absence"),
        person_id=person,
        starts_at=starts,
        ends_at=ends,
        created_by=actor,
        created_at=desk.now(),
        note=wanted.note,
    )
    desk.books.add(row)
    facts = {"person": person, "from": starts.isoformat(), "open": ends is None, "state": "planned"}
    texts = {"note": (wanted.note, actor)} if wanted.note else {}
    ledger.append(desk, [ledger.Entry("absence.planned", actor, subject_of(row), facts, texts)])
    set_clocks(desk, row)
    if deputy:
        _ask_deputy(desk, actor, row, deputy)
    if person != actor:
        tell(desk, row)
    return describe(desk, row)


def change(desk: Desk, actor: str, key: str, wanted: Plan) -> AbsenceView:
    """Let an absence have other days; whoever stands in, or was asked to, reads which.

    Raises what `plan` raises, and Conflict (`over`).
    """
    row = live(desk, key)
    if row.person_id != actor:
        _require_lead(desk, actor, "change", key)
    starts, ends = moments(desk, row.person_id, wanted.first, wanted.last)
    _require_free(desk, row.person_id, wanted, (starts, ends), but=row.id)
    row.starts_at, row.ends_at = starts, ends
    desk.books.add(row)
    facts = {"person": row.person_id, "from": starts.isoformat(), "open": ends is None}
    ledger.append(desk, [ledger.Entry("absence.changed", actor, subject_of(row), facts)])
    agenda.cancel(desk, (ASK, BEGIN, END), [row.id])
    set_clocks(desk, row)
    _update(desk, row)
    if row.person_id != actor:
        tell(desk, row)
    return describe(desk, row)


def name_deputy(desk: Desk, actor: str, key: str, handle: str) -> AbsenceView:
    """Ask somebody to stand in; whoever was asked before is told that it is not theirs any more."""
    row = live(desk, key)
    if row.person_id != actor:
        _require_lead(desk, actor, "name a deputy for", key)
    deputy = _meant(desk, actor, handle)
    _require_other(row.person_id, deputy, handle)
    if deputy == row.deputy_id and row.deputy_state in {ASKED, ACCEPTED}:
        raise Conflict(key, row.deputy_state, members(desk, [deputy])[0].handle)
    before, row.deputy_id = row.deputy_id, ""
    desk.books.add(row)
    if before:
        _update(desk, row, before)
    _ask_deputy(desk, actor, row, deputy)
    return describe(desk, row)


def stand_in(desk: Desk, actor: str, key: str) -> AbsenceView:
    """Say yes to standing in for somebody."""
    return _answer(desk, actor, key, ACCEPTED, "")


def refuse(desk: Desk, actor: str, key: str, line: str) -> AbsenceView:
    """Say no to standing in, also after a yes; whoever is away reads why and chooses anew."""
    return _answer(desk, actor, key, DECLINED, line)


def _answer(desk: Desk, actor: str, key: str, state: str, line: str) -> AbsenceView:
    row = live(desk, key)
    if row.deputy_id != actor:
        asked = [one.handle for one in members(desk, [row.deputy_id] if row.deputy_id else [])]
        raise NotAllowed(actor, "answer", key, "being the one who was asked", tuple(asked))
    if row.deputy_state == state:
        raise Conflict(key, "said_already")
    row.deputy_state, row.line = state, line
    desk.books.add(row)
    facts = {"person": row.person_id, "deputy": actor, "state": state}
    texts = {"line": (line, actor)} if line else {}
    ledger.append(desk, [ledger.Entry(f"absence.{state}", actor, subject_of(row), facts, texts)])
    tell(desk, row, "declined" if state == DECLINED else "")
    _update(desk, row, actor)
    return describe(desk, row)


def back(desk: Desk, actor: str, handle: str = "", key: str = "") -> AbsenceView:
    """End the absence that runs, or call off the one that is planned next.

    Raises Conflict (`here`) if there is none.
    """
    if key:
        row = live(desk, key)
        if row.person_id != actor:
            _require_lead(desk, actor, "end", key)
    else:
        person = _whose(desk, actor, handle)
        found = desk.books.absences.live_of(person)
        if not found:
            raise Conflict(handle or "you", "here")
        row = found[0]
    end(desk, row, actor)
    return describe(desk, row)


def end(desk: Desk, row: Absence, actor: str) -> None:
    """End an absence: routing returns, and the cards about it say so."""
    row.ended_at = desk.now()
    desk.books.add(row)
    for kind in (ASK, BEGIN, END):
        agenda.cancel(desk, kind, [row.id])
    facts = {"person": row.person_id, "state": "ended"}
    ledger.append(desk, [ledger.Entry("absence.ended", actor, subject_of(row), facts)])
    _update(desk, row)
    if told_of_return(desk, row.id, actor):
        at = calendar.next_opening(desk.now(), hours_of(desk, row.person_id))
        agenda.schedule(desk, [agenda.Due(END, row.id, at, LIST)])


def told_of_return(desk: Desk, absence_id: str, actor: str) -> list[str]:
    """Return whoever is told what waits for them once they are at work after an absence.

    What a deputy was asked meanwhile is theirs again; whoever ends it themselves knows.
    """
    row = desk.books.absences.by_id(absence_id)
    if row is None or row.deputy_state != ACCEPTED or actor == row.person_id:
        return []
    return [row.person_id] if row.starts_at <= desk.now() else []


def end_absences(desk: Desk, actor: str, person_id: str) -> None:
    """End what is planned or runs for somebody who leaves, and their standing in for others."""
    for row in desk.books.absences.live_of(person_id):
        end(desk, row, actor)
    for row in desk.books.absences.live_for(person_id, [ASKED, ACCEPTED]):
        row.deputy_state, row.line = DECLINED, ""
        desk.books.add(row)
        facts = {"person": row.person_id, "deputy": person_id, "state": DECLINED}
        entry = ledger.Entry("absence.declined", actor, subject_of(row), facts)
        ledger.append(desk, [entry])
        tell(desk, row, "declined")


# ── how ──────────────────────────────────────────────────────────────────────────────────────────


def _whose(desk: Desk, actor: str, handle: str) -> str:
    person = _meant(desk, actor, handle) if handle else actor
    if person != actor:
        _require_lead(desk, actor, "speak for", handle)
    return person


def _meant(desk: Desk, actor: str, handle: str) -> str:
    """Return the id of who is meant by a handle; `me` is whoever says so."""
    return actor if handle == "me" else find(desk, handle).id


def _require_free(
    desk: Desk, person: str, wanted: Plan, days: tuple[datetime, datetime | None], but: str = ""
) -> None:
    """Raise Conflict (`away`), with the days that are wanted, where some are taken already."""
    other = taken(desk, person, days, but)
    if other is not None:
        until = wanted.last.isoformat() if wanted.last else OPEN
        raise Conflict(key_of(other), "away", more=(wanted.first.isoformat(), until))


def _require_lead(desk: Desk, actor: str, deed: str, subject: str) -> None:
    if not is_lead(desk, actor):
        able = tuple(lead.handle for lead in leads(desk))
        raise NotAllowed(actor, deed, subject, "a council lead", able)


def _require_other(person: str, deputy: str, given: str) -> None:
    if person == deputy:
        raise Invalid("deputy", given, "own_deputy")


def _ask_deputy(desk: Desk, actor: str, row: Absence, deputy: str) -> None:
    row.deputy_id, row.deputy_state, row.line = deputy, ASKED, ""
    desk.books.add(row)
    facts = {"person": row.person_id, "deputy": deputy, "state": ASKED}
    ledger.append(desk, [ledger.Entry("absence.deputy_asked", actor, subject_of(row), facts)])
    if deputy == actor:  # a lead who offers to stand in has said yes
        _answer(desk, actor, key_of(row), ACCEPTED, "")
        return
    card = AbsenceCard(row.id, ASKED, Audience.ASKED, {"to": deputy})
    outbox.put(desk, [(f"person:{deputy}", card)])
    if row.person_id != actor:
        tell(desk, row)


def tell(desk: Desk, row: Absence, why: str = "") -> None:
    """Bring the card of whoever is away up to date; say in its thread what they must act on."""
    lane = f"person:{row.person_id}"
    subject = subject_of(row)
    shown = (lane, subject, str(Audience.PERSON)) in desk.books.outbox.told([subject])
    notices: list[tuple[str, Notice]] = [(lane, AbsenceCard(row.id, "told", Audience.PERSON))]
    if shown and why:
        notices.append((lane, AbsenceReply(row.id, why)))
    outbox.put(desk, notices)


def _update(desk: Desk, row: Absence, only: str = "") -> None:
    """Bring the cards on an absence up to date: all, or those that one person has."""
    changes: Mapping[str, str] = {
        Audience.ASKED: ASKED,
        Audience.PERSON: "told",
        Audience.OWNERS: "begun",
    }
    told = sorted(desk.books.outbox.told([subject_of(row)]))
    # When it is over one card of a deputy says so: the list, where there is one.
    lists = {lane for lane, _, audience in told if audience == Audience.OWNERS and row.ended_at}
    outbox.put(
        desk,
        [
            (
                lane,
                AbsenceCard(
                    row.id,
                    changes[audience],
                    Audience(audience),
                    {"to": lane.removeprefix("person:")},
                ),
            )
            for lane, _, audience in told
            if (not only or lane == f"person:{only}")
            and not (lane in lists and audience == Audience.ASKED)
        ],
    )
