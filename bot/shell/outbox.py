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
_COLUMNS = ("id", "kind", "subject", "conversation", "state", "attempts", "reason", "created_at")

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command("list")
def list_(
    state: Annotated[State | None, typer.Option(help="Only those in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many at most.")] = 50,
    as_json: show.AsJson = False,
) -> None:
    """List notices, by conversation and in their order there."""
    found = council.ask(_notices, state or "", limit)
    if as_json:
        show.emit(found)
        return
    rows = [[one[name] for name in _COLUMNS[:-1]] + [_short(one["created_at"])] for one in found]
    show.table(_COLUMNS, rows, "Nothing here.")


def _notices(desk: Desk, state: str, limit: int) -> list[dict[str, Any]]:
    return [lists.notice(row) for row in desk.books.outbox.page(state, limit)]


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
