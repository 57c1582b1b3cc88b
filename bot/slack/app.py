"""Slack over HTTP: signed requests in, one command each, a private answer out.

The ack stands in a function of its own and the work in a lazy one: a listener that fails right
after its ack would otherwise be answered with a time-out, although it had acked.
"""

import json
import re
from collections.abc import Awaitable, Mapping
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import failure
from bot.clerk import Busy, Clerk, Unavailable
from bot.commands import Answer, Asker, Outcome, answer
from bot.messenger import DeliveryError
from bot.slack.messenger import PLATFORM, SlackMessenger
from bot.slack.persons import Persons
from council.clock import Clock

BODY_LIMIT = 1 << 20
_ANY = re.compile(r".*", re.DOTALL)
_COMMAND = re.compile(r"command:\d+")
# No command names more people; each unknown one costs a call to Slack.
_MENTIONS_READ = 3
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")

log = structlog.get_logger()


class _Verifying(SignatureClock):
    """The council's clock, as the signature check wants it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class Front:
    """What Slack's listeners do: find out who asks, run the command, answer in private."""

    def __init__(self, clerk: Clerk, messenger: SlackMessenger) -> None:
        """Hold the means."""
        self._clerk = clerk
        self._messenger = messenger
        self._persons = Persons(clerk, messenger)

    async def command(self, body: Mapping[str, Any]) -> None:
        """Run `/council …` and answer the one who typed it."""
        text = _unescaped(str(body.get("text") or "help"))
        place = f"{PLATFORM}:{body.get('channel_id', '')}"
        event = str(body.get("trigger_id", ""))
        await self._run(body, str(body["user_id"]), text, (place, event, False))

    async def press(self, body: Mapping[str, Any]) -> None:
        """Run the command that a button carries."""
        action = (body.get("actions") or [{}])[0]
        text = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
        if not _COMMAND.fullmatch(str(action.get("action_id", ""))):
            text = "help"  # a button of an older version: say what can be typed instead
        place = f"{PLATFORM}:{(body.get('channel') or {}).get('id', '')}"
        event = f"{body.get('trigger_id', '')}:{action.get('action_ts', '')}"
        await self._run(body, str(body["user"]["id"]), text, (place, event, True))

    async def _run(
        self, body: Mapping[str, Any], user: str, text: str, about: tuple[str, str, bool]
    ) -> None:
        place, event, press = about
        try:
            person = await self._persons.person(user)
            if person is None:
                await self._tell(body, user, Answer(Outcome.REFUSED, failure.stranger_card()))
                return
            for mentioned in _MENTION.findall(text)[:_MENTIONS_READ]:
                await self._persons.person(mentioned)
        except (DeliveryError, Busy, Unavailable) as error:
            log.warning("slack_person", user=user, error=type(error).__name__)
            await self._tell(body, user, Answer(Outcome.REFUSED, failure.busy_card()))
            return
        found = await answer(self._clerk, Asker(person, place, event, press), text)
        if not (press and found.outcome is Outcome.DONE and _shown_to_all(body, found)):
            await self._tell(body, user, found)

    async def _tell(self, body: Mapping[str, Any], user: str, found: Answer) -> None:
        if found.card is None:
            return
        channel = body.get("channel_id") or (body.get("channel") or {}).get("id", "")
        try:
            await self._messenger.answer(
                str(body.get("response_url", "")), str(channel), user, found.card
            )
        except DeliveryError as error:
            log.warning("slack_answer_lost", user=user, error=error.detail)


def _unescaped(text: str) -> str:
    """Undo Slack's escaping of the three characters that it escapes in what people type."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _shown_to_all(body: Mapping[str, Any], found: Answer) -> bool:
    """Whether the press changed the card under the button: the card itself is the answer then."""
    private = bool((body.get("container") or {}).get("is_ephemeral"))
    return found.changed and not private


def build_bolt(token: str, api_url: str, front: Front) -> AsyncApp:
    """Return the Bolt app; signatures are checked in the route, before anything is parsed."""
    bolt = AsyncApp(
        client=AsyncWebClient(token=token, base_url=api_url),
        request_verification_enabled=False,
        process_before_response=False,
    )

    async def ack_only(ack: AsyncAck) -> None:
        await ack()

    async def on_command(body: dict[str, Any]) -> None:
        await _guarded(front.command(body))

    async def on_press(body: dict[str, Any]) -> None:
        await _guarded(front.press(body))

    async def nothing() -> None:
        """Do nothing: some things are only to be acknowledged."""

    bolt.command(_ANY)(ack=ack_only, lazy=[on_command])
    bolt.action(_ANY)(ack=ack_only, lazy=[on_press])
    bolt.view(_ANY)(ack=ack_only, lazy=[nothing])
    bolt.view_closed(_ANY)(ack=ack_only, lazy=[nothing])
    bolt.event(_ANY)(nothing)
    return bolt


async def _guarded(work: Awaitable[None]) -> None:
    """Log what breaks here: Bolt would log it with its text, which may be somebody's."""
    try:
        await work
    except Exception:
        log.exception("slack_broke")


def routes(bolt: AsyncApp, signing_secret: str, clock: Clock) -> APIRouter:
    """Return POST /slack/events, the one address of the app."""
    router = APIRouter()
    handler = AsyncSlackRequestHandler(bolt)
    verifier = SignatureVerifier(signing_secret, _Verifying(clock))

    @router.post("/slack/events")
    async def events(request: Request) -> Response:
        """Check the signature over the raw bytes, then hand over to Bolt."""
        body = await _bounded(request)
        if body is None:
            return _refusal(413, "too large")
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not _valid(verifier, body, stamp, signature):
            return _refusal(401, "invalid request")
        if _rate_limited(body):
            log.warning("slack_rate_limited_events")
            return Response(status_code=200)
        try:
            return await handler.handle(request)
        except ValueError:  # Bolt's reader, at what is no JSON
            return _refusal(400, "unreadable")

    return router


async def _bounded(request: Request) -> bytes | None:
    """Return the body, kept on the request for Bolt; None if it is too large."""
    parts, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > BODY_LIMIT:
            return None
        parts.append(chunk)
    request._body = b"".join(parts)  # noqa: SLF001 -- where Starlette keeps a body it has read
    return request._body  # noqa: SLF001


def _valid(verifier: SignatureVerifier, body: bytes, stamp: str, signature: str) -> bool:
    """Whether Slack signed this within five minutes; hostile headers are simply not valid."""
    try:
        return stamp.isdecimal() and verifier.is_valid(body, stamp, signature)
    except (UnicodeError, ValueError, TypeError, OverflowError):
        return False


def _rate_limited(body: bytes) -> bool:
    """Whether Slack says that it held events back; Bolt has no listener for that."""
    if b"app_rate_limited" not in body:
        return False
    try:
        payload = json.loads(body)
    except ValueError:
        return False
    return isinstance(payload, dict) and payload.get("type") == "app_rate_limited"


def _refusal(status: int, why: str) -> Response:
    return Response(json.dumps({"error": why}), status, media_type="application/json")
