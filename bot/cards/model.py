"""The neutral card: what a person sees, said once, rendered by every surface.

Text is a small tree of spans, never markup: escaping and mentions belong to the renderers.
A button carries a command in the slash grammar, so a press is a typed command.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Tone(StrEnum):
    """The colour of a card; never a judgement of people."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Bold:
    """Text that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type or an identifier, set in fixed width."""

    text: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link; only http and https survive rendering."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person; `ids` maps platform to id. With `ring` the platform notifies them."""

    name: str
    ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ring: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A moment, shown in the reader's own zone where the surface can, else in `zone`."""

    at: datetime
    zone: str = "UTC"


Span = str | Bold | Code | Anchor | Mention | When
Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A short list; `more` counts items that were left out."""

    items: tuple[Text, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, side by side where there is room."""

    pairs: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: reasons, times, who pressed."""

    text: Text


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin line between parts."""


Block = Paragraph | Bullets | Facts | Note | Divider


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks for.

    With `option` (such as `--tier`) the value follows it; without, it takes its place in the line,
    in the order of the fields. `choices` are (value, label). A person is given by handle.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    option: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    required: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked before a command is whole: `command` is how the line begins."""

    title: str
    command: str
    fields: tuple[Field, ...]
    submit: str = "Send"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: `command` is what a person would type after `/council`.

    `confirm`, if not empty, is asked before the command runs. At most two are `primary`;
    `danger` marks what is hard to take back. With a `form`, a surface that has forms opens it; one
    that has none runs `command`, which then says what else to type.
    """

    label: str
    command: str
    primary: bool = False
    danger: bool = False
    confirm: str = ""
    form: Form | None = None


_NO_DATA: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Card:
    """One message: a title, blocks, buttons and `fallback`, the line a notification shows.

    `data` is what programs are told instead (pagers, integrators); no person is shown it.
    """

    title: str
    fallback: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.NEUTRAL
    subtitle: Text = ()
    data: Mapping[str, object] = field(default_factory=lambda: _NO_DATA, compare=False)
