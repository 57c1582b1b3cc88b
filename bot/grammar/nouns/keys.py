"""A key alone, such as `C-31` or `V-2`: whatever it is the key of is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.grammar.forms import ShowCase
from bot.grammar.nouns.decisions import ShowDecision
from bot.grammar.nouns.handoffs import ShowHandoff
from bot.grammar.nouns.huddles import ShowHuddle
from bot.grammar.nouns.people import NameDeputy
from bot.grammar.verb import Command, Verb
from bot.grammar.words import as_case, as_ref


@dataclass(frozen=True, slots=True)
class Open(Command):
    """Show a move or a look back, which no verb shows, by its key (`ref`)."""

    ref: str


# By the letter of the key: what shows it.
_SHOWN: Mapping[str, Callable[[str], Command]] = {
    "A": NameDeputy,
    "C": ShowCase,
    "D": ShowDecision,
    "H": ShowHandoff,
    "M": Open,
    "R": ShowHuddle,
    "V": Open,
}


def opened(text: str) -> Command | None:
    """Return what shows the thing whose key a line is; None if the line is no key alone."""
    bare = text.lstrip("#").isdecimal()  # a number alone is a case only after a verb
    ref = as_ref(text) or ("" if bare else as_case(text))
    return _SHOWN[ref[0]](ref) if ref else None


VERBS: tuple[Verb, ...] = ()
READERS: Mapping[str, Callable[..., Command]] = {}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {Open: lambda form: (form.ref,)}
