"""Read YAML that strangers may have written: plain values only, every error with its line.

Three things are left out on purpose. Aliases, because a few lines of them expand to gigabytes.
Tags, because they name types. And the words that only YAML 1.1 takes for something else: `no`,
`on`, `1:30` and `2026-01-31` stay text. The values are built from the parser's events, because
libyaml's own composer overflows its stack, and the process dies, in a deeply nested file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from council.playbook.problems import PlaybookError, Problem, dotted

Key: TypeAlias = str | int
Value: TypeAlias = "bool | int | float | str | list[Value] | dict[Key, Value] | None"
Mapping: TypeAlias = dict[Key, Value]

LARGEST = 256 * 1024
DEEPEST = 32

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}([eE][-+]?[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds, and in which line of it each part begins, by the part's dotted path."""

    content: Mapping
    lines: dict[str, int] = field(default_factory=dict)

    def line(self, path: str) -> int:
        """Return the line of a part, or of the nearest part around it; 0 if there is none."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 0)


def read_mapping(file: str, raw: bytes) -> Written:
    """Return the mapping that a YAML file holds; raises PlaybookError with all that is wrong."""
    reader = _Reader(file)
    if len(raw) > LARGEST:
        raise PlaybookError([Problem(file, "", f"larger than {LARGEST // 1024} KiB")])
    try:
        value = reader.read(raw.decode())
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PlaybookError([Problem(file, f"line {line}", "not UTF-8")]) from None
    except yaml.MarkedYAMLError as error:
        what = error.problem or error.context or "not YAML"
        raise PlaybookError([Problem(file, _place(error.problem_mark), what)]) from None
    except yaml.YAMLError as error:
        raise PlaybookError([Problem(file, "", str(error).partition("\n")[0])]) from None
    if not isinstance(value, dict):
        raise PlaybookError([Problem(file, "", "empty" if value is None else "not a mapping")])
    return Written(value, reader.lines)


class _Reader:
    """Builds the value of one file; gathers what is refused, and goes on where it can."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.events: Iterator[Event] = iter(())

    def read(self, text: str) -> Value:
        self.events = yaml.parse(text, Loader=_LOADER)
        value: Value = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second document; a file holds one playbook")
                    break
                value = self._node(next(self.events), ())
        if self.problems:
            raise PlaybookError(self.problems)
        return value

    def _node(self, event: Event, path: tuple[Key, ...]) -> Value:
        if path and event.start_mark:
            self.lines.setdefault(dotted(path), event.start_mark.line + 1)
        if isinstance(event, AliasEvent):
            self._refuse(event, f"an alias (*{event.anchor}); write the value out")
            return None
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag not in {None, "!"}:
            self._refuse(event, f"a tag ({event.tag.replace('tag:yaml.org,2002:', '!!')})")
        if isinstance(event, ScalarEvent):
            return _scalar(event)
        if len(path) == DEEPEST:
            self._refuse(event, f"nested deeper than {DEEPEST} levels")
            raise PlaybookError(self.problems)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(event, path)

    def _sequence(self, path: tuple[Key, ...]) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self._node(event, (*path, len(items))))
        return items

    def _mapping(self, start: Event, path: tuple[Key, ...]) -> Value:
        found: Mapping = {}
        written: set[str] = set()
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._refuse(start, "a key that is not plain text")
                raise PlaybookError(self.problems)
            if event.value in written:
                self._refuse(event, f"the key {event.value!r} for a second time")
            written.add(event.value)
            key = _scalar(event)
            name = key if type(key) is int else event.value
            # Where the key stands, not what may follow it lines below.
            if event.start_mark:
                self.lines.setdefault(dotted((*path, name)), event.start_mark.line + 1)
            found[name] = self._node(next(self.events), (*path, name))
        return found

    def _refuse(self, event: Event, what: str) -> None:
        self.problems.append(Problem(self.file, _place(event.start_mark), what))


def _scalar(event: ScalarEvent) -> bool | int | float | str | None:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


class _Mark(Protocol):
    """A place in the text, whichever parser tells it."""

    line: int
    column: int


def _place(mark: _Mark | None) -> str:
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
