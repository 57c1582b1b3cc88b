"""What holds however processes end: checked on what the chat has, and on what the council says."""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise

import httpx
from sqlmodel import Session

from bot.cards.compose import compose
from bot.settings import Settings
from bot.slack.blocks import message
from bot.wiring import means, one_desk, open_database
from council import agenda, cases
from council.announcements import CaseNews
from council.cases.follow import ACKNOWLEDGE
from council.desk import Desk
from tests.e2e.conftest import Town
from tests.e2e.processes import Json, until
from tests.e2e.senders import STEADY, Sender

# Behind the second that is promised: so much of it the network may give back.
PACE = 0.9
# What a killed process held is free after a minute; then it is a message a second.
DRAINED = 300.0


@contextmanager
def a_desk(town: Town) -> Iterator[Desk]:
    """Sit down in the council's own database, as a second process would."""
    settings = Settings(
        database_url=town.council.environment["DATABASE_URL"],
        council_channel=town.council.environment["COUNCIL_CHANNEL"],
    )
    engine = open_database(settings)
    with Session(engine) as session:
        yield one_desk(means(engine, settings), session)
        session.commit()
    engine.dispose()


def let_somebody_be_late(town: Town, done: set[str]) -> Counter[str]:
    """Let the time to answer a case run out, once for each that stays open; return which."""
    with a_desk(town) as desk:
        keys = {row.id: row.key for row in desk.books.initiatives.page("", 50)}
        late = [
            case.id
            for case in desk.books.cases.page(1_000_000, 1_000)
            if keys[case.initiative_id] in STEADY and case.id not in done
        ][:1]
        agenda.schedule(desk, [agenda.Due(ACKNOWLEDGE, each, desk.now()) for each in late])
    return Counter(late)


@contextmanager
def sending(town: Town, flaps: float) -> Iterator[list[Sender]]:
    """Send from two sides, and end when everything that was begun is acknowledged."""
    client = httpx.Client(base_url=town.front, timeout=10)
    senders = [
        Sender(name, client, town.hook, town.secret, random.Random(town.chance.random()), flaps)
        for name in ("a", "b")
    ]
    try:
        yield senders
    finally:
        for sender in senders:
            sender.stop()
    until("every hook is acknowledged", lambda: all(sender.done for sender in senders))
    client.close()
    assert [sender.failures for sender in senders] == [[], []]


# ── what must hold ───────────────────────────────────────────────────────────────────────────────


def everything_holds(
    town: Town, senders: list[Sender], escalated: Counter[str], *, same_words: bool = True
) -> None:
    """Let everything arrive, and look at what is there.

    Without `same_words` another version of the program may have said some of it.
    """
    until("everything has arrived", lambda: not waiting(town), DRAINED)
    every_signal_is_listed_once(town, senders)
    every_notice_arrived(town)
    one_card_per_subject_and_conversation(town)
    if same_words:
        cards_show_how_things_stand(town)
    order_was_kept(town)
    nobody_was_told_too_fast(town)
    what_was_due_was_done_once(town, escalated)
    assert town.council.shell("ledger", "verify")["faults"] == []


def waiting(town: Town) -> list[Json]:
    return [
        each
        for each in town.council.listed("notices")
        if each["state"] in {"pending", "claimed", "failed"}
    ]


def every_signal_is_listed_once(town: Town, senders: list[Sender]) -> None:
    promised = Counter(known for sender in senders for known in sender.acknowledged)
    listed = Counter((each["feature"], each["status"]) for each in town.council.listed("signals"))
    assert promised - listed == Counter(), "lost"
    assert listed - promised == Counter(), "doubled, or from nowhere"


def every_notice_arrived(town: Town) -> None:
    states = Counter(each["state"] for each in town.council.listed("notices"))
    assert set(states) <= {"sent", "superseded"}, states


def notices(town: Town) -> Mapping[str, tuple[int, Json]]:
    """Return each notice with its place in its conversation, by message id."""
    return {each["id"]: (at, each) for at, each in enumerate(town.council.listed("notices"))}


def mid(said: Json) -> str:
    return str(said["metadata"]["event_payload"]["mid"])


def one_card_per_subject_and_conversation(town: Town) -> None:
    known = notices(town)
    cards = Counter(
        (each["channel"], notice["subject"], notice["audience"])
        for each in town.slack.messages()
        if not each["thread_ts"]
        for _, notice in [known[mid(each)]]
    )
    assert {card: count for card, count in cards.items() if count != 1} == {}
    conversations = {
        (notice["conversation"], notice["subject"], notice["audience"])
        for _, notice in known.values()
        if notice["reason"] != "in_summary"  # kept for the morning: whoever it is for is off
    }
    assert len(cards) == len(conversations)


def cards_show_how_things_stand(town: Town) -> None:
    known = notices(town)
    with a_desk(town) as desk:
        for each in town.slack.messages():
            _, notice = known[mid(each)]
            noun, _, case_id = notice["subject"].partition(":")
            if noun != "case" or each["thread_ts"]:
                continue
            view = cases.views.view_by_id(desk, case_id)
            assert view
            said = message(compose(notice["kind"], {}, CaseNews(view, ())))
            assert (each["text"], each["blocks"]) == (said["text"], said["blocks"])


def order_was_kept(town: Town) -> None:
    """What was accepted in a conversation was accepted in the order of the outbox."""
    known = notices(town)
    places: dict[str, list[int]] = defaultdict(list)
    for call in town.slack.spoken():
        if call["outcome"] in {"ok", "dropped"}:
            places[call["channel"]].append(known[mid(call["given"])][0])
    assert {room: at for room, at in places.items() if at != sorted(at)} == {}


def nobody_was_told_too_fast(town: Town) -> None:
    moments: dict[str, list[float]] = defaultdict(list)
    for call in town.slack.spoken():
        moments[call["channel"]].append(call["at"])
    gaps = {room: [b - a for a, b in pairwise(times)] for room, times in moments.items()}
    assert {room: min(each) for room, each in gaps.items() if each and min(each) < PACE} == {}


def what_was_due_was_done_once(town: Town, escalated: Counter[str]) -> None:
    known = notices(town)
    links = [each for each in town.council.listed("ledger") if each["kind"] == "case.escalated"]
    assert Counter(link["subject"].partition(":")[2] for link in links) == escalated
    replies = Counter(
        notice["subject"].partition(":")[2]
        for each in town.slack.messages()
        for _, notice in [known[mid(each)]]
        if notice["kind"] == "case_escalated_reply"
    )
    assert replies == escalated


def report(town: Town, senders: list[Sender], what: str, seconds: float) -> None:
    """Say what the run was like."""
    outcomes = Counter(call["outcome"] for call in town.slack.spoken())
    listed = town.council.listed("notices")
    sys.stdout.write(
        f"{what} in {seconds:.0f} s; {sum(each.hooks for each in senders)} hooks, sent "
        f"again {sum(each.again for each in senders)} times; {len(listed)} notices, "
        f"{sum(each['attempts'] > 1 for each in listed)} tried again; calls: {dict(outcomes)}\n"
    )
