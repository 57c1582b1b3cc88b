"""Slack as a stage: signed slash commands and presses in, the stand-in's messages out."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from bot import wiring
from bot.cards.forms import filled
from bot.cards.model import Card
from bot.slack.blocks import message as rendered
from council.store.engine import open_engine
from tests.bot.slack.workspace import FOLDER, SECRET, signature
from tests.fakes import SetClock
from tests.standins.slack import Served
from tests.stories import town
from tests.stories.stage import Seen, Stage, squeezed

Json = dict[str, Any]
_IDS = {f"C0{name.upper().replace('-', '')}": f"#{name}" for name in town.CHANNELS}
_NAMES = {town.slack_id(who): who for who in town.PEOPLE}
_FORM = "application/x-www-form-urlencoded"


class Slacked(Stage):
    """People in a Slack workspace, which is the stand-in."""

    name = "slack"

    def __init__(
        self, wired: wiring.Service, http: httpx.AsyncClient, clock: SetClock, standin: Served
    ) -> None:
        super().__init__(wired, http, clock)
        self.standin = standin
        self.cards: dict[str, Card] = {}
        self._asked = 0
        self._answers: list[tuple[float, str, Seen]] = []
        self._heard_from = 0

    async def visible(self, who: str) -> list[Seen]:
        mine = [(at, seen) for at, whom, seen in self._answers if whom == who]
        said = [(each["at"], self._seen(each)) for each in self.standin.slack.messages]
        places = {*_IDS.values(), f"@{who}"}
        seen = [(at, each) for at, each in said if each.where in places]
        return [each for _, each in sorted(mine + seen, key=lambda pair: pair[0])]

    async def typed(self, who: str, line: str, where: str) -> Seen | None:
        given = json.loads((FOLDER / "slash_command.json").read_text())
        given |= {"text": _escaped(line), "user_id": town.slack_id(who)}
        given |= {"channel_id": _channel(where), "trigger_id": self._trigger()}
        given["response_url"] = f"{self.standin.origin}/response/one"
        return await self._send(who, where, given)

    async def pressed(self, who: str, on: Seen, label: str) -> Seen | None:
        given = json.loads((FOLDER / "block_actions.json").read_text())
        channel = _channel(on.where)
        given["user"]["id"] = town.slack_id(who)
        given["response_url"] = f"{self.standin.origin}/response/one"
        given["channel"]["id"] = channel
        given["container"] = {
            "type": "message",
            "channel_id": channel,
            "message_ts": on.key,
            "is_ephemeral": on.private,
        }
        given["trigger_id"] = self._trigger()
        action = {"action_id": "command:0", "type": "button", "value": on.buttons[label]}
        given["actions"] = [action | {"action_ts": f"{self.clock.now().timestamp():.6f}"}]
        return await self._send(who, on.where, {"payload": json.dumps(given)})

    async def filled_in(
        self, who: str, on: Seen, label: str, values: Mapping[str, str]
    ) -> Seen | None:
        button = on.button(label)
        assert button is not None
        assert button.form is not None, f"▢ {label} has no form"
        hint = await self.pressed(who, on, label)
        assert hint is not None, f"▢ {label} does not say what else to type"
        return await self.typed(who, filled(button.form, values), on.where)

    def spelled(self, line: str) -> str:
        return re.sub(
            r"--channel #([a-z-]+)", lambda m: f"--channel slack:{_channel('#' + m[1])}", line
        )

    def called(self, who: str) -> list[Seen]:
        found = []
        for message in self.standin.slack.messages[self._heard_from :]:
            seen = self._seen(message)
            first = (message["edits"] or [message])[0]
            rung = town.slack_id(who) in json.dumps(first["blocks"])
            if seen.where == f"@{who}" or rung:
                found.append(seen)
        return found

    def listen(self) -> None:
        self._heard_from = len(self.standin.slack.messages)

    def _trigger(self) -> str:
        self._asked += 1
        return f"trigger.{self._asked}"

    async def _send(self, who: str, where: str, given: Json) -> Seen | None:
        before = len(self.standin.slack.calls)
        body, stamp = urlencode(given).encode(), int(self.clock.now().timestamp())
        running = asyncio.all_tasks()
        answered = await self.http.post(
            "/slack/events",
            content=body,
            headers={
                "Content-Type": _FORM,
                "X-Slack-Request-Timestamp": str(stamp),
                "X-Slack-Signature": signature(body, stamp),
            },
        )
        assert answered.status_code == 200, answered.text
        while more := asyncio.all_tasks() - running:
            await asyncio.wait(more)
        told = [
            call
            for call in self.standin.slack.calls[before:]
            if call["method"] in {"response_url", "chat.postEphemeral"}
        ]
        found = None
        for n, call in enumerate(told):
            found = self._shown(f"private-{before}-{n}", where, call["given"], private=True)
            self._answers.append((call["at"], who, found))
        return found

    def _seen(self, message: Json) -> Seen:
        channel = message["channel"]
        where = _IDS.get(channel) or f"@{_NAMES.get('U' + channel[1:], channel)}"
        return self._shown(message["ts"], where, message, thread=message["thread_ts"] or "")

    def _shown(self, key: str, where: str, given: Json, **more: Any) -> Seen:
        blocks = _blocks(given)
        words = squeezed(" ".join(_words(b) for b in blocks if b["type"] != "actions"))
        card = self.cards.get(json.dumps(blocks, sort_keys=True))
        return Seen(key, where, words, _buttons(blocks), card=card, **more)


def _channel(where: str) -> str:
    if where.startswith("@"):
        return "D" + town.slack_id(where[1:])[1:]
    return next(given for given, name in _IDS.items() if name == where)


def _escaped(line: str) -> str:
    """Return a line as Slack sends it: people and channels as their ids."""
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for name in town.PEOPLE:
        line = re.sub(rf"@{name}\b", f"<@{town.slack_id(name)}|{name}>", line)
    return re.sub(r"#([a-z]+-[a-z]+)\b", lambda m: f"<#{_channel(m[0])}|{m[1]}>", line)


def _blocks(given: Json) -> list[Json]:
    blocks = given.get("blocks") or []
    found: list[Json] = json.loads(blocks) if isinstance(blocks, str) else blocks
    return found


def _buttons(blocks: list[Json]) -> dict[str, str]:
    found = {}
    for element in (e for block in blocks if block["type"] == "actions" for e in block["elements"]):
        if element["type"] == "button":
            found[element["text"]["text"]] = element["value"]
        else:
            found |= {each["text"]["text"]: each["value"] for each in element["options"]}
    return found


def _words(part: Json) -> str:
    """Return the words of a block, as the workspace's card would have them."""
    kind = part.get("type", "")
    if kind in _READ:
        return _READ[kind](part)
    inner = part.get("text", "")
    if isinstance(inner, str) and inner:
        return inner
    parts = [inner] if inner else part.get("elements") or part.get("fields") or []
    return " ".join(map(_words, parts))


def _link(part: Json) -> str:
    said, address = part.get("text"), part["url"]
    return f"{said} ({address})" if said else str(address)


_READ: Mapping[str, Callable[[Json], str]] = {
    "user": lambda part: f"@{_NAMES[part['user_id']].capitalize()}",
    "date": lambda part: str(part["fallback"]),
    "link": _link,
    "mrkdwn": lambda part: _unmarked(part["text"]),
    "rich_text_section": lambda part: "".join(map(_words, part["elements"])) + " ",
    "rich_text_list": lambda part: " ".join(f"• {_words(each)}" for each in part["elements"]),
}


def _unmarked(said: str) -> str:
    """Return mrkdwn as it is seen."""
    said = re.sub(r"<@([A-Z0-9]+)>", lambda m: f"@{_NAMES[m[1]].capitalize()}", said)
    said = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", said)
    said = re.sub(r"<([^|>]+)\|([^>]*)>", r"\2 (\1)", said)
    said = re.sub(r"(?<!\w)[*`]([^*`]+)[*`](?!\w)", r"\1", said)
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@asynccontextmanager
async def slacked(database: str, standin: Served) -> AsyncIterator[Slacked]:
    """Serve the town behind a Slack that is empty."""
    clock = SetClock(town.BEGINS)
    settings = town.settings(
        f"sqlite:///{database}",
        f"slack:{_channel('#' + town.COUNCIL)}",
        slack_bot_token="xoxb-test",
        slack_signing_secret=SECRET,
        slack_api_url=standin.api,
    )
    wired = wiring.build(settings, clock=clock, engine=open_engine(settings.database_url))
    wired.clerk.start()
    way = httpx.ASGITransport(wired.web, raise_app_exceptions=False)
    try:
        async with httpx.AsyncClient(transport=way, base_url="http://council.test") as http:
            stage = Slacked(wired, http, clock, standin)

            def noted(card: Card) -> Json:
                """Render a card, and remember which card it was: forms are in the card only."""
                found = rendered(card)
                stage.cards[json.dumps(found["blocks"], sort_keys=True)] = card
                return found

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("bot.slack.messenger.message", noted)
                stage.ids, stage.secret = await wired.clerk.write(town.furnish)
                yield stage
    finally:
        await wired.clerk.close()
        for closer in wired.closers:
            await closer.close()
        wired.engine.dispose()
