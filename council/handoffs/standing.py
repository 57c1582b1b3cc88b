"""What is still open about handoffs, and for whom it waits."""

from collections.abc import Collection

from council import people
from council.desk import Desk
from council.handoffs.finding import condition_key, handoff_key
from council.handoffs.parties import Parties, named, parties, persons
from council.handoffs.stays import is_present
from council.store.handoffs import TAKEN, UNANSWERED
from council.tables import Handoff, HandoffCondition, Initiative
from council.waits import Missing, Waiting

_MOST = 200  # no question reads more at once


def missing(desk: Desk, initiative: Initiative, definition_id: str) -> tuple[Missing, ...]:
    """Return what a handoff of this definition still lacks in the present stay in the phase.

    Nothing, once it was accepted during this stay, and the conditions are closed of every packet
    that was: a newer one does not do away with what was asked for before.
    """
    visit = desk.books.moves.current_visit_number(initiative.id)
    if taken(desk, initiative, definition_id, {visit}) is not None:
        return tuple(
            Missing(
                "condition",
                condition_key(row, condition),
                condition.text,
                people=people.members(desk, [condition.owner_id]),
            )
            for row, condition in desk.books.handoffs.open_conditions(initiative.id)
            if row.definition == definition_id and row.visit == visit
        )
    who = parties(desk, initiative, definition_id)
    row = on_its_way(desk, initiative, definition_id)
    asked = who.receivers if row is not None and row.state == "offered" else who.givers
    key = handoff_key(row.number) if row is not None else definition_id
    return (Missing("handoff", key, named(who.definition), people=persons(asked)),)


def taken(
    desk: Desk, initiative: Initiative, definition_id: str, visits: Collection[int]
) -> Handoff | None:
    """Return the newest packet of a definition that was accepted during these stays, if any."""
    rows = desk.books.handoffs.of(initiative.id, definition_id)
    return next((row for row in rows if row.state in TAKEN and row.visit in visits), None)


def on_its_way(desk: Desk, initiative: Initiative, definition_id: str) -> Handoff | None:
    """Return the packet of a definition that is put together, offered or given back, if any."""
    rows = desk.books.handoffs.of(initiative.id, definition_id)
    return next((row for row in rows if row.state in UNANSWERED), None)


def waiting(desk: Desk, initiative: Initiative) -> tuple[Waiting, ...]:
    """Return everybody for whom a handoff of this initiative waits, and for what."""
    rows = desk.books.handoffs.unanswered([initiative.id])
    found = [_of(initiative, row, parties(desk, initiative, row.definition)) for row in rows]
    open_ones = desk.books.handoffs.open_conditions(initiative.id)
    owned = (
        _owned(desk, initiative, row, each) for row, each in open_ones if is_present(desk, row)
    )
    return (*found, *owned)


def open_of(desk: Desk, person_id: str) -> tuple[Waiting, ...]:
    """Return what waits for one person, on whatever initiative: to answer, to fill in, to close."""
    rows = _around(desk, person_id)
    places = desk.books.initiatives.by_ids(row.initiative_id for row in rows)
    found = [
        each
        for row in rows
        if (place := places.get(row.initiative_id))
        for each in [_of(place, row, parties(desk, place, row.definition))]
        if any(person.id == person_id for person in each.people)
    ]
    owned = desk.books.handoffs.open_conditions(owner_id=person_id)
    where = desk.books.initiatives.by_ids(row.initiative_id for row, _ in owned)
    found += [
        _owned(desk, where[row.initiative_id], row, each)
        for row, each in owned
        # else it is private to others, or nobody waits for it any more
        if row.initiative_id in where and is_present(desk, row)
    ]
    return tuple(found)


def held_up(desk: Desk, person_id: str) -> tuple[Waiting, ...]:
    """Return what a person handed over that waits for others: for an answer, or on a condition."""
    offers = desk.books.handoffs.offered_by(person_id)
    owned = desk.books.handoffs.open_conditions(giver_id=person_id)
    ids = (row.initiative_id for row in (*offers, *(row for row, _ in owned)))
    where = desk.books.initiatives.by_ids(ids)
    found = [
        _of(where[row.initiative_id], row, parties(desk, where[row.initiative_id], row.definition))
        for row in offers
        if row.initiative_id in where
    ]
    found += [
        _owned(desk, where[row.initiative_id], row, each)
        for row, each in owned
        if row.initiative_id in where and is_present(desk, row)
    ]
    others = (each for each in found if all(one.id != person_id for one in each.people))
    return tuple(others)


def _around(desk: Desk, person_id: str) -> list[Handoff]:
    """Return what is open where a person may act; a council lead stands in anywhere."""
    if people.is_lead(desk, person_id):
        return desk.books.handoffs.all_unanswered(_MOST)
    return desk.books.handoffs.unanswered({one.id for one, _ in people.parts_of(desk, person_id)})


def _of(initiative: Initiative, row: Handoff, who: Parties) -> Waiting:
    key, what = handoff_key(row.number), named(who.definition)
    if row.state == "offered":
        people_asked = persons(who.receivers)
        return Waiting("answer_handoff", key, initiative.key, what, people_asked, row.accept_by)
    due = row.next_offer if row.state == "returned" else None
    return Waiting("fill_handoff", key, initiative.key, what, persons(who.givers), due)


def _owned(
    desk: Desk, initiative: Initiative, row: Handoff, condition: HandoffCondition
) -> Waiting:
    owner = people.members(desk, [condition.owner_id])
    key = condition_key(row, condition)
    return Waiting("close_condition", key, initiative.key, condition.text, owner)
