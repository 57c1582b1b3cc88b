"""The workspace as the courier's messenger."""

from datetime import timedelta

import pytest

from bot.cards.model import Card
from bot.messenger import DeliveryError, Destination, Failure, Receipt
from bot.workspace.room import Message, NotHere, Workspace
from tests.fakes import START, SetClock

HERE = Destination("local", "ml-council")
MEI = Destination("local", "mei", direct=True)
CARD = Card("C-1", "C-1 is open")
CLOSED = Card("C-1", "C-1 is closed")


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(SetClock())


async def test_what_is_posted_stands_in_its_channel(workspace: Workspace) -> None:
    at = await workspace.post(HERE, CARD, "mid-1")
    assert at == Receipt("local", "ml-council", "m1")
    assert [m.card for m in workspace.seen_by("ana")] == [CARD]


async def test_a_channel_that_nobody_opened_is_opened(workspace: Workspace) -> None:
    await workspace.post(HERE, CARD, "mid-1")
    assert list(workspace.channels) == ["ml-council"]


async def test_a_direct_message_is_seen_by_its_reader_only(workspace: Workspace) -> None:
    at = await workspace.post(MEI, CARD, "mid-1")
    assert at.conversation == "@mei"
    assert (len(workspace.seen_by("mei")), len(workspace.seen_by("ana"))) == (1, 0)


async def test_an_update_changes_a_message_in_place(workspace: Workspace) -> None:
    at = await workspace.post(HERE, CARD, "mid-1")
    assert await workspace.update(at, CLOSED, "mid-2") == at
    (message,) = workspace.seen_by("ana")
    assert (message.card, message.changed_at) == (CLOSED, START)


async def test_a_message_that_is_gone_cannot_be_updated(workspace: Workspace) -> None:
    with pytest.raises(DeliveryError) as refused:
        await workspace.update(Receipt("local", "ml-council", "m9"), CARD, "mid-1")
    assert refused.value.failure is Failure.GONE


async def test_a_thread_that_is_gone_takes_no_reply(workspace: Workspace) -> None:
    with pytest.raises(DeliveryError) as refused:
        await workspace.reply(Receipt("local", "ml-council", "m9"), CARD, "mid-1")
    assert refused.value.failure is Failure.GONE


async def test_a_reply_stands_in_the_thread(workspace: Workspace) -> None:
    at = await workspace.post(HERE, CARD, "mid-1")
    reply = await workspace.reply(at, CLOSED, "mid-2")
    assert workspace.message(reply.message, "ana").thread == at.message


async def test_a_reply_to_a_reply_stands_in_the_same_thread(workspace: Workspace) -> None:
    at = await workspace.post(HERE, CARD, "mid-1")
    reply = await workspace.reply(at, CARD, "mid-2")
    again = await workspace.reply(reply, CARD, "mid-3")
    assert workspace.message(again.message, "ana").thread == at.message


async def test_a_message_is_found_by_its_id(workspace: Workspace) -> None:
    at = await workspace.post(HERE, CARD, "mid-1")
    assert await workspace.find(HERE, "mid-1", START, None) == at


async def test_what_was_never_posted_is_not_found(workspace: Workspace) -> None:
    await workspace.post(HERE, CARD, "mid-1")
    assert await workspace.find(HERE, "mid-2", START, None) is None


async def test_a_message_of_before_is_not_looked_at(workspace: Workspace) -> None:
    await workspace.post(HERE, CARD, "mid-1")
    assert await workspace.find(HERE, "mid-1", START + timedelta(seconds=1), None) is None


async def test_a_reply_is_found_in_its_thread_only(workspace: Workspace) -> None:
    one = await workspace.post(HERE, CARD, "mid-1")
    other = await workspace.post(HERE, CARD, "mid-2")
    reply = await workspace.reply(one, CARD, "mid-3")
    assert await workspace.find(HERE, "mid-3", START, one) == reply
    assert await workspace.find(HERE, "mid-3", START, other) is None


async def test_who_watches_is_told_what_is_new_and_what_changed(workspace: Workspace) -> None:
    told: list[tuple[str, bool]] = []
    stop = workspace.watch(lambda message, changed: told.append((message.id, changed)))
    at = await workspace.post(HERE, CARD, "mid-1")
    await workspace.update(at, CLOSED, "mid-2")
    stop()
    await workspace.post(HERE, CARD, "mid-3")
    assert told == [("m1", False), ("m1", True)]


async def test_beyond_the_limit_the_oldest_message_goes() -> None:
    workspace = Workspace(SetClock(), most=3)
    for number in range(5):
        workspace.say("mei", "ml-council", f"line {number}")
    assert [m.text for m in workspace.seen_by("ana")] == ["line 2", "line 3", "line 4"]


async def test_a_thread_goes_with_its_first_message() -> None:
    workspace = Workspace(SetClock(), most=3)
    root = workspace.say("mei", "ml-council", "look")
    workspace.say("ana", "ml-council", "I do", root.id)
    workspace.say("bo", "ml-council", "one")
    workspace.say("bo", "ml-council", "two")
    assert [m.text for m in workspace.seen_by("ana")] == ["one", "two"]


def test_a_thread_of_another_place_takes_no_words(workspace: Workspace) -> None:
    root = workspace.say("mei", "ml-council", "look")
    with pytest.raises(NotHere):
        workspace.say("mei", "late-orders", "I do", root.id)


def test_nobody_answers_publicly_under_a_private_answer(workspace: Workspace) -> None:
    private: Message = workspace.whisper("mei", "ml-council", CARD)
    with pytest.raises(NotHere):
        workspace.say("mei", "ml-council", "I do", private.id)
