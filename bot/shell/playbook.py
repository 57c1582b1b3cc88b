"""`council playbook`: what the playbooks hold, whether a file would do, and whom signals call."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cards import phrases
from bot.shell import show
from council.playbook import (
    DEFAULT_PLAYBOOK,
    DEPUTY,
    Phase,
    Playbook,
    PlaybookError,
    Relation,
    json_schema,
    load_file,
    load_library,
    phases_in_order,
    relations,
)
from council.simulate import routes

app = typer.Typer(no_args_is_help=True, add_completion=False)

Id = Annotated[str, typer.Argument(metavar="ID", help=f"For example {DEFAULT_PLAYBOOK}.")]


@app.command("list")
def list_(as_json: show.AsJson = False) -> None:
    """List the playbooks; the default one first."""
    found = load_library().playbooks
    if as_json:
        show.emit([_summary(each) for each in found])
        return
    rows = [
        (each.id, each.version, each.title, len(each.roles), len(each.phases)) for each in found
    ]
    show.table(("id", "version", "title", "roles", "phases"), rows, "No playbooks.")


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
    """Show who leads, supports and learns in each phase, and which ways lead on."""
    playbook = load_library().get(playbook_id, version)
    if as_json:
        show.emit(playbook.model_dump(mode="json", by_alias=True))
        return
    show.say(f"{playbook.title} ({playbook.id}, version {playbook.version})", "bold")
    show.say("")
    roles = [(role.id, role.name, ", ".join(role.aliases)) for role in playbook.roles.values()]
    show.table(("role", "name", "also called"), roles, "No roles.")
    for phase in phases_in_order(playbook):
        show.say("")
        show.say(f"{phase.order}. {phase.name} ({phase.id})", "bold")
        show.table(
            ("", "relation", "roles"), list(_parts(playbook, phase)), "Nothing is done here."
        )
    show.say("")
    ways = [
        (way.id, f"{way.source} → {way.target}", way.kind, _names(playbook, way.decide))
        for way in playbook.transitions.values()
    ]
    show.table(("way", "from → to", "kind", "who decides"), ways, "No ways lead on.")


def _parts(playbook: Playbook, phase: Phase) -> Iterator[tuple[str, str, str]]:
    """Go through the phase as a whole, then through what each step says of its own."""
    for relation, roles in relations(playbook, phase.id).items():
        yield "in this phase", _verb(relation), _names(playbook, roles)
    for step in phase.steps.values():
        for relation, roles in step.stated().items():
            if roles:
                yield step.name, _verb(relation), _names(playbook, roles)


def _verb(relation: Relation) -> str:
    return relation.value


def _names(playbook: Playbook, roles: Iterable[str]) -> str:
    return ", ".join(playbook.role(role).name for role in roles)


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Playbooks in YAML.")],
) -> None:
    """Check playbooks; each problem is one line, and the exit code 1."""
    wrong = False
    for file in files:
        try:
            playbook = load_file(file)
        except PlaybookError as error:
            wrong = True
            for problem in error.problems:
                show.say(str(problem), "red")
        else:
            roles = phrases.count(len(playbook.roles), "role")
            phases = phrases.count(len(playbook.phases), "phase")
            said = f"{playbook.id} version {playbook.version}, {roles}, {phases}"
            show.say(f"{file.name}: good ({said})", "green")
    raise typer.Exit(1 if wrong else 0)


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
    playbook = load_library().get(playbook_id)
    rows = [
        (
            phrases.class_name(line.signal_class),
            line.severity,
            ", ".join(line.notify),
            ", ".join(line.huddle),
            ", ".join(line.decide),
            ", ".join(line.inform),
            line.acknowledge,
            _names(playbook, (role for role in line.escalate_to if role != DEPUTY)),
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
