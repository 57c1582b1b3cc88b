"""Sets the demo up, serves it on loopback, and ends it: Ctrl-C leaves nothing behind."""

import asyncio
import logging
import socket
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx
import structlog
import uvicorn
from fastapi import FastAPI
from rich.console import Console

from bot.settings import Settings, read_settings
from bot.shell.complaint import Complaint
from bot.shell.demo import town
from bot.shell.demo.clock import BEGINS, StoryClock
from bot.shell.demo.invitation import invite
from bot.shell.demo.past import Past, days
from bot.shell.demo.scene import Scene
from bot.shell.demo.story import Teller
from bot.wiring import build
from bot.workspace.room import Workspace

HOST = "127.0.0.1"
# So long, at the end, requests that are under way are waited for.
_DRAIN_SECONDS = 1

Act = Callable[[Scene], Awaitable[None]]


class _Server(uvicorn.Server):
    """A quiet server; it ends when the act upon it does, and ends the act when it is told to."""

    def __init__(self, web: FastAPI, act: Callable[[], Coroutine[None, None, None]]) -> None:
        """Prepare; `serve` begins."""
        config = uvicorn.Config(
            web,
            lifespan="on",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=_DRAIN_SECONDS,
        )
        super().__init__(config)
        self._act = act
        self.acting: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then let the act begin."""
        await super().startup(sockets)
        if self.started:
            self.acting = asyncio.create_task(self._act())
            self.acting.add_done_callback(lambda _: setattr(self, "should_exit", True))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the act, while all that it uses still works; then stop listening."""
        if self.acting:
            self.acting.cancel()
            await asyncio.wait({self.acting})
        await super().shutdown(sockets)


def play(*, once: bool, browse: bool = True) -> int:
    """Tell the story, if it is to be told once, else serve until Ctrl-C. Returns an exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    console = Console(highlight=False, soft_wrap=False)
    # A folder of its own: two demos at a time do not meet, and each begins afresh.
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="council-demo-") as folder:
        settings = settings_for(Path(folder) / "demo.db")
        act, port = partial(_tell, console), 0
        if not once:
            console.print("Setting up a council with three weeks behind it …")
            act, port = partial(invite, console, browse=browse), settings.council_port
        asyncio.run(perform(settings, act, port))
    return 0


async def _tell(console: Console, scene: Scene) -> None:
    console.print(
        "Twelve people, nine initiatives, and three weeks behind them.\n"
        "This is what their council does with three real alerts.",
        style="bold",
    )
    await Teller(console, scene).tell()


async def perform(settings: Settings, act: Act, port: int) -> None:
    """Serve a council with a past on loopback while `act` goes on; it ends when either does."""
    clock = StoryClock(days()[0][0])
    workspace = Workspace(clock)
    service = build(settings, clock=clock, messengers={workspace.platform: workspace})
    listening = _listen(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}"

    async def acting() -> None:
        try:
            async with httpx.AsyncClient(base_url=address, trust_env=False) as http:
                scene = Scene(service, workspace, clock, http)
                await scene.furnish()
                await Past(scene).play()
                clock.move_to(BEGINS)
                await act(scene)
        finally:
            workspace.close()

    server = _Server(service.web, acting)
    await server.serve([listening])
    if server.acting is None:
        raise Complaint("The demo could not start to serve.")
    if not server.acting.cancelled():
        server.acting.result()


def settings_for(database: Path) -> Settings:
    """Return the demo's settings: its own database and chat, whatever the environment says.

    Raises BadSettings for a variable that nothing can be made of.
    """
    try:
        return Settings(
            database_url=f"sqlite:///{database}",
            council_channel=f"local:{town.COUNCIL_CHANNEL}",
            council_leads=f"{town.LEAD}@example.org",
            council_timezone=town.ZONE,
            slack_bot_token="",
            slack_signing_secret="",
            slack_app_token="",
        )
    except ValueError:
        read_settings()
        raise


def _listen(port: int) -> socket.socket:
    """Return a socket on loopback: on the port wanted, or on a free one if it is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.bind((HOST, 0))
    return listening
