"""A council whose chat is the workspace, asked over HTTP as its page would."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from bot import wiring
from bot.settings import Settings
from bot.workspace.room import Workspace
from bot.workspace.routes import routes
from bot.workspace.view import Drawer, Model
from council import initiatives, integrations
from council.desk import Desk
from council.store.engine import open_engine
from tests.bot.served import PATIENCE, Json
from tests.builders import a_crew, a_person, an_initiative
from tests.fakes import SetClock

CHANNEL = "ml-council"
OWN = "late-orders"
SECRET = "the secret of the sender"
DRAWER = Drawer(
    "/hooks/prometheus", SECRET, (Model("churn", "late-order", "Late order predictor", OWN),)
)


@dataclass
class Chat:
    """What a test holds in its hand: the council, its workspace, and the way to it."""

    wired: wiring.Service
    workspace: Workspace
    http: httpx.AsyncClient
    clock: SetClock
    _events: int = 0
    _secret: str = ""

    # ── as the page ──────────────────────────────────────────────────────────────────────────────

    async def state(self, handle: str) -> Json:
        """Return what somebody's window shows."""
        found: Json = (await self.http.get("/workspace/state", params={"as": handle})).json()
        return found

    async def messages(self, handle: str, place: str = CHANNEL) -> list[Json]:
        """Return what somebody sees in a place."""
        return [m for m in (await self.state(handle))["messages"] if m["place"] == place]

    async def do(self, what: str, handle: str, **asked: Any) -> httpx.Response:
        """Do something as somebody; each time with an id of its own, unless one is given."""
        self._events += 1
        given = {"as": handle, "id": f"e{self._events}"} | asked
        return await self.http.post(f"/workspace/{what}", json=given)

    async def say(self, handle: str, text: str, place: str = CHANNEL, **more: Any) -> Json:
        """Say something that is heard; return what came back."""
        answer = await self.do("say", handle, place=place, text=text, **more)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()["message"]
        return found

    async def press(self, handle: str, message: Json, command: str, **more: Any) -> Json | None:
        """Press a button that is there; return what came back."""
        answer = await self.do("press", handle, message=message["id"], command=command, **more)
        assert answer.status_code == 200, answer.text
        found: Json | None = answer.json()["message"]
        return found

    # ── from outside ─────────────────────────────────────────────────────────────────────────────

    async def alert(self, feature: str = "age") -> Json:
        """Let a model drift, deliver what is to be said, and return the card in the channel."""
        labels = {
            "alertname": "Drift",
            "model": "churn",
            "feature": feature,
            "severity": "critical",
            "signal_class": "data_drift",
        }
        one = {"status": "firing", "labels": labels, "startsAt": self.clock.now().isoformat()}
        answer = await self.http.post(
            "/hooks/prometheus",
            json={"alerts": [one]},
            headers={"Authorization": f"Bearer {self._secret}"},
        )
        assert answer.status_code == 202, answer.text
        await self.deliver()
        return (await self.messages("mei", OWN))[0]

    async def deliver(self) -> None:
        """Say everything that waits, moving the clock past the pace of conversations."""
        while True:
            await self.wired.courier.drain()
            if not await self.wired.clerk.read(_unsent):
                return
            self.clock.move(seconds=1)


def _unsent(desk: Desk) -> int:
    return sum(desk.books.outbox.count(state) for state in ("pending", "claimed", "failed"))


def _furnish(desk: Desk) -> str:
    a_crew(desk)
    a_person(desk, "zoe")  # belongs to no initiative
    initiative = an_initiative(desk)
    initiative.channel = initiatives.conversation(f"local:{OWN}")
    desk.books.add(initiative)
    return integrations.add(desk, "demo", "alertmanager", "prometheus")


# A furnished database and the sender's secret: made once, copied.
_furnished: list[tuple[bytes, str]] = []


def _bring(database: Path) -> None:
    for whole, _ in _furnished:
        database.write_bytes(whole)


async def _settle_in(wired: wiring.Service, database: Path) -> str:
    secret: str = await wired.clerk.write(_furnish)
    with closing(sqlite3.connect(database)) as connection:
        _furnished.append((connection.serialize(), secret))
    return secret


@asynccontextmanager
async def chatting(database: Path) -> AsyncIterator[Chat]:
    """Serve a council with the crew and late-order, whose cards go to #late-orders."""
    _bring(database)
    clock = SetClock()
    workspace = Workspace(clock)
    url = f"sqlite:///{database}"
    wired = wiring.build(
        Settings(database_url=url, council_channel=f"local:{CHANNEL}"),
        clock=clock,
        messengers={"local": workspace},
        engine=open_engine(url),
    )
    workspace.open_channel(CHANNEL, "What concerns us all")
    workspace.open_channel(OWN, "Late order predictor")

    def move(length: timedelta) -> None:
        clock.moment += length

    wired.web.include_router(routes(wired.clerk, workspace, DRAWER, move))
    wired.clerk.start()
    way = httpx.ASGITransport(wired.web)
    try:
        async with httpx.AsyncClient(transport=way, base_url="http://localhost:8000") as http:
            secret = _furnished[0][1] if _furnished else await _settle_in(wired, database)
            yield Chat(wired, workspace, http, clock, _secret=secret)
    finally:
        await wired.clerk.close()
        wired.engine.dispose()


# ── windows that listen ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Event:
    """One server-sent event."""

    kind: str
    id: str
    data: Json


@dataclass
class Listening:
    """A window that listens."""

    headers: httpx.Headers
    _lines: AsyncIterator[str]
    comments: list[str] = field(default_factory=list)

    async def next(self) -> Event:
        """Return the next event; it has five seconds."""
        async with asyncio.timeout(PATIENCE):
            return await self._next()

    async def ended(self) -> bool:
        """Return once the server has ended the stream."""
        async with asyncio.timeout(PATIENCE):
            return not [line async for line in self._lines if line.startswith("data")]

    async def _next(self) -> Event:
        got: dict[str, str] = {}
        async for line in self._lines:
            name, _, value = line.partition(": ")
            if line.startswith(":"):
                self.comments.append(line)
            elif line:
                got[name] = value
            elif "data" in got:
                return Event(got["event"], got["id"], json.loads(got["data"]))
        raise AssertionError("the stream ended")


class Server(uvicorn.Server):
    """A server that lets windows go before it waits for them, as the demo does."""

    def __init__(self, config: uvicorn.Config, workspace: Workspace, address: str) -> None:
        super().__init__(config)
        self._workspace = workspace
        self.address = address

    @property
    def answering(self) -> int:
        """Return how many requests are being answered."""
        return len(self.server_state.tasks)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._workspace.close()
        await super().shutdown(sockets)


@asynccontextmanager
async def serving(chat: Chat) -> AsyncIterator[Server]:
    """Serve a chat on a free port of loopback, without the council's own comings and goings."""
    config = uvicorn.Config(
        chat.wired.web, lifespan="off", log_config=None, timeout_graceful_shutdown=60
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = Server(config, chat.workspace, address)
        running = asyncio.create_task(server.serve([listening]))
        try:
            yield server
        finally:
            server.should_exit = True
            async with asyncio.timeout(PATIENCE):
                await running


@asynccontextmanager
async def on_a_port(chat: Chat) -> AsyncIterator[str]:
    """Serve a chat, and return its address."""
    async with serving(chat) as server:
        yield server.address


@asynccontextmanager
async def listening(
    address: str, handle: str, after: int, resumed: str = ""
) -> AsyncIterator[Listening]:
    """Open the stream of events as somebody."""
    query = {"as": handle, "after": str(after)}
    headers = {"Last-Event-ID": resumed} if resumed else {}
    async with (
        httpx.AsyncClient(base_url=address, timeout=PATIENCE) as http,
        http.stream("GET", "/workspace/events", params=query, headers=headers) as answer,
    ):
        yield Listening(answer.headers, answer.aiter_lines())
