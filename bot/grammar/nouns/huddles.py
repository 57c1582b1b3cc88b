"""What people say to call those together who must decide."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Fault, Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_case, as_ref, quote

_CASE_LIKE = re.compile(r"#?[cC][-\u2012-\u2015\u2212]\d+|#\d+")


@dataclass(frozen=True, slots=True)
class Convene(Command):
    """Call the people together who must decide: about a case, or about an initiative."""

    keyless: ClassVar[bool] = True

    key: str = ""
    case: str = ""
    about: str = ""
    meet: str = ""

    def at(self, key: str) -> Command:
        """Return this command for the initiative of this key, unless it is about a case."""
        return self if self.case else super(Convene, self).at(key)


@dataclass(frozen=True, slots=True)
class ShowHuddle(Command):
    """Show a huddle."""

    ref: str


@dataclass(frozen=True, slots=True)
class Meet(Command):
    """Say where a huddle meets."""

    shown: ClassVar[bool] = True

    ref: str
    url: str


@dataclass(frozen=True, slots=True)
class CallOff(Command):
    """Call a huddle off, with a line why."""

    shown: ClassVar[bool] = True

    ref: str
    reason: str = ""


VERBS = (
    Verb(
        "huddle",
        ("convene",),
        'huddle [huddle|case|key] ["about"] [--meet URL] [cancel]',
        'huddle late-order "the returns feed changed"',
        "Call those together who must decide; or see, move, cancel a huddle",
    ),
)


def _huddle(line: Line) -> Command:
    words, options = line.options(("--meet",))
    meet = options.get("--meet", [""])[0]
    first = words[0] if words else None
    text = first.text if first and not first.quoted else ""
    if as_ref(text).startswith("R-"):
        return _one_huddle(line, as_ref(text), words[1:], meet)
    if _CASE_LIKE.fullmatch(text) or (as_case(text) and not _known(line, text)):
        return Convene("", as_case(text), said(words[1:]), meet)
    if not words and not line.here:
        return Convene(about="", meet=meet)
    key, rest = line.split_key(words, left_out=line.only_text(words))
    return Convene(key, "", said(rest), meet)


def _known(line: Line, text: str) -> bool:
    """Tell whether an initiative is called so, where a word could be a case as well."""
    return text.lower() == line.here or (line.keys is not None and text.lower() in line.keys)


def _one_huddle(line: Line, ref: str, words: Sequence[Word], meet: str) -> Command:
    if meet:
        line.end(words)
        return Meet(ref, meet)
    if not words:
        return ShowHuddle(ref)
    if words[0].quoted or words[0].text.lower() not in {"cancel", "off", "stop"}:
        raise line.refuse(Fault.UNEXPECTED, "", words[0].text, (f"huddle {ref} cancel",))
    return CallOff(ref, said(words[1:]))


def said(words: Sequence[Word]) -> str:
    """Return free text that may have options around it."""
    return " ".join(word.text for word in words)


def as_option(name: str, value: str) -> str:
    """Return an option as it is typed; nothing without a value."""
    return f"{name} {argument(value)}" if value else ""


def as_text(value: str) -> str:
    """Return free text as it is typed; nothing without any."""
    return quote(value) if value else ""


def _convene_parts(form: Convene) -> tuple[str, ...]:
    subject = form.case or form.key
    return "huddle", subject, as_text(form.about), as_option("--meet", form.meet)


READERS: Mapping[str, Callable[[Line], Command]] = {"huddle": _huddle}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    Convene: _convene_parts,
    ShowHuddle: lambda form: ("huddle", form.ref),
    Meet: lambda form: ("huddle", form.ref, as_option("--meet", form.url)),
    CallOff: lambda form: ("huddle", form.ref, "cancel", as_text(form.reason)),
}
