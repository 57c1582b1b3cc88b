"""How answers look: colours and frames on a terminal, plain text in a pipe, JSON for scripts."""

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot import text
from bot.cards.model import Card, Tone

_STYLES = {Tone.NEUTRAL: "cyan", Tone.GOOD: "green", Tone.WARN: "yellow", Tone.BAD: "red"}


def _remember(ctx: typer.Context, wanted: bool) -> bool:
    """Let refusals know too that a script reads."""
    ctx.meta["json"] = wanted
    return wanted


AsJson = Annotated[
    bool, typer.Option("--json", callback=_remember, help="Answer in JSON, for scripts.")
]


def on_terminal() -> bool:
    """Whether a person watches."""
    return sys.stdout.isatty()


def emit(value: object) -> None:
    """Answer in JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(line: str, style: str = "") -> None:
    """Answer in a line; the style is seen on a terminal only."""
    if style and on_terminal():
        _console().print(Text(line, style))
    else:
        typer.echo(line)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> None:
    """Answer in rows; `empty` is said where there are none."""
    cells = [[text.clean(str(cell)) for cell in row] for row in rows]
    if not cells:
        say(empty)
    elif on_terminal():
        _console().print(_framed(columns, cells))
    else:
        _aligned(columns, cells)


def _framed(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [list(columns), *rows]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)
        )
        typer.echo("  ".join(padded).rstrip())


def card(shown: Card, prefix: str) -> None:
    """Answer in a card; its buttons are what to type after `prefix`."""
    panel(text.render(shown, prefix), _STYLES[shown.tone])


def panel(said: str, style: str = "green") -> None:
    """Answer in a frame on a terminal, plainly elsewhere."""
    if on_terminal():
        _console().print(Panel(Text(said), border_style=style, expand=False, padding=(1, 2)))
    else:
        typer.echo(said)


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)
