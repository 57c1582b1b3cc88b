"""Somebody leaves for good: what they held ends, what is open goes to somebody or is said open."""

from dataclasses import dataclass

from council import agenda, initiatives, ledger, outbox, people
from council.cases.actions import give_up
from council.cases.routing import ASKED, HANDED, NOT_ME
from council.cases.views import case_key
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.following import around
from council.huddles.lastword import hand_over
from council.huddles.seats import seats
from council.leaving.open import open_with
from council.notices import Assigned, Inherited
from council.tables import Assignment, Case, Initiative, Person
from council.waits import Waiting

# A huddle in which one person has the last word.
LEAD = "lead"
_CLOCKS = ("person.summary", "person.moved")


@dataclass(frozen=True, slots=True)
class Left:
    """Who left; `moved` and `gaps` are (initiative's key, role's name), `open` is what was open."""

    handle: str
    to: str
    moved: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, str], ...]
    open: tuple[Waiting, ...]


def leave(desk: Desk, actor: str, handle: str, to: str = "") -> Left:
    """End everything that somebody holds; with `to`, that person takes it on.

    Whoever left can do nothing any more and is told nothing. Raises NotFound, Conflict (`gone`)
    for somebody who left before, Invalid if `to` is the same person.
    """
    person = people.find_anybody(desk, handle)
    if person.left_at is not None:
        raise Conflict(f"@{person.handle}", "gone")
    heir = people.find(desk, to) if to else None
    if heir is not None and heir.id == person.id:
        raise Invalid("to", to, "same_person")
    opened = open_with(desk, person.id)
    reopened = _ask_others(desk, person) if heir is None else ()
    with around.follows(desk, actor, person.id) as told:
        _pass_on_cases(desk, actor, person, heir)
        _pass_on_conditions(desk, actor, person, heir)
        _pass_on_decisions(desk, actor, person, heir)
        moved, gaps = _pass_on_roles(desk, actor, person, heir)
        for case_id in reopened:  # they hold no role any more, and never said so
            desk.books.cases.take_back(case_id, person.id, NOT_ME)
        people.end_absences(desk, actor, person.id)
        for kind in _CLOCKS:
            agenda.cancel(desk, kind, [person.id])
        person.left_at, person.is_lead = desk.now(), False
        desk.books.add(person)
        if heir is not None and opened:
            told.add(heir.id)
            keys = tuple(each.key for each in opened)
            outbox.put(desk, [(f"person:{heir.id}", Inherited(person.id, heir.id, keys))])
    facts = {"to": heir.id if heir else "", "roles": len(moved) + len(gaps), "state": "left"}
    ledger.append(desk, [ledger.Entry("person.left", actor, f"person:{person.id}", facts)])
    return Left(person.handle, heir.handle if heir else "", moved, gaps, opened)


def _ask_others(desk: Desk, person: Person) -> tuple[str, ...]:
    """Let what they had in hand be open again, and ask whoever is called; return which it is."""
    found = desk.books.cases.in_hands_of(person.id)
    for case in found:
        give_up(desk, person.id, case_key(case.number))
    return tuple(case.id for case in found)


def _pass_on_cases(desk: Desk, actor: str, person: Person, heir: Person | None) -> None:
    """Ask them no more; what they still have in hand goes to the heir."""
    for case in desk.books.cases.asked_of(person.id):
        desk.books.cases.take_back(case.id, person.id, ASKED)
    for case in desk.books.cases.in_hands_of(person.id):
        if heir is not None:
            _hand_over(desk, actor, case, heir)


def _hand_over(desk: Desk, actor: str, case: Case, heir: Person) -> None:
    case.acknowledged_by = heir.id
    desk.books.add(case)
    desk.books.cases.answer(case.id, heir.id, HANDED, desk.now())
    facts = {"initiative": case.initiative_id, "person": heir.id, "state": case.status}
    ledger.append(desk, [ledger.Entry("case.handed_over", actor, f"case:{case.id}", facts)])


def _pass_on_conditions(desk: Desk, actor: str, person: Person, heir: Person | None) -> None:
    """Conditions that they own need an owner: the heir, else who leads the council."""
    leads = [one.id for one in people.acting_leads(desk) if one.id != person.id]
    owner = heir.id if heir else next(iter(leads), "")
    if not owner:
        return
    for handoff, condition in desk.books.handoffs.open_conditions(owner_id=person.id):
        condition.owner_id = owner
        desk.books.add(condition)
        facts = {
            "initiative": handoff.initiative_id,
            "number": condition.number,
            "owner": owner,
            "state": "open",
        }
        entry = ledger.Entry("condition.handed_over", actor, f"handoff:{handoff.id}", facts)
        ledger.append(desk, [entry])


def _pass_on_decisions(desk: Desk, actor: str, person: Person, heir: Person | None) -> None:
    """Let the heir carry out what was theirs to do; else it falls to whoever decided it."""
    if heir is None:
        return
    for row in desk.books.huddles.to_do_of(person.id):
        row.owner_id = heir.id
        desk.books.add(row)
        facts = {"initiative": row.initiative_id, "owner": heir.id}
        entry = ledger.Entry("decision.handed_over", actor, f"decision:{row.id}", facts)
        ledger.append(desk, [entry])


def _pass_on_roles(
    desk: Desk, actor: str, person: Person, heir: Person | None
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """End every assignment; return those that the heir has now, and those that nobody has."""
    moved, gaps = [], []
    for initiative, role in desk.books.initiatives.roles_of(person.id):
        row = desk.books.initiatives.live(initiative.id, role, person.id)
        if row is None:
            continue
        row.until = desk.now()
        desk.books.add(row)
        _note(desk, actor, initiative, row)
        name = initiatives.playbook_of(desk, initiative).role(role).name
        if heir is not None:
            _assign(desk, actor, initiative, role, heir)
            moved.append((initiative.key, name))
        elif not people.roster(desk, initiative).holders(role):
            gaps.append((initiative.key, name))
        if initiative.decision_lead == person.id:
            _pass_on_last_word(desk, actor, initiative, heir)
        _ask_somebody_else(desk, initiative, person)
    return tuple(moved), tuple(gaps)


def _pass_on_last_word(desk: Desk, actor: str, initiative: Initiative, heir: Person | None) -> None:
    """Let the heir have the last word where deciders differ; else whoever leads the phase."""
    initiative.decision_lead = heir.id if heir else ""
    desk.books.add(initiative)
    facts = {"initiative": initiative.id, "state": initiative.state}
    facts["decision_lead"] = initiative.decision_lead
    subject = f"initiative:{initiative.id}"
    ledger.append(desk, [ledger.Entry("initiative.edited", actor, subject, facts)])


def _ask_somebody_else(desk: Desk, initiative: Initiative, person: Person) -> None:
    """Ask whoever has the last word now, where it was theirs to say."""
    for huddle in desk.books.huddles.open_of(initiative.id):
        if huddle.stage == LEAD and huddle.lead_id == person.id:
            at = seats(desk, initiative, huddle.signal_class)
            hand_over(desk, huddle, initiative, at)


def _assign(desk: Desk, actor: str, initiative: Initiative, role: str, heir: Person) -> None:
    if desk.books.initiatives.live(initiative.id, role, heir.id) is not None:
        return
    row = Assignment(
        id=desk.ids.new(),
        council_id=desk.council_id,
        initiative_id=initiative.id,
        person_id=heir.id,
        role=role,
        since=desk.now(),
    )
    desk.books.add(row)
    _note(desk, actor, initiative, row)
    outbox.put(desk, [(f"person:{heir.id}", Assigned(row.id))])


def _note(desk: Desk, actor: str, initiative: Initiative, row: Assignment) -> None:
    kind = "assignment.ended" if row.until else "assignment.made"
    facts = {"initiative": initiative.id, "role": row.role, "person": row.person_id}
    ledger.append(desk, [ledger.Entry(kind, actor, f"initiative:{initiative.id}", facts)])
