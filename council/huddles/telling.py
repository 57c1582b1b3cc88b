"""Where huddles, decisions and reviews are told of: one card each, brought up to date in place."""

from collections.abc import Callable, Sequence

from council import ledger, outbox
from council.cases.routing import lanes
from council.desk import Desk
from council.huddles.seats import Seats, seats
from council.notices import (
    Audience,
    DecisionCard,
    DecisionReply,
    HuddleCard,
    HuddleReply,
    Notice,
    ReviewCard,
    ReviewReply,
)
from council.people import Called, Member
from council.tables import Decision, Huddle, Initiative, Review

COUNCIL = "council"
CHOOSING = "choosing"


def write(desk: Desk, actor: str, huddle: Huddle, kind: str, **more: object) -> None:
    """Write into the ledger what happened in a huddle; `texts` are kept beside the chain."""
    texts = more.pop("texts", {})
    facts = {
        "initiative": huddle.initiative_id,
        "number": huddle.number,
        "state": huddle.state,
        "round": huddle.round,
        "stage": huddle.stage,
        **more,
    }
    entry = ledger.Entry(kind, actor, f"huddle:{huddle.id}", facts, texts)  # type: ignore[arg-type]
    ledger.append(desk, [entry])


def open_card(desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats) -> None:
    """Show a new huddle where the initiative lives, else to each of those who decide."""
    where = lanes(desk, initiative, at.deciders)
    outbox.put(desk, [(lane, HuddleCard(huddle.id, "opened")) for lane in where])


def update(desk: Desk, huddle: Huddle, change: str) -> list[str]:
    """Bring every card on a huddle up to date; return in which conversations it was shown."""
    subject = f"huddle:{huddle.id}"
    return _again(desk, subject, lambda who: HuddleCard(huddle.id, change, Audience(who)))


def call_in_thread(
    desk: Desk,
    huddle: Huddle,
    initiative: Initiative,
    at: Seats,
    why: str,
    ring: tuple[str, ...],
) -> None:
    """Call those who choose, in the thread: they chose differently, or have not chosen yet."""
    where = _thread(lanes(desk, initiative, at.deciders), ring)
    outbox.put(desk, [(lane, HuddleReply(huddle.id, why, ring, stage=CHOOSING)) for lane in where])


def give_last_word(desk: Desk, huddle: Huddle, asked: Sequence[Member], audience: Audience) -> None:
    """Show that one person has the last word, and call them directly.

    Whoever has a card of it already is called beneath that one.
    """
    shown = update(desk, huddle, "last_word")
    known = tuple(each for each in asked if f"person:{each.id}" in shown)
    fresh = [each for each in asked if each not in known]
    notice = HuddleCard(huddle.id, "last_word", audience)
    outbox.put(desk, [(f"person:{each.id}", notice) for each in fresh])
    remind_directly(desk, huddle, known, "last_word")


def remind_directly(desk: Desk, huddle: Huddle, asked: Sequence[Member], why: str) -> None:
    """Call those who have the last word, each in their own conversation."""
    stage = huddle.stage
    outbox.put(
        desk,
        [
            (f"person:{each.id}", HuddleReply(huddle.id, why, (each.id,), stage=stage))
            for each in asked
        ],
    )


def show_decision(
    desk: Desk, decision: Decision, initiative: Initiative, confirm: Sequence[str], actor: str
) -> None:
    """Show what was decided; who was not asked before, and who does it, is called in the thread.

    Whoever has no conversation of it gets the card directly; a card that has just come to
    somebody needs no call beneath it.
    """
    at = seats(desk, initiative, decision.signal_class)
    where = list(lanes(desk, initiative, at.deciders))
    owner = decision.owner_id if decision.owner_id != actor else ""
    own = f"person:{owner}"
    outside = where[0].startswith("person:") or not at.roster.roles_of(owner)
    if owner and outside and own not in where:
        where.append(own)
    found: list[tuple[str, Notice]] = [
        (lane, DecisionCard(decision.id, "recorded")) for lane in where
    ]
    calls = {"confirm": tuple(confirm), "owner": (owner,) if owner and own not in where else ()}
    rooms = [lane for lane in where if not lane.startswith("person:")]
    for why, ring in calls.items():
        if ring:
            found += [(lane, DecisionReply(decision.id, why, ring)) for lane in rooms]
    outbox.put(desk, found)


def ask_effect(
    desk: Desk, decision: Decision, initiative: Initiative, asked: Sequence[Member], why: str
) -> None:
    """Ask how a decision turned out: the card shows the question, the thread calls."""
    update_decision(desk, decision, "asked")
    called = tuple(Called(each) for each in asked)
    ring = tuple(each.id for each in asked)
    where = _thread(lanes(desk, initiative, called), ring)
    outbox.put(desk, [(lane, DecisionReply(decision.id, why, ring)) for lane in where])


def update_decision(desk: Desk, decision: Decision, change: str) -> None:
    """Bring every card on a decision up to date."""
    _again(
        desk,
        f"decision:{decision.id}",
        lambda who: DecisionCard(decision.id, change, Audience(who)),
    )


def show_review(
    desk: Desk, review: Review, initiative: Initiative, asked: Sequence[Member]
) -> None:
    """Show a review that was opened."""
    where = lanes(desk, initiative, tuple(Called(each) for each in asked))
    outbox.put(desk, [(lane, ReviewCard(review.id, "opened")) for lane in where])


def remind_review(
    desk: Desk, review: Review, initiative: Initiative, asked: Sequence[Member]
) -> None:
    """Remind whoever looks back, once, in the thread."""
    ring = tuple(each.id for each in asked)
    where = _thread(lanes(desk, initiative, tuple(Called(each) for each in asked)), ring)
    outbox.put(desk, [(lane, ReviewReply(review.id, "due", ring)) for lane in where])


def pass_review_on(desk: Desk, review: Review, asked: Sequence[Member]) -> None:
    """Show a review that nobody did to the council leads."""
    notice = ReviewCard(review.id, "passed_on", Audience.LEAD)
    outbox.put(desk, [(f"person:{each.id}", notice) for each in asked])


def update_review(desk: Desk, review: Review, change: str) -> None:
    """Bring every card on a review up to date."""
    _again(desk, f"review:{review.id}", lambda who: ReviewCard(review.id, change, Audience(who)))


def _again(desk: Desk, subject: str, notice: Callable[[str], Notice]) -> list[str]:
    told = sorted(desk.books.outbox.told([subject]))
    outbox.put(desk, [(lane, notice(audience)) for lane, _, audience in told])
    return [lane for lane, _, _ in told]


def _thread(where: Sequence[str], ring: Sequence[str]) -> list[str]:
    """Return in which conversations a reply calls these people; nobody reads another's."""
    if not ring:
        return []
    return [
        lane
        for lane in where
        if not lane.startswith("person:") or lane.removeprefix("person:") in ring
    ]
