"""`council restore`: a backup becomes the database; what was there before is kept beside it."""

import hashlib
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.cards import phrases
from bot.clerk import Clerk
from bot.settings import Settings, read_settings
from bot.shell import copies, council, lock, show
from bot.shell.complaint import Complaint
from bot.shell.ledger import walk_all
from bot.shell.migrate import refuse_newer, revision
from council import restored
from council.store.backup import CopyFailed, InUse, fold

_INSTEAD = "DATABASE_URL: is PostgreSQL; restore it with pg_restore (docs/operations.md says how)"
_BLOCK = 1 << 20

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Back:
    """What came back: into which file, and where the one before is kept (None: there was none).

    `links` is how many the backup's ledger holds, `notices` how many are looked for in the chat.
    """

    database: str
    kept: str | None
    sha256: str
    revision: str
    links: int
    notices: int


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `council backup` made.")],
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    as_json: show.AsJson = False,
) -> None:
    """Let a backup become the database; end `council serve` first."""
    settings = read_settings()
    database = copies.database_file(settings, _INSTEAD)
    with copies.told(file):
        _refuse(file, database)
    with council.opening(), lock.replacing(database):
        back = _bring_back(settings, file, database, yes=yes)
    if as_json:
        show.emit(asdict(back))
    else:
        _tell(back)


def _refuse(file: Path, database: Path) -> None:
    if not file.is_file():
        raise Complaint(f"There is no file {file}")
    if database.exists() and file.samefile(database):
        raise Complaint(f"{file} is the database itself. Name a backup.")
    wal = file.with_name(f"{file.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise Complaint(
            f"{file} has a write-ahead log beside it, so it is no backup but a database in use. "
            "Make a backup of it with `council backup`."
        )


def _refuse_opened(database: Path) -> None:
    """See that nobody has the database open; brings its write-ahead log into it on the way."""
    if not database.exists():
        return
    try:
        fold(database)
    except InUse:
        line = f"Another process has {database} open. End it first (`council serve`, a shell)."
        raise Complaint(line) from None
    except CopyFailed:
        return  # damaged: likely why a backup is wanted; it is kept as it is


def _bring_back(settings: Settings, file: Path, database: Path, *, yes: bool) -> Back:
    with copies.in_the_making(database) as part:
        digest = _take(file, part)
        copies.refuse_damaged(part, file)
        with copies.opened(part) as engine:
            stands_at = revision(engine)
        if stands_at is None:
            raise Complaint(f"{file} is not a council's database")
        refuse_newer(stands_at)

        async def settle(clerk: Clerk) -> tuple[int, int]:
            walk = await walk_all(clerk)
            if walk.faults:
                faults = phrases.count(len(walk.faults), "fault")
                raise Complaint(f"The ledger in {file} has {faults}. Take another backup.")
            backup = restored.Backup(digest, walk.seq, walk.previous)
            return walk.seq, await clerk.write(restored.restore, backup, council.ACTOR)

        links, notices = copies.talk(part, settings, settle)
        fold(part)
        if database.exists() and not yes:
            typer.confirm(_question(file, database, links), abort=True, err=True)
        _refuse_opened(database)
        kept = _keep(database, part)
        copies.put(part, database)
    return Back(str(database), str(kept) if kept else None, digest, stands_at, links, notices)


def _question(file: Path, database: Path, links: int) -> str:
    held = phrases.count(links, "link")
    return f"{file} is sound, its ledger has {held}. Replace {database}? (It is kept beside it.)"


def _take(file: Path, part: Path) -> str:
    """Copy a backup, and return the hash of just the bytes that were copied."""
    found = hashlib.sha256()
    with file.open("rb") as given, part.open("wb") as taken:
        while block := given.read(_BLOCK):
            found.update(block)
            taken.write(block)
    return found.hexdigest()


def _keep(database: Path, part: Path) -> Path | None:
    """Keep what was there under another name, with what SQLite left beside it; return the name.

    A log that stayed would be taken for the new file's own.
    """
    kept = database.with_name(f"{database.name}.before-restore-{copies.stamp()}")
    for side in copies.SIDES:
        beside = database.with_name(database.name + side)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + side))
    if not database.exists():
        return None
    copies.take_after(part, database)
    try:
        os.link(database, kept)  # so that there is a database at every moment
    except OSError:
        database.rename(kept)
    return kept


def _tell(back: Back) -> None:
    links = phrases.count(back.links, "link")
    show.say(f"{back.database} is what the backup holds ({links}).", "green")
    if back.kept:
        show.say(f"What was there before: {back.kept}")
    if back.notices:
        waiting = phrases.count(back.notices, "notice")
        show.say(f"{waiting} may have been sent since: looked for in the chat before any is sent.")
