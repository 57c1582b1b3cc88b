"""The one way from the shell to the council: open the database, let a clerk work, close both."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.clerk import Clerk
from bot.settings import Settings, read_settings
from bot.shell.complaint import Complaint
from bot.wiring import means, open_database, refuse_changed_playbooks
from council.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")

# Who did it, in the ledger.
ACTOR = "shell"
# What listens everywhere is reached here.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- named, not bound
_BAD_ADDRESS = 2


def do(use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a use case and return its value after the commit."""
    return talk(lambda clerk: clerk.write(use_case, *args, **kwargs))


def ask(question: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return the answer to a question; nothing is written."""
    return talk(lambda clerk: clerk.read(question, *args, **kwargs), acts=False)


def talk(conversation: Callable[[Clerk], Awaitable[T]], *, acts: bool = True) -> T:
    """Hold a conversation with a clerk of this process.

    One that `acts` goes by playbooks as the server does: not while one that initiatives follow is
    gone, or says something else than before.
    """
    settings = read_settings()
    with opening():
        engine = open_database(settings)
    try:
        if acts:
            refuse_changed_playbooks(engine, means(engine, settings))
        return asyncio.run(with_clerk(engine, settings, conversation))
    finally:
        engine.dispose()


async def with_clerk(
    engine: Any,  # noqa: ANN401 -- SQLAlchemy stays below
    settings: Settings,
    conversation: Callable[[Clerk], Awaitable[T]],
) -> T:
    """Hold a conversation with a clerk who works on this database."""
    clerk = Clerk(engine, means(engine, settings))
    clerk.start()
    try:
        return await conversation(clerk)
    finally:
        await clerk.close()


@contextmanager
def opening() -> Iterator[None]:
    """Name DATABASE_URL where it leads to what cannot be opened or read."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise Complaint(f"DATABASE_URL: cannot be used ({error})", _BAD_ADDRESS) from error


def address(settings: Settings, port: int | None = None) -> str:
    """Return where the council is reached: COUNCIL_BASE_URL, else this machine's own address."""
    if settings.council_base_url and port is None:
        return settings.council_base_url.rstrip("/")
    host = _EVERYWHERE.get(settings.council_host, settings.council_host)
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.council_port if port is None else port}"
