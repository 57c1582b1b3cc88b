"""Days as people say them: `2026-12-01`, `monday`, `in 3 days`, `12 dec`, `24.12.`; pure.

Reading is in two steps, because a line is read without knowing which day it is: `take_day` finds
the words that are a day, `as_day` says which one that is, seen from today.
"""

import difflib
import re
from collections.abc import Sequence
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NEAR = {"today": 0, "tomorrow": 1}
_WEEK = "next week"
_SPOKEN = (*_NEAR, *_WEEKDAYS, _WEEK, "in 3 days", "in 2 weeks")
_SPAN = re.compile(r"in (\d{1,3}|a) (day|week)s?")
_MONTH_DAY = re.compile(rf"(\d{{1,2}})\.? ({'|'.join(_MONTHS)})[a-z]*\.?(?: (\d{{4}}))?")
_NUMBERS = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4})?")
_SHORTEST_NAME = 3
_LONGEST_PHRASE = 3
_SPANS = {"day": 1, "week": 7}


def as_day(text: str, today: date) -> date | None:
    """Return the day that is meant, seen from `today`; None for text that is no day.

    A weekday is the next one after today; a day of a month without a year is the next such day,
    today included; next week begins on its Monday.
    """
    words = " ".join(text.lower().split())
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    weekday = 0 if words == _WEEK else _weekday(words.removeprefix("next "))
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if span := _SPAN.fullmatch(words):
        count = 1 if span[1] == "a" else int(span[1])
        return today + timedelta(days=count * _SPANS[span[2]])
    if found := _MONTH_DAY.fullmatch(words) or _NUMBERS.fullmatch(words):
        month = int(found[2]) if found[2].isdecimal() else _MONTHS.index(found[2]) + 1
        return _month_day(int(found[1]), month, found[3], today)
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def as_last_day(text: str, today: date, first: date) -> date | None:
    """Return the day that is meant as the last one of a stretch that begins on `first`.

    A weekday, or a day of a month, is then the first such day in the stretch; of next week it is
    the Sunday.
    """
    words = " ".join(text.lower().split())
    if words == _WEEK:
        return today + timedelta(days=13 - today.weekday())
    named = _weekday(words.removeprefix("next ")) is not None
    if named or _MONTH_DAY.fullmatch(words) or _NUMBERS.fullmatch(words):
        return as_day(words, first - timedelta(days=1) if named else first)
    return as_day(words, today)


def take_day(words: Sequence[str]) -> tuple[str, int]:
    """Return the day that the words begin with, in small letters, and of how many words it is.

    Nothing and 0, if they begin with none.
    """
    for count in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        phrase = " ".join(" ".join(words[:count]).lower().split())
        if as_day(phrase, date(2000, 1, 1)) is not None:
            return phrase, count
    return "", 0


def near_days(text: str) -> tuple[str, ...]:
    """Return days that text may have been meant as, or some to show how they are written."""
    near = difflib.get_close_matches(text.lower(), _SPOKEN, n=2)
    return tuple(near) or ("2026-12-01", "monday", "in 3 days")


def _weekday(word: str) -> int | None:
    if len(word) < _SHORTEST_NAME:
        return None
    return next((at for at, name in enumerate(_WEEKDAYS) if name.startswith(word)), None)


def _month_day(day: int, month: int, year: str | None, today: date) -> date | None:
    for candidate in (int(year),) if year else range(today.year, today.year + 9):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None
