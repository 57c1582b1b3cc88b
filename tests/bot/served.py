"""A whole service in one process, wired as `council serve` does, asked over its own HTTP.

The courier and the scheduler stand still: a test delivers with `drain` and runs what is due with
`round`, so that nothing happens that it did not ask for.
"""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bot import wiring
from bot.settings import Settings
from council import integrations
from council.desk import Desk
from council.integrations import hash_secret
from council.store.engine import open_engine
from council.tables import IntegrationSecret
from tests.builders import a_crew, a_sample, an_initiative
from tests.fakes import RecordingMessenger, SetClock

Json = dict[str, Any]
PATIENCE = 5.0
SQLITE = "sqlite:///"
_ROUNDS = 30


@dataclass
class Service:
    """What a test holds in its hand."""

    wired: wiring.Service
    http: httpx.AsyncClient
    clock: SetClock
    chat: RecordingMessenger
    token: str = ""
    secrets: dict[str, str] = field(default_factory=dict)

    # ── from outside ─────────────────────────────────────────────────────────────────────────────

    async def post(self, body: object, integration: str = "monitor", **more: Any) -> httpx.Response:
        """Post to a hook as its sender would; `body` is JSON to be, or bytes to be sent as is."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.secrets.get(integration, '')}"}
        headers |= more.pop("headers", {})
        return await self.http.post(f"/hooks/{integration}", content=raw, headers=headers, **more)

    async def post_sample(self, name: str, integration: str = "monitor") -> httpx.Response:
        """Post a captured request, byte by byte; with its own credentials, if it has any."""
        sample = a_sample(name)
        given = {k: v for k, v in sample["headers"].items() if k == "Authorization"}
        return await self.post(sample["body_raw"].encode(), integration, headers=given)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        """Ask the read API."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return await self.http.get(f"/api/v1/{path}", params=query, headers=headers)

    async def listed(self, name: str) -> list[Json]:
        """Return a whole list of the read API."""
        found: list[Json] = []
        cursor = ""
        while True:
            page = (await self.get(name, cursor=cursor, limit=200)).json()
            found += page["items"]
            cursor = page["next"]
            if not cursor:
                return found

    async def say(self, handle: str, text: str) -> Json:
        """Run a command as somebody; return what the API tells."""
        headers = {"Authorization": f"Bearer {self.token}"}
        said = {"as": handle, "text": text}
        answer = await self.http.post("/api/v1/commands", json=said, headers=headers)
        found: Json = answer.json()
        return found

    # ── from inside ──────────────────────────────────────────────────────────────────────────────

    async def do(self, use_case: Callable[..., Any], *args: Any) -> Any:
        """Run a use case, as the shell would."""
        return await self.wired.clerk.write(use_case, *args)

    async def drain(self) -> None:
        """Deliver everything that waits, moving the clock past the pace of conversations."""
        for _ in range(_ROUNDS):
            await self.wired.courier.drain()
            if not await self.wired.clerk.read(_unsent):
                return
            self.clock.move(seconds=1)
        raise AssertionError(f"still unsent: {await self.listed('notices')}")

    async def round(self) -> int:
        """Do what is due now."""
        return await self.wired.jobs.round()


def _unsent(desk: Desk) -> int:
    return sum(desk.books.outbox.count(state) for state in ("pending", "claimed", "failed"))


def add_secret(desk: Desk, integration: str, secret: str) -> None:
    """Let a sender in by a secret that it brings along, as captured ones do."""
    row = desk.books.integrations.by_name(integration)
    assert row is not None
    desk.books.add(
        IntegrationSecret(
            id=desk.ids.new(),
            integration_id=row.id,
            secret_hash=hash_secret(secret),
            created_at=desk.now() - timedelta(days=1),
        )
    )


def furnish(desk: Desk) -> tuple[str, str]:
    """Set up crew, initiative, sender and token; return the sender's secret and the token."""
    a_crew(desk)
    an_initiative(desk)
    secret = integrations.add(desk, "shell", "alertmanager", "monitor")
    return secret, integrations.create_token(desk, "shell", "tests")


# Furnished SQLite files by the moment of their clock, with secret and token: made once, copied.
_furnished: dict[datetime, tuple[bytes, str, str]] = {}


async def _settle_in(service: Service, database: Path | None) -> None:
    secret, service.token = await service.do(furnish)
    service.secrets["monitor"] = secret
    if database is not None:
        with closing(sqlite3.connect(database)) as connection:
            _furnished[service.clock.moment] = (connection.serialize(), secret, service.token)


@asynccontextmanager
async def serving(
    database_url: str, *, clock: SetClock | None = None, bare: bool = False, **settings: Any
) -> AsyncIterator[Service]:
    """Serve a council with the crew, late-order in operations on `churn`, and the sender `monitor`.

    `bare` leaves it empty. With Slack in the settings, Slack is spoken instead of the fake chat.
    """
    clock, chat = clock or SetClock(), RecordingMessenger()
    database = Path(database_url[len(SQLITE) :]) if database_url.startswith(SQLITE) else None
    ready = _furnished.get(clock.moment) if database and not bare else None
    if database and ready:
        database.write_bytes(ready[0])
    chosen = Settings(
        database_url=database_url, **({"council_channel": "local:council"} | settings)
    )
    wired = wiring.build(
        chosen,
        clock=clock,
        messengers={} if chosen.slack else {chat.platform: chat},
        engine=open_engine(database_url),
    )
    wired.clerk.start()
    way = httpx.ASGITransport(wired.web, raise_app_exceptions=False)
    try:
        async with httpx.AsyncClient(transport=way, base_url="http://council.test") as http:
            service = Service(wired, http, clock, chat)
            if ready:
                _, service.secrets["monitor"], service.token = ready
            elif not bare:
                await _settle_in(service, database)
            yield service
    finally:
        await wired.clerk.close()
        for closer in wired.closers:
            await closer.close()
        wired.engine.dispose()


async def until(true: Callable[[], object]) -> None:
    """Wait until something is true; it has five seconds."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 -- what is waited for happens in another thread
            await asyncio.sleep(0.002)
