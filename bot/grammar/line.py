"""One line being read: its verb, its words, the place it was typed in, and how it is refused."""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from bot.grammar.verb import Verb
from bot.grammar.words import Word, as_case, as_key, slug

_NOTHING: Mapping[str, str] = MappingProxyType({})
_MISSPELT = 0.8


class Fault(StrEnum):
    """What was wrong with a line."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_VERB = "unknown_verb"
    NOT_BUILT = "not_built"
    MISSING = "missing"
    UNEXPECTED = "unexpected"
    BAD_VALUE = "bad_value"


@dataclass(eq=False)
class NotUnderstood(Exception):
    """A line that is no command; carries what a card needs to help, and no sentence.

    `argument` names what is missing or wrong, `value` is what stood there, `nearest` what could.
    `usage` and `example` are of the verb, or of the verb nearest to what was typed. `known` is what
    could be read, by the argument's name, so that nobody has to say it twice.
    """

    given: str
    code: Fault
    argument: str = ""
    value: str = ""
    nearest: tuple[str, ...] = ()
    usage: str = ""
    example: str = ""
    known: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Line:
    """The words after the verb; `typed` is the verb as given, `here` the place's initiative."""

    text: str
    typed: str
    verb: Verb
    words: tuple[Word, ...]
    here: str = ""
    keys: Collection[str] | None = None
    known: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def knowing(self, **known: str) -> "Line":
        """Return this line, of which so much more is understood; a refusal repeats it."""
        return replace(self, known={**self.known, **known})

    def refuse(
        self, code: Fault, argument: str, value: str = "", nearest: tuple[str, ...] = ()
    ) -> NotUnderstood:
        """Return the refusal of this line, to be raised."""
        return NotUnderstood(
            *(self.text, code, argument, value, nearest),
            *(self.verb.usage, self.verb.example, self.known),
        )

    def missing(self, argument: str) -> NotUnderstood:
        """Return the refusal for an argument that is not there."""
        return self.refuse(Fault.MISSING, argument)

    def one_of(self, allowed: Sequence[str], argument: str, value: str) -> str:
        """Return `value` if it is allowed, in lower case."""
        if value.lower() in allowed:
            return value.lower()
        near = difflib.get_close_matches(value.lower(), allowed)
        raise self.refuse(Fault.BAD_VALUE, argument, value, tuple(near or allowed))

    def end(self, words: Sequence[Word]) -> None:
        """Refuse what is left over."""
        if words:
            raise self.refuse(Fault.UNEXPECTED, words[0].option, words[0].text)

    def rest(self, words: Sequence[Word]) -> str:
        """Return free text: one quoted argument, or everything from there as it was typed."""
        if len(words) == 1 and words[0].quoted:
            return words[0].text
        return self.text[words[0].start :].strip() if words else ""

    def case(self) -> str:
        """Return the case key, which must be the first word."""
        if not self.words:
            raise self.missing("case")
        key = as_case(self.words[0].text)
        if not key:
            raise self.refuse(Fault.BAD_VALUE, "case", self.words[0].text)
        return key

    def key(self, word: Word) -> str:
        """Return the initiative key that `word` must be."""
        key = as_key(word.text)
        if not key:
            near = slug(word.text)
            raise self.refuse(Fault.BAD_VALUE, "key", word.text, (near,) if near else ())
        return key

    def names_here(self, words: Sequence[Word], least: int, *, by_shape: bool = False) -> bool:
        """Tell whether `words` leave the key out; `least` words must follow a key.

        The rule is told in the package's own words; `by_shape` leaves the known keys aside.
        """
        if not self.here:
            return False
        if not words:
            return True
        first = as_key(words[0].text)
        if first == self.here:
            return False
        if words[0].quoted or len(words) <= least:
            return True
        known = first if by_shape or self.keys is None else first and first in self.keys
        return not known

    def only_text(self, words: Sequence[Word]) -> bool:
        """Tell whether `words` leave the key out, where the text after it must stand in quotes.

        So a misspelt key is refused, rather than taken for a reason to do it here.
        """
        return bool(self.here) and (not words or words[0].quoted)

    def near_keys(self, words: Sequence[Word]) -> tuple[str, ...]:
        """Return the known keys that the first word is, or looks like, the nearest first."""
        key = as_key(words[0].text) if words and not words[0].quoted else ""
        return tuple(difflib.get_close_matches(key, self.keys or (), 2, _MISSPELT)) if key else ()

    def split_key(self, words: Sequence[Word], *, left_out: bool) -> tuple[str, Sequence[Word]]:
        """Return the key and the words after it."""
        if left_out:
            return self.here, words
        if not words or (words[0].quoted and not as_key(words[0].text)):
            raise self.missing("key")
        return self.key(words[0]), words[1:]

    def options(
        self, valued: Collection[str], bare: Collection[str] = (), many: Collection[str] = ()
    ) -> tuple[list[Word], dict[str, list[str]]]:
        """Part the words into arguments and options; only those in `many` may be repeated."""
        words: list[Word] = []
        found: dict[str, list[str]] = {}
        left = iter(self.words)
        for word in left:
            name = word.option
            if not name:
                words.append(word)
                continue
            self._known(word, (*valued, *bare, *many))
            if name in found and name not in many:
                raise self.refuse(Fault.UNEXPECTED, name, word.text)
            found.setdefault(name, []).append("" if name in bare else self._value(name, left))
        return words, found

    def _known(self, word: Word, allowed: Sequence[str]) -> None:
        dashed = word.text.startswith("-") and not word.text.startswith("--")
        if dashed or word.option not in allowed:
            near = difflib.get_close_matches(word.option, allowed)
            raise self.refuse(Fault.UNEXPECTED, word.option, word.text, tuple(near or allowed))

    def _value(self, name: str, left: Iterator[Word]) -> str:
        word = next(left, None)
        if word is None or word.option or not word.text:
            raise self.missing(name)
        return word.text
