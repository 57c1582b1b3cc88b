"""Windows that listen: server-sent events from a real server on loopback."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.cards.model import Card
from bot.messenger import Destination
from bot.workspace import stream as streams
from bot.workspace.events import KEPT, Journal, Kind
from tests.bot.served import PATIENCE, until
from tests.bot.workspace.chat import CHANNEL, OWN, Chat, listening, on_a_port, serving

HERE = Destination("local", CHANNEL)


async def now(chat: Chat) -> int:
    """Return the number up to which a window that is opened now has seen everything."""
    found = (await chat.state("mei"))["event"]
    assert isinstance(found, int)
    return found


async def test_a_new_message_arrives_at_once(chat: Chat) -> None:
    async with on_a_port(chat) as address, listening(address, "ana", await now(chat)) as window:
        said = await chat.say("mei", "good morning")
        event = await window.next()
    assert (event.kind, event.data) == ("message", said)


async def test_the_stream_is_not_kept_by_anybody(chat: Chat) -> None:
    async with on_a_port(chat) as address, listening(address, "ana", await now(chat)) as window:
        assert window.headers["content-type"].startswith("text/event-stream")
        assert window.headers["cache-control"] == "no-store"
        assert "content-security-policy" in window.headers


async def test_a_card_changes_in_place_in_a_second_window(chat: Chat) -> None:
    card = await chat.alert()
    async with on_a_port(chat) as address, listening(address, "ana", await now(chat)) as second:
        await chat.press("mei", card, "ack C-1")
        await chat.deliver()
        event = await second.next()
    assert (event.kind, event.data["id"], event.data["place"]) == ("message", card["id"], OWN)
    assert event.data["changed"] is not None


async def test_a_private_answer_arrives_at_its_asker_only(chat: Chat) -> None:
    async with (
        on_a_port(chat) as address,
        listening(address, "mei", await now(chat)) as mine,
        listening(address, "ana", await now(chat)) as other,
    ):
        answer = await chat.say("mei", "/council mine")
        said = await chat.say("mei", "that was for me")
        assert (await mine.next()).data["id"] == answer["id"]
        assert (await other.next()).data["id"] == said["id"]


async def test_what_is_cleared_away_goes_from_the_window(chat: Chat) -> None:
    answer = await chat.say("mei", "/council mine")
    async with on_a_port(chat) as address, listening(address, "mei", await now(chat)) as window:
        await chat.do("dismiss", "mei", message=answer["id"])
        event = await window.next()
    assert (event.kind, event.data) == ("gone", {"id": answer["id"]})


async def test_every_window_hears_that_time_has_passed(chat: Chat) -> None:
    async with on_a_port(chat) as address, listening(address, "ana", await now(chat)) as window:
        await chat.http.post("/workspace/clock", json={"minutes": 60})
        event = await window.next()
    assert (event.kind, event.data) == ("clock", {"now": "2026-11-24T10:00:00+00:00"})


async def test_a_stream_that_broke_goes_on_where_it_stopped(chat: Chat) -> None:
    before = await now(chat)
    async with on_a_port(chat) as address:
        async with listening(address, "ana", before) as window:
            await chat.say("mei", "one")
            first = await window.next()
        await chat.say("mei", "two")
        async with listening(address, "ana", before, resumed=first.id) as window:
            assert (await window.next()).data["text"] == "two"


async def test_a_message_that_changed_meanwhile_is_told_once_as_it_stands(chat: Chat) -> None:
    before = await now(chat)
    at = await chat.workspace.post(HERE, Card("C-1", "open"), "mid-1")
    await chat.workspace.update(at, Card("C-1", "closed"), "mid-2")
    await chat.say("mei", "afterwards")
    async with on_a_port(chat) as address, listening(address, "ana", before) as window:
        told = [(await window.next()).data["text"] for _ in range(2)]
    assert told == ["closed", "afterwards"]


async def test_a_message_that_came_and_went_is_only_gone(chat: Chat) -> None:
    before = await now(chat)
    answer = await chat.say("mei", "/council mine")
    await chat.do("dismiss", "mei", message=answer["id"])
    async with on_a_port(chat) as address, listening(address, "mei", before) as window:
        assert (await window.next()).kind == "gone"


async def test_a_window_of_an_earlier_run_begins_anew(chat: Chat) -> None:
    async with on_a_port(chat) as address, listening(address, "ana", 57) as window:
        event = await window.next()
    assert (event.kind, int(event.id)) == ("reload", await now(chat))


async def test_a_window_that_fell_too_far_behind_begins_anew(chat: Chat) -> None:
    before = await now(chat)
    for number in range(KEPT + 1):
        chat.workspace.say("mei", CHANNEL, f"line {number}")
    async with on_a_port(chat) as address, listening(address, "ana", before) as window:
        assert (await window.next()).kind == "reload"
        said = await chat.say("mei", "afterwards")
        assert (await window.next()).data["id"] == said["id"]


async def test_a_new_channel_is_a_reason_to_begin_anew(chat: Chat) -> None:
    async with on_a_port(chat) as address, listening(address, "ana", await now(chat)) as window:
        chat.workspace.open_channel("fraud")
        assert (await window.next()).kind == "reload"


async def test_a_stranger_hears_nothing(chat: Chat) -> None:
    answer = await chat.http.get("/workspace/events", params={"as": "nobody"})
    assert answer.status_code == 422


async def test_a_quiet_stream_shows_that_it_lives(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.01)
    async with on_a_port(chat) as address, listening(address, "ana", await now(chat)) as window:
        waiting = asyncio.create_task(window.next())
        async with asyncio.timeout(PATIENCE):
            while not window.comments:  # noqa: ASYNC110 -- it comes over a socket
                await asyncio.sleep(0.005)
        await chat.say("mei", "enough")
        await waiting
    assert window.comments[0].startswith(":")


async def test_a_server_that_ends_does_not_wait_for_its_windows(chat: Chat) -> None:
    async with AsyncExitStack() as later:
        async with on_a_port(chat) as address:  # leaving this waits for five seconds at most
            window = await later.enter_async_context(listening(address, "ana", await now(chat)))
        assert await window.ended()


async def test_a_window_that_left_is_forgotten(chat: Chat) -> None:
    async with serving(chat) as server:
        async with listening(server.address, "ana", await now(chat)):
            assert server.answering == 1
        await until(lambda: server.answering == 0)


def test_what_is_kept_for_windows_is_bounded() -> None:
    journal = Journal(keep=3)
    begun = journal.last
    for number in range(5):
        journal.add(Kind.MESSAGE, f"m{number}", CHANNEL)
    assert journal.after(begun) is None
    assert [each.message for each in journal.after(begun + 2) or ()] == ["m2", "m3", "m4"]


def test_a_number_that_was_never_given_cannot_be_resumed_from() -> None:
    journal = Journal()
    assert journal.after(journal.last + 1) is None


def test_a_later_run_counts_from_a_greater_number() -> None:
    assert Journal().last > 1_000
