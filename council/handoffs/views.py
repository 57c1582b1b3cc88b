"""How a handoff stands: plain facts for cards and the API."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from council import people
from council.desk import Desk
from council.handoffs import measures
from council.handoffs.finding import get, handoff_key
from council.handoffs.parties import Parties, named, parties
from council.handoffs.target import Target, target_of
from council.people import LEAD_ROLE, Called, Member
from council.store.handoffs import TAKEN
from council.tables import Handoff, HandoffCondition, HandoffItem, Initiative

_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of the packet; `last` is what was said of it last time, while it is open."""

    position: int
    name: str
    value: str
    link: str
    filled: bool
    last: str = ""


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition of an acceptance, and who closes it."""

    number: int
    text: str
    owner: Member | None
    closed: bool
    link: str


@dataclass(frozen=True, slots=True)
class HandoffView:
    """Everything a card on a handoff says.

    `public` is true unless the view was made for one reader; `gives` and `takes` then tell what
    that reader may do. `own` tells that the same person gave and took it. `what` changes hands, in
    a few words its `name`. `waited` and `usual` are working minutes: how long this one waited for
    its answer, and how long packets of this council usually do. `past_day` tells that the day of
    the next offer is over.
    """

    id: str
    key: str
    initiative: str
    initiative_name: str
    tier: int
    definition: str
    what: str
    name: str
    version: str
    state: str
    giver: Member | None
    givers: tuple[Called, ...]
    receivers: tuple[Called, ...]
    role_names: Mapping[str, str]
    giver_role: str
    receiver_role: str
    onward: tuple[str, ...]
    items: tuple[ItemView, ...]
    conditions: tuple[ConditionView, ...]
    created_at: datetime
    offered_at: datetime | None
    accept_by: datetime | None
    answered_at: datetime | None
    answered_by: Member | None
    reason: str
    line: str
    next_offer: datetime | None
    returned_before: int
    reminded: int
    escalated_to: tuple[Member, ...]
    target: Target | None
    reasons: tuple[str, ...]
    public: bool
    gives: bool
    takes: bool
    own: bool
    waited: int | None = None
    usual: int | None = None
    past_day: bool = False

    @property
    def filled(self) -> int:
        """How many items are filled in."""
        return sum(each.filled for each in self.items)

    @property
    def open_items(self) -> tuple[ItemView, ...]:
        """The items that nobody has filled in."""
        return tuple(each for each in self.items if not each.filled)

    @property
    def open_conditions(self) -> tuple[ConditionView, ...]:
        """The conditions that nobody has closed."""
        return tuple(each for each in self.conditions if not each.closed)


def of(desk: Desk, row: Handoff, initiative: Initiative) -> HandoffView:
    """Return how a handoff stands, for nobody in particular."""
    return describe(desk, row, initiative, parties(desk, initiative, row.definition, row))


def view(desk: Desk, actor: str, key: str) -> HandoffView:
    """Return how a handoff stands, for somebody who may see it; raises NotFound."""
    row, initiative, who = get(desk, actor, key)
    return _compared(desk, describe(desk, row, initiative, who, actor))


def view_by_id(desk: Desk, handoff_id: str) -> HandoffView | None:
    """Return how the handoff of this opaque id stands."""
    row = desk.books.handoffs.by_id(handoff_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        return None
    return _compared(desk, of(desk, row, initiative))


def _compared(desk: Desk, found: HandoffView) -> HandoffView:
    """Put beside how long it waited how long such packets usually do."""
    return replace(found, usual=measures.usual(desk)) if found.state in TAKEN else found


def describe(
    desk: Desk, row: Handoff, initiative: Initiative, who: Parties, actor: str = ""
) -> HandoffView:
    """Return how a handoff stands now; for the eyes of `actor`, if given."""
    rows = desk.books.handoffs.conditions(row.id)
    members = _members(desk, row, rows)
    return HandoffView(
        id=row.id,
        key=handoff_key(row.number),
        initiative=initiative.key,
        initiative_name=initiative.name,
        tier=initiative.tier,
        definition=row.definition,
        what=who.definition.what or row.definition.replace("_", " "),
        name=named(who.definition),
        version=row.version,
        state=row.state,
        giver=members.get(row.giver_id),
        givers=who.givers,
        receivers=who.receivers,
        role_names=_role_names(who),
        giver_role=who.playbook.role(who.definition.giver).name,
        receiver_role=who.playbook.role(who.definition.receiver).name,
        onward=who.definition.onward,
        items=_items(desk, row),
        conditions=tuple(_condition(each, members) for each in rows),
        created_at=row.created_at,
        offered_at=row.offered_at,
        accept_by=row.accept_by,
        answered_at=row.answered_at,
        answered_by=members.get(row.answered_by),
        reason=row.reason,
        line=row.line,
        next_offer=row.next_offer,
        returned_before=row.returned_before,
        reminded=row.reminded,
        escalated_to=_escalated_to(desk, row, who),
        target=target_of(desk, row, initiative, who),
        reasons=who.playbook.handoff.return_reasons,
        public=not actor,
        gives=bool(actor) and who.may_give(actor),
        takes=bool(actor) and who.may_take(actor),
        own=bool(row.answered_by) and row.answered_by == row.giver_id,
        waited=row.waited,
        past_day=row.next_offer is not None and row.next_offer <= desk.now(),
    )


def _members(desk: Desk, row: Handoff, conditions: list[HandoffCondition]) -> Mapping[str, Member]:
    ids = [row.giver_id, row.answered_by, *(each.owner_id for each in conditions)]
    return {each.id: each for each in people.members(desk, filter(None, ids))}


def _role_names(who: Parties) -> Mapping[str, str]:
    roles = (who.definition.giver, *who.definition.assist, who.definition.receiver, LEAD_ROLE)
    return {role: who.playbook.role(role).name for role in roles}


def next_in_line(desk: Desk, row: Handoff, who: Parties) -> tuple[Member, ...]:
    """Return who is asked when the receivers do not answer: their deputies, else council leads.

    Nobody is asked twice, and the giver is not asked.
    """
    asked = {each.member.id for each in who.receivers} | {row.giver_id}
    deputies = people.deputies_of(desk, [each.member.id for each in who.receivers])
    found = [each for each in deputies if each.id not in asked]
    return tuple(found or (each for each in who.roster.acting_leads() if each.id not in asked))


def late_leads(desk: Desk, row: Handoff, who: Parties) -> tuple[Member, ...]:
    """Return who is told when conditions stay open: the council leads, unless they own one."""
    owners = {each.owner_id for each in desk.books.handoffs.conditions(row.id)}
    return tuple(each for each in who.roster.acting_leads() if each.id not in owners)


def _escalated_to(desk: Desk, row: Handoff, who: Parties) -> tuple[Member, ...]:
    if not row.escalation or row.state not in {"offered", "accepted_with_conditions"}:
        return ()
    return next_in_line(desk, row, who) if row.state == "offered" else late_leads(desk, row, who)


def _items(desk: Desk, row: Handoff) -> tuple[ItemView, ...]:
    rows = desk.books.handoffs.items(row.id)
    is_open = any(each.filled_at is None for each in rows)
    before = earlier(desk, row) if is_open else {}
    return tuple(_item(each, before) for each in rows)


def _item(row: HandoffItem, before: Mapping[str, HandoffItem]) -> ItemView:
    filled = row.filled_at is not None
    last = None if filled else before.get(row.name)
    said = (last.value or last.link) if last else ""
    return ItemView(row.position, row.name, row.value, row.link, filled, said)


def earlier(desk: Desk, row: Handoff) -> dict[str, HandoffItem]:
    """Return what the last handoff of this kind said of each item, by the item's name."""
    others = [
        each
        for each in desk.books.handoffs.of(row.initiative_id, row.definition)
        if each.number < row.number
    ]
    for other in others[:_LOOKED_AT]:
        filled = [each for each in desk.books.handoffs.items(other.id) if each.value or each.link]
        if filled:
            return {each.name: each for each in filled}
    return {}


def _condition(row: HandoffCondition, members: Mapping[str, Member]) -> ConditionView:
    closed = row.closed_at is not None
    return ConditionView(row.number, row.text, members.get(row.owner_id), closed, row.link)
