"""What people say who want an initiative in their own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Line
from bot.grammar.verb import Command, Verb


@dataclass(frozen=True, slots=True)
class Explain(Command):
    """Say what an initiative is for, from what, where it is used, and what can go wrong."""

    keyless: ClassVar[bool] = True

    key: str = ""


VERBS = (
    Verb(
        "explain",
        ("about",),
        "explain [key]",
        "explain late-order",
        "What it is for, in plain words, and what can go wrong",
    ),
)


def _explain(line: Line) -> Explain:
    words = line.words
    if not words:
        return Explain(line.here)
    line.end(words[1:])
    return Explain(line.key(words[0]))


READERS: Mapping[str, Callable[[Line], Command]] = {"explain": _explain}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    Explain: lambda form: ("explain", form.key)
}
