"""`council initiative`: import a table; everything in it only watches until somebody goes live."""

import csv
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

import typer

from bot import text
from bot.cards.imported import imported_card
from bot.clerk import Clerk
from bot.shell import council, show
from bot.shell.complaint import Complaint
from bot.shell.people import PAGE, read_text
from council import cases, initiatives
from council.desk import Desk
from council.errors import Faults, Invalid
from council.initiatives import Compared, Row

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def initiatives_() -> None:
    """Import a table of initiatives."""


@app.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="A CSV file; - reads standard input.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be; write nothing.")
    ] = False,
    as_json: show.AsJson = False,
) -> None:
    """Add or update: key,name,playbook,phase,tier,models,channel,private, then a column per role.

    A cell may hold several models or handles, parted by spaces, ; or |. Nothing is taken away.
    """
    table = read_text(file)
    try:
        found = council.talk(partial(import_table, table, dry_run=dry_run))
    except csv.Error as error:
        raise Complaint(f"{file}: not a table of comma-separated values ({error})") from error
    if as_json:
        show.emit(_summary(found, dry_run=dry_run))
    else:
        typer.echo(text.render(imported_card(found, dry_run=dry_run)))


async def import_table(table: str, clerk: Clerk, *, dry_run: bool) -> list[Compared]:
    """Check a whole table, then write it slice by slice, so that a long one holds nobody up."""
    rows = await clerk.read(_checked, table)
    found: list[Compared] = []
    faults: list[Invalid] = []
    for start in range(0, len(rows), PAGE):
        compared, wrong = await clerk.read(initiatives.compare, rows[start : start + PAGE])
        found += compared
        faults += wrong
    if faults:
        raise Faults(tuple(faults))
    for part in initiatives.in_slices([] if dry_run else found):
        changes = [each.row for each in part if each.status != "same"]
        if changes:
            await clerk.write(write, changes)
    return found


def _checked(desk: Desk, table: str) -> list[Row]:
    return initiatives.read_sheet(table, desk.playbooks, desk.books.people.handles())


def write(desk: Desk, rows: Sequence[Row]) -> None:
    """Write a slice; what waits for the models that it brings becomes their initiatives' cases."""
    for initiative, compared in initiatives.import_rows(desk, council.ACTOR, rows):
        cases.adopt_models(desk, initiative, compared.row.models)


def _summary(found: Sequence[Compared], *, dry_run: bool) -> dict[str, Any]:
    counts = {
        status: sum(each.status == status for each in found)
        for status in ("new", "changed", "same")
    }
    rows = [
        {
            "line": each.row.line,
            "key": each.row.key,
            "status": each.status,
            "changed": list(each.changed),
            "kept_phase": each.kept_phase,
        }
        for each in found
    ]
    return {**counts, "dry_run": dry_run, "rows": rows}
