"""What went wrong, in the words of the chat, on standard error; and the code to exit with."""

import json

import typer

from bot import text
from bot.cards.failure import busy_card, refusal_card
from bot.clerk import Busy, Unavailable
from bot.settings import BadSettings
from bot.shell.complaint import Complaint
from bot.wiring import OldSchema
from council.errors import CouncilError
from council.playbook import PlaybookError, UnknownName

REFUSED = 1
BAD_SETTINGS = 2
OLD_SCHEMA = 3

# Errors that say in their own words what is wrong.
_CODES = {BadSettings: BAD_SETTINGS, OldSchema: OLD_SCHEMA, PlaybookError: 1, Complaint: 1}


def tell(error: Exception, *, as_json: bool | None = None) -> int | None:
    """Say what an error means and return the exit code; None for one that has no words."""
    found = words(error)
    if found is None:
        return None
    said, code = found
    typer.echo(said, err=True)
    if as_json:
        typer.echo(json.dumps({"error": said}, ensure_ascii=False))
    return code


def words(error: Exception) -> tuple[str, int] | None:
    """Return what an error means to the person at the shell, and the exit code."""
    if isinstance(error, CouncilError | UnknownName):
        return text.render(refusal_card(error)), REFUSED
    if isinstance(error, Busy | Unavailable):
        return text.render(busy_card()), REFUSED
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            return str(error), getattr(error, "code", code)
    if type(error).__module__.startswith("sqlalchemy."):
        return f"The database did not answer: {reason(error)}. Check DATABASE_URL.", REFUSED
    return None


def reason(error: BaseException) -> str:
    """Return the driver's own words where there are some, on one line."""
    said = str(getattr(error, "orig", None) or error) or type(error).__name__
    return text.clean(said.strip().splitlines()[0]).rstrip(".")
