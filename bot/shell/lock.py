"""A lock beside a SQLite file: many may serve from it at a time, one alone may replace it.

The system gives it back however a process ends, so it is never stale, and its file stays. Where
there is no `fcntl` (Windows), or the file system knows no such locks, nothing is locked: then
only SQLite's own locks show that somebody has the file open.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import sqlite_folder
from bot.shell.complaint import Complaint

try:
    import fcntl
except ImportError:  # pragma: no cover -- Windows
    fcntl = None  # type: ignore[assignment]

_SERVED = "A council is served from {}. End `council serve` first."
_REPLACED = "{} is being replaced by a backup. Wait until `council restore` has ended."


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite address; None for anything else.

    Of a link it is the file that it leads to: beside that one SQLite keeps its log.
    """
    if sqlite_folder(url) is None:
        return None
    found = Path(url.removeprefix("sqlite:///").partition("?")[0])
    return found.resolve() if found.is_symlink() else found


@contextmanager
def serving(database: Path | None) -> Iterator[None]:
    """Serve from a file (None: no file); raises Complaint while it is being replaced."""
    with _held(database, alone=False):
        yield


@contextmanager
def replacing(database: Path) -> Iterator[None]:
    """Be alone with a file; raises Complaint while it is served from, or being replaced."""
    with _held(database, alone=True):
        yield


@contextmanager
def _held(database: Path | None, *, alone: bool) -> Iterator[None]:
    if database is None or fcntl is None:
        yield
        return
    database.parent.mkdir(parents=True, exist_ok=True)
    lock = database.with_name(f"{database.name}.lock")
    descriptor = os.open(lock, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _take(descriptor, (_SERVED if alone else _REPLACED).format(database), alone=alone)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, held: str, *, alone: bool) -> None:
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Complaint(held) from None
    except OSError:
        return  # a file system without locks: see above
