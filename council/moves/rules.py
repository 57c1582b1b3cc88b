"""What a playbook's ways allow: which one is meant, who has agreed, what bars it; pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from council.playbook import MoveKind, Phase, Playbook, Quorum, Transition, transitions_from
from council.playbook.names import nearest, plain
from council.waits import Missing

STRICT_TIER = 1
# What people call a direction; a way is also found by its id, its target, or what calls for it.
KINDS: Mapping[str, tuple[MoveKind, ...]] = {
    "forward": (MoveKind.FORWARD,),
    "next": (MoveKind.FORWARD,),
    "on": (MoveKind.FORWARD,),
    "back": (MoveKind.BACK, MoveKind.WITHIN),
    "within": (MoveKind.WITHIN,),
    "again": (MoveKind.WITHIN,),
    "end": (MoveKind.END,),
    "retire": (MoveKind.END,),
}
_LISTED = (MoveKind.FORWARD, MoveKind.END)
_NEAR = 3


def meant(playbook: Playbook, phase: str, text: str) -> tuple[Transition, ...]:
    """Return the ways from a phase that are called so; several if the text does not say which."""
    ways, said = transitions_from(playbook, phase), plain(text)
    # A button names the phase by its id; that may be a word for a direction elsewhere.
    if said in KINDS and text not in playbook.phases:
        return tuple(each for each in ways if each.kind in KINDS[said])
    of_step = said in step_names(playbook, phase)
    for fits in (
        lambda way: plain(way.id) == said,
        lambda way: said in _target_names(playbook.phases[way.target]) and way.target != phase,
        lambda way: plain(way.trigger) == said,
        lambda way: said in way.choose,
        lambda way: len(said) >= _NEAR and not of_step and said in plain(way.trigger),
    ):
        if found := tuple(each for each in ways if fits(each)):
            return found
    return ()


def step_names(playbook: Playbook, phase: str) -> dict[str, str]:
    """Return the steps of a phase (their ids) by what they are called."""
    steps = playbook.phases[phase].steps.values()
    return {plain(name): each.id for each in steps for name in (each.id, each.name)}


def _target_names(phase: Phase) -> set[str]:
    return {plain(each) for each in (phase.id, phase.name, *phase.aliases)}


def nearest_ways(playbook: Playbook, phase: str, text: str) -> tuple[str, ...]:
    """Return what could have been meant by a way or a step of this phase, best first.

    Only names that people know: of phases, of steps, and what calls for going back.
    """
    known = list(nearest_steps(playbook, phase, text))
    for way in transitions_from(playbook, phase):
        target = playbook.phases[way.target]
        known += [target.name, *target.aliases, *((way.trigger,) if way.trigger else ())]
    return nearest(text, known)


def nearest_steps(playbook: Playbook, phase: str, text: str) -> tuple[str, ...]:
    """Return the names of the steps of this phase that are called nearly so, best first."""
    return nearest(text, [each.name for each in playbook.phases[phase].steps.values()])


def where_to(playbook: Playbook, phase: str, text: str) -> str:
    """Return why no way from this phase is called so.

    It is a direction in which none leads (`forward`, `back`, `within`, `end`), this very phase
    (`here`), a way of another phase (`elsewhere`), a phase further off (`far`), or nothing that is
    known (`unknown`). A way that has led here before is `here`.
    """
    said = plain(text)
    if said in KINDS:
        return str(KINDS[said][0])
    named = [each.id for each in playbook.phases.values() if said in _target_names(each)]
    ways = playbook.transitions.values()
    led = [each.target for each in ways if said in {plain(each.id), plain(each.trigger)} - {""}]
    if phase in (*named, *led):
        return "here"
    return "far" if named else "elsewhere" if led else "unknown"


def fitting_change(ways: Sequence[Transition], change: str) -> tuple[Transition, ...]:
    """Return the ways that a decision of this kind takes."""
    return tuple(each for each in ways if change in each.choose)


def find_change(playbook: Playbook, ways: Sequence[Transition], text: str) -> str:
    """Return the kind of decision that people call so, of those that these ways know; else ``."""
    said = plain(text)
    known = [each for way in ways for each in way.choose]
    exact = [each for each in known if each == said]
    part = [each for each in known if len(said) >= _NEAR and said in each]
    return next(iter(exact or part), "") if playbook.decisions else ""


def agreed(way: Transition, spoken_for: Collection[str]) -> bool:
    """Whether those who agree speak for enough of the roles that decide."""
    if way.quorum is Quorum.ANY:
        return any(role in spoken_for for role in way.decide)
    return all(role in spoken_for for role in way.decide)


def unspoken(way: Transition, spoken_for: Collection[str]) -> tuple[str, ...]:
    """Return the deciding roles for which nobody has agreed yet; none once it is enough."""
    if agreed(way, spoken_for):
        return ()
    return tuple(role for role in way.decide if role not in spoken_for)


def listed(way: Transition) -> bool:
    """Whether lists, handoffs and roles are looked at before this way is taken."""
    return way.kind in _LISTED


def bars(way: Transition, tier: int, each: Missing) -> bool:
    """Whether something that is missing stops the move, rather than only being noted.

    An open condition of an accepted handoff stops everybody, because it was accepted so; all else
    stops tier 1 alone. The ways back are always open.
    """
    return listed(way) and (each.code == "condition" or tier == STRICT_TIER)


def barred(way: Transition, tier: int, missing: Iterable[Missing]) -> bool:
    """Whether anything that is missing stops the move."""
    return any(bars(way, tier, each) for each in missing)


def serving_after(playbook: Playbook, way: Transition, serving: str) -> str:
    """Return the phase in which a version serves on after this way was taken; empty if in none."""
    source, target = playbook.phases[way.source], playbook.phases[way.target]
    if way.kind is MoveKind.END or target.terminal or target.production:
        return ""
    if source.production:
        return source.id if way.keep_production else ""
    return serving
