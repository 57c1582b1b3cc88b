"""Posting, updating, answering and looking up, against a Web API that may misbehave."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards.model import Card, Paragraph
from bot.messenger import DeliveryError, Destination, Failure, Receipt
from bot.slack.failures import failure, hook_error, http_error
from bot.slack.messenger import Profile, SlackMessenger, may_follow
from tests.standins.slack import Faults, Served, served

CHANNEL = Destination("slack", "C0CHANNEL1")
ADA = Destination("slack", "U0ADA00001", direct=True)
CARD = Card("Title", "What happened", (Paragraph(("Text",)),))
LATER = Card("Later", "What happened then")
TOKEN = "xoxb-test"


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture
def standin(server: Served) -> Served:
    server.slack.reset(Faults())
    return server


@pytest.fixture
async def messenger(standin: Served) -> AsyncIterator[SlackMessenger]:
    made = SlackMessenger(TOKEN, standin.api, timeout=2)
    yield made
    await made.close()


def an_hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


async def failed(call: object) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await call  # type: ignore[misc]
    return caught.value


# ── what it says ─────────────────────────────────────────────────────────────────────────────────


async def test_a_post_carries_its_id_and_shows_no_previews(
    standin: Served, messenger: SlackMessenger
) -> None:
    receipt = await messenger.post(CHANNEL, CARD, "m1")
    [message], [call] = standin.slack.messages, standin.slack.calls
    assert receipt == Receipt("slack", "C0CHANNEL1", message["ts"])
    assert message["text"] == "What happened"
    assert message["metadata"] == {"event_type": "council_notice", "event_payload": {"mid": "m1"}}
    assert call["given"]["unfurl_links"] is False
    assert call["given"]["parse"] == "none"


async def test_a_direct_conversation_is_opened_once(
    standin: Served, messenger: SlackMessenger
) -> None:
    receipts = [await messenger.post(ADA, CARD, mid) for mid in ("m1", "m2")]
    assert [receipt.conversation for receipt in receipts] == ["D0ADA00001"] * 2
    methods = [call["method"] for call in standin.slack.calls]
    assert methods == ["conversations.open", "chat.postMessage", "chat.postMessage"]


async def test_an_update_stays_in_place(standin: Served, messenger: SlackMessenger) -> None:
    receipt = await messenger.post(CHANNEL, CARD, "m1")
    assert await messenger.update(receipt, LATER, "m2") == receipt
    [message] = standin.slack.messages
    assert message["text"] == "What happened then"
    assert message["metadata"]["event_payload"] == {"mid": "m2"}
    assert message["edits"][0]["text"] == "What happened"


async def test_a_reply_stays_in_the_thread(standin: Served, messenger: SlackMessenger) -> None:
    root = await messenger.post(CHANNEL, CARD, "m1")
    reply = await messenger.reply(root, LATER, "m2")
    assert reply.message != root.message
    assert standin.slack.messages[1]["thread_ts"] == root.message
    assert "reply_broadcast" not in standin.slack.calls[1]["given"]


# ── looking up ───────────────────────────────────────────────────────────────────────────────────


async def test_what_was_accepted_but_not_answered_is_found(
    standin: Served, messenger: SlackMessenger
) -> None:
    standin.slack.fault(Faults(drop_after_accept=1, only=["chat.postMessage"]))
    error = await failed(messenger.post(CHANNEL, CARD, "m1"))
    assert error.failure is Failure.UNAVAILABLE
    found = await messenger.find(CHANNEL, "m1", an_hour_ago(), None)
    assert found == Receipt("slack", "C0CHANNEL1", standin.slack.messages[0]["ts"])
    assert await messenger.find(CHANNEL, "m2", an_hour_ago(), None) is None


async def test_a_reply_is_found_in_its_thread_only(messenger: SlackMessenger) -> None:
    root = await messenger.post(CHANNEL, CARD, "m1")
    reply = await messenger.reply(root, LATER, "m2")
    assert await messenger.find(CHANNEL, "m2", an_hour_ago(), root) == reply
    assert await messenger.find(CHANNEL, "m2", an_hour_ago(), None) is None


async def test_a_direct_message_is_found(messenger: SlackMessenger) -> None:
    receipt = await messenger.post(ADA, CARD, "m1")
    assert await messenger.find(ADA, "m1", an_hour_ago(), None) == receipt


async def test_a_look_up_reads_at_most_three_pages(
    standin: Served, messenger: SlackMessenger
) -> None:
    first = await messenger.post(CHANNEL, CARD, "m0")
    second = await messenger.post(CHANNEL, CARD, "m1")
    for _ in range(299):
        standin.slack.post_message({"channel": CHANNEL.id, "text": "others talk"})
    assert await messenger.find(CHANNEL, "m1", an_hour_ago(), None) == second
    assert await messenger.find(CHANNEL, "m0", an_hour_ago(), None) is None
    looked = [call for call in standin.slack.calls if call["method"] == "conversations.history"]
    assert len(looked) == 6
    assert first != second


async def test_a_look_up_goes_no_further_back_than_the_first_try(
    messenger: SlackMessenger,
) -> None:
    await messenger.post(CHANNEL, CARD, "m1")
    since = datetime.now(UTC) + timedelta(minutes=1)
    assert await messenger.find(CHANNEL, "m1", since, None) is None


@pytest.mark.parametrize("word", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_where_looking_is_refused_nothing_is_found(
    standin: Served, messenger: SlackMessenger, word: str
) -> None:
    standin.slack.fault(Faults(errors={"conversations.history": word}))
    assert await messenger.find(CHANNEL, "m1", an_hour_ago(), None) is None


async def test_a_look_up_that_may_work_later_is_told(
    standin: Served, messenger: SlackMessenger
) -> None:
    standin.slack.fault(Faults(status_429=1))
    error = await failed(messenger.find(CHANNEL, "m1", an_hour_ago(), None))
    assert error.failure is Failure.RATE_LIMITED


# ── failures ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_rate_limit_says_how_long_and_is_not_tried_again(
    standin: Served, messenger: SlackMessenger
) -> None:
    standin.slack.fault(Faults(status_429=1, retry_after=7))
    error = await failed(messenger.post(CHANNEL, CARD, "m1"))
    assert (error.failure, error.retry_after) == (Failure.RATE_LIMITED, 7.0)
    assert not error.permanent
    assert len(standin.slack.calls) == 1


async def test_a_server_error_is_not_tried_again(
    standin: Served, messenger: SlackMessenger
) -> None:
    standin.slack.fault(Faults(status_500=1))
    error = await failed(messenger.post(CHANNEL, CARD, "m1"))
    assert (error.failure, error.detail) == (Failure.UNAVAILABLE, "HTTP 500")
    assert len(standin.slack.calls) == 1


async def test_silence_ends_after_the_timeout(standin: Served) -> None:
    standin.slack.fault(Faults(delay=1))
    messenger = SlackMessenger(TOKEN, standin.api, timeout=0.05)
    error = await failed(messenger.post(CHANNEL, CARD, "m1"))
    await messenger.close()
    assert (error.failure, error.detail) == (Failure.UNAVAILABLE, "TimeoutError")


async def test_nobody_there_is_unavailable(unused_tcp_port: int) -> None:
    messenger = SlackMessenger(TOKEN, f"http://127.0.0.1:{unused_tcp_port}/api/")
    error = await failed(messenger.post(CHANNEL, CARD, "m1"))
    await messenger.close()
    assert error.failure is Failure.UNAVAILABLE


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", "application/json"])
@pytest.mark.parametrize("status", [b"200 OK", b"503 Unavailable"])
async def test_an_answer_that_is_not_slacks_is_unavailable(
    status: bytes, content_type: str
) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: 6\r\n\r\n<oops>"
        writer.write(head % (status, content_type.encode()))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    messenger = SlackMessenger(TOKEN, f"http://127.0.0.1:{port}/api/")
    error = await failed(messenger.post(CHANNEL, CARD, "m1"))
    await messenger.close()
    server.close()
    assert error.failure is Failure.UNAVAILABLE


@pytest.mark.parametrize(
    ("to", "expected", "word"),
    [
        (Destination("slack", "C0GONE0001"), Failure.GONE, "channel_not_found"),
        (Destination("slack", "C0ARCHIVED"), Failure.GONE, "is_archived"),
        (Destination("slack", "U0GONE0001", direct=True), Failure.GONE, "user_not_found"),
    ],
)
async def test_a_place_out_of_reach_is_gone(
    messenger: SlackMessenger, to: Destination, expected: Failure, word: str
) -> None:
    error = await failed(messenger.post(to, CARD, "m1"))
    assert (error.failure, error.detail) == (expected, word)
    assert error.permanent


async def test_a_lost_message_cannot_be_updated(messenger: SlackMessenger) -> None:
    error = await failed(messenger.update(Receipt("slack", "C0CHANNEL1", "1.000001"), CARD, "m1"))
    assert (error.failure, error.detail) == (Failure.GONE, "message_not_found")


async def test_a_wrong_token_is_told(standin: Served) -> None:
    messenger = SlackMessenger("wrong", standin.api)
    error = await failed(messenger.post(CHANNEL, CARD, "m1"))
    await messenger.close()
    assert (error.failure, error.detail) == (Failure.AUTH, "invalid_auth")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ratelimited", Failure.RATE_LIMITED),
        ("token_revoked", Failure.AUTH),
        ("missing_scope", Failure.AUTH),
        ("cant_update_message", Failure.GONE),
        ("invalid_blocks", Failure.INVALID),
        ("msg_blocks_too_long", Failure.INVALID),
        ("fatal_error", Failure.UNAVAILABLE),
        ("a_word_of_tomorrow", Failure.UNAVAILABLE),
        ("", Failure.UNAVAILABLE),
    ],
)
async def test_every_word_of_slack_means_something(
    standin: Served, messenger: SlackMessenger, word: str, expected: Failure
) -> None:
    assert failure(word) is expected
    if word:
        standin.slack.fault(Faults(errors={"chat.postMessage": word}))
        error = await failed(messenger.post(CHANNEL, CARD, "m1"))
        assert (error.failure, error.detail) == (expected, word)


def test_a_pause_is_read_whatever_its_case_and_only_if_it_is_a_number() -> None:
    assert http_error(429, {"retry-after": "30"}, "").retry_after == 30
    assert http_error(429, {"Retry-After": "soon"}, "").retry_after is None


# ── beside the port ──────────────────────────────────────────────────────────────────────────────


async def test_a_person_is_introduced(messenger: SlackMessenger) -> None:
    assert await messenger.users_info("U0ADA00001") == Profile(
        "Person 0001", "u0ada00001@example.org", "Europe/Berlin", guest=False, bot=False
    )
    assert (await messenger.users_info("U0GUEST")).guest
    assert (await messenger.users_info("U0BOT")).bot
    assert (await failed(messenger.users_info("U0GONE"))).failure is Failure.GONE


async def test_a_private_answer_goes_where_the_command_came_from(
    standin: Served, messenger: SlackMessenger
) -> None:
    await messenger.respond(f"{standin.origin}/response/1", CARD)
    [call] = standin.slack.calls
    assert call["given"]["response_type"] == "ephemeral"
    assert call["given"]["text"] == "What happened"


async def test_a_used_up_address_is_gone(standin: Served, messenger: SlackMessenger) -> None:
    error = await failed(messenger.respond(f"{standin.origin}/response/expired", CARD))
    assert (error.failure, error.detail) == (Failure.GONE, "expired_url")
    assert hook_error(302, {}, "").failure is Failure.GONE
    assert hook_error(503, {}, "").failure is Failure.UNAVAILABLE


async def test_a_strangers_address_is_not_followed(
    standin: Served, messenger: SlackMessenger
) -> None:
    error = await failed(messenger.respond("http://127.0.0.1:1/response/1", CARD))
    assert error.failure is Failure.INVALID
    assert standin.slack.calls == []


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://hooks.slack.com/commands/T1/1/x", True),
        ("http://hooks.slack.com/commands/T1/1/x", False),
        ("https://hooks.slack.com.evil.example/x", False),
        ("https://hooks.slack.com:444/x", False),
        ("https://hooks.slack.com@evil.example/x", False),
        ("https://evil@hooks.slack.com/x", False),
        ("https://slack.com/x", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_slacks_hooks_are_followed(address: str, *, followed: bool) -> None:
    assert may_follow(address, "https://slack.com/api/") is followed


def test_a_stand_ins_own_address_is_followed() -> None:
    base = "http://127.0.0.1:8400/api/"
    assert may_follow("http://127.0.0.1:8400/response/1", base)
    assert not may_follow("http://127.0.0.1:8401/response/1", base)
    assert not may_follow("https://hooks.slack.com/x", base)


async def test_a_check_says_in_which_workspace_it_speaks_and_as_whom(
    messenger: SlackMessenger,
) -> None:
    assert await messenger.check() == "Acme, as council"


async def test_a_check_with_a_wrong_token_says_what_slack_says(standin: Served) -> None:
    made = SlackMessenger("wrong", standin.api, timeout=2)
    refused = await failed(made.check())
    await made.close()
    assert (refused.failure, refused.detail) == (Failure.AUTH, "invalid_auth")
