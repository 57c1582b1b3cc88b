"""A packet is begun: the one that the way forward needs, or the one that somebody names."""

from collections.abc import Sequence
from dataclasses import dataclass

from council import initiatives
from council.desk import Desk
from council.errors import Conflict, NotFound
from council.handoffs import filling, finding, telling
from council.handoffs.parties import Parties, named, parties
from council.handoffs.views import HandoffView, describe
from council.playbook import Handoff as Definition
from council.playbook import packet_items
from council.store.handoffs import TAKEN, UNANSWERED
from council.tables import Handoff, HandoffItem, Initiative

AGAIN, OFFER = "again", "offer"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the handoffs that could be meant: its id, what changes hands, who gives and takes."""

    id: str
    what: str
    giver_role: str
    receiver_role: str


@dataclass(frozen=True, slots=True)
class Which:
    """Several handoffs could be meant; somebody says which."""

    key: str
    name: str
    options: tuple[Option, ...]


def begin(desk: Desk, actor: str, key: str, which: str = "") -> HandoffView | Which:
    """Begin the handoff that the phase's way forward needs, or the one that is named; or show it.

    One that is open is shown, as is one that was accepted in this stay in the phase.
    """
    initiative = finding.seen(desk, actor, key)
    options = _choose(desk, actor, initiative, which)
    if len(options) != 1:
        return _which(desk, initiative, options)
    who = parties(desk, initiative, options[0].id)
    row = _open(desk, initiative, options[0].id) or _taken(desk, initiative, options[0].id)
    if row is None:
        row = _create(desk, actor, initiative, who)
    return describe(desk, row, initiative, who, actor)


def begin_again(desk: Desk, actor: str, key: str) -> HandoffView:
    """Begin another handoff of the same kind; one that is open already is shown instead.

    Raises NotFound where the playbook that is followed now knows none of this kind.
    """
    row, initiative, then = finding.get(desk, actor, key)
    if row.definition not in initiatives.playbook_of(desk, initiative).handoffs:
        raise NotFound("handoff", named(then.definition))
    who = parties(desk, initiative, row.definition)
    found = _open(desk, initiative, row.definition) or _create(desk, actor, initiative, who)
    return describe(desk, found, initiative, who, actor)


def meant_by(desk: Desk, actor: str, key: str, deed: str) -> tuple[str, ...]:
    """Return the handoffs of an initiative on which the actor may mean to do this (`H-12`).

    `again` is of the newest that was taken; `offer`, `keep` and `withdraw` of what is open: what
    is in the actor's hands first, what is not offered yet before what is. Raises Conflict if there
    is none.
    """
    initiative = finding.seen(desk, actor, key)
    wanted = TAKEN if deed == AGAIN else UNANSWERED
    rows = [row for row in desk.books.handoffs.of(initiative.id) if row.state in wanted]
    if not rows:
        raise Conflict(initiative.key, "no_such_handoff" if deed == AGAIN else "no_open_handoff")
    able = [
        row for row in rows if parties(desk, initiative, row.definition, row).may_give(actor)
    ] or rows
    waits = [row for row in able if row.state != "offered"] if deed == OFFER else []
    fits = able[:1] if deed == AGAIN else waits or able
    return tuple(finding.handoff_key(row.number) for row in reversed(fits))


def _choose(desk: Desk, actor: str, initiative: Initiative, which: str) -> tuple[Definition, ...]:
    playbook = initiatives.playbook_of(desk, initiative)
    if which:
        return finding.meant(playbook, which)
    known = finding.on_the_way(playbook, initiative.phase) or tuple(playbook.handoffs.values())
    if not known:
        raise NotFound("handoff", initiative.key)
    if len(known) == 1:
        return known
    who = parties(desk, initiative, known[0].id).roster
    roles = set(who.roles_of(actor))
    mine = tuple(each for each in known if roles & {each.giver, *each.assist})
    return mine or known


def _which(desk: Desk, initiative: Initiative, options: Sequence[Definition]) -> Which:
    playbook = initiatives.playbook_of(desk, initiative)
    return Which(
        initiative.key,
        initiative.name,
        tuple(
            Option(
                each.id,
                named(each),
                playbook.role(each.giver).name,
                playbook.role(each.receiver).name,
            )
            for each in options
        ),
    )


def _open(desk: Desk, initiative: Initiative, definition: str) -> Handoff | None:
    rows = desk.books.handoffs.of(initiative.id, definition)
    return next((row for row in rows if row.state in UNANSWERED), None)


def _taken(desk: Desk, initiative: Initiative, definition: str) -> Handoff | None:
    """Return the handoff that was taken in this stay in the phase."""
    visit = desk.books.moves.current_visit_number(initiative.id)
    rows = desk.books.handoffs.of(initiative.id, definition)
    return next((row for row in rows if row.state in TAKEN and row.visit == visit), None)


def _create(desk: Desk, actor: str, initiative: Initiative, who: Parties) -> Handoff:
    filling.require_live(initiative)
    who.require_giver(actor, initiative.key, "hand_over")
    row = Handoff(
        id=desk.ids.new(),
        council_id=desk.council_id,
        number=desk.books.registry.next_number("handoff"),
        initiative_id=initiative.id,
        definition=who.definition.id,
        visit=desk.books.moves.current_visit_number(initiative.id),
        giver_id=actor,
        created_at=desk.now(),
    )
    desk.books.add(row)
    packet = packet_items(who.playbook, who.definition, initiative.tier)
    for position, item in enumerate(packet, 1):
        desk.books.add(
            HandoffItem(
                handoff_id=row.id,
                position=position,
                council_id=desk.council_id,
                name=item.text,
            )
        )
    telling.write(desk, actor, row, "handoff.drafted", {"items": len(packet)})
    return row
