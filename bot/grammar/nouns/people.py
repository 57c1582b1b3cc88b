"""What people say when they are away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.grammar.dates import near_days, take_day
from bot.grammar.line import Fault, Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_handle, as_ref, quote

_UNTIL = frozenset({"until", "till", "to"})
_BETWEEN = frozenset({"from", "on", *_UNTIL})
# The end of an absence that has none.
OPEN = "open"


@dataclass(frozen=True, slots=True)
class ShowAway(Command):
    """Show when I am away, and who is away now."""


@dataclass(frozen=True, slots=True)
class Away(Command):
    """Be away from `start` to `end`, both days included; without an end, that day alone.

    The end `open` is none: until somebody says otherwise.
    Days are kept as they were said (`in 3 days`), because a line does not know which day it is.
    `who` is a handle where somebody else is away.
    """

    start: str
    end: str = ""
    who: str = ""
    deputy: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeAway(Command):
    """Be away on other days than it was said before; the days are as for `Away`."""

    ref: str
    start: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class NameDeputy(Command):
    """Ask somebody to stand in during an absence that is planned, or runs."""

    ref: str
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Back(Command):
    """Be back: end the absence that runs, or call off the one that is planned next."""

    who: str = ""
    ref: str = ""


VERBS = (
    Verb(
        "away",
        ("absent", "vacation", "holiday"),
        'away [@handle] [from] [to] [@deputy] [--deputy HANDLE] [--note "…"]',
        "away monday friday --deputy @tom",
        "When you are away, and who stands in; away back, when you return",
        first=True,
    ),
)


def _away(line: Line) -> Command:
    given, options = line.options(("--deputy", "--note"))
    words: Sequence[Word] = given
    deputy = _deputy(line, options.get("--deputy", [""])[0])
    note = options.get("--note", [""])[0]
    who = ""
    if words and words[0].mention:
        who, words = _handle(line, words[0]), words[1:]
    if ref := _absence(words):
        return _of_one(line, ref, words[1:], (deputy, note))
    if words and not words[0].quoted and words[0].text.lower() == "back":
        return _back(line, who, words[1:])
    if not words and not (who or deputy or note):
        return ShowAway()
    line = line.knowing(who=who, deputy=deputy, note=note)
    start, end, words = _stretch(line, words)
    if words and words[0].mention and not deputy:
        deputy, words = _handle(line, words[0]), words[1:]
    line.end(words)
    return Away(start, end, who, deputy, note)


def _stretch(line: Line, words: Sequence[Word]) -> tuple[str, str, Sequence[Word]]:
    """Return the first and the last day, and the words after them.

    One day that is named is that day alone; from a day on is open; until a day begins today.
    """
    lead = words[0].text.lower() if words and not words[0].quoted else ""
    if lead in _UNTIL:
        end, words = _day(line, "to", words)
        return "today", end, words
    start, words = _day(line, "from", words)
    if not start:
        raise line.missing("from")
    if words and _opens(words):
        return start, OPEN, words[1:]
    more = words and not words[0].mention
    end, words = _day(line, "to", words) if more else ("", words)
    if not end and lead == "from":
        end = OPEN
    return start, end, words


def _opens(words: Sequence[Word]) -> bool:
    """Whether what follows the first day says that there is no last one: `open`, or `on`."""
    if words[0].quoted:
        return False
    last = len(words) == 1 or words[1].mention
    return words[0].text.lower() == OPEN or (words[0].text.lower() == "on" and last)


def _absence(words: Sequence[Word]) -> str:
    ref = as_ref(words[0].text) if words and not words[0].quoted else ""
    return ref if ref.startswith("A-") else ""


def _of_one(line: Line, ref: str, words: Sequence[Word], given: tuple[str, str]) -> Command:
    deputy, note = given
    if words and words[0].text.lower() == "back" and not deputy:
        line.end(words[1:])
        return Back("", ref)
    if words and words[0].mention and not deputy:
        deputy, words = _handle(line, words[0]), words[1:]
    if words and not (deputy or note):
        start, end, words = _stretch(line, words)
        line.end(words)
        return ChangeAway(ref, start, end)
    line.end(words)
    return NameDeputy(ref, deputy)


def _back(line: Line, who: str, words: Sequence[Word]) -> Back:
    ref = _absence(words)
    line.end(words[1:] if ref else words)
    return Back("" if ref else who, ref)


def _day(line: Line, name: str, words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    if words and not words[0].quoted and words[0].text.lower() in _BETWEEN:
        words = words[1:]
        if not words:
            raise line.missing(name)
    if not words:
        return "", words
    day, count = take_day([word.text for word in words])
    if not count:
        near = near_days(words[0].text)
        raise line.refuse(Fault.BAD_VALUE, name, words[0].text, near)
    return day, words[count:]


def _handle(line: Line, word: Word) -> str:
    handle = as_handle(word.text)
    if not handle:
        raise line.refuse(Fault.BAD_VALUE, "handle", word.text)
    return handle


def _deputy(line: Line, text: str) -> str:
    handle = as_handle(text)
    if text and not handle:
        raise line.refuse(Fault.BAD_VALUE, "deputy", text)
    return handle


def person(handle: str) -> str:
    """Return a handle as it is typed."""
    return handle if handle.startswith("<@") or not handle else f"@{handle}"


def _away_parts(form: Away) -> tuple[str, ...]:
    return (
        "away",
        person(form.who),
        argument(form.start),
        argument(form.end) if form.end else "",
        f"--deputy {person(form.deputy)}" if form.deputy else "",
        f"--note {quote(form.note)}" if form.note else "",
    )


def _change_parts(form: ChangeAway) -> tuple[str, ...]:
    return "away", form.ref, argument(form.start), argument(form.end) if form.end else ""


def _name_parts(form: NameDeputy) -> tuple[str, ...]:
    return "away", form.ref, f"--deputy {person(form.deputy)}" if form.deputy else ""


READERS: Mapping[str, Callable[[Line], Command]] = {"away": _away}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    ShowAway: lambda _form: ("away",),
    Away: _away_parts,
    ChangeAway: _change_parts,
    NameDeputy: _name_parts,
    Back: lambda form: ("away", person(form.who), "back", form.ref),
}
