"""How a stay in a phase ended: who led it, what took it on, and what stayed open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from council import initiatives, people
from council.desk import Desk
from council.moves import noted
from council.moves.views import YES, move_key
from council.people import Member
from council.playbook import MoveKind, Playbook, Transition
from council.tables import Decision, Initiative, Move, Visit


@dataclass(frozen=True, slots=True)
class Ended:
    """How a stay ended, as it was then: from when to when, who led, and what took it on.

    `kind` is the way that it went on, or `switched`; `key` the move or decision (`M-3`, `D-9`)
    behind it, `by` who agreed or decided; both are empty where nobody was asked. `loop` counts how
    often it had gone back by then. `stayed` says that production was left as it was. `left_open`
    are the items and handoffs that were still open when it went on.
    """

    since: datetime
    until: datetime
    led: tuple[Member, ...]
    kind: str
    to_name: str
    trigger: str
    key: str
    by: tuple[Member, ...]
    loop: int
    stayed: bool
    left_open: tuple[str, ...]


def how_it_ended(desk: Desk, initiative: Initiative, visit: Visit, after: Visit) -> Ended:
    """Return how a stay ended that `after` followed."""
    playbook = initiatives.playbook_then(desk, initiative, visit)
    way, phase = playbook.transitions.get(after.transition), playbook.phases[visit.phase]
    key, by = _by(desk, initiative, visit, after, way)
    visits = desk.books.moves.visits(initiative.id)
    then = [each.kind for each in visits if each.number <= after.number]
    target = initiatives.playbook_then(desk, initiative, after).phases.get(after.phase)
    return Ended(
        since=visit.entered_at,
        until=after.entered_at,
        led=_led(desk, initiative, phase.lead, after.entered_at),
        kind=after.kind,
        to_name=target.name if target else "",
        trigger=way.trigger if way else "",
        key=key,
        by=by,
        loop=then.count(MoveKind.BACK),
        stayed=way.keep_production if way else False,
        left_open=_left_open(desk, initiative, playbook, visit),
    )


def _left_open(
    desk: Desk, initiative: Initiative, playbook: Playbook, visit: Visit
) -> tuple[str, ...]:
    """Return the texts of what was open then, as far as the playbook of then knows them."""
    phase = playbook.phases[visit.phase]
    texts = {f"item:exit:{each.id}": each.text for each in phase.exit}
    texts |= {f"item:entry:{each.id}": each.text for each in phase.entry}
    for ahead in playbook.phases.values():
        texts |= {f"item:entry:{ahead.id}.{each.id}": each.text for each in ahead.entry}
    for each in playbook.handoffs.values():
        texts[f"handoff:{each.id}"] = f"handoff of {each.what}" if each.what else "the handoff"
    left = noted.left_open(desk, initiative.id, visit.number)
    return tuple(texts.get(code, code.partition(":")[2]) for code in left)


def _led(
    desk: Desk, initiative: Initiative, roles: tuple[str, ...], at: datetime
) -> tuple[Member, ...]:
    """Return who held the leading roles at that moment, whoever holds them now."""
    staff = desk.books.initiatives.staff_at(initiative.id, at)
    return people.members(desk, [who for role in roles for held, who in staff if held == role])


def _by(
    desk: Desk, initiative: Initiative, visit: Visit, after: Visit, way: Transition | None
) -> tuple[str, tuple[Member, ...]]:
    if way is None:
        return "", ()
    stay = (visit.entered_at, after.entered_at)
    if decision := desk.books.moves.decision_behind(initiative.id, way.id, *stay):
        return f"D-{decision.number}", people.members(desk, _deciders(decision))
    move = desk.books.moves.done_from(initiative.id, visit.number, way.id)
    return (move_key(move.number), _agreed(desk, move)) if move else ("", ())


def _deciders(decision: Decision) -> list[str]:
    """Return who decided; not those who were only asked to confirm it afterwards."""
    chosen: Mapping[str, Mapping[str, str]] = decision.deciders
    return [one for one, facts in chosen.items() if facts.get("choice")] or list(chosen)


def _agreed(desk: Desk, move: Move) -> tuple[Member, ...]:
    said = desk.books.moves.answers(move.id)
    return people.members(desk, [each.person_id for each in said if each.answer == YES])
