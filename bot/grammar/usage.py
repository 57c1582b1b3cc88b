"""What may follow a verb, read from its usage in the table of verbs: places, options, free text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from bot.grammar.verb import Verb

# `"<name>"` is text, `<key>` is needed, `[case]` may be there, `@handle` is a person.
_PART = re.compile(r'"<([^>]+)>"|<([^>]+)>|\[([^\]]+)\](…?)|@\w+')
_RANGE = re.compile(r"([1-9])-([1-9])")
_TEXTS = frozenset({"reason"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a line; `choices` are the words that fit, `text` says that anything does."""

    name: str
    required: bool = False
    choices: tuple[str, ...] = ()
    text: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An option; `takes` is what its value is called, empty if it has none."""

    name: str
    takes: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What may follow a verb, in order; options may stand anywhere."""

    slots: tuple[Slot, ...] = ()
    options: Mapping[str, Option] = field(default_factory=lambda: MappingProxyType({}))


@lru_cache(maxsize=64)
def shape_of(verb: Verb) -> Shape:
    """Return what may follow a verb."""
    slots: list[Slot] = []
    options: dict[str, Option] = {}
    for part in _PART.finditer(verb.usage):
        text, needed, may, many = part.groups()
        if may and may.startswith("--"):
            name, _, takes = may.partition(" ")
            options[name] = Option(name, takes, _numbers(takes), bool(many))
        elif text:
            slots.append(Slot(text, required=True, text=True))
        else:
            slots.append(_slot(needed or may or "person", required=not may))
    return Shape(tuple(slots), MappingProxyType(options))


def _slot(name: str, *, required: bool) -> Slot:
    choices = tuple(name.split("|")) if "|" in name else ()
    return Slot(name, required, choices, name in _TEXTS)


def _numbers(takes: str) -> tuple[str, ...]:
    """Return the numbers of a range such as `1-4`."""
    found = _RANGE.fullmatch(takes)
    return tuple(map(str, range(int(found[1]), int(found[2]) + 1))) if found else ()
