"""`council integration`: monitoring systems that send signals, and a try that keeps nothing."""

from typing import Annotated

import typer

from bot.cards import phrases
from bot.settings import read_settings
from bot.shell import council, show, trial
from bot.shell.people import read_bytes
from council import integrations
from council.errors import Invalid
from council.signal import SIGNAL_CLASSES

app = typer.Typer(no_args_is_help=True, add_completion=False)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The integration's name.")]


@app.command()
def add(
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(integrations.KINDS)}.")],
    name: Annotated[str, typer.Option(help="A name of its own; it stands in the address.")],
    metric: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=CLASS", help="The signal class that a metric stands for."),
    ] = None,
    as_json: show.AsJson = False,
) -> None:
    """Let a monitoring system in; its secret is shown this once."""
    classes = dict(map(_metric, metric or ()))
    secret = council.do(integrations.add, council.ACTOR, kind, name, classes)
    _introduce(name, secret, f"{name} may send now.", as_json=as_json)


def _metric(given: str) -> tuple[str, str]:
    name, equals, signal_class = (part.strip() for part in given.partition("="))
    if not (name and equals and signal_class):
        why = "is not of the form NAME=CLASS"
        raise Invalid("metric", given, why, tuple(f"NAME={each}" for each in SIGNAL_CLASSES))
    return name, signal_class


@app.command()
def rotate(name: Name, as_json: show.AsJson = False) -> None:
    """Make a new secret; the one from before stays good for a week."""
    secret = council.do(integrations.rotate, council.ACTOR, name)
    days = phrases.span(integrations.OVERLAP)
    _introduce(name, secret, f"The old secret is good for {days} more.", as_json=as_json)


def _introduce(name: str, secret: str, news: str, *, as_json: bool) -> None:
    path = integrations.path_of(name)
    if as_json:
        show.emit({"name": name, "path": path, "secret": secret})
        return
    settings = read_settings()
    show.panel(f"{news}\n\nPath    {path}\nSecret  {secret}\n\nThe secret is shown this once.")
    show.say("For alertmanager.yml; beside a route of your own, make this a child of it:", "bold")
    show.say(receiver(f"{council.address(settings)}{path}", secret))
    if not settings.council_base_url:
        show.say("Set COUNCIL_BASE_URL if Alertmanager reaches this council at another address.")
    show.say(f"Try it without a trace: council integration test {name}")


def receiver(url: str, secret: str) -> str:
    """Return a configuration that Alertmanager takes as it is: a receiver, and a route to it."""
    return f"""
route:
  receiver: council
  group_by: [model, model_version]
receivers:
  - name: council
    webhook_configs:
      - url: {url}
        send_resolved: true
        http_config:
          authorization:
            credentials: {secret}
"""


@app.command("list")
def list_(as_json: show.AsJson = False) -> None:
    """List integrations, with their live secrets and what goes wrong with them."""
    found = council.ask(integrations.listing)
    if as_json:
        show.emit([_plain(one) for one in found])
        return
    rows = [
        (
            one.name,
            one.kind,
            one.path,
            one.secrets,
            f"{one.created_at:%Y-%m-%d}",
            ", ".join(f"{code} ({count})" for code, count in one.troubles.items()),
        )
        for one in found
    ]
    columns = ("name", "kind", "path", "live secrets", "since", "troubles")
    empty = "No integration yet. Type: council integration add alertmanager --name NAME"
    show.table(columns, rows, empty)


def _plain(one: integrations.Listed) -> dict[str, object]:
    return {
        "name": one.name,
        "kind": one.kind,
        "path": one.path,
        "secrets": one.secrets,
        "created_at": one.created_at.isoformat(),
        "troubles": dict(one.troubles),
    }


@app.command("test")
def try_(
    name: Name,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="A request's body; - reads standard input.")
    ] = "",
    as_json: show.AsJson = False,
) -> None:
    """Say what would become of a request; nothing is stored and nobody is told."""
    body = read_bytes(file) if file else trial.sample()
    found = council.ask(trial.trial, name, body)
    if as_json:
        show.emit([line.plain() for line in found])
        return
    if not file:
        show.say("A made-up request; name a file to try one of your own.")
    rows = [
        (
            line.index,
            line.status,
            phrases.class_name(line.signal_class) if line.signal_class else "",
            line.severity,
            line.model,
            line.goes_to,
            ", ".join(line.calls),
            ", ".join(filter(None, (line.reason, *line.warnings))),
        )
        for line in found
    ]
    columns = ("item", "status", "class", "severity", "model", "goes to", "calls", "notes")
    show.table(columns, rows, "The request holds no items.")
    show.say("Nothing was stored.")
