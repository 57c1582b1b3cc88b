"""`council token`: keys to the read and command API."""

from typing import Annotated

import typer

from bot.shell import council, show
from council import integrations

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command()
def create(
    name: Annotated[str, typer.Option(help="What the token is for.")],
    as_json: show.AsJson = False,
) -> None:
    """Make a token; it is shown this once."""
    token = council.do(integrations.create_token, council.ACTOR, name)
    if as_json:
        show.emit({"token": token})
        return
    show.panel(f"Token {name}, shown this once:\n\n{token}")
    show.say(f"Send it as: Authorization: Bearer {token}")


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="The token's name.")]) -> None:
    """End a token at once."""
    council.do(integrations.revoke_token, council.ACTOR, name)
    show.say(f"The token {name} is good no more.", "green")
