"""The messenger against a Slack that others wrote, with the scopes of the README's manifest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards.model import Card
from bot.messenger import Destination
from bot.slack.messenger import Profile, SlackMessenger
from tests.e2e.real import CHANNEL, NARROW, TOKEN, Emulate

pytestmark = pytest.mark.e2e

CARD, LATER = Card("Title", "What happened"), Card("Later", "What happened then")


@asynccontextmanager
async def a_messenger(slack: Emulate, token: str) -> AsyncIterator[SlackMessenger]:
    messenger = SlackMessenger(token, slack.api)
    yield messenger
    await messenger.close()


def an_hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


@pytest.mark.parametrize("token", [TOKEN, NARROW])
async def test_a_card_is_posted_changed_in_place_and_answered(emulate: Emulate, token: str) -> None:
    channel = emulate.channel(CHANNEL)
    async with a_messenger(emulate, token) as messenger:
        at = await messenger.post(Destination("slack", channel), CARD, "m1")
        await messenger.update(at, LATER, "m2")
        await messenger.reply(at, CARD, "m3")
    root, reply = emulate.thread(channel, at.message)
    assert (root["ts"], root["text"]) == (at.message, "What happened then")
    assert [each["metadata"]["event_payload"]["mid"] for each in (root, reply)] == ["m2", "m3"]


@pytest.mark.parametrize("token", [TOKEN, NARROW])
async def test_a_person_is_told_in_private(emulate: Emulate, token: str) -> None:
    mei = Destination("slack", emulate.person("mei@example.com"), direct=True)
    async with a_messenger(emulate, token) as messenger:
        first = await messenger.post(mei, CARD, "m1")
        second = await messenger.post(mei, LATER, "m2")
    assert first.conversation == second.conversation != emulate.channel(CHANNEL)
    found = emulate.messages(first.conversation, TOKEN)
    assert [each["text"] for each in found] == ["What happened then", "What happened"]


async def test_a_message_is_found_by_its_id(emulate: Emulate) -> None:
    channel = Destination("slack", emulate.channel(CHANNEL))
    mei = Destination("slack", emulate.person("mei@example.com"), direct=True)
    async with a_messenger(emulate, TOKEN) as messenger:
        card = await messenger.post(channel, CARD, "m1")
        reply = await messenger.reply(card, LATER, "m2")
        private = await messenger.post(mei, CARD, "m3")
        assert await messenger.find(channel, "m1", an_hour_ago(), None) == card
        assert await messenger.find(channel, "m2", an_hour_ago(), card) == reply
        assert await messenger.find(mei, "m3", an_hour_ago(), None) == private
        assert await messenger.find(channel, "m4", an_hour_ago(), None) is None


async def test_where_the_council_may_not_read_it_finds_nothing(emulate: Emulate) -> None:
    channel = Destination("slack", emulate.channel(CHANNEL))
    async with a_messenger(emulate, NARROW) as messenger:
        card = await messenger.post(channel, CARD, "m1")
        await messenger.reply(card, LATER, "m2")
        assert await messenger.find(channel, "m1", an_hour_ago(), None) is None
        assert await messenger.find(channel, "m2", an_hour_ago(), card) is None


async def test_a_person_is_known_by_name_and_address(emulate: Emulate) -> None:
    async with a_messenger(emulate, NARROW) as messenger:
        mei = await messenger.users_info(emulate.person("mei@example.com"))
        council = await messenger.users_info(emulate.ask("auth.test", NARROW)["user_id"])
    assert mei == Profile("Mei Tanaka", "mei@example.com", "", guest=False, bot=False)
    assert council.bot
