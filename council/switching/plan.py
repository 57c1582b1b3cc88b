"""What would change if an initiative followed another playbook, or another version of its own.

Nothing is written here. Whoever confirms a switch has read this first, and says again what each
role becomes.
"""

from collections.abc import Iterable, Mapping, Sequence

from council import cases, initiatives, people, rights
from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.huddles.finding import huddle_key
from council.people import LEAD_ROLE, Member
from council.playbook import Phase, Playbook, UnknownName, first_step, phases_in_order
from council.playbook.names import plain
from council.switching.differences import NO_DIFFERENCES, differences
from council.switching.matching import (
    NOTHING,
    Match,
    alike,
    asked,
    goes_on,
    match_phase,
    match_roles,
)
from council.switching.terms import Edition, Followed, Named, Plan, RoleChange, Wish
from council.tables import Checkmark, Initiative

NONE = "none"
_AT_REST = ("retired", "archived")
_NOTHING_SAID = (NONE, "nobody")


def followed(desk: Desk, actor: str, key: str) -> Followed:
    """Return which playbook an initiative follows; raises NotFound."""
    initiative = _seen(desk, actor, key)
    playbook = initiatives.playbook_of(desk, initiative)
    able = _able(desk, initiative, playbook)
    newest = {each.id: each for each in desk.playbooks.playbooks}  # in order of their versions
    return Followed(
        initiative.key,
        initiative.name,
        initiative.tier,
        _edition(desk, playbook),
        playbook.phases[initiative.phase].name,
        tuple(each.name for each in phases_in_order(playbook) if not each.terminal),
        able,
        may_switch=any(each.id == actor for each in able),
        others=tuple(
            _edition(desk, each)
            for each in newest.values()
            if each.id != playbook.id or each.version > playbook.version
        ),
    )


def plan(desk: Desk, actor: str, key: str, wish: Wish) -> Plan:
    """Return what a switch would change, for everybody who may see the initiative.

    Raises NotFound, UnknownName (a playbook, role or phase), Conflict (`follows_it`, `retired`,
    `archived`), Invalid (`phase_of_its_kind`: what serves stays in production; `same_phase` between
    versions).
    """
    initiative = _seen(desk, actor, key)
    old = initiatives.playbook_of(desk, initiative)
    new = desk.playbooks.get(wish.playbook or old.id, wish.version)
    if (new.id, new.version) == (old.id, old.version):
        raise Conflict(initiative.key, "follows_it")
    if initiative.state in _AT_REST:
        raise Conflict(initiative.key, initiative.state)
    phase = _phase(old, new, initiative.phase, wish.phase)
    changes = _roles(desk, initiative, (old, new), wish.roles)
    to = new.phases[phase.targets[0]]
    holders = _holders(new, changes)
    held = {role.id for role, _ in holders}
    leaving, withdrawn = _withdrawn(desk, initiative, (old, new))
    able = _able(desk, initiative, old)
    marks = desk.books.moves.checkmarks(initiative.id, [_visit(desk, initiative)])
    phases = tuple(map(_named, alike(new, old.phases[initiative.phase])))
    kept = _kept((old, new), initiative, to, marks)
    return Plan(
        initiative.key,
        initiative.name,
        _edition(desk, old),
        _edition(desk, new),
        _named(old.phases[initiative.phase]),
        _named(to),
        phase.how,
        phases,
        _step(initiative, to),
        changes,
        tuple(Named(role.id, role.name) for role in new.roles.values()),
        holders,
        tuple(new.role(role).name for role in initiatives.needed(to) if role not in held),
        withdrawn,
        len(kept),
        len(marks) - len(kept),
        _open(desk, initiative),
        able,
        any(each.id == actor for each in able),
        tuple(each.role.name for each in changes if each.holders and not each.stated),
        phase_unstated=len(phases) > 1 and phase.how not in {"same", "chosen"},
        differs=differences(old, new, initiative.tier) if old.id == new.id else NO_DIFFERENCES,
        handoff_ids=leaving,
        marks=kept,
    )


def require_switching(desk: Desk, initiative: Initiative, actor: str) -> None:
    """Raise NotAllowed unless the actor leads the council or the present phase."""
    leading = _leading(initiatives.playbook_of(desk, initiative), initiative)
    who = people.roster(desk, initiative)
    rights.require_any(initiative, who, actor, leading, "switch_the_playbook_of")


def _able(desk: Desk, initiative: Initiative, playbook: Playbook) -> tuple[Member, ...]:
    """Return who may switch an initiative now."""
    called = people.roster(desk, initiative).call(_leading(playbook, initiative))
    return tuple(each.member for each in called)


def _open(desk: Desk, initiative: Initiative) -> tuple[str, ...]:
    """Return the keys of what is open and goes on, with the people of the other playbook."""
    cases_ = desk.books.cases.open_of(initiative.id)
    huddles = desk.books.huddles.open_of(initiative.id)
    return (
        *(cases.case_key(each.number) for each in cases_),
        *(huddle_key(each.number) for each in huddles),
    )


def _leading(playbook: Playbook, initiative: Initiative) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*playbook.phases[initiative.phase].lead, LEAD_ROLE)))


def _seen(desk: Desk, actor: str, key: str) -> Initiative:
    initiative = initiatives.get(desk, key)
    if not rights.may_see(initiative, people.roster(desk, initiative), actor):
        raise NotFound("initiative", key)
    return initiative


def _edition(desk: Desk, playbook: Playbook) -> Edition:
    newest = desk.playbooks.get(playbook.id).version
    return Edition(playbook.id, playbook.version, playbook.title, newest)


def _named(part: Phase) -> Named:
    return Named(part.id, part.name)


def _phase(old: Playbook, new: Playbook, phase_id: str, wanted: str) -> Match:
    """Return the phase in which the initiative goes on; one of its kind, so that no way is left."""
    found = match_phase(old, new, phase_id)
    fitting = tuple(each.id for each in alike(new, old.phases[phase_id]))
    if not fitting:
        raise Invalid("phase", phase_id, "no_such_phase_there")
    if not wanted:
        return found
    chosen = new.find_phase(wanted)
    if chosen not in fitting:
        raise Invalid("phase", wanted, "phase_of_its_kind", fitting)
    if old.id == new.id and found.how == "same" and chosen != found.targets[0]:
        raise Invalid("phase", wanted, "same_phase", found.targets)
    return Match((chosen,), "chosen" if found.how != "same" else "same")


def _step(initiative: Initiative, to: Phase) -> str:
    if initiative.phase == to.id and initiative.step in to.steps:
        return initiative.step
    begins = first_step(to)
    return begins.id if begins else ""


def _roles(
    desk: Desk,
    initiative: Initiative,
    playbooks: tuple[Playbook, Playbook],
    wanted: Sequence[tuple[str, tuple[str, ...]]],
) -> tuple[RoleChange, ...]:
    """Return what becomes of each role that is held, or of which somebody said what it becomes."""
    old, new = playbooks
    chosen = _chosen(old, new, wanted)
    held: dict[str, list[str]] = {}
    for held_role, person in desk.books.initiatives.staff(initiative.id):
        held.setdefault(held_role, []).append(person.id)
    rotas = {each for each, _ in desk.books.absences.on_duty(initiative.id)}
    found, changes = match_roles(old, new), []
    for role in old.roles.values():
        if role.id in held or role.id in chosen or role.id in rotas:
            match = chosen.get(role.id) or found.get(role.id, NOTHING)
            # Between versions of one playbook a role that stays needs no word of anybody's.
            stays = old.id == new.id and match.how == "same"
            becomes = tuple(Named(each, new.role(each).name) for each in match.targets)
            changes.append(
                RoleChange(
                    Named(role.id, role.name),
                    people.members(desk, held.get(role.id, ())),
                    becomes,
                    match.how,
                    role.id in chosen or stays,
                )
            )
    return tuple(changes)


def _chosen(
    old: Playbook, new: Playbook, wanted: Iterable[tuple[str, tuple[str, ...]]]
) -> Mapping[str, Match]:
    chosen: dict[str, Match] = {}
    for name, names in wanted:
        role = old.find_role(name)
        targets = [_there(new, each) for each in names if each.casefold() not in _NOTHING_SAID]
        for each in (role, *targets):
            if each == LEAD_ROLE:
                raise Invalid("role", each, "council_wide")
        before = chosen[role].targets if role in chosen else ()
        chosen[role] = Match(tuple(dict.fromkeys((*before, *targets))), "chosen")
    return chosen


def _there(new: Playbook, name: str) -> str:
    """Return the role there that people call so; raises UnknownName, naming `none` too."""
    try:
        return new.find_role(name)
    except UnknownName as error:
        raise UnknownName("role", name, (*error.nearest, NONE)) from None


def _holders(
    new: Playbook, changes: Sequence[RoleChange]
) -> tuple[tuple[Named, tuple[Member, ...]], ...]:
    held: dict[str, dict[str, Member]] = {}
    for change in changes:
        for role in change.becomes:
            held.setdefault(role.id, {}).update((each.id, each) for each in change.holders)
    return tuple(
        (Named(role.id, role.name), tuple(held[role.id].values()))
        for role in new.roles.values()
        if held.get(role.id)
    )


def _withdrawn(
    desk: Desk, initiative: Initiative, playbooks: tuple[Playbook, Playbook]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return ids of open handoffs that cannot go on there; and all keys of what is withdrawn."""
    leaving = [
        each
        for each in desk.books.handoffs.unanswered([initiative.id])
        if not goes_on(*playbooks, each.definition)
    ]
    move = desk.books.moves.proposed(initiative.id)
    keys = ([f"M-{move.number}"] if move else []) + [f"H-{each.number}" for each in leaving]
    return tuple(each.id for each in leaving), tuple(keys)


def _visit(desk: Desk, initiative: Initiative) -> int:
    found = desk.books.moves.last_visit(initiative.id)
    return found.number if found else 1


def _kept(
    playbooks: tuple[Playbook, Playbook],
    initiative: Initiative,
    to: Phase,
    marks: Sequence[Checkmark],
) -> tuple[str, ...]:
    """Return the items, such as `exit:o1`, that are asked there too, so that they stay done."""
    old, new = playbooks
    here = asked(old, initiative.phase, initiative.tier)
    there = asked(new, to.id, initiative.tier)
    return tuple(
        each.item
        for each in marks
        if each.item in there
        and (old.id == new.id or plain(here.get(each.item, "")) == plain(there[each.item]))
    )
