"""Copies of a SQLite file: made while others write, looked at, and closed into one file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# How many pages are copied before others of this process get a turn.
_STEP = 256
_MOST_PROBLEMS = 5
_SECONDS_OF_PATIENCE = 5.0


class CopyFailed(Exception):
    """SQLite could not do it; says why in its own words."""


class InUse(Exception):
    """Another process has the file open."""


def snapshot(source: Path, target: Path) -> None:
    """Copy a database as it stands now into an empty file; writers go on meanwhile.

    One read transaction lasts through all steps. With the write-ahead log it holds up nobody, and
    without it the copy would begin anew after each commit of another process (measured: under
    steady writing it never ended). Raises CopyFailed.
    """
    with _told(), closing(_open(source)) as giver, closing(_open(target)) as taker:
        giver.execute("BEGIN")
        giver.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        giver.backup(taker, pages=_STEP)


def damage(path: Path) -> list[str]:
    """Return what SQLite's own check finds wrong with a file, up to five lines; none if sound."""
    try:
        with closing(_open(path)) as connection:
            found = connection.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})").fetchall()
    except sqlite3.Error as error:
        return [str(error)]
    return [line for (line,) in found if line != "ok"]


def fold(path: Path) -> None:
    """Bring what stands in the write-ahead log into the file, so that it stands alone.

    SQLite allows it only to one who is alone with the file, so this also tells whether one is.
    Raises InUse, or CopyFailed for a file that is no sound database.
    """
    with _told(), closing(_open(path)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise InUse from error
            raise


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_SECONDS_OF_PATIENCE, isolation_level=None)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CopyFailed(str(error)) from error
