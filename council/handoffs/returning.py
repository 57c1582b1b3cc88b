"""A packet goes back with a reason; the day on which it is to come again is kept in mind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from council import agenda, calendar, outbox, people
from council.desk import Desk
from council.errors import Invalid
from council.handoffs import answering, clocks, telling
from council.handoffs.parties import Parties, parties
from council.handoffs.stays import gone_on
from council.handoffs.views import HandoffView, describe
from council.notices import Audience, HandoffReply
from council.playbook.names import nearest, plain
from council.tables import Handoff

OTHER = "other"
OVER = "over"


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
    row, initiative, who = answering.offered(desk, actor, key, "decline")
    reasons = who.playbook.handoff.return_reasons
    reason, line = read_reason(reasons, why.reason, why.line)
    row.next_offer = _end_of(desk, actor, why.next_offer) if why.next_offer else None
    row.reason, row.line = reason, line
    row.returned_before += 1
    answering.answer(desk, actor, row, who, "returned")
    givers = _hear(desk, row, who, actor)
    _promise(desk, row, givers)
    facts = {
        "reason": reason,
        "round": row.returned_before,
        "next_offer": row.next_offer.isoformat() if row.next_offer else None,
    }
    telling.write(
        desk, actor, row, "handoff.returned", facts, {"line": (line, actor)} if line else {}
    )
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


# ── the day of the next offer ────────────────────────────────────────────────────────────────────


def _promise(desk: Desk, row: Handoff, givers: Sequence[str]) -> None:
    """Keep in mind that it comes again: on that day at work, and when the day is over."""
    if row.next_offer is None:
        return
    hours = people.hours_of(desk, givers[0] if givers else "")
    day = row.next_offer.astimezone(calendar.zone(hours.zone)).date()
    begins = calendar.next_opening(hours.on(day, hours.opens), hours)
    dues = [agenda.Due(clocks.AGAIN, row.id, row.next_offer, OVER)]
    if desk.now() < begins < row.next_offer:
        dues.append(agenda.Due(clocks.AGAIN, row.id, begins))
    agenda.schedule(desk, dues)


def again_due(desk: Desk, handoff_id: str, period: str) -> None:
    """Remind the givers, once, that it is to come again today; called by the agenda.

    When the day is over the cards do not promise it any more.
    """
    row = desk.books.handoffs.by_id(handoff_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None or row.state != "returned":
        return
    if period == OVER:
        telling.show(desk, row, "changed")
        return
    who = parties(desk, initiative, row.definition)
    if initiative.state != clocks.ACTIVE or gone_on(desk, row, initiative, who):
        return
    givers = _hear(desk, row, who, "")
    telling.write(desk, telling.COUNCIL, row, "handoff.reminded")
    reply = HandoffReply(row.id, "next_offer", tuple(givers), Audience.PERSON)
    outbox.put(desk, [(f"person:{each}", reply) for each in givers])
