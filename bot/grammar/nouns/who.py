"""What people say to learn who is who: in a phase, at a step, in a role; or who somebody is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Fault, Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import argument, as_handle

ME = "me"


@dataclass(frozen=True, slots=True)
class Who(Command):
    """Show who leads, supports and learns; without a key, the place decides.

    `what` is a step, a role or a person, as typed; empty for all of the phase.
    """

    keyless: ClassVar[bool] = True

    key: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class WhoIs(Command):
    """Show where a person has a part; `handle` is `me` for whoever asks."""

    handle: str


VERBS = (
    Verb(
        "who",
        (),
        "who [key] [role]",
        "who late-order data scientist",
        "Who leads, supports and learns there, at a step, in a role; or who @ana is",
        first=True,
    ),
)


def _who(line: Line) -> Who | WhoIs:
    words = line.words
    if not words:
        return Who(line.here)
    if words[0].mention or (words[0].text.lower() == ME and not words[0].quoted):
        line.end(words[1:])
        handle = as_handle(words[0].text)
        if not handle:
            raise line.refuse(Fault.BAD_VALUE, "handle", words[0].text)
        return WhoIs(handle)
    key, rest = line.split_key(words, left_out=line.names_here(words, 0))
    return Who(key, line.rest(rest))


def _parts(form: Who) -> tuple[str, ...]:
    return "who", form.key, argument(form.what) if form.what else ""


def _person(form: WhoIs) -> tuple[str, ...]:
    plain = form.handle == ME or form.handle.startswith("<@")
    return "who", form.handle if plain else f"@{form.handle}"


READERS: Mapping[str, Callable[[Line], Command]] = {"who": _who}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {Who: _parts, WhoIs: _person}
