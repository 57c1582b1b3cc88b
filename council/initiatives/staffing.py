"""Put people into the roles of an initiative, and take them out."""

from dataclasses import dataclass

from council import changes, ledger, outbox, people, rights
from council.desk import Desk
from council.errors import Invalid
from council.initiatives.finding import get, playbook_of, require_out
from council.notices import Assigned
from council.people import Member
from council.tables import Assignment, Initiative, Person


@dataclass(frozen=True, slots=True)
class Staffed:
    """An assignment that was made or taken back; `changed` is false if it stood so before."""

    key: str
    name: str
    role_name: str
    member: Member
    removed: bool
    changed: bool
    gap: str = ""


def assign(
    desk: Desk, actor: str, key: str, role: str, handle: str, *, remove: bool = False
) -> Staffed:
    """Put a person into a role, or take them out; the person hears of it from the council.

    Raises NotFound, Invalid (two people of one name), NotAllowed, or the playbook's UnknownName.
    """
    initiative = get(desk, key)
    playbook = playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    rights.require_staffing(initiative, who, actor, playbook.phases[initiative.phase].lead)
    require_out(initiative)
    role_id = playbook.find_role(role)
    if role_id == people.LEAD_ROLE:
        raise Invalid("role", role, "council_wide")
    person = people.find(desk, handle)
    live = desk.books.initiatives.live(initiative.id, role_id, person.id)
    changed = (live is not None) is remove
    if changed:
        row = live or _new_assignment(desk, initiative, role_id, person)
        row.until = desk.now() if remove else None
        desk.books.add(row)
        _announce_staff(desk, actor, initiative, row)
    after = people.roster(desk, initiative)
    return Staffed(
        initiative.key,
        initiative.name,
        playbook.role(role_id).name,
        people.members(desk, [person.id])[0],
        remove,
        changed,
        "" if after.holders(role_id) else playbook.role(role_id).name,
    )


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A rota that was put into a role, or taken out; `given` is how it was named."""

    key: str
    name: str
    role_name: str
    rota: str
    kind: str
    given: str
    removed: bool
    changed: bool


def assign_rota(
    desk: Desk, actor: str, key: str, role: str, given: str, *, remove: bool = False
) -> OnDuty:
    """Put a chat group or a calendar's rota into a role, or take it out.

    Raises as `assign` does, and Invalid (`ical_host`) for a calendar from a host that is not
    allowed.
    """
    initiative = get(desk, key)
    playbook = playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    rights.require_staffing(initiative, who, actor, playbook.phases[initiative.phase].lead)
    require_out(initiative)
    role_id = playbook.find_role(role)
    if role_id == people.LEAD_ROLE:
        raise Invalid("role", role, "council_wide")
    rota = people.take_in(desk, given)
    change = people.take_off_duty if remove else people.put_on_duty
    changed = change(desk, actor, initiative, role_id, rota)
    return OnDuty(
        initiative.key,
        initiative.name,
        playbook.role(role_id).name,
        rota.name,
        rota.kind,
        given,
        remove,
        changed,
    )


def _new_assignment(desk: Desk, initiative: Initiative, role_id: str, person: Person) -> Assignment:
    return Assignment(
        id=desk.ids.new(),
        council_id=desk.council_id,
        initiative_id=initiative.id,
        person_id=person.id,
        role=role_id,
        since=desk.now(),
    )


def _announce_staff(desk: Desk, actor: str, initiative: Initiative, row: Assignment) -> None:
    kind = "assignment.ended" if row.until else "assignment.made"
    facts = {"initiative": initiative.id, "role": row.role, "person": row.person_id}
    ledger.append(desk, [ledger.Entry(kind, actor, f"initiative:{initiative.id}", facts)])
    changes.note(desk, actor, kind, f"initiative:{initiative.id}", {"assignment": row.id})
    if row.person_id != actor:
        card = Assigned(row.id, facts={"ended": row.until is not None})
        outbox.put(desk, [(f"person:{row.person_id}", card)])
