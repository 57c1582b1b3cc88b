"""What people say about each noun: its forms, its verbs, how they are read and written.

A file holds `VERBS` (rows of the table), `READERS` (by a verb's name: line to form) and `PARTS`
(by form: the parts of the line that would be typed).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.grammar.line import Line
from bot.grammar.nouns import (
    answers,
    clocks,
    decisions,
    everyday,
    explain,
    handoffs,
    huddles,
    keys,
    links,
    moves,
    people,
    playbooks,
    who,
)
from bot.grammar.verb import Command, Verb

_ALL = (
    *(answers, moves, handoffs, huddles, decisions, keys),
    *(people, clocks, everyday, links, playbooks, who, explain),
)

opened = keys.opened
VERBS: tuple[Verb, ...] = tuple(verb for each in _ALL for verb in each.VERBS)
READERS: Mapping[str, Callable[[Line], Command]] = MappingProxyType(
    {name: reader for each in _ALL for name, reader in each.READERS.items()}
)
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = MappingProxyType(
    {form: parts for each in _ALL for form, parts in each.PARTS.items()}
)
