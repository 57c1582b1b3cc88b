"""`council serve`: one process that listens, delivers and wakes, until it is told to end."""

import asyncio
import errno
import gc
import signal
import socket
import sys
from contextlib import ExitStack
from types import FrameType

import typer
import uvicorn

from bot.courier import Courier
from bot.settings import Settings, read_settings
from bot.shell import lock
from bot.shell.complaint import Complaint
from bot.shell.council import address, opening
from bot.wiring import Service, build, open_database

# So long, at the end, requests that are under way are waited for.
DRAIN_SECONDS = 20
_ENDINGS = (signal.SIGTERM, signal.SIGINT)
_BAD_SETTINGS = 2

app = typer.Typer(add_completion=False)


class Announcing(uvicorn.Server):
    """A server that says in a line when it is ready, and ends well.

    At the first signal it takes no new connection, answers what is under way and closes what is
    idle; meanwhile the courier finishes what it is telling. A second signal ends it at once.
    """

    def __init__(self, config: uvicorn.Config, line: str, courier: Courier) -> None:
        """Remember the line, and who tells."""
        super().__init__(config)
        self._line = line
        self._courier = courier

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets)
        # What start-up made stays for good: it need not be walked at every full collection, which
        # would hold everybody up for a tenth of a second, several times in a thousand requests.
        gc.collect()
        gc.freeze()
        if self.started:
            typer.echo(self._line)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let requests and messages that are under way end side by side, then all the rest."""
        telling = asyncio.create_task(self._courier.close())
        await super().shutdown(sockets)
        await telling

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; leave the next signal to the system."""
        super().handle_exit(sig, frame)
        for ending in _ENDINGS:
            signal.signal(ending, signal.SIG_DFL)


@app.command()
def serve() -> None:
    """Run the council: hooks, chat and courier, in one process."""
    for ending in _ENDINGS:
        signal.signal(ending, _leave)
    settings = read_settings()
    with ExitStack() as held:
        with opening():
            held.enter_context(lock.serving(lock.file_of(settings.database_url)))
            engine = open_database(settings)
        _serve(settings, build(settings, engine=engine))


def _serve(settings: Settings, service: Service) -> None:
    try:
        with _listener(settings) as listener:
            where = address(settings, listener.getsockname()[1])
            line = f"The council is in session at {where}{_known_as(settings)} (Ctrl+C ends it)"
            _run(Announcing(_config(service.web), line, service.courier), listener)
    finally:
        service.engine.dispose()


def _run(server: Announcing, listener: socket.socket) -> None:
    """Serve to the end; a start that failed has said why, and exits with 1."""
    try:
        server.run([listener])
    except SystemExit:
        if server.started:
            raise
    if not server.started:
        raise typer.Exit(1)


def _config(web: object) -> uvicorn.Config:
    return uvicorn.Config(
        web,  # type: ignore[arg-type]  # any ASGI application
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def _known_as(settings: Settings) -> str:
    return f", known as {address(settings)}" if settings.council_base_url else ""


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """End well: before the server listens to signals itself, and again when it has drained."""
    sys.exit(0)


def _listener(settings: Settings) -> socket.socket:
    """Return a socket at the council's address; raises Complaint in one line."""
    host, port = settings.council_host, settings.council_port
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2_048)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            line = f"COUNCIL_PORT: {port} on {host} is taken; end what uses it, or set another one"
            raise Complaint(line) from error
        name = "COUNCIL_PORT" if isinstance(error, PermissionError) else "COUNCIL_HOST"
        line = f"{name}: cannot listen at {host}, port {port} ({error.strerror})"
        raise Complaint(line, _BAD_SETTINGS) from error
    return listener
