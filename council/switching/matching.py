"""What a phase and a role of one playbook are in another: by id, by name, by the work; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from council.playbook import (
    Handoff,
    Phase,
    Playbook,
    Role,
    entry_items,
    exit_items,
    phases_in_order,
    production_phases,
    transitions_from,
)
from council.playbook.names import plain
from council.switching.crosswalk import same_work


@dataclass(frozen=True, slots=True)
class Match:
    """What something is in another playbook, and how that was found.

    `how` is `same` (one id), `name` (called alike), `work` (does the same), `lead` (led by the same
    roles), `order` (stands at the same place), `production`, `end`, `chosen`, or empty if nothing
    was found. No target and `chosen` means that it is nothing there.
    """

    targets: tuple[str, ...] = ()
    how: str = ""


NOTHING = Match()


def match_roles(old: Playbook, new: Playbook) -> Mapping[str, Match]:
    """Return for each role of a playbook which roles of another it may be; an offer, no more."""
    return {role.id: _role(old, role, new) for role in old.roles.values()}


def _role(old: Playbook, role: Role, new: Playbook) -> Match:
    if role.id in new.roles:
        return Match((role.id,), "same")
    if found := same_work(old.id, role.id, new.id):
        return Match(found, "work")
    called = _names(role)
    alike = tuple(each.id for each in new.roles.values() if _names(each) & called)
    return Match(alike, "name") if alike else NOTHING


def match_phase(old: Playbook, new: Playbook, phase_id: str) -> Match:
    """Return which phase of another playbook a phase is; what serves in production stays there."""
    phase = old.phases[phase_id]
    like = alike(new, phase)
    same = next((each for each in like if each.id == phase.id), None)
    if same:
        return Match((same.id,), "same")
    called = _names(phase)
    named = next((each for each in like if _names(each) & called), None)
    if named:
        return Match((named.id,), "name")
    if phase.terminal or phase.production:
        how = "end" if phase.terminal else "production"
        return Match((like[0].id,), how) if like else NOTHING
    led = _led_alike(old, phase, new, like)
    if led:
        return Match((led.id,), "lead")
    return Match((_at_place(alike(old, phase), like, phase).id,), "order") if like else NOTHING


def _led_alike(old: Playbook, phase: Phase, new: Playbook, like: tuple[Phase, ...]) -> Phase | None:
    """Return the phase whose leading roles have most in common with those of a phase, if any."""
    leading = {each for role in phase.lead for each in _all_matches(old, role, new)}
    shares = {each.id: _share(leading, set(each.lead)) for each in like}
    best = max(like, key=lambda each: shares[each.id], default=None)  # the first of several
    return best if best and shares[best.id] else None


def _all_matches(old: Playbook, role: str, new: Playbook) -> tuple[str, ...]:
    same = (role,) if role in new.roles else ()
    return (*same, *same_work(old.id, role, new.id))


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def alike(playbook: Playbook, phase: Phase) -> tuple[Phase, ...]:
    """Return the phases, in order, that a phase may be: in production, at the end, or before."""
    if phase.production:
        return production_phases(playbook)
    return tuple(
        each
        for each in phases_in_order(playbook)
        if each.terminal == phase.terminal and not each.production
    )


def _at_place(old: tuple[Phase, ...], new: tuple[Phase, ...], phase: Phase) -> Phase:
    """Return what stands where the middle of a phase lies on the whole way."""
    middle = (old.index(phase) + 0.5) / len(old)
    return new[min(int(middle * len(new)), len(new) - 1)]


def asked(playbook: Playbook, phase_id: str, tier: int) -> dict[str, str]:
    """Return all that a stay in a phase may check off, by its key, such as `exit:o1`, as texts.

    What a phase ahead asks at its door is called `entry:<phase>.in1`.
    """
    phase = playbook.phases[phase_id]
    found = {f"entry:{item.id}": item.text for item in entry_items(phase, tier)}
    found |= {f"exit:{item.id}": item.text for item in exit_items(phase, tier)}
    for step in phase.steps.values():
        found |= {f"step:{step.id}:{n}": item.text for n, item in enumerate(step.checklist, 1)}
    for way in transitions_from(playbook, phase_id):
        ahead = playbook.phases[way.target]
        found |= {f"entry:{ahead.id}.{item.id}": item.text for item in entry_items(ahead, tier)}
    return found


def goes_on(old: Playbook, new: Playbook, definition: str) -> bool:
    """Whether packets of a definition mean the same under another playbook, or version."""
    was = old.handoffs.get(definition)
    there = new.handoffs.get(definition)
    return was is not None and same_handoff(was, there, one_playbook=old.id == new.id)


def same_handoff(old: Handoff, new: Handoff | None, *, one_playbook: bool) -> bool:
    """Whether a packet that is under way may go on under another playbook's words."""
    if new is None or (old.giver, old.receiver) != (new.giver, new.receiver):
        return False
    return one_playbook or _texts(old) == _texts(new)


def _texts(handoff: Handoff) -> list[str]:
    return [plain(item.text) for item in handoff.packet]


def _names(part: Role | Phase) -> frozenset[str]:
    return frozenset(plain(each) for each in _spellings(part))


def _spellings(part: Role | Phase) -> Iterable[str]:
    return (part.id, part.name, *part.aliases)
