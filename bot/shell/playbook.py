"""`council playbook`: what the playbooks hold, whether a file would do, and whom signals call."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cards import phrases
from bot.settings import read_settings
from bot.shell import sheet, show
from council.playbook import (
    DEFAULT_PLAYBOOK,
    DEPUTY,
    Library,
    Playbook,
    PlaybookError,
    json_schema,
    load_file,
    load_library,
    phases_in_order,
)
from council.simulate import routes

app = typer.Typer(no_args_is_help=True, add_completion=False)

Id = Annotated[str, typer.Argument(metavar="ID", help=f"For example {DEFAULT_PLAYBOOK}.")]


def _library() -> Library:
    """Read the shipped playbooks and those of COUNCIL_PLAYBOOKS."""
    return load_library(read_settings().playbooks)


@app.command("list")
def list_(as_json: show.AsJson = False) -> None:
    """List the playbooks; the default one first."""
    found = _library().playbooks
    if as_json:
        show.emit([_summary(each) for each in found])
        return
    rows = [(each.id, each.version, each.title, len(each.roles), _going_on(each)) for each in found]
    show.table(("id", "version", "title", "roles", "phases"), rows, "No playbooks.")


def _going_on(playbook: Playbook) -> int:
    """Return the number of phases as people count them, without the end."""
    return sum(not phase.terminal for phase in playbook.phases.values())


def _summary(playbook: Playbook) -> dict[str, object]:
    return {
        "id": playbook.id,
        "version": playbook.version,
        "roles": list(playbook.roles),
        "phases": [phase.id for phase in phases_in_order(playbook)],
    }


@app.command("show")
def show_(
    playbook_id: Id,
    version: Annotated[int | None, typer.Option(help="By default the newest.")] = None,
    as_json: show.AsJson = False,
) -> None:
    """Show who leads, supports and learns where, which ways lead on, and what is handed over."""
    playbook = _library().get(playbook_id, version)
    if as_json:
        show.emit(playbook.model_dump(mode="json", by_alias=True))
        return
    sheet.tell(playbook)


@app.command()
def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Playbooks in YAML, or folders of them.")
    ],
) -> None:
    """Check playbooks; each problem is one line, and the exit code 1."""
    wrong = False
    for file in files:
        try:
            found = _own(file) if file.is_dir() else [load_file(file)]
        except PlaybookError as error:
            wrong = True
            for problem in error.problems:
                show.say(str(problem), "red")
        else:
            for playbook in found:
                show.say(f"{file.name}: good ({_in_short(playbook)})", "green")
    raise typer.Exit(1 if wrong else 0)


def _own(folder: Path) -> list[Playbook]:
    """Return what a folder adds to the shipped playbooks; raises PlaybookError."""
    shipped = {(each.id, each.version) for each in load_library().playbooks}
    found = load_library(folder).playbooks
    return [each for each in found if (each.id, each.version) not in shipped]


def _in_short(playbook: Playbook) -> str:
    roles = phrases.count(len(playbook.roles), "role")
    phases = phrases.count(_going_on(playbook), "phase")
    return f"{playbook.id} version {playbook.version}, {roles}, {phases}"


@app.command()
def schema() -> None:
    """Print the JSON Schema of a playbook's file, for editors."""
    show.emit(json_schema())


@app.command()
def simulate(
    playbook_id: Id = DEFAULT_PLAYBOOK,
    tier: Annotated[int, typer.Option(min=1, max=4, help="How much hangs on it; 1 is most.")] = 3,
    band: Annotated[
        Literal["act", "watch"], typer.Option(help="How far the metric is off.")
    ] = "act",
) -> None:
    """Say whom each signal class calls at a tier and band; nobody is called."""
    playbook = _library().get(playbook_id)
    rows = [
        (
            phrases.class_name(line.signal_class),
            line.severity,
            ", ".join(line.notify),
            ", ".join(line.huddle),
            ", ".join(line.decide),
            ", ".join(line.inform),
            line.acknowledge,
            sheet.names(playbook, (role for role in line.escalate_to if role != DEPUTY)),
        )
        for line in routes(playbook, tier, band, playbook.signal_classes)
    ]
    columns = (
        "signal",
        "severity",
        "calls",
        "huddle",
        "decide",
        "informs",
        "answer in",
        "then asks",
    )
    show.table(columns, rows, "This playbook routes no signals.")
