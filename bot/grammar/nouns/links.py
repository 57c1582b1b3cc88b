"""What people say to add links to an initiative or a case, and to remove them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_case, quote

_CASE = re.compile(r"#?[cC].*")
_ADDRESS = re.compile(r"<?[a-zA-Z][a-zA-Z0-9+.-]*:.*")


@dataclass(frozen=True, slots=True)
class ShowLinks(Command):
    """Show the links of an initiative or, if `key` is such as `C-31`, of a case."""

    keyless: ClassVar[bool] = True

    key: str = ""


@dataclass(frozen=True, slots=True)
class AddLink(Command):
    """Add a link; an empty label is guessed from the address."""

    key: str
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class RemoveLink(Command):
    """Remove a link, named by its address or its label."""

    key: str
    link: str


VERBS = (
    Verb(
        "link",
        ("links",),
        "link <key|case> [address] [label] [--remove LINK]",
        'link late-order https://example.atlassian.net/browse/ML-7 "the ticket"',
        "Add a link to Jira, GitHub, anything; alone, see them",
    ),
)


def _link(line: Line) -> Command:
    given, options = line.options(("--remove",))
    key, words = _subject(line, given)
    if "--remove" in options:
        line.end(words)
        return RemoveLink(key or _needed(line), options["--remove"][0])
    if not words:
        return ShowLinks(key)
    if not words[0].text:
        raise line.missing("address")
    return AddLink(key or _needed(line), words[0].text, " ".join(word.text for word in words[1:]))


def _subject(line: Line, words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """Return the key of an initiative or case, and what follows; an address leaves it out."""
    if not words or _ADDRESS.fullmatch(words[0].text):
        return line.here, words
    case = as_case(words[0].text) if _CASE.fullmatch(words[0].text) else ""
    return case or line.key(words[0]), words[1:]


def _needed(line: Line) -> str:
    raise line.missing("key")


def _add_parts(form: AddLink) -> tuple[str, ...]:
    return "link", form.key, argument(form.url), quote(form.label) if form.label else ""


READERS: Mapping[str, Callable[[Line], Command]] = {"link": _link}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    AddLink: _add_parts,
    RemoveLink: lambda form: ("link", form.key, f"--remove {argument(form.link)}"),
    ShowLinks: lambda form: ("link", form.key),
}
