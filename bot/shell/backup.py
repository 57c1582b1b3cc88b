"""`council backup`: a checked copy of a SQLite database, made while the council is served."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

import migrations
from bot.cards import phrases
from bot.settings import Settings, read_settings
from bot.shell import copies, show
from bot.shell.complaint import Complaint
from bot.shell.ledger import walk_all
from bot.shell.migrate import revision
from council.ledger import Walk
from council.store.backup import fold, snapshot

_INSTEAD = "DATABASE_URL: is PostgreSQL; back it up with pg_dump (docs/operations.md says how)"

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: its file and size in bytes, what it holds, and how many links do not hold."""

    file: str
    bytes: int
    sha256: str
    revision: str
    links: int
    last_hash: str
    faults: int


@app.command()
def backup(
    file: Annotated[
        Path | None,
        typer.Argument(help="Where to; else backups/council-<time>.db beside the database."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: show.AsJson = False,
) -> None:
    """Copy the SQLite database to a file and check the copy; the council goes on meanwhile.

    Exits with 1 if the ledger does not hold; the copy is kept all the same.
    """
    settings = read_settings()
    source = copies.database_file(settings, _INSTEAD)
    target = file or source.parent / "backups" / f"council-{copies.stamp()}.db"
    with copies.told(target):
        _refuse(source, target, force=force)
    made = _make(settings, source, target)
    if as_json:
        show.emit({name: getattr(made, name) for name in Made.__slots__})
    else:
        _tell(made)
    raise typer.Exit(1 if made.faults else 0)


def _refuse(source: Path, target: Path, *, force: bool) -> None:
    if not source.exists():
        raise Complaint(f"DATABASE_URL: there is no database at {source} yet", 2)
    own = {source.with_name(source.name + side).resolve() for side in ("", *copies.SIDES, ".lock")}
    if target.resolve() in own:
        raise Complaint(f"{target} belongs to the database itself. Name another file.")
    if target.is_dir():
        raise Complaint(f"{target} is a folder. Name a file in it.")
    if target.exists() and not target.is_file():
        raise Complaint(f"{target} is a device, not a file. Name a file.")
    if target.exists() and not force:
        raise Complaint(f"{target} is there already. Name another file, or add --force.")


def _make(settings: Settings, source: Path, target: Path) -> Made:
    with copies.in_the_making(target) as part:
        snapshot(source, part)
        copies.refuse_damaged(part, source)
        with copies.opened(part) as engine:
            stands_at = revision(engine)
        if stands_at is None:
            raise Complaint(f"{source} is empty, or not a council's. Check DATABASE_URL.")
        walk = _walk(settings, part, stands_at)
        fold(part)
        size, digest = part.stat().st_size, copies.sha256(part)
        copies.put(part, target)
    faults = len(walk.faults)
    return Made(str(target), size, digest, stands_at, walk.seq, walk.previous, faults)


def _walk(settings: Settings, part: Path, stands_at: str) -> Walk:
    """Walk the chain of a copy; one of an older program is read in a copy that is up to date."""
    if stands_at >= migrations.revisions()[-1]:
        return copies.talk(part, settings, walk_all)
    with copies.in_the_making(part.with_name(f"{part.name}.newer")) as newer:
        shutil.copyfile(part, newer)
        return copies.talk(newer, settings, walk_all)


def _tell(made: Made) -> None:
    links = phrases.count(made.links, "link")
    show.say(f"{made.file}: {made.bytes:,} bytes, revision {made.revision}, {links}.", "green")
    show.say(f"Last link: {made.last_hash or 'none'}")
    show.say(f"SHA-256: {made.sha256}")
    if made.faults:
        said = phrases.count(made.faults, "fault")
        show.say(f"The ledger has {said}: run `council ledger verify`.", "red")
