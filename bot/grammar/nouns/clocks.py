"""What people say to hold the clock: later, not now, go on."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Fault, Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_case, as_key, quote
from council.signal import SIGNAL_CLASSES

OFF = "off"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "week", "weeks"), "w"),
}
_NUMBERS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3"}
_SPAN = re.compile(r"([0-9]{1,4})([a-z]+)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-5][0-9]))?(am|pm)?")
_FILLERS = frozenset({"until", "till", "for", "to", "next", "on", "at"})
# A class has two words at most, such as `data drift`.
_LONGEST_CLASS = 2
_HALF_DAY = 12
_HALF_AN_HOUR = ["half", "an", "hour"]
_NEAR = ("1h", "tomorrow", "monday")


@dataclass(frozen=True, slots=True)
class Snooze(Command):
    """Put one case off; `until` is such as `1h`, `15:00`, `tonight`, `monday`, a date, or `off`.

    Without it, be asked until when.
    """

    shown: ClassVar[bool] = True

    case: str
    until: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SnoozeAll(Command):
    """Be quiet about what matches on an initiative; without `yes`, see first what would match."""

    keyless: ClassVar[bool] = True

    key: str = ""
    until: str = ""
    signal_class: str = ""
    feature: str = ""
    reason: str = ""
    yes: bool = False


@dataclass(frozen=True, slots=True)
class Pause(Command):
    """Stop the clocks of an initiative, until a day if one is given.

    Without a day, a reason or `yes`, see first what would stand still.
    """

    keyless: ClassVar[bool] = True

    key: str = ""
    reason: str = ""
    until: str = ""
    yes: bool = False


@dataclass(frozen=True, slots=True)
class Resume(Command):
    """Let the clocks of an initiative run again."""

    keyless: ClassVar[bool] = True

    key: str = ""


VERBS = (
    Verb(
        "snooze",
        ("later", "mute"),
        "snooze <case or key> [until] [reason] [--about CLASS] [--feature NAME] [--yes]",
        'snooze C-31 tomorrow "waiting for the feed"',
        "Later: a case, or what is alike, does not disturb until then",
    ),
    Verb(
        "pause",
        (),
        "pause <key> [reason] [--until DAY] [--yes]",
        'pause late-order "waiting for the budget" --until monday',
        "Stop the clocks of an initiative; alone, see first which",
    ),
    Verb("resume", ("unpause",), "resume <key>", "resume late-order", "Let its clocks run again"),
)


def _snooze(line: Line) -> Command:
    words, options = line.options(("--about", "--feature"), bare=("--yes",))
    if not words:
        raise line.missing("case or key")
    case = "" if words[0].quoted else as_case(words[0].text)
    if case:
        until, rest = _until(line, words[1:])
        for name in ("--about", "--feature"):
            if name in options:  # a case has its own class
                raise line.refuse(Fault.UNEXPECTED, name, name)
        return Snooze(case, until, _reason(rest))
    here = bool(line.here) and _moment(words)[0] != "" and as_key(words[0].text) != line.here
    key, rest = (line.here, words) if here else line.split_key(words, left_out=False)
    about, rest = _about(rest)
    about = options.get("--about", [about])[0]
    until, rest = _until(line.knowing(key=key), rest)
    feature = options.get("--feature", [""])[0]
    return SnoozeAll(key, until, about, feature, _reason(rest), "--yes" in options)


def _about(words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """Return the signal class in front of a moment, as it was typed, and the words after it."""
    for place in range(min(_LONGEST_CLASS + 1, len(words))):
        if _moment(words[place:])[0]:
            return " ".join(word.text for word in words[:place]), words[place:]
    said = "_".join(word.text.lower() for word in words).replace("-", "_")
    return (said, ()) if said in SIGNAL_CLASSES else ("", words)


def _until(line: Line, words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    until, rest = _moment(words)
    if until:
        return until, rest
    if not words or words[0].quoted:
        return "", words  # which is asked
    raise line.refuse(Fault.BAD_VALUE, "until", words[0].text, _NEAR)


def _moment(words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """Return a moment as it is kept (`2d`, `monday`), and the words after it; else nothing."""
    at = 0
    while at < len(words) and not words[at].quoted and words[at].text.lower() in _FILLERS:
        at += 1
    if at == len(words) or words[at].quoted:
        return "", words
    said = [word.text.lower() for word in words[at : at + len(_HALF_AN_HOUR)]]
    if said == _HALF_AN_HOUR:
        return "30m", words[at + len(said) :]
    if found := _in_two(said[0], said[1] if len(said) > 1 else ""):
        return found, words[at + 2 :]
    if said[0] == "week" and at and words[at - 1].text.lower() == "next":
        return _WEEKDAYS[0], words[at + 1 :]
    found = _in_one(said[0])
    return (found, words[at + 1 :]) if found else ("", words)


def _in_two(first: str, second: str) -> str:
    """Return what two words say, such as `2 days` or `3 pm`; else nothing."""
    number = _NUMBERS.get(first, first)
    if number.isdecimal() and len(number) < 5 and second in _UNITS:  # noqa: PLR2004 -- as in a span
        return f"{number}{_UNITS[second]}"
    return _clock(f"{first}{second}") if second in {"am", "pm"} else ""


def _in_one(word: str) -> str:
    found = _SPAN.fullmatch(word)
    if found and found[2] in _UNITS:
        return f"{found[1]}{_UNITS[found[2]]}"
    if word in {"tomorrow", "tonight", OFF} or _DATE.fullmatch(word):
        return word
    day = next((day for day in _WEEKDAYS if len(word) > 2 and day.startswith(word)), "")  # noqa: PLR2004 -- mon
    return day or _clock(word)


def _clock(text: str) -> str:
    """Return what clocks show at `15:00` or `3pm`, as it is kept; else nothing."""
    found = _CLOCK.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return ""
    hour = int(found[1])
    if found[3]:
        if not 1 <= hour <= _HALF_DAY:
            return ""
        hour = hour % _HALF_DAY + (_HALF_DAY if found[3] == "pm" else 0)
    return f"{hour:02}:{found[2] or '00'}" if hour < 2 * _HALF_DAY else ""


def _reason(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).strip()


def _pause(line: Line) -> Pause:
    words, options = line.options(("--until",), bare=("--yes",))
    rest: Sequence[Word] = words
    until = ""
    if given := options.get("--until"):
        until, _ = _until(line, (Word(given[0], 0),))
    else:
        rest, until = _said_until(words)
    key, rest = line.split_key(rest, left_out=line.only_text(rest))
    return Pause(key, _reason(rest), until, "--yes" in options)


def _said_until(words: Sequence[Word]) -> tuple[Sequence[Word], str]:
    """Part a reason from the `until monday` at its end."""
    for place, word in enumerate(words):
        if not word.quoted and word.text.lower() in {"until", "till"}:
            until, rest = _moment(words[place:])
            if until and not rest:
                return words[:place], until
    return words, ""


def _resume(line: Line) -> Resume:
    key, rest = line.split_key(line.words, left_out=line.only_text(line.words))
    line.end(rest)
    return Resume(key)


def _snooze_parts(form: Snooze) -> tuple[str, ...]:
    return "snooze", form.case, form.until, quote(form.reason) if form.reason else ""


def _all_parts(form: SnoozeAll) -> tuple[str, ...]:
    return (
        "snooze",
        form.key,
        form.signal_class,
        form.until,
        quote(form.reason) if form.reason else "",
        f"--feature {argument(form.feature)}" if form.feature else "",
        "--yes" if form.yes else "",
    )


def _pause_parts(form: Pause) -> tuple[str, ...]:
    return (
        "pause",
        form.key,
        quote(form.reason) if form.reason else "",
        f"--until {form.until}" if form.until else "",
        "--yes" if form.yes else "",
    )


READERS: Mapping[str, Callable[[Line], Command]] = {
    "snooze": _snooze,
    "pause": _pause,
    "resume": _resume,
}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    Snooze: _snooze_parts,
    SnoozeAll: _all_parts,
    Pause: _pause_parts,
    Resume: lambda form: ("resume", form.key),
}
