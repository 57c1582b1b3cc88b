"""Slack as the courier's messenger: one try per call, every failure a DeliveryError."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.cards.model import Card
from bot.messenger import DeliveryError, Destination, Failure, Receipt
from bot.rotas import Group
from bot.slack.blocks import message
from bot.slack.failures import delivery_error, hook_error
from bot.slack.legal import problems
from bot.slack.spans import Json

SLACK = "https://slack.com/api/"
PLATFORM = "slack"
EVENT = "council_notice"

_SKEW = timedelta(seconds=5)
_PAGES, _PAGE = 3, 100
_OPEN_CONVERSATIONS = 5_000
_LONGEST_ANSWER = 10_000
_OK = 200
# `parse` is "client" for updates unless it is said: names and addresses in the text would link.
_QUIET: Json = {"parse": "none", "link_names": False}
_NO_PREVIEWS: Json = {"unfurl_links": False, "unfurl_media": False}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack tells about a person; `guest` also stands for people of other companies."""

    name: str
    email: str
    timezone: str
    guest: bool
    bot: bool


class SlackMessenger:
    """One workspace, by its bot token.

    The timeout is shorter than the courier's lease, so no answer comes after another replica took
    over. Nothing is tried again in here: only the courier knows when and how often, and it first
    looks whether the message is already there.
    """

    platform = PLATFORM

    def __init__(self, token: str, base_url: str = SLACK, timeout: float = 10) -> None:
        self._client = AsyncWebClient(token=token, base_url=base_url, retry_handlers=[])
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._opened: OrderedDict[str, str] = OrderedDict()

    async def close(self) -> None:
        """Close the connections."""
        if self._client.session is not None:
            await self._client.session.close()

    # ── the port ─────────────────────────────────────────────────────────────────────────────────

    async def post(self, to: Destination, card: Card, mid: str) -> Receipt:
        """Post a new message that carries `mid` in its metadata."""
        channel = await self._channel(to)
        said = _said(card, mid) | _NO_PREVIEWS
        return _receipt(await self._call(self._client.chat_postMessage, channel=channel, **said))

    async def update(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Replace a message in place."""
        await self._call(
            self._client.chat_update, channel=at.conversation, ts=at.message, **_said(card, mid)
        )
        return at

    async def reply(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Answer in the thread of a message, not in the channel."""
        said = _said(card, mid) | _NO_PREVIEWS
        return _receipt(
            await self._call(
                self._client.chat_postMessage,
                channel=at.conversation,
                thread_ts=at.message,
                **said,
            )
        )

    async def find(
        self, to: Destination, mid: str, since: datetime, thread: Receipt | None
    ) -> Receipt | None:
        """Look for a message; None also where Slack does not let this bot look."""
        oldest = f"{(since - _SKEW).timestamp():.6f}"
        try:
            if thread is not None:
                return await self._search(
                    self._client.conversations_replies,
                    mid,
                    {"channel": thread.conversation, "ts": thread.message, "oldest": oldest},
                )
            channel = await self._channel(to)
            return await self._search(
                self._client.conversations_history, mid, {"channel": channel, "oldest": oldest}
            )
        except DeliveryError as refused:
            # The history scopes are optional; what is broken for good shows itself when posting.
            if refused.permanent:
                return None
            raise

    # ── beside the port ──────────────────────────────────────────────────────────────────────────

    async def check(self) -> str:
        """Ask Slack whether it takes our token; return the workspace and who we are there."""
        answer = await self._call(self._client.auth_test)
        return f"{answer.get('team')}, as {answer.get('user')}"

    async def users_info(self, user_id: str) -> Profile:
        """Return what Slack tells about a person."""
        answer = await self._call(self._client.users_info, user=user_id)
        user = _mapping(answer.get("user"))
        profile = _mapping(user.get("profile"))
        names = (profile.get("real_name"), profile.get("display_name"), user.get("name"))
        guest = ("is_restricted", "is_ultra_restricted", "is_stranger")
        return Profile(
            name=next((str(name) for name in names if name), user_id),
            email=str(profile.get("email") or ""),
            timezone=str(user.get("tz") or ""),
            guest=any(user.get(mark) for mark in guest),
            bot=bool(user.get("is_bot")) or user_id == "USLACKBOT",
        )

    async def groups(self) -> tuple[Group, ...]:
        """Return the user groups with their people, in the one answer that Slack gives of all.

        Takes the scope usergroups:read. A group that was switched off (`date_delete`) is among
        them: it is found, and nobody is to be called by it.
        """
        answer = await self._call(
            self._client.usergroups_list, include_users=True, include_disabled=True
        )
        return tuple(_group(_mapping(one)) for one in answer.get("usergroups") or [])

    async def respond(self, response_url: str, card: Card) -> None:
        """Answer in private where a command or a press came from."""
        if not may_follow(response_url, self._client.base_url):
            raise DeliveryError(Failure.INVALID, "response_url of a stranger")
        payload = message(card) | {"response_type": "ephemeral", "replace_original": False}
        try:
            async with self._session().post(
                response_url, json=payload, allow_redirects=False
            ) as answer:
                status, headers = answer.status, answer.headers
                word = (await answer.content.read(_LONGEST_ANSWER)).decode(errors="replace")
        except Exception as error:
            raise delivery_error(error) from error
        if status != _OK:
            raise hook_error(status, headers, word)

    async def answer(self, response_url: str, channel: str, user: str, card: Card) -> None:
        """Answer in private: by the address that came with the request, else in the channel."""
        try:
            await self.respond(response_url, card)
        except DeliveryError as refused:
            log.info("slack_response_url", error=refused.detail)
            said = message(card)
            await self._call(self._client.chat_postEphemeral, channel=channel, user=user, **said)

    # ── how ──────────────────────────────────────────────────────────────────────────────────────

    def _session(self) -> aiohttp.ClientSession:
        """Return the one session; it can only be made where an event loop runs."""
        if self._client.session is None or self._client.session.closed:
            self._client.session = aiohttp.ClientSession(timeout=self._timeout)
        return self._client.session

    async def _call(
        self,
        method: Callable[..., Awaitable[AsyncSlackResponse]],
        **arguments: Any,  # noqa: ANN401
    ) -> Json:
        """Call a method of the Web API once."""
        self._session()
        try:
            answer = await method(**arguments)
            return _mapping(answer.data)
        except Exception as error:
            raise delivery_error(error) from error

    async def _channel(self, to: Destination) -> str:
        """Return the conversation; one with a single person is opened first, and remembered."""
        if not to.direct:
            return to.id
        if to.id not in self._opened:
            answer = await self._call(self._client.conversations_open, users=to.id)
            opened = _mapping(answer.get("channel")).get("id")
            if not opened:
                raise DeliveryError(Failure.UNAVAILABLE, "answer without a channel")
            self._opened[to.id] = str(opened)
            if len(self._opened) > _OPEN_CONVERSATIONS:
                self._opened.popitem(last=False)
        return self._opened[to.id]

    async def _search(
        self,
        method: Callable[..., Awaitable[AsyncSlackResponse]],
        mid: str,
        where: dict[str, str],
    ) -> Receipt | None:
        """Read a few pages until a message carries `mid`."""
        cursor = ""
        for _ in range(_PAGES):
            more = {"cursor": cursor} if cursor else {}
            answer = await self._call(
                method, limit=_PAGE, include_all_metadata=True, **where, **more
            )
            for found in answer.get("messages") or []:
                if _mid(found) == mid:
                    return Receipt(PLATFORM, where["channel"], str(found["ts"]))
            cursor = str(_mapping(answer.get("response_metadata")).get("next_cursor") or "")
            if not cursor:
                break
        return None


def may_follow(response_url: str, base_url: str) -> bool:
    """Tell whether an address from a payload is Slack's own: its hooks host, nothing else.

    Where another Web API stands in (SLACK_API_URL), it is that host and port.
    """
    try:
        asked, own = urlsplit(response_url), urlsplit(base_url)
        same = (asked.scheme, asked.hostname, asked.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        return False
    if own.hostname in {"slack.com", "slack-gov.com"}:
        return asked.scheme == "https" and asked.netloc == f"hooks.{own.hostname}"
    return same and not asked.username


def _said(card: Card, mid: str) -> Json:
    """Return the arguments that say a card; a flaw is logged, Slack has the last word."""
    payload = message(card)
    if found := problems(payload, "message"):
        log.warning("slack_message_may_be_refused", problems=found[:5], mid=mid)
    metadata = {"event_type": EVENT, "event_payload": {"mid": mid}}
    return payload | _QUIET | {"metadata": metadata}


def _group(given: Json) -> Group:
    handle = given.get("handle")
    return Group(
        id=str(given.get("id", "")),
        name=f"@{handle}" if handle else "",
        users=tuple(str(one) for one in given.get("users") or []),
        disabled=bool(given.get("date_delete")),
    )


def _receipt(answer: Json) -> Receipt:
    if not answer.get("ts") or not answer.get("channel"):
        raise DeliveryError(Failure.UNAVAILABLE, "answer without channel or ts")
    return Receipt(PLATFORM, str(answer["channel"]), str(answer["ts"]))


def _mid(found: Json) -> object:
    metadata = _mapping(found.get("metadata"))
    ours = metadata.get("event_type") == EVENT
    return _mapping(metadata.get("event_payload")).get("mid") if ours else None


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}
