"""`council people`: import a table, list who is here, let somebody leave, erase them."""

import csv
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cards import phrases
from bot.clerk import Clerk
from bot.shell import council, show
from bot.shell.complaint import Complaint
from bot.web import lists
from council import leaving, people
from council.desk import Desk

PAGE = 200

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="A CSV file; - reads standard input.")],
    as_json: show.AsJson = False,
) -> None:
    """Add or update people: handle,name,email,timezone,slack_id,teams_id (two are enough)."""
    table = read_text(file)
    try:
        new, changed = council.talk(partial(import_all, people.read_table(table)))
    except csv.Error as error:
        raise Complaint(f"{file}: not a table of comma-separated values ({error})") from error
    if as_json:
        show.emit({"new": new, "changed": changed})
    else:
        news = phrases.count(new, "person is new", "people are new")
        changes = phrases.count(changed, "has changed", "have changed")
        show.say(f"{news}, {changes}.", "green")


async def import_all(rows: list[tuple[int, people.Cells]], clerk: Clerk) -> tuple[int, int]:
    """Write a checked table slice by slice, so that a long one holds nobody up."""
    new = changed = 0
    for start in range(0, len(rows), PAGE):
        added, touched = await clerk.write(people.import_rows, rows[start : start + PAGE])
        new, changed = new + added, changed + touched
    return new, changed


@app.command("list")
def list_(as_json: show.AsJson = False) -> None:
    """List everybody, with the ids by which chat knows them."""
    found = council.talk(everybody, acts=False)
    if as_json:
        show.emit(found)
        return
    rows = [
        (
            one["handle"],
            one["name"],
            one["email"],
            one["timezone"],
            " ".join(f"{platform}:{id_}" for platform, id_ in sorted(one["identities"].items())),
            "yes" if one["lead"] else "",
        )
        for one in found
    ]
    columns = ("handle", "name", "email", "timezone", "known as", "council lead")
    show.table(columns, rows, "Nobody is here yet. Type: council people import FILE.csv")


@app.command()
def leave(
    handle: Annotated[str, typer.Argument(help="Who leaves.")],
    to: Annotated[str, typer.Option(help="Who takes on their roles and what is open.")] = "",
    as_json: show.AsJson = False,
) -> None:
    """Let somebody leave: what they hold ends; with --to it goes to somebody else."""
    left = council.do(leaving.leave, council.ACTOR, handle, to)
    if as_json:
        show.emit(
            {
                "handle": left.handle,
                "to": left.to,
                "moved": [{"initiative": key, "role": role} for key, role in left.moved],
                "gaps": [{"initiative": key, "role": role} for key, role in left.gaps],
                "open": [{"key": one.key, "initiative": one.initiative} for one in left.open],
            }
        )
        return
    show.say(f"{left.handle} has left the council.", "green")
    if left.moved:
        show.say(f"{left.to} has {phrases.count(len(left.moved), 'role')} of theirs now.")
    for one in left.open:
        show.say(f"    was open: {one.key} ({one.initiative})")
    for key, role in left.gaps:
        mend = f'council say --as LEAD "assign {key} {phrases.role(role)} @HANDLE"'
        show.say(f"Nobody is {phrases.role(role)} of {key} now.", "yellow")
        show.say(f"    next: {mend}")


@app.command()
def erase(
    handle: Annotated[str, typer.Argument(help="Who is erased.")],
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    as_json: show.AsJson = False,
) -> None:
    """Erase somebody: their name, addresses and words; the ledger keeps a tombstone."""
    if not yes:
        question = f"Erase {handle}: name, addresses, and every word they wrote? It stays so."
        typer.confirm(question, abort=True, err=True)
    gone = council.do(leaving.erase, council.ACTOR, handle)
    if as_json:
        show.emit({"tombstone": gone.tombstone, "texts": gone.texts, "cards": gone.cards})
        return
    show.say(f"{handle} is {gone.tombstone} now.", "green")
    texts, cards = phrases.count(gone.texts, "text"), phrases.count(gone.cards, "card")
    show.say(f"{texts} blanked, {cards} in chat brought up to date. Backups still hold the rest.")


async def everybody(clerk: Clerk) -> list[dict[str, Any]]:
    """Return all people, page by page, each with whether they are a council lead."""
    leads = {member.id for member in await clerk.read(people.leads)}
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page, cursor = await clerk.read(_page, cursor)
        found += [{**one, "lead": one["id"] in leads} for one in page]
    return found


def _page(desk: Desk, cursor: str) -> lists.Items:
    return lists.people(desk, cursor, PAGE)


def read_text(file: str) -> str:
    """Return a file's text, or standard input's for `-`; raises Complaint."""
    return decoded(file, read_bytes(file))


def read_bytes(file: str) -> bytes:
    """Return a file's bytes, or standard input's for `-`; raises Complaint."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Complaint(f"{file}: {error.strerror}") from error


def decoded(file: str, raw: bytes) -> str:
    """Return bytes as text; names the line of the first one that is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Complaint(f"{file}: line {line} is not UTF-8; save it as UTF-8") from error
