"""What people say to move an initiative: on, back, to a step; or to take the proposal back.

What is done within a phase is said with `done` (see `answers`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, quote

BACK, WITHDRAW = "back", "withdraw"
# Words that say a way, so that the key before them may be left out.
DIRECTIONS = frozenset({"forward", "next", BACK, "within", "again", "end", "retire", WITHDRAW})


@dataclass(frozen=True, slots=True)
class Move(Command):
    """Propose to move, or ask which ways lead on; `way` is as typed, `change` what to change.

    `way` is a direction, a phase, a way's id, what calls for it, a step, or `withdraw`.
    """

    keyless: ClassVar[bool] = True

    key: str = ""
    way: str = ""
    change: str = ""
    reason: str = ""


VERBS = (
    Verb(
        "move",
        (BACK,),
        'move [key] [way] [--change DECISION] [--reason "…"]',
        "move late-order forward",
        "Move on, go back or to a step; alone, see which ways lead on",
        first=True,
    ),
)


def _move(line: Line) -> Move:
    words, options = line.options(("--change", "--reason"))
    given = {name: values[0] for name, values in options.items()}
    left_out = not words or _direction_first(line, words) or line.names_here(words, 0)
    key, rest = (line.here, words) if left_out else line.split_key(words, left_out=False)
    way = " ".join(word.text for word in rest)
    if line.typed == BACK and way.lower() != WITHDRAW:
        way = way or BACK
    return Move(key, way, given.get("--change", ""), given.get("--reason", ""))


def _direction_first(line: Line, words: Sequence[Word]) -> bool:
    """Tell whether the first word is a direction, and no initiative that is known is called so."""
    first = words[0].text.lower()
    bare = not words[0].quoted and len(words) == 1 and first in DIRECTIONS
    return bare and (line.keys is None or first not in line.keys)


def _parts(form: Move) -> tuple[str, ...]:
    return (
        "move",
        form.key,
        argument(form.way) if form.way else "",
        f"--change {argument(form.change)}" if form.change else "",
        f"--reason {quote(form.reason)}" if form.reason else "",
    )


READERS: Mapping[str, Callable[[Line], Command]] = {"move": _move}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {Move: _parts}
