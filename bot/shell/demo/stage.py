"""Sets the demo up, serves it, and clears away what an earlier one left."""

import asyncio
import json
import logging
import socket
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
import uvicorn
from rich.console import Console

from bot.courier import PER_MESSAGE
from bot.settings import Settings
from bot.shell.demo.story import CHANNEL, SENDER, Teller
from bot.shell.demo.terminal import Terminal
from bot.wiring import Service, build
from council import integrations
from council.desk import Desk

# A Tuesday morning, three days after the requests of the story were captured.
BEGINS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DATABASE = Path("var/demo.db")
_NAMES = {"carla": "Carla Diaz", "mei": "Mei Chen", "ana": "Ana Sol", "bo": "Bo Lindqvist"}
_SETTLE_SECONDS = 30.0
_LOOK_SECONDS = 0.02


class StoryClock:
    """A clock that starts on the story's morning, runs on, and can be moved."""

    def __init__(self) -> None:
        """Start now."""
        self._started = time.monotonic()
        self._moved = timedelta()

    def now(self) -> datetime:
        """Return the story's time."""
        return BEGINS + self._moved + timedelta(seconds=time.monotonic() - self._started)

    def move(self, length: timedelta) -> None:
        """Let time pass at once."""
        self._moved += length


def play(*, once: bool) -> int:
    """Tell the story; then go on serving, unless it was to be told once. Returns an exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    console = Console(highlight=False, soft_wrap=False)
    if once:
        with tempfile.TemporaryDirectory(prefix="council-demo-") as folder:
            return asyncio.run(_play(console, Path(folder) / "demo.db", once=True))
    DATABASE.parent.mkdir(exist_ok=True)
    for leftover in DATABASE.parent.glob(f"{DATABASE.name}*"):
        leftover.unlink()
    with suppress(KeyboardInterrupt):
        return asyncio.run(_play(console, DATABASE, once=False))
    return 0


async def _play(console: Console, database: Path, *, once: bool) -> int:
    clock = StoryClock()
    listening = _listen(0 if once else _wanted_port())
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = Settings(
        database_url=f"sqlite:///{database}",
        council_channel=f"local:{CHANNEL}",
        council_leads="carla@example.org",
        council_timezone="Europe/Berlin",
        slack_bot_token="",
        slack_signing_secret="",
        slack_app_token="",
    )
    terminal = Terminal(console, _NAMES, muted=True)
    service = build(settings, clock=clock, messengers={"local": terminal})
    server = uvicorn.Server(uvicorn.Config(service.web, log_level="error", access_log=False))
    serving = asyncio.create_task(server.serve([listening]))
    while not server.started and not serving.done():  # noqa: ASYNC110 -- there is no event
        await asyncio.sleep(_LOOK_SECONDS)
    teller = Teller(console, service, address, lambda: _settle(service, clock), clock.move)
    console.print("The council is up. This is what it does with three real alerts.", style="bold")
    await teller.set_up()
    await teller.settle()
    terminal.muted = False
    await teller.tell()
    if once:
        server.should_exit = True
    else:
        _invite(console, teller, clock)
    await serving
    return 0


async def _settle(service: Service, clock: StoryClock) -> None:
    """Wait until everything that was put has been said; pauses between messages pass at once."""
    give_up = time.monotonic() + _SETTLE_SECONDS
    while await service.clerk.read(_waiting) and time.monotonic() < give_up:
        clock.move(PER_MESSAGE)
        service.courier.wake()
        await asyncio.sleep(_LOOK_SECONDS)


def _waiting(desk: Desk) -> int:
    return sum(desk.books.outbox.count(state) for state in ("pending", "claimed", "failed"))


def _wanted_port() -> int:
    return Settings(slack_bot_token="", slack_signing_secret="", slack_app_token="").council_port


def _listen(port: int) -> socket.socket:
    """Return a socket on loopback: on the port wanted, or on a free one if it is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.bind(("127.0.0.1", 0))
    return listening


def _invite(console: Console, teller: Teller, clock: StoryClock) -> None:
    alert = {
        "status": "firing",
        "labels": {
            "alertname": "LatencyHigh",
            "model": "churn",
            "signal_class": "service",
            "severity": "critical",
        },
        "annotations": {"summary": "p95 of churn is 480 ms", "value": "480", "threshold": "200"},
        "startsAt": clock.now().isoformat(timespec="seconds"),
    }
    console.print()
    console.rule("Your turn", align="left", style="dim")
    console.print("The council goes on serving. Send it an alert from a second terminal:\n")
    console.print(
        f"curl -X POST {teller.address}{integrations.path_of(SENDER)} \\\n"
        f"  -H 'Authorization: Bearer {teller.secret}' \\\n"
        f"  -d '{json.dumps({'alerts': [alert]})}'",
        soft_wrap=True,
        markup=False,
    )
    console.print("\nor answer a case as Mei:\n")
    say = f"DATABASE_URL=sqlite:///{DATABASE} .venv/bin/council say --as mei"
    console.print(f'{say} "case C-2"', soft_wrap=True, markup=False)
    console.print(f'{say} "ack C-2"', soft_wrap=True, markup=False)
    console.print("\nCtrl-C ends it.")
