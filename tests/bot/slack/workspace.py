"""A council behind a Slack of the tests: signed requests in, the stand-in's calls out."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.bot.served import Json, Service, serving
from tests.builders import SAMPLES
from tests.fakes import SetClock
from tests.standins.slack import Served

FOLDER = SAMPLES / "slack"
VECTORS: Json = json.loads((FOLDER / "signing_vectors.json").read_text())
SECRET, STAMP = str(VECTORS["signing_secret"]), int(VECTORS["timestamp"])
CHANNEL = "C0MLCOUNC1"
ALICE = "U0ALICE001"


def signature(body: bytes, stamp: int = STAMP, secret: str = SECRET) -> str:
    """Sign as Slack does."""
    base = b"v0:" + str(stamp).encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


@dataclass
class Workspace:
    """The council as Slack reaches it, and what it asked of Slack."""

    service: Service
    standin: Served

    async def send(
        self, body: bytes, kind: str, stamp: int = STAMP, signed: str = ""
    ) -> httpx.Response:
        """Post raw bytes, signed now if no signature is given; wait until all work is done."""
        before = asyncio.all_tasks()
        answer = await self.service.http.post(
            "/slack/events",
            content=body,
            headers={
                "Content-Type": kind,
                "X-Slack-Request-Timestamp": str(stamp),
                "X-Slack-Signature": signed or signature(body, stamp),
            },
        )
        # What the app does after its answer runs in tasks of its own.
        while more := asyncio.all_tasks() - before:
            await asyncio.wait(more)
        return answer

    async def send_file(self, name: str) -> httpx.Response:
        """Post a sample with its fixed signature."""
        vector = VECTORS["files"][name]
        body = (FOLDER / name).read_bytes()
        return await self.send(body, vector["content_type"], signed=vector["signature"])

    async def send_form(self, **fields: str) -> httpx.Response:
        """Post a form."""
        return await self.send(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def type(self, text: str, user: str = ALICE, **more: str) -> httpx.Response:
        """Send what Slack sends when somebody types `/council …`."""
        given = json.loads((FOLDER / "slash_command.json").read_text())
        given |= {"text": text, "user_id": user, "response_url": self.response_url}
        return await self.send_form(**(given | more))

    async def press(
        self, message: Json, label: str, user: str = ALICE, **more: Any
    ) -> httpx.Response:
        """Send what Slack sends when somebody presses a button of a posted message."""
        [button] = [b for b in buttons(message) if b["text"]["text"] == label]
        given = json.loads((FOLDER / "block_actions.json").read_text())
        given["user"]["id"] = user
        given["response_url"] = self.response_url
        given["channel"]["id"] = given["container"]["channel_id"] = message["channel"]
        given["message"] = {key: message[key] for key in ("ts", "text", "blocks")}
        given["actions"] = [button | {"action_ts": "1763690601.000001"}]
        return await self.send_form(payload=json.dumps(given | more))

    @property
    def response_url(self) -> str:
        """Return an address at which the stand-in takes private answers."""
        return f"{self.standin.origin}/response/one"

    @property
    def messages(self) -> list[Json]:
        """Return what stands in the workspace."""
        return self.standin.slack.messages

    def called(self, *methods: str) -> list[Json]:
        """Return the calls of these methods, or of all."""
        calls = self.standin.slack.calls
        return [call for call in calls if not methods or call["method"] in methods]

    def told(self) -> str:
        """Return the last private answer, as the text of all its blocks."""
        [*_, last] = self.called("response_url", "chat.postEphemeral")
        return said(last["given"])


def buttons(message: Json) -> list[Json]:
    """Return the buttons of a message as they were posted."""
    rows = [b["elements"] for b in _blocks(message) if b["type"] == "actions"]
    return [element for row in rows for element in row if element["type"] == "button"]


def menu(message: Json) -> list[Json]:
    """Return what waits in the menu beside the buttons of a message."""
    rows = [b["elements"] for b in _blocks(message) if b["type"] == "actions"]
    menus = [element for row in rows for element in row if element["type"] == "overflow"]
    return [option for each in menus for option in each["options"]]


def said(message: Json) -> str:
    """Return the whole payload of a message as one text."""
    return json.dumps([message.get("text"), _blocks(message)], ensure_ascii=False)


def _blocks(message: Json) -> list[Json]:
    blocks = message.get("blocks") or []
    found: list[Json] = json.loads(blocks) if isinstance(blocks, str) else blocks
    return found


@asynccontextmanager
async def workspace(database_url: str, standin: Served) -> AsyncIterator[Workspace]:
    """Serve a council whose Slack is the stand-in, at the moment of the fixed signatures."""
    clock = SetClock(datetime.fromtimestamp(STAMP, UTC))
    async with serving(
        database_url,
        clock=clock,
        council_channel=f"slack:{CHANNEL}",
        slack_bot_token="xoxb-test",
        slack_signing_secret=SECRET,
        slack_api_url=standin.api,
    ) as service:
        yield Workspace(service, standin)
