"""`council`: the table of commands; a command's own file is imported only when it is called."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

# Each name is also that of a file in this room, whose `app` is the command or the noun.
COMMANDS = {
    "serve": "Run the council: hooks, chat and courier, in one process.",
    "say": "Say something as a person, as they would in chat.",
    "migrate": "Bring the database up to date.",
    "doctor": "Look at everything that can be wrong, and say what to type next.",
    "people": "Who is in the council: import, list, leave, erase.",
    "initiative": "Initiatives from a table: import.",
    "playbook": "Who leads, supports and learns: list, show, validate, schema, simulate.",
    "integration": "Monitoring systems that send signals: add, list, rotate, test.",
    "token": "Keys to the read and command API: create, revoke.",
    "ledger": "The chain of everything that happened: verify.",
    "backup": "Copy the SQLite database while it is served, and check the copy.",
    "restore": "Let a backup become the database; keep what was there.",
    "outbox": "What the council has to tell: list, replay.",
}
# What the console script hands in; tests that call commands keep their own logs.
OWN_PROCESS = object()
# The houses whose errors have words; anything else is a usage error, or a bug to be seen.
OURS = frozenset({"bot", "council", "sqlalchemy"})


class Commands(TyperGroup):
    """The commands; turns every refusal into words and an exit code, in one place."""

    def resolve_command(
        self,
        ctx: Any,  # noqa: ANN401 -- Typer keeps its click to itself
        args: list[str],
    ) -> tuple[str | None, Any, list[str]]:
        """Find the command in its own file."""
        name, command, rest = super().resolve_command(ctx, args)
        if name in COMMANDS:
            command = typer.main.get_command(import_module(f"bot.shell.{name}").app)
            command.name = name
        if ctx.obj is OWN_PROCESS:
            import_module("bot.logs").set_up(quiet=name != "serve")
        return name, command, rest

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 -- likewise
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in OURS:
                raise
            code = import_module("bot.shell.refusals").tell(error, as_json=ctx.meta.get("json"))
            if code is None:
                raise
            raise typer.Exit(code) from error


app = typer.Typer(
    name="council",
    cls=Commands,
    help="The ML council coordinator.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def demo(
    once: bool = typer.Option(False, "--once", help="Play the story in the terminal, then end."),
    no_browser: bool = typer.Option(False, "--no-browser", help="Open no browser; say where."),
) -> None:
    """Try it: a council with people, initiatives and a past, in a chat in the browser."""
    raise typer.Exit(import_module("bot.shell.demo").play(once=once, browse=not no_browser))


def _elsewhere() -> None:
    """Stand in the help's list for a command that lives in its own file."""


for _name, _line in COMMANDS.items():
    app.command(_name, help=_line)(_elsewhere)


def main() -> None:
    """Be the console script: logs go to standard error, answers to standard output."""
    app(prog_name="council", obj=OWN_PROCESS)
