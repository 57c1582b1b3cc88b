"""A playbook as people read it in a shell: its roles, its phases, and the ways between them."""

from collections.abc import Iterable, Iterator

from bot.shell import show
from council.playbook import (
    ChecklistItem,
    Handoff,
    Learn,
    Origin,
    Phase,
    Playbook,
    Relation,
    Step,
    entry_items,
    exit_items,
    learning_at,
    phases_in_order,
    relations,
)

_ADDED = " (added)"


def tell(playbook: Playbook) -> None:
    """Say the whole playbook, the parts in the order in which a council needs them."""
    show.say(f"{playbook.title} ({playbook.id}, version {playbook.version})", "bold")
    if playbook.note:
        show.say(playbook.note)
    show.say('"Added" is what this product proposes and the text behind the playbook does not say.')
    _lines("What the council holds to", (each.text for each in playbook.principles))
    _roles(playbook)
    for phase in phases_in_order(playbook):
        _phase(playbook, phase)
    _ways(playbook)
    _handoffs(playbook)
    rights = [
        (right.text + _mark(right.origin), names(playbook, right.roles))
        for right in playbook.access.values()
    ]
    if rights:
        _heading("Rights in the model catalogue")
        show.table(("who may", "roles"), rights, "")
    _lines("What is made and kept", (each.text for each in playbook.artefacts.values()))
    _lines("What the text leaves open", _gaps(playbook))
    show.say("")
    show.say(f"Whom signals call: council playbook simulate {playbook.id}")


def names(playbook: Playbook, roles: Iterable[str]) -> str:
    """Return roles by their names, in a row."""
    return ", ".join(playbook.role(role).name for role in roles)


def _heading(text: str) -> None:
    show.say("")
    show.say(text, "bold")


def _lines(heading: str, texts: Iterable[str]) -> None:
    found = list(texts)
    if found:
        _heading(heading)
        for text in found:
            show.say(f"- {text}")


def _mark(origin: Origin) -> str:
    return _ADDED if origin is Origin.ADDED else ""


def _roles(playbook: Playbook) -> None:
    _heading("Roles")
    roles = playbook.roles.values()
    at_home = any(role.comfort_zone for role in roles)
    rows = [
        (role.id, role.name, ", ".join(role.aliases), ", ".join(role.comfort_zone))
        for role in roles
    ]
    columns = ("role", "name", "also called", "at home in")
    keep = 4 if at_home else 3
    show.table(columns[:keep], [row[:keep] for row in rows], "No roles.")
    duties = [
        (role.name if index == 0 else "", duty)
        for role in roles
        for index, duty in enumerate(role.duties)
    ]
    if duties:
        show.say("")
        show.table(("who", "does what"), duties, "")


def _phase(playbook: Playbook, phase: Phase) -> None:
    number = "" if phase.terminal else f"{phase.order}. "
    also = f", also called {', '.join(phase.aliases)}" if phase.aliases else ""
    _heading(f"{number}{phase.name} ({phase.id}{also})")
    parts = [("whole phase", relations(playbook, phase.id))]
    parts += [(step.name, relations(playbook, phase.id, step.id)) for step in phase.steps.values()]
    used = [
        relation
        for relation in Relation
        if relation is not Relation.LEARN and any(relation in found for _, found in parts)
    ]
    rows = [
        (name, *(names(playbook, found.get(relation, ())) for relation in used))
        for name, found in parts
    ]
    show.table(("", *used), rows, "")
    for step in phase.steps.values():
        if step.checklist:
            items = ", ".join(item.text for item in step.checklist)
            show.say(f"{step.name}: {items}.")
    _checklists(phase)
    _learning(playbook, phase)


def _checklists(phase: Phase) -> None:
    asked = {tier: {*entry_items(phase, tier), *exit_items(phase, tier)} for tier in range(1, 5)}
    rows = [
        (when if index == 0 else "", item.text + _mark(item.origin), _tiers(asked, item))
        for when, items in (("to enter", phase.entry), ("to leave", phase.exit))
        for index, item in enumerate(items)
    ]
    if rows:
        show.say("")
        show.table(("", "there should be", "for tiers"), rows, "")


def _tiers(asked: dict[int, set[ChecklistItem]], item: ChecklistItem) -> str:
    tiers = [tier for tier, items in asked.items() if item in items]
    return "all" if len(tiers) == len(asked) else ", ".join(map(str, tiers))


def _learning(playbook: Playbook, phase: Phase) -> None:
    found: list[tuple[str, Learn]] = [
        (role.name, learn)
        for role in playbook.roles.values()
        for learn in learning_at(playbook, role.id, phase.id)
    ]
    if found:
        show.say("")
        rows = [(name, each.topic, names(playbook, (each.teacher,))) for name, each in found]
        show.table(("who learns", "what", "from"), rows, "")


def _ways(playbook: Playbook) -> None:
    _heading("Ways between the phases")
    rows = [
        (
            way.id,
            f"{way.source} → {way.target}",
            way.kind,
            f"{way.trigger or _handed(playbook, way.handoff)}{_mark(way.origin)}".strip(),
            ", ".join(way.choose),
            names(playbook, way.decide),
        )
        for way in playbook.transitions.values()
    ]
    columns = ("way", "from → to", "kind", "when", "decision", "who decides")
    show.table(columns, rows, "No ways lead on.")


def _handed(playbook: Playbook, handoff: str | None) -> str:
    return f"handed over: {playbook.handoffs[handoff].what or handoff}" if handoff else ""


def _handoffs(playbook: Playbook) -> None:
    if not playbook.handoffs:
        return
    _heading("Handoffs")
    rows = [row for each in playbook.handoffs.values() for row in _packet(playbook, each)]
    show.table(("handoff", "from → to", "what changes hands"), rows, "")


def _packet(playbook: Playbook, handoff: Handoff) -> Iterator[tuple[str, str, str]]:
    between = " → ".join(names(playbook, (role,)) for role in (handoff.giver, handoff.receiver))
    between += f" → {', '.join(handoff.onward)}" if handoff.onward else ""
    between += f" (with {names(playbook, handoff.assist)})" if handoff.assist else ""
    yield handoff.id, between, (handoff.what or "packet") + _mark(handoff.origin)
    for item in handoff.packet:
        yield "", "", f"- {item.text}{_mark(item.origin)}"


def _gaps(playbook: Playbook) -> Iterator[str]:
    for role in playbook.roles.values():
        if role.gap:
            yield f"{role.name}: {role.gap}."
    for phase in phases_in_order(playbook):
        parts: tuple[Phase | Step, ...] = (phase, *phase.steps.values())
        for part in parts:
            if part.gap:
                yield f"{part.name}: {part.gap}."
