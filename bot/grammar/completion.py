"""What could come next in a line that somebody is typing; pure, from the table of verbs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.grammar.offers import Known, Offer, near, offers, ranked, value_offers
from bot.grammar.parsing import ADDRESS, LONGEST
from bot.grammar.reading import Reading, read
from bot.grammar.usage import Option, Slot, shape_of
from bot.grammar.verb import Verb
from bot.grammar.verbs import BY_WORD, VERBS, nearest
from bot.grammar.words import QUOTES, UnclosedQuote, Word, clean, split

__all__ = ["Known", "Suggestion", "complete"]

MOST = 12
_ADDRESS = "/council "
_FIRST = re.compile(r"\S*")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way on: `text` is the whole line after taking it, with a space where more may follow."""

    text: str
    label: str
    says: str


def complete(text: str, known: Known) -> tuple[Suggestion, ...]:
    """Return up to eight ways on from the text before the cursor, best first; never raises."""
    if len(text) > LONGEST:
        return ()
    line = clean(text)
    head, rest = _addressed(line)
    first = _FIRST.match(rest)
    typed = first[0] if first else ""
    if typed == rest:
        found = _verbs(head, typed.lower())
    elif verb := BY_WORD.get(typed.lower()):
        found = _arguments(head, rest, verb, known)
    else:
        found = []
    return tuple(each for each in found if each.text != line)[:MOST]


def _addressed(line: str) -> tuple[str, str]:
    """Part the address from the rest; a line without one gets it where it began like one."""
    address = ADDRESS.match(line)
    at = address.end() if address else 0
    head, rest = line[:at], line[at:]
    if head.strip():
        return head.rstrip() + " ", rest
    if not rest:
        return _ADDRESS, ""
    if rest.startswith("/"):
        rest = rest[1:]
        return _ADDRESS, "" if "council".startswith(rest.lower()) else rest
    return head, rest


def _verbs(head: str, typed: str) -> list[Suggestion]:
    names = [each for each in VERBS if each.name.startswith(typed)]
    aliased = [each for each in VERBS if any(name.startswith(typed) for name in each.aliases)]
    close = [BY_WORD[word] for word in nearest(typed)]
    found = list(dict.fromkeys(names + aliased)) or close
    return [
        Suggestion(head + each.name + (" " if _takes_more(each) else ""), each.name, each.says)
        for each in found
    ]


def _takes_more(verb: Verb) -> bool:
    shape = shape_of(verb)
    return bool(shape.slots or shape.options)


def _arguments(head: str, rest: str, verb: Verb, known: Known) -> list[Suggestion]:
    words, begin, fragment = _parted(rest)
    reading = read(words, verb, rest, known)
    if reading.begin >= 0:
        begin, fragment = reading.begin, rest[reading.begin :]
    before = head + rest[:begin]
    options = [reading.unused[name] for name in reading.unused]
    if reading.pending:
        values: Sequence[Offer] = value_offers(reading.pending, known)
        groups = [(values, bool(options or reading.open))]
    else:
        groups = _groups(reading, options, fragment, known)
    strict = reading.text_may_follow or bool(Word(fragment, 0).option)
    return [
        Suggestion(
            before + each.value + (" " if more and each.closed else ""), each.label, each.says
        )
        for each, more in _chosen(groups, fragment, strict=strict)
    ]


def _parted(rest: str) -> tuple[tuple[Word, ...], int, str]:
    """Return the whole words after the verb, where the unfinished one begins, and what it says."""
    first = _FIRST.match(rest)
    at = first.end() if first else 0
    try:
        words = split(rest, at)
    except UnclosedQuote as unclosed:
        begin = len(rest) - len(str(unclosed))
        return split(rest[:begin].removesuffix("="), at), begin, rest[begin:]
    if rest[-1].isspace():
        return words, len(rest), ""
    return words[:-1], words[-1].start, rest[words[-1].start :]


Group = tuple[Sequence[Offer], bool]
"""Offers for one place, and whether more may follow it."""


def _groups(
    reading: Reading, options: Sequence[Option], fragment: str, known: Known
) -> list[Group]:
    dashed = bool(Word(fragment, 0).option) or fragment[:1] in {"-", "\u2014", "\u2013"}
    groups: list[Group] = []
    quoted = reading.text_may_follow and fragment[:1] in QUOTES
    if not (dashed and options) and not quoted:
        groups = [
            (_fitting(slot, reading, fragment, known), _more_after(slot, reading, options))
            for slot in reading.candidates
        ]
    if dashed or not (reading.needs or fragment):
        named = [Offer(each.name, each.name, "", (each.name[2:],), closed=True) for each in options]
        groups.append((named, True))
    return groups


def _fitting(slot: Slot, reading: Reading, fragment: str, known: Known) -> Sequence[Offer]:
    if slot.text and fragment:
        return ()
    found = offers(slot, known)
    # In its own channel an initiative's key is a key, whatever else it could be.
    own = reading.key_left_out and slot.name != "key"
    return [each for each in found if not (own and each.value.lower() == known.here)]


def _more_after(slot: Slot, reading: Reading, options: Sequence[Option]) -> bool:
    return bool(options) or slot is not reading.open[-1]


def _chosen(groups: Sequence[Group], fragment: str, *, strict: bool) -> list[tuple[Offer, bool]]:
    """Return the offers that fit what is typed: the best first, and something of each place."""
    if not fragment:
        rows = [[(each, more) for each in found] for found, more in groups]
        while sum(map(len, rows)) > MOST:
            max(rows, key=len).pop()
        return [each for row in rows for each in row]
    scored = [
        (score, place, each, more)
        for place, (found, more) in enumerate(groups)
        for score, each in ranked(found, fragment, strict=strict)
    ]
    scored.sort(key=lambda one: one[:2])
    if scored or strict:
        return [(each, more) for _, _, each, more in scored]
    return [(each, more) for found, more in groups for each in near(found, fragment)]
