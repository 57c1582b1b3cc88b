"""What those who take a packet say to it: yes, yes on conditions, or it goes back with a reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from council import calendar, people
from council.cases.routing import lanes_of_work
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.handoffs import clocks, filling, finding, telling
from council.handoffs.parties import Parties
from council.handoffs.views import HandoffView, describe, next_in_line
from council.playbook.names import nearest, plain
from council.tables import Handoff, HandoffCondition, Initiative

OTHER = "other"
_OWNED = re.compile(r"(?:(?P<text>.*\S)\s+)?(?P<who>@[\w.+@-]*\w|<@[^\s<>]+>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold, and the opaque id of whoever sees to it."""

    text: str
    owner: str


def accept(desk: Desk, actor: str, key: str, conditions: Sequence[str] = ()) -> HandoffView:
    """Take an offered packet; each condition may end in ` @handle`, its owner, else it is mine.

    Raises Conflict if it is not offered (any more), NotAllowed, NotFound for an unknown owner,
    Invalid for a condition without a text, or for a packet that the actor offered without having
    the receiving role as well.
    """
    row, initiative, who = _offered(desk, actor, key, "accept")
    read = [_read_condition(desk, actor, each) for each in conditions]
    row.state = "accepted_with_conditions" if read else "accepted"
    row.visit = desk.books.moves.current_visit_number(row.initiative_id)
    _answer(desk, actor, row)
    for number, each in enumerate(read, 1):
        desk.books.add(
            HandoffCondition(
                handoff_id=row.id,
                number=number,
                council_id=desk.council_id,
                text=each.text,
                owner_id=each.owner,
                set_by=actor,
            )
        )
    facts = {"conditions": {str(number): each.owner for number, each in enumerate(read, 1)}}
    texts = {f"condition:{number}": (each.text, actor) for number, each in enumerate(read, 1)}
    telling.write(desk, actor, row, f"handoff.{row.state}", facts, texts)
    main = lanes_of_work(desk, initiative, who.receivers)
    telling.show(desk, row, row.state, giver=_giver_apart(row, main, actor))
    owners = people.members(desk, [each.owner for each in read if each.owner != actor])
    telling.ring(desk, row, "conditions", owners, main)
    return describe(desk, row, initiative, who, actor)


def _giver_apart(row: Handoff, main: tuple[str, ...], actor: str) -> tuple[str, ...]:
    """Return the giver, if they do not read along where the card stands."""
    direct = all(lane.startswith("person:") for lane in main)
    apart = direct and row.giver_id != actor and f"person:{row.giver_id}" not in main
    return (row.giver_id,) if apart else ()


def answerable(desk: Desk, actor: str, key: str) -> HandoffView:
    """Return a handoff that the actor may answer now; raises as `accept` does if they may not."""
    row, initiative, who = _offered(desk, actor, key, "decline")
    return describe(desk, row, initiative, who, actor)


def _offered(desk: Desk, actor: str, key: str, deed: str) -> tuple[Handoff, Initiative, Parties]:
    """Return a handoff that the actor may answer now."""
    row, initiative, who = finding.get(desk, actor, key)
    if not _asked_last(desk, actor, row, who):
        who.require_receiver(actor, key, deed)
    if row.state == "draft":
        raise Conflict(key, "not_offered")
    if row.state != "offered":
        raise Conflict(key, row.state, finding.handle(desk, row.answered_by))
    filling.require_live(initiative)
    if row.giver_id == actor and not who.holds(actor, who.definition.receiver):
        role = who.playbook.role(who.definition.receiver).name
        raise Invalid(key, role, "own_packet")
    return row, initiative, who


def _asked_last(desk: Desk, actor: str, row: Handoff, who: Parties) -> bool:
    """Whether an offer came to the actor because nobody else answered."""
    asked = next_in_line(desk, row, who) if row.escalation else ()
    return any(each.id == actor for each in asked)


def _answer(desk: Desk, actor: str, row: Handoff) -> None:
    row.answered_at, row.answered_by, row.accept_by = desk.now(), actor, None
    desk.books.add(row)
    clocks.stop(desk, [row.id])


def _read_condition(desk: Desk, actor: str, said: str) -> Condition:
    found = _OWNED.fullmatch(said.strip())
    text = (found["text"] or "" if found else said).strip()
    if not text:
        raise Invalid("condition", said, "empty")
    owner = found["who"] if found else ""
    mine = not owner or owner.lower() == "@me"
    return Condition(text, actor if mine else people.find(desk, owner).id)


@dataclass(frozen=True, slots=True)
class Return:
    """Why a packet goes back: `reason` is a code in any spelling; and when it is offered next."""

    reason: str = ""
    line: str = ""
    next_offer: date | None = None


def give_back(desk: Desk, actor: str, key: str, why: Return) -> HandoffView:
    """Give an offered packet back: the giver reads the line, everybody else the reason in short.

    Raises as `accept` does, and Invalid for a reason that is none, or a day that is over.
    """
    row, initiative, who = _offered(desk, actor, key, "decline")
    reasons = who.playbook.handoff.return_reasons
    reason, line = read_reason(reasons, why.reason, why.line)
    row.next_offer = _end_of(desk, actor, why.next_offer) if why.next_offer else None
    row.state, row.reason, row.line = "returned", reason, line
    row.returned_before += 1
    _answer(desk, actor, row)
    facts = {
        "reason": reason,
        "round": row.returned_before,
        "next_offer": row.next_offer.isoformat() if row.next_offer else None,
    }
    telling.write(
        desk, actor, row, "handoff.returned", facts, {"line": (line, actor)} if line else {}
    )
    givers = _hear(desk, row, who, actor)
    telling.show(desk, row, "returned", giver=givers)
    return describe(desk, row, initiative, who, actor)


def _end_of(desk: Desk, actor: str, day: date) -> datetime:
    """Return when the actor's usual work ends on a day; raises Invalid for one that is over."""
    where = calendar.zone(people.members(desk, [actor])[0].timezone)
    if day < desk.now().astimezone(where).date():
        raise Invalid("next offer", day.isoformat(), "past")
    return datetime.combine(day, calendar.CLOSES, where).astimezone(UTC)


def _hear(desk: Desk, row: Handoff, who: Parties, actor: str) -> tuple[str, ...]:
    """Return who must hear in full that it came back: whoever offered it, if still there."""
    offered = desk.books.people.by_id(row.giver_id)
    there = offered is not None and offered.left_at is None
    givers = (row.giver_id,) if there else tuple(each.member.id for each in who.givers)
    return tuple(each for each in givers if each != actor)


def read_reason(reasons: Sequence[str], reason: str, line: str = "") -> tuple[str, str]:
    """Return the code of a reason and the line beside it; text that begins with no code is `other`.

    Raises Invalid, with the codes, for a reason that is none although a line stands beside it.
    """
    codes = {plain(each): each for each in reasons}
    words = reason.split()
    for count in range(len(words), 0, -1):
        code = codes.get(plain(" ".join(words[:count])))
        if code:
            rest = " ".join(words[count:]).lstrip(" :,;.-\u2013\u2014")
            return code, " ".join(filter(None, (rest, line.strip())))
    if reason.strip() and line.strip():
        near = nearest(reason, reasons)
        if len(near) != 1:
            raise Invalid("reason", reason, "not_one_of", near or tuple(reasons))
        return near[0], line.strip()
    return OTHER, (reason.strip() or line.strip())


def close_condition(
    desk: Desk, actor: str, key: str, said: str, link: str = "", *, undo: bool = False
) -> HandoffView:
    """Close a condition of an acceptance, or open it again; its owner does, or who took the packet.

    `said` is its number or its text. Raises Conflict if it is closed (or open) already.
    """
    row, initiative, who = finding.get(desk, actor, key)
    if row.state != "accepted_with_conditions":
        raise Conflict(key, "no_conditions")
    rows = desk.books.handoffs.conditions(row.id)
    found = _find(rows, said)
    if found.owner_id != actor:
        who.require_receiver(actor, f"{key}/{found.number}", "close")
    if (found.closed_at is None) is undo:
        state = "open" if undo else "closed"
        raise Conflict(f"{key}/{found.number}", state, finding.handle(desk, found.closed_by))
    _, address = filling.parted("", link)
    found.closed_at, found.closed_by = (None, "") if undo else (desk.now(), actor)
    found.link = "" if undo else address
    desk.books.add(found)
    kind = "condition.reopened" if undo else "condition.closed"
    facts = {"condition": found.number}
    telling.write(desk, actor, row, kind, facts, {"link": (address, actor)} if found.link else {})
    telling.show(desk, row, "condition_closed")
    return describe(desk, row, initiative, who, actor)


def _find(rows: Sequence[HandoffCondition], said: str) -> HandoffCondition:
    """Return the condition of this number, or nearly of this text; the only open one for none."""
    text = said.strip().rpartition("/")[2]
    by_number = {str(each.number): each for each in rows}
    if text in by_number:
        return by_number[text]
    left = [each for each in rows if each.closed_at is None]
    if not text and len(left) == 1:
        return left[0]
    near = nearest(text, [each.text for each in rows]) if text else ()
    if len(near) == 1:
        return next(each for each in rows if each.text == near[0])
    raise Invalid("condition", said, "not_one_of", tuple(by_number))
