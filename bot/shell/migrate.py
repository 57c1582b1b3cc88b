"""`council migrate`: bring the tables of DATABASE_URL up to date, on either engine."""

from typing import Any

import typer

import migrations
from bot.settings import read_settings, sqlite_folder
from bot.shell import council, show
from bot.shell.complaint import Complaint
from bot.wiring import migrate as bring_up_to_date
from council.store.engine import open_engine

app = typer.Typer(add_completion=False)


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    settings = read_settings()
    with council.opening():
        folder = sqlite_folder(settings.database_url)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        engine = open_engine(settings.database_url)
    try:
        before = revision(engine)
        refuse_newer(before)
        bring_up_to_date(engine)
        after = revision(engine)
    finally:
        engine.dispose()
    if before == after:
        show.say(f"The database is up to date ({after}).", "green")
    else:
        show.say(f"The database went from {before or 'empty'} to {after}.", "green")


def revision(engine: Any) -> str | None:  # noqa: ANN401 -- SQLAlchemy stays below
    """Return the revision at which a database stands; None for an empty one."""
    with engine.connect().execution_options(reading=True) as connection:
        return migrations.revision_of(connection)


def refuse_newer(found: str | None) -> None:
    """Raise Complaint for a database that a newer program has changed."""
    if found is not None and found not in migrations.revisions():
        line = f"The database is newer than this program ({found}). Install the newer program."
        raise Complaint(line, 3)
