"""Switch: the initiative follows another playbook from now on, and everybody can see it."""

from collections.abc import Mapping
from typing import Any

from council import changes, following, handoffs, initiatives, ledger, moves, outbox, people
from council.cases.routing import lanes_of_work
from council.desk import Desk
from council.errors import Invalid
from council.moves.going import announce_visit
from council.notices import Notice, Switched, VisitCard
from council.playbook import Playbook, production_phases
from council.store.handoffs import TAKEN, UNANSWERED
from council.switching.matching import goes_on, match_phase
from council.switching.news import SwitchNews, tell
from council.switching.plan import NONE, plan, require_switching
from council.switching.terms import Plan, Wish
from council.tables import Assignment, Checkmark, Duty, Initiative, Visit

SWITCHED = "switched"


def switch(desk: Desk, actor: str, key: str, wish: Wish) -> SwitchNews:
    """Let an initiative follow what was planned; the wish says what each held role becomes.

    Returns how it stands then. Raises what `plan` raises, NotAllowed, Conflict (a version that
    changed after its use), Invalid (`unstated` roles, or `unstated_phase`).
    """
    made = plan(desk, actor, key, wish)
    initiative = initiatives.get(desk, key)
    require_switching(desk, initiative, actor)
    _require_stated(made)
    old = initiatives.playbook_of(desk, initiative)
    new = desk.playbooks.get(made.new.id, made.new.version)
    initiatives.freeze(desk, new)
    _end_what_is_open(desk, actor, initiative, made)
    with following.changes(desk, actor, initiative):
        told = _go_over(desk, actor, initiative, (old, new), made)
    return tell(desk, initiative, told)


def _go_over(
    desk: Desk,
    actor: str,
    initiative: Initiative,
    playbooks: tuple[Playbook, Playbook],
    made: Plan,
) -> Mapping[str, Any]:
    """End one stay, begin the next under the new playbook, and tell; return what was before."""
    old, new = playbooks
    left = moves.visit_of(desk, initiative)
    serving = _serving(old, new, initiative)
    entered = _enter(desk, initiative, new, made, left, serving)
    _keep_marks(desk, initiative, made, (left, entered))
    _keep_handoffs(desk, initiative, (old, new), (left, entered))
    _write(desk, actor, initiative, made, (left, entered))
    # It cannot be taken back, and neither can what the actor did before under the other playbook.
    changes.note(desk, actor, "playbook.switched", f"initiative:{initiative.id}", {})
    changed = _staff(desk, actor, initiative, made)
    told = {
        "playbook": made.old.id,
        "version": made.old.version,
        "phase": made.phase.id,
        "withdrawn": list(made.withdrawn),
    }
    _announce(desk, actor, initiative, told, (entered, changed))
    return told


def _require_stated(made: Plan) -> None:
    if made.phase_unstated:
        raise Invalid("phase", "", "unstated_phase", tuple(each.id for each in made.phases))
    if made.unstated:
        offers = tuple(
            f"{each.role.id}={','.join(to.id for to in each.becomes) or NONE}"
            for each in made.roles
            if each.holders and not each.stated
        )
        raise Invalid("map", ", ".join(made.unstated), "unstated", offers)


def _end_what_is_open(desk: Desk, actor: str, initiative: Initiative, made: Plan) -> None:
    """Withdraw, under the old playbook's words, what the other one does not know."""
    moves.drop(desk, actor, initiative)
    for handoff_id in made.handoff_ids:
        row = desk.books.handoffs.by_id(handoff_id)
        if row is not None:
            handoffs.drop(desk, actor, row)


def _serving(old: Playbook, new: Playbook, initiative: Initiative) -> str:
    """Return the phase there in which a version serves on, if one does besides the present."""
    if not initiative.serving:
        return ""
    if initiative.serving in old.phases:
        found = match_phase(old, new, initiative.serving).targets
        if found:
            return found[0]
    return next((each.id for each in production_phases(new)), "")


def _enter(
    desk: Desk, initiative: Initiative, new: Playbook, made: Plan, left: Visit, serving: str
) -> Visit:
    now = desk.now()
    initiative.playbook_id, initiative.playbook_version = new.id, new.version
    initiative.playbook_digest = new.digest
    initiative.phase, initiative.step = made.phase_to.id, made.step
    initiative.serving = serving
    desk.books.add(initiative)
    left.left_at = now
    desk.books.add(left)
    entered = Visit(
        initiative_id=initiative.id,
        number=left.number + 1,
        council_id=desk.council_id,
        phase=initiative.phase,
        playbook=new.id,
        playbook_version=new.version,
        kind=SWITCHED,
        entered_at=now,
    )
    desk.books.add(entered)
    return entered


def _keep_marks(
    desk: Desk, initiative: Initiative, made: Plan, visits: tuple[Visit, Visit]
) -> None:
    left, entered = visits
    for mark in desk.books.moves.checkmarks(initiative.id, [left.number]):
        if mark.item in made.marks:
            kept = {**mark.model_dump(), "visit": entered.number}
            desk.books.add(Checkmark(**kept))


def _keep_handoffs(
    desk: Desk,
    initiative: Initiative,
    playbooks: tuple[Playbook, Playbook],
    visits: tuple[Visit, Visit],
) -> None:
    """Take along what is under way, and what was accepted in this stay and is the same there."""
    left, entered = visits
    for row in desk.books.handoffs.of(initiative.id):
        counts = row.state in UNANSWERED or (row.state in TAKEN and row.visit == left.number)
        if counts and goes_on(*playbooks, row.definition):
            row.visit = entered.number
            desk.books.add(row)


def _write(
    desk: Desk, actor: str, initiative: Initiative, made: Plan, visits: tuple[Visit, Visit]
) -> None:
    left, entered = visits
    subject = f"initiative:{initiative.id}"
    ended = {"initiative": initiative.id, "phase": left.phase, "visit": left.number}
    facts = {
        "initiative": initiative.id,
        "from_playbook": made.old.id,
        "from_version": made.old.version,
        "playbook": made.new.id,
        "version": made.new.version,
        "digest": initiative.playbook_digest,
        "phase": initiative.phase,
        "step": initiative.step,
        "visit": entered.number,
        "kind": SWITCHED,
        "serving": initiative.serving,
        "state": initiative.state,
        "mapping": made.mapping(),
        "kept": list(made.marks),
        "withdrawn": list(made.withdrawn),
    }
    ledger.append(
        desk,
        [
            ledger.Entry("phase.left", actor, subject, {**ended, "kind": SWITCHED}),
            ledger.Entry("playbook.switched", actor, subject, facts),
        ],
    )


def _staff(desk: Desk, actor: str, initiative: Initiative, made: Plan) -> dict[str, list[str]]:
    """Give everybody their new roles; return the roles before of those who have others now."""
    staff = [(role, person.id) for role, person in desk.books.initiatives.staff(initiative.id)]
    becomes = made.mapping()
    wanted = {(to, person): None for role, person in staff for to in becomes.get(role, ())}
    ended = [pair for pair in staff if pair not in wanted]
    begun = [pair for pair in wanted if pair not in staff]
    entries = []
    for role, person in ended:
        row = desk.books.initiatives.live(initiative.id, role, person)
        if row is not None:
            row.until = desk.now()
            desk.books.add(row)
            entries.append(_entry("assignment.ended", actor, initiative, role, person))
    for role, person in begun:
        desk.books.add(
            Assignment(
                id=desk.ids.new(),
                council_id=desk.council_id,
                initiative_id=initiative.id,
                person_id=person,
                role=role,
                since=desk.now(),
            )
        )
        entries.append(_entry("assignment.made", actor, initiative, role, person))
    _turn_rotas(desk, initiative, becomes)
    ledger.append(desk, entries)
    changed = dict.fromkeys(person for _, person in (*ended, *begun))
    return {person: [role for role, one in staff if one == person] for person in changed}


def _turn_rotas(desk: Desk, initiative: Initiative, becomes: dict[str, list[str]]) -> None:
    """Give rotas that are in a role the roles that it becomes."""
    for role, rota in list(desk.books.absences.on_duty(initiative.id)):
        row = desk.books.absences.duty(initiative.id, role, rota.id)
        targets = becomes.get(role, [])
        if row is not None and role not in targets:
            row.until = desk.now()
            desk.books.add(row)
        for to in targets:
            if to != role and desk.books.absences.duty(initiative.id, to, rota.id) is None:
                desk.books.add(
                    Duty(
                        id=desk.ids.new(),
                        council_id=desk.council_id,
                        initiative_id=initiative.id,
                        rota_id=rota.id,
                        role=to,
                        since=desk.now(),
                    )
                )
    desk.books.absences.forget()


def _entry(kind: str, actor: str, initiative: Initiative, role: str, person: str) -> ledger.Entry:
    facts = {"initiative": initiative.id, "role": role, "person": person}
    return ledger.Entry(kind, actor, f"initiative:{initiative.id}", facts)


def _announce(
    desk: Desk,
    actor: str,
    initiative: Initiative,
    told: Mapping[str, Any],
    what: tuple[Visit, dict[str, list[str]]],
) -> None:
    """Show it where the initiative lives, and tell each once who has another role now."""
    entered, changed = what
    announce_visit(desk, initiative, entered.number - 1, "left")
    for number in (entered.number - 1, entered.number):  # what was taken along reads anew too
        handoffs.stay_ended(desk, initiative, number)
    who = people.roster(desk, initiative)
    leading = who.call(initiatives.playbook_of(desk, initiative).phases[entered.phase].lead)
    others = tuple(each for each in leading if each.member.id != actor)
    where = [lane for lane in lanes_of_work(desk, initiative, others) if lane != outbox.NOBODY]
    theirs = {f"person:{one}": (one, roles) for one, roles in changed.items() if one != actor}
    notices: list[tuple[str, Notice]] = [
        (lane, Switched(initiative.id, entered.number, told))
        for lane in where
        if lane not in theirs  # they read their own part, which says it too
    ]
    notices += [
        (lane, Switched(initiative.id, entered.number, {**told, "roles": roles}, one))
        for lane, (one, roles) in theirs.items()
    ]
    notices += [(lane, VisitCard(initiative.id, entered.number, "entered")) for lane in where]
    outbox.put(desk, notices)
