"""What backup and restore share: the database's file, a copy in the making, and how it is read."""

import asyncio
import hashlib
import os
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from bot.clerk import Clerk
from bot.settings import Settings
from bot.shell import lock
from bot.shell.complaint import Complaint
from bot.shell.council import with_clerk
from bot.wiring import migrate
from council.clock import SystemClock
from council.store import backup
from council.store.engine import open_engine

T = TypeVar("T")

# What SQLite may keep beside a database.
SIDES = ("-wal", "-shm", "-journal")
_BAD_ADDRESS = 2


def database_file(settings: Settings, instead: str) -> Path:
    """Return the file of the database; raises Complaint with `instead` where it is not SQLite."""
    url = settings.database_url
    if not url.startswith("sqlite"):
        raise Complaint(instead, _BAD_ADDRESS)
    found = lock.file_of(url)
    if found is None:
        raise Complaint("DATABASE_URL: names no file, so there is nothing to copy", _BAD_ADDRESS)
    if str(found).startswith("file:"):
        raise Complaint("DATABASE_URL: write it as sqlite:///FILE, without file:", _BAD_ADDRESS)
    return found


def stamp() -> str:
    """Return the present moment as it stands in file names, in UTC: `20261121T093000Z`."""
    return f"{SystemClock().now():%Y%m%dT%H%M%SZ}"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise Complaint for what the system or SQLite cannot do; it names the file."""
    try:
        yield
    except (OSError, backup.CopyFailed) as error:
        where = getattr(error, "filename", None) or path
        raise Complaint(f"{where}: {getattr(error, 'strerror', None) or error}") from error


@contextmanager
def in_the_making(target: Path) -> Iterator[Path]:
    """Return an empty file beside the target that only its owner may read; it is gone at the end.

    Raises Complaint for what cannot be written, and for what SQLite cannot do.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield part
        finally:
            for side in ("", *SIDES):
                part.with_name(part.name + side).unlink(missing_ok=True)


def take_after(part: Path, other: Path) -> None:
    """Give a copy the rights of another file, and its owner where one may."""
    shutil.copymode(other, part)
    before = other.stat()
    with suppress(AttributeError, PermissionError):  # Windows has no owners; only root gives away
        os.chown(part, before.st_uid, before.st_gid)


def put(part: Path, target: Path) -> None:
    """Let a finished copy take its name, in a way that a power cut cannot halve."""
    for path in (part, part.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if path == part:
            part.replace(target)


def sha256(path: Path) -> str:
    """Return the hash by which a backup is known."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def refuse_damaged(path: Path, name: Path) -> None:
    """Raise Complaint for a file in which SQLite finds something wrong."""
    if found := backup.damage(path):
        raise Complaint(f"{name} is damaged, or no SQLite database: {found[0].splitlines()[0]}")


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a copy, and close it so that nothing stays beside it."""
    engine = open_engine(f"sqlite:///{path}")
    try:
        yield engine
    finally:
        engine.dispose()


def talk(path: Path, settings: Settings, conversation: Callable[[Clerk], Awaitable[T]]) -> T:
    """Bring a copy up to date and hold a conversation with a clerk who works on it."""
    with opened(path) as engine:
        migrate(engine)
        return asyncio.run(with_clerk(engine, settings, conversation))
