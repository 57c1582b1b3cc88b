"""`council outbox`: what waits to be told, what could not be, and once more."""

from difflib import get_close_matches
from typing import Annotated, Any, Literal

import typer

from bot.shell import council, show
from bot.web import lists
from council import outbox
from council.desk import Desk
from council.errors import NotFound

State = Literal["pending", "claimed", "failed", "sent", "superseded", "dropped", "dead"]
MOST = 200
_COLUMNS = ("id", "kind", "about", "goes to", "state", "attempts", "reason", "since")

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command("list")
def list_(
    state: Annotated[State | None, typer.Option(help="Only those in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many at most.")] = 50,
    as_json: show.AsJson = False,
) -> None:
    """List notices, by conversation and in their order there."""
    found, names = council.ask(_notices, state or "", limit)
    if as_json:
        show.emit(found)
        return
    rows = [
        (
            one["id"],
            one["kind"],
            names.get(one["subject"], one["subject"].partition(":")[0]),
            names.get(one["conversation"], one["conversation"]),
            one["state"],
            one["attempts"],
            one["reason"],
            _short(one["created_at"]),
        )
        for one in found
    ]
    show.table(_COLUMNS, rows, "Nothing here.")


def _notices(desk: Desk, state: str, limit: int) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return notices, and what people call the cases and the persons that they name."""
    found = [lists.notice(row) for row in desk.books.outbox.page(state, limit)]
    persons = desk.books.people.by_ids(_ids(found, "conversation", "person:"))
    numbers = desk.books.cases.numbers(_ids(found, "subject", "case:"))
    names = {f"person:{each}": f"@{person.handle}" for each, person in persons.items()}
    return found, names | {f"case:{each}": f"C-{number}" for each, number in numbers.items()}


def _ids(found: list[dict[str, Any]], name: str, kind: str) -> set[str]:
    return {one[name].removeprefix(kind) for one in found if one[name].startswith(kind)}


def _short(moment: str) -> str:
    return f"{moment[:16].replace('T', ' ')} UTC"


@app.command()
def replay(mid: Annotated[str, typer.Argument(help="The notice's id.")]) -> None:
    """Put a dead letter at the end of its conversation's queue again."""
    council.do(_replay, mid)
    show.say("It is sent again as soon as the council serves.", "green")


def _replay(desk: Desk, mid: str) -> None:
    if not outbox.replay(desk, mid):
        dead = [row.mid for row in desk.books.outbox.page("dead", MOST)]
        near = get_close_matches(mid, dead, n=3, cutoff=0.4)
        raise NotFound("dead_letter", mid, tuple(near))
