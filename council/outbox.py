"""Put a notice; claim what may be sent; settle how it ended.

At least once, in order per conversation, at most one visible card per (subject, audience,
conversation). A lane is one conversation: its row gives order, rate, lease and fence together.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from council.desk import Desk
from council.notices import Form, Notice

# Where a notice goes that nobody can be told; it is kept, with the reason, for operators.
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands, in the platform's own ids."""

    platform: str
    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice that this owner alone may send until the lease ends.

    `attempts` counts this try; above one, an earlier try may have arrived. `card` is where the
    card on the subject stands, if it was posted. `covered` are later places in the lane that
    this card says as well.
    """

    lane: str
    fence: int
    seq: int
    mid: str
    kind: str
    form: Form
    subject: str
    audience: str
    facts: Mapping[str, Any]
    attempts: int
    first_try_at: datetime
    created_at: datetime
    card: Place | None
    covered: tuple[int, ...]
    correlation: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """How a try ended: `state` is sent, failed (tried again), dropped or dead.

    The lane rests for `pause`, counted from the settling on the clock that all replicas share.
    """

    claimed: Claimed
    state: str
    pause: timedelta
    reason: str = ""
    place: Place | None = None


def put(
    desk: Desk, notices: Sequence[tuple[str, Notice]], causes: Mapping[str, str] | None = None
) -> None:
    """Put (lane, notice) pairs into the outbox, in order, within this transaction.

    A card that already waits untouched in its lane is not put twice: it will show the state at
    the time when it is sent. It keeps the correlation it has; `desk.joined` then tells which.
    `causes` holds correlations by subject, where a desk works for several requests at once.
    """
    if not notices:
        return
    desk.announced = True
    lanes = {lane for lane, _ in notices}
    tails = desk.books.outbox.hold(lanes)
    cards = {notice.subject for _, notice in notices if notice.form is Form.CARD}
    waiting = desk.books.outbox.unclaimed_cards(tails, cards) if tails else {}
    now = desk.now()
    places = {lane: tails.get(lane, 0) for lane in lanes}
    urgent: set[str] = set()
    rows: list[dict[str, Any]] = []
    for lane, notice in notices:
        correlation = (causes or {}).get(notice.subject) or desk.correlation
        if notice.form is Form.CARD:
            card = (lane, notice.subject, str(notice.audience))
            if card in waiting:
                desk.joined[correlation] = waiting[card]
                continue
            waiting[card] = correlation
        places[lane] += 1
        if notice.urgent:
            urgent.add(lane)
        rows.append(_row(desk, (lane, places[lane]), notice, now, correlation))
    _lengthen(desk, tails, places, urgent)
    desk.books.outbox.append(rows)


def _lengthen(
    desk: Desk, tails: Mapping[str, int], places: Mapping[str, int], urgent: Collection[str]
) -> None:
    """Move the tails of known lanes to the last place taken, and open the lanes that are new."""
    longer = {lane: places[lane] for lane in sorted(tails) if places[lane] != tails[lane]}
    desk.books.outbox.lengthen(longer, urgent)
    desk.books.outbox.open_lanes(
        [
            {
                "lane": lane,
                "council_id": desk.council_id,
                "tail": places[lane],
                "head": 0,
                "urgent": lane in urgent,
                "ready_at": desk.now(),
                "owner": "",
                "fence": 0,
            }
            for lane in sorted(places.keys() - tails.keys())
        ]
    )


def _row(
    desk: Desk, place: tuple[str, int], notice: Notice, now: datetime, correlation: str
) -> dict[str, Any]:
    lane, seq = place
    nobody = lane == NOBODY
    return {
        "lane": lane,
        "seq": seq,
        "council_id": desk.council_id,
        "mid": desk.ids.new(),
        "kind": notice.kind,
        "subject": notice.subject,
        "audience": str(notice.audience),
        "form": str(notice.form),
        "facts": dict(notice.facts),
        "state": "dropped" if nobody else "pending",
        "attempts": 0,
        "reason": "nobody_to_tell" if nobody else "",
        "created_at": now,
        "settled_at": now if nobody else None,
        "correlation": correlation,
    }


def claim(
    desk: Desk, owner: str, lease: timedelta, limit: int, skip: Collection[str] = ()
) -> list[Claimed]:
    """Take the head of up to `limit` lanes that are ready, urgent ones first."""
    now, books = desk.now(), desk.books.lanes
    lanes = books.claim(owner, now, now + lease, limit, skip)
    if not lanes:
        return []
    heads = books.heads([lane["lane"] for lane in lanes])
    books.begin(heads.values(), now)
    books.give_back([{**lane, "head": lane["tail"]} for lane in lanes if lane["lane"] not in heads])
    covered = books.covered(heads.values())
    # A change from here on may come too late for these cards: it must not find what they cover
    # waiting untouched, and be taken for said.
    books.take_along(covered)
    receipts = books.receipts(heads.values())
    claimed = []
    for lane in lanes:
        if row := heads.get(lane["lane"]):
            receipt = receipts.get((row["lane"], row["subject"], row["audience"]))
            along = tuple(covered.get(row["lane"], ()))
            claimed.append(_claimed(lane["fence"], row, receipt, along, now))
    return claimed


def _claimed(
    fence: int,
    row: Mapping[Any, Any],
    receipt: Mapping[Any, Any] | None,
    covered: tuple[int, ...],
    now: datetime,
) -> Claimed:
    return Claimed(
        lane=row["lane"],
        fence=fence,
        seq=row["seq"],
        mid=row["mid"],
        kind=row["kind"],
        form=Form(row["form"]),
        subject=row["subject"],
        audience=row["audience"],
        facts=row["facts"],
        attempts=row["attempts"] + 1,
        first_try_at=row["first_try_at"] or now,
        created_at=row["created_at"],
        card=Place(receipt["platform"], receipt["conversation"], receipt["message"])
        if receipt
        else None,
        covered=covered,
        correlation=row["correlation"],
    )


def settle(desk: Desk, results: Sequence[Settled]) -> None:
    """Write how tries ended and give the lanes back; one whose lease was lost changes nothing."""
    books, now = desk.books.lanes, desk.now()
    held = books.held(result.claimed.lane for result in results)
    # Whoever took a lane over meanwhile has raised its fence.
    mine = [
        result
        for result in results
        if (lane := held.get(result.claimed.lane)) and lane["fence"] == result.claimed.fence
    ]
    books.save_receipts([_receipt(desk, each, now) for each in mine if _shows(each)])
    books.finish([_ending(result, now) for result in mine])
    books.supersede(
        [
            (result.claimed.lane, seq)
            for result in mine
            if result.state == "sent"
            for seq in result.claimed.covered
        ],
        now,
    )
    first = books.first_open([result.claimed.lane for result in mine])
    books.give_back(
        [
            {
                **(lane := held[result.claimed.lane]),
                "ready_at": now + result.pause,
                "head": first.get(lane["lane"], lane["tail"] + 1) - 1,
            }
            for result in mine
        ]
    )


def _shows(result: Settled) -> bool:
    return result.place is not None and result.claimed.form is Form.CARD


def _receipt(desk: Desk, result: Settled, now: datetime) -> dict[str, Any]:
    claimed = result.claimed
    return {
        "lane": claimed.lane,
        "subject": claimed.subject,
        "audience": claimed.audience,
        "council_id": desk.council_id,
        **(asdict(result.place) if result.place else {}),
        "posted_at": now,
    }


def _ending(result: Settled, now: datetime) -> dict[str, Any]:
    return {
        "lane": result.claimed.lane,
        "seq": result.claimed.seq,
        "state": result.state,
        "reason": result.reason,
        "settled_at": None if result.state == "failed" else now,
    }


def replay(desk: Desk, mid: str) -> bool:
    """Put a dead letter at the end of its lane again; False if there is no such dead letter.

    It keeps its id and counts as tried: a try of which no answer came may have arrived, so it is
    looked for before it is posted.
    """
    row = desk.books.outbox.by_mid(mid)
    if row is None or row.state != "dead":
        return False
    tail = desk.books.outbox.hold([row.lane])[row.lane] + 1
    again = row.model_dump()
    desk.books.outbox.settle(
        row.lane, [row.seq], {"mid": desk.ids.new(), "state": "dropped", "reason": "replayed"}
    )
    desk.books.outbox.append(
        [
            {
                **again,
                "seq": tail,
                "state": "pending",
                "attempts": 1,
                "reason": "",
                "settled_at": None,
            }
        ]
    )
    desk.books.outbox.lengthen({row.lane: tail}, ())
    desk.announced = True
    return True
