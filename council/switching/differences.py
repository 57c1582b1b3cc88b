"""What one version of a playbook says otherwise than another, as far as people notice; pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from council.playbook import Phase, Playbook, Transition, entry_items, exit_items, phases_in_order
from council.playbook.names import plain

_SIGNALS = ("routing", "clocks", "severity", "bands", "evidence", "dedupe", "signal_classes")


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decides on a way by the new version: all of these roles, or `anyone` of them."""

    kind: str
    target_name: str
    step_name: str
    roles: tuple[str, ...]
    anyone: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """How many items a phase asks for that it did not before, and how many it asks no more."""

    phase_name: str
    more: int
    fewer: int


@dataclass(frozen=True, slots=True)
class Differences:
    """What a new version of a playbook changes; names are those of the new one, where it has one.

    `leading` holds (phase, roles that lead it now); `steps` are phases with other steps, `handoffs`
    what changes hands with another packet or between others. `signals` says that these are judged,
    routed or clocked otherwise, `decisions` that there are other ones to choose from.
    """

    phases: tuple[str, ...] = ()
    phases_gone: tuple[str, ...] = ()
    leading: tuple[tuple[str, tuple[str, ...]], ...] = ()
    deciding: tuple[Deciding, ...] = ()
    ways: int = 0
    ways_gone: int = 0
    steps: tuple[str, ...] = ()
    lists: tuple[Listed, ...] = ()
    handoffs: tuple[str, ...] = ()
    signals: bool = False
    decisions: bool = False


NO_DIFFERENCES = Differences()


def differences(old: Playbook, new: Playbook, tier: int) -> Differences:
    """Return what the version `new` changes of `old` for an initiative of this tier."""
    both = [(old.phases[each.id], each) for each in phases_in_order(new) if each.id in old.phases]
    ways = [
        (old.transitions[each.id], each)
        for each in new.transitions.values()
        if each.id in old.transitions
    ]
    return Differences(
        tuple(each.name for each in phases_in_order(new) if each.id not in old.phases),
        tuple(each.name for each in phases_in_order(old) if each.id not in new.phases),
        tuple((is_.name, _names(new, is_.lead)) for was, is_ in both if was.lead != is_.lead),
        tuple(_deciding(new, is_) for was, is_ in ways if _decides(was) != _decides(is_)),
        len(new.transitions.keys() - old.transitions.keys()),
        len(old.transitions.keys() - new.transitions.keys()),
        tuple(is_.name for was, is_ in both if _steps(was) != _steps(is_)),
        tuple(found for was, is_ in both if (found := _listed(was, is_, tier))),
        tuple(
            each.what or each.id.replace("_", " ")
            for each in new.handoffs.values()
            if each.id not in old.handoffs
            or (each.giver, each.receiver, each.packet) != _packet(old, each.id)
        ),
        any(getattr(old, name) != getattr(new, name) for name in _SIGNALS),
        old.decisions != new.decisions,
    )


def _names(playbook: Playbook, roles: Iterable[str]) -> tuple[str, ...]:
    return tuple(playbook.role(each).name for each in roles)


def _decides(way: Transition) -> tuple[object, ...]:
    return set(way.decide), way.quorum if len(way.decide) > 1 else ""


def _deciding(playbook: Playbook, way: Transition) -> Deciding:
    target = playbook.phases[way.target]
    step = target.steps[way.step].name if way.step else ""
    anyone = way.quorum == "any"
    return Deciding(str(way.kind), target.name, step, _names(playbook, way.decide), anyone)


def _steps(phase: Phase) -> list[tuple[object, ...]]:
    return [(each.id, each.name, each.lead) for each in phase.steps.values()]


def _listed(old: Phase, new: Phase, tier: int) -> Listed | None:
    was, is_ = _asked(old, tier), _asked(new, tier)
    return Listed(new.name, len(is_ - was), len(was - is_)) if was != is_ else None


def _asked(phase: Phase, tier: int) -> set[tuple[str, str]]:
    items = [("entry", each.text) for each in entry_items(phase, tier)]
    items += [("exit", each.text) for each in exit_items(phase, tier)]
    items += [("step", each.text) for step in phase.steps.values() for each in step.checklist]
    return {(place, plain(text)) for place, text in items}


def _packet(playbook: Playbook, handoff_id: str) -> tuple[object, ...]:
    found = playbook.handoffs[handoff_id]
    return found.giver, found.receiver, found.packet
