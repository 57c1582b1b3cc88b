"""A line that is being typed: which of a verb's places its words fill, and which are still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.grammar.forms import BANDS
from bot.grammar.offers import Known, plain
from bot.grammar.usage import Option, Slot, shape_of
from bot.grammar.verb import Verb
from bot.grammar.words import Word, as_key
from council.signal import SIGNAL_CLASSES

_CLASSES = tuple(plain(each) for each in SIGNAL_CLASSES)
_LIKE_A_CLASS = frozenset((*_CLASSES, *BANDS))


@dataclass(frozen=True, slots=True)
class Reading:
    """What is open: places in order, those of them that may be next, options not used yet.

    `pending` is the option whose value is next. `begin` is where a name of several words began,
    if the line ends within one, else -1. `needs` says that a place must still be filled.
    """

    open: tuple[Slot, ...]
    candidates: tuple[Slot, ...]
    unused: Mapping[str, Option]
    pending: Option | None
    begin: int
    needs: bool
    key_left_out: bool

    @property
    def text_may_follow(self) -> bool:
        """Whether what is typed may be free text."""
        return any(slot.text for slot in self.candidates)


def read(words: Sequence[Word], verb: Verb, typed: str, known: Known) -> Reading:
    """Return what is open after whole words; `typed` is the line as it was begun."""
    shape = shape_of(verb)
    given, used, pending = _without_options(words, shape.options)
    unused = {n: each for n, each in shape.options.items() if each.many or n not in used}
    said = typed.split(maxsplit=1)[0].lower()
    slots = tuple(slot for slot in shape.slots if said not in slot.choices)
    here = known.here if plain(known.here) not in _LIKE_A_CLASS else ""
    left, begin, left_out = _fill(list(slots), list(given), known, here)
    candidates, needs = _next(left, here, within=begin >= 0)
    key_first = bool(candidates) and candidates[0].name == "key" and len(candidates) > 1
    if key_first:  # it may be left out here, and mostly is
        candidates = (*candidates[1:], candidates[0])
    return Reading(tuple(left), candidates, unused, pending, begin, needs, left_out or key_first)


def _without_options(
    words: Sequence[Word], options: Mapping[str, Option]
) -> tuple[list[Word], set[str], Option | None]:
    given: list[Word] = []
    used: set[str] = set()
    pending: Option | None = None
    for word in words:
        if pending:
            pending = None
        elif option := options.get(word.option):
            used.add(option.name)
            pending = option if option.takes else None
        else:
            given.append(word)
    return given, used, pending


def _fill(
    left: list[Slot], words: list[Word], known: Known, here: str
) -> tuple[list[Slot], int, bool]:
    """Return the places left by words, where an unfinished name began, if the key was left out."""
    left_out = False
    while words and left:
        slot = left[0]
        if slot.text:
            return [], -1, left_out
        if _unfinished(slot, words, known):
            return left, words[0].start, left_out
        count = _fits(slot, words, known, here)
        if not count and not _may_be_left(slot, here):
            count = 1
        left_out |= slot.name == "key" and not count
        left.pop(0)
        del words[:count]
    return left, -1, left_out


def _may_be_left(slot: Slot, here: str) -> bool:
    return not slot.required or (slot.name == "key" and bool(here))


def _names(slot: Slot, known: Known) -> tuple[str, ...]:
    """Return the names of several words that a place may hold."""
    if slot.name == "role":
        return tuple(plain(each) for each in known.roles)
    return _CLASSES if slot.name == "signal class" else ()


def _bare(words: Sequence[Word]) -> list[Word]:
    """Return the words up to one that can only be a person or stands in quotes."""
    ends = (n for n, word in enumerate(words) if word.mention or word.quoted)
    return list(words[: next(ends, len(words))])


def _unfinished(slot: Slot, words: Sequence[Word], known: Known) -> bool:
    """Tell whether all that follows is the beginning of one name."""
    if len(_bare(words)) < len(words):
        return False
    said = plain(" ".join(word.text for word in words))
    names = _names(slot, known)
    return bool(said) and said not in names and any(n.startswith(f"{said} ") for n in names)


def _fits(slot: Slot, words: Sequence[Word], known: Known, here: str) -> int:
    """Return how many of the first words fill a place."""
    first = words[0]
    if slot.choices:
        return int(not first.quoted and first.text.lower() in slot.choices)
    if slot.name == "key" and slot.required and here:
        keys = {key for key, _ in known.keys} | {here}
        return int(not first.quoted and as_key(first.text) in keys)
    if slot.name in {"role", "signal class"}:
        return _named(slot, words, known)
    return 1


def _named(slot: Slot, words: Sequence[Word], known: Known) -> int:
    names, bare = _names(slot, known), _bare(words)
    for count in range(len(bare), 0, -1):
        if plain(" ".join(word.text for word in bare[:count])) in names:
            return count
    if slot.name == "role":  # by another name, perhaps
        return len(bare) or 1
    return int(words[0].quoted and len(words) > 1 and plain(words[0].text) in names)


def _next(left: Sequence[Slot], here: str, *, within: bool) -> tuple[tuple[Slot, ...], bool]:
    """Return the places that may be next, and whether one must still be filled."""
    needs = any(not _may_be_left(slot, here) for slot in left)
    if within:
        return tuple(left[:1]), needs
    names = [slot.name for slot in left]
    if not here and names[:2] == ["key", "role"]:  # whose role, only its key or the place can say
        left = left[:1]
    for count, slot in enumerate(left, 1):
        if not _may_be_left(slot, here):
            return tuple(left[:count]), needs
    return tuple(left), needs
