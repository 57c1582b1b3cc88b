"""Checklists of a stay: what is asked, what is done, what a way still needs and who can give it.

An item is called `exit:o1`, `entry:in1`, `step:train:2`; an item that a phase ahead asks for at its
door is called `entry:<phase>.in1`, and counts there once the initiative has entered.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches

from council import handoffs, people
from council.desk import Desk
from council.moves.rules import bars, listed
from council.moves.suppliers import named_people
from council.moves.visits import seen_visit
from council.people import Member, Roster
from council.playbook import (
    ChecklistItem,
    MoveKind,
    Phase,
    Playbook,
    Transition,
    asked_in,
    entry_items,
    exit_items,
    transitions_from,
)
from council.playbook.names import plain
from council.tables import Checkmark, Initiative
from council.waits import Missing

_NEAR = 3
_DOORS = {MoveKind.FORWARD: "ahead", MoveKind.END: "end"}
_AHEAD = frozenset(_DOORS.values())
_OWN = frozenset({"entry", "exit"})
_ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Done:
    """That an item is done: by whom, when, and what shows it."""

    by: Member | None
    at: datetime
    link: str
    note: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of the present stay: `place` is `entry`, `step`, `exit`, `ahead` or `end`.

    `ahead` and `end` are asked at the door of a phase to which a way leads from here. `number` is
    its place in the list. `before` is what an earlier stay in this phase had for it, under the same
    playbook. `handoff` is the packet (its id in the playbook) whose acceptance the item is, if it
    is one.
    """

    number: int
    key: str
    place: str
    text: str
    origin: str
    done: Done | None = None
    before: Done | None = None
    handoff: str = ""
    tiers: tuple[int, ...] = ()
    by: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    key: str
    place: str
    text: str
    origin: str
    handoff: str = ""
    tiers: tuple[int, ...] = ()


def items(desk: Desk, playbook: Playbook, initiative: Initiative) -> tuple[ListItem, ...]:
    """Return all that is asked in the present stay: at the door, in the step, to go on."""
    visit = seen_visit(desk, initiative)
    visits = desk.books.moves.visits(initiative.id)
    # Another playbook's items may be called alike, and ask for something else.
    alike = {each.number: each for each in visits if each.playbook == visit.playbook}
    earlier = [number for number, each in alike.items() if each.phase == visit.phase]
    numbers = {visit.number, *earlier}
    numbers |= {each - 1 for each in numbers} & alike.keys()
    marks = desk.books.moves.checkmarks(initiative.id, numbers)
    names = {each.id: each for each in people.members(desk, [mark.done_by for mark in marks])}

    def latest(key: str, numbers: Collection[int]) -> Done | None:
        at_door = key_at_door(visit.phase, key)
        fits = [
            mark
            for mark in marks
            if (mark.item == key and mark.visit in numbers)
            or (mark.item == at_door and mark.visit + 1 in numbers)
        ]
        return _done(fits[-1], names) if fits else None

    who = people.roster(desk, initiative)
    before = {number for number in earlier if number != visit.number}
    stays = {visit.number - 1, visit.number} & {visit.number, *alike}
    result = []
    for number, asked in enumerate(_asked(playbook, initiative), 1):
        here = {visit.number} if asked.place in _AHEAD else stays
        now = latest(asked.key, {visit.number}) or _accepted(desk, initiative, here, asked)
        old = None if now else latest(asked.key, before)
        said = (asked.key, asked.place, asked.text, asked.origin)
        by = named_people(playbook, who, asked.text) if now is None else ()
        result.append(ListItem(number, *said, now, old, asked.handoff, asked.tiers, by))
    return tuple(result)


def _accepted(desk: Desk, initiative: Initiative, visits: set[int], asked: _Asked) -> Done | None:
    """Return that a packet was taken in one of these stays, for the item that asks just this."""
    if not asked.handoff:
        return None
    row = handoffs.taken(desk, initiative, asked.handoff, visits)
    if row is None or row.answered_at is None:
        return None
    by = people.members(desk, [row.answered_by])
    return Done(by[0] if by else None, row.answered_at, "", handoffs.handoff_key(row.number))


def _done(mark: Checkmark, names: Mapping[str, Member]) -> Done:
    return Done(names.get(mark.done_by), mark.done_at, mark.link, mark.note)


def _asked(playbook: Playbook, initiative: Initiative) -> list[_Asked]:
    phase, tier = playbook.phases[initiative.phase], initiative.tier
    came = (each for each in playbook.transitions.values() if each.target == phase.id)
    packet = next((each.handoff for each in came if each.handoff), "") or ""
    found = [_item("entry", phase, each, packet) for each in entry_items(phase, tier)]
    found += _of_step(phase, initiative.step)
    found += [_item("exit", phase, each) for each in exit_items(phase, tier)]
    for way in transitions_from(playbook, phase.id):
        if place := _DOORS.get(way.kind):
            target = playbook.phases[way.target]
            packet = way.handoff or ""
            found += [_item(place, target, each, packet) for each in entry_items(target, tier)]
    return list({each.key: each for each in found}.values())


def _item(place: str, phase: Phase, item: ChecklistItem, handoff: str = "") -> _Asked:
    key = f"entry:{phase.id}.{item.id}" if place in _AHEAD else f"{place}:{item.id}"
    # "handoff accepted": at the door that a packet opens, its acceptance is that item.
    of_packet = handoff if _ACCEPTED in item.text.split() else ""
    return _Asked(key, place, item.text, str(item.origin), of_packet, asked_in(item))


def _of_step(phase: Phase, step_id: str) -> list[_Asked]:
    step = phase.steps.get(step_id)
    return [
        _Asked(f"step:{step_id}:{n}", "step", each.text, str(each.origin))
        for n, each in enumerate(step.checklist if step else (), 1)
    ]


def key_at_door(phase: str, key: str) -> str:
    """Return how an item to enter a phase is called before it is entered; empty for any other."""
    own = key.startswith("entry:") and "." not in key
    return f"entry:{phase}.{key.partition(':')[2]}" if own else ""


def at_the_door(found: Sequence[ListItem], way: Transition | None) -> tuple[ListItem, ...]:
    """Return what is looked at before a way is taken: all to be here, to leave, to enter there.

    What was to be there at this phase's own beginning still is. Without a way: what is to be done
    here.
    """
    ahead = f"entry:{way.target}." if way else "-"
    return tuple(each for each in found if each.place in _OWN or each.key.startswith(ahead))


def find_item(found: Sequence[ListItem], text: str, *, done: bool = False) -> ListItem | None:
    """Return the item that is called so: by key, bare id, number or text.

    Where two are called alike, open ones go first, or those that are `done`.
    """
    said, ordered = plain(text), sorted(found, key=lambda each: (each.done is None) is done)
    spellings: tuple[Callable[[ListItem], str], ...] = (
        lambda each: plain(each.key),
        lambda each: str(each.number),
        lambda each: plain(_bare(each.key)),
        lambda each: plain(each.text),
    )
    for spelled in spellings:
        for each in ordered:
            if spelled(each) == said:
                return each
    return None


def _bare(key: str) -> str:
    return key.partition(":")[2].rpartition(".")[2]


def nearest_items(found: Sequence[ListItem], text: str) -> tuple[str, ...]:
    """Return the keys of items that are called nearly so, best first."""
    known = {plain(name): each.key for each in found for name in (each.key, each.text)}
    close = get_close_matches(plain(text), known, n=_NEAR, cutoff=0.4)
    close += [name for name in known if plain(text) in name and len(plain(text)) >= _NEAR]
    return tuple(dict.fromkeys(known[each] for each in close))[:_NEAR]


def missing(desk: Desk, initiative: Initiative, way: Transition) -> tuple[Missing, ...]:
    """Return what a way still needs, and who can supply it; nothing for the ways back."""
    if not listed(way):
        return ()
    playbook = desk.playbooks.get(initiative.playbook_id, initiative.playbook_version)
    who = people.roster(desk, initiative)
    found: list[Missing] = []
    if way.handoff:
        found += handoffs.missing(desk, initiative, way.handoff)
    for role in way.decide:
        if not who.holders(role):
            found.append(Missing("role", role, playbook.role(role).name, "", who.leads))
    found += _items_missing(desk, playbook, initiative, way, who)
    return tuple(replace(each, bars=bars(way, initiative.tier, each)) for each in found)


def _items_missing(
    desk: Desk, playbook: Playbook, initiative: Initiative, way: Transition, who: Roster
) -> list[Missing]:
    leading = tuple(each.member for each in who.call(playbook.phases[way.source].lead))
    return [
        Missing("item", each.key, each.text, each.origin, each.by or leading)
        for each in at_the_door(items(desk, playbook, initiative), way)
        # Where the packet itself is still missing, its acceptance is not asked for once more.
        if not each.done and not (each.handoff and each.handoff == way.handoff)
    ]
