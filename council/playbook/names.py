"""Find what people mean by a name: any spelling of an id, a name or an alias; or what is near."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_SEPARATORS = re.compile(r"[\W_]+")
_NEAR = 0.55
_MARGIN = 0.05
_MOST = 3


class UnknownName(LookupError):
    """Nothing of this `kind` is called `given`; `nearest` holds close ids, best first."""

    def __init__(self, kind: str, given: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(kind, given, nearest)
        self.kind = kind
        self.given = given
        self.nearest = nearest

    def __str__(self) -> str:
        return f"no {self.kind} {self.given!r}{did_you_mean(self.nearest)}"


def plain(text: str) -> str:
    """Return the spelling that compares equal whatever the case, spaces and punctuation."""
    return _SEPARATORS.sub("_", text.casefold()).strip("_")


def nearest(given: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names closest to what was given, best first; no also-rans."""
    wanted = plain(given)
    spellings = {plain(name): name for name in known}
    matcher = SequenceMatcher(b=wanted)
    likeness: dict[str, float] = {}
    for spelling in spellings:
        matcher.set_seq1(spelling)
        likeness[spelling] = matcher.ratio()
    least = max(_NEAR, max(likeness.values(), default=0) - _MARGIN)
    close = [each for each in spellings if likeness[each] >= least]
    if len(wanted) > 1:
        close += [each for each in spellings if wanted in each and each not in close]
    close.sort(key=lambda each: -likeness[each])
    return tuple(spellings[each] for each in close[:_MOST])


def did_you_mean(near: tuple[str, ...]) -> str:
    """Return the end of an error's line that offers close names; empty if there are none."""
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""


class Names:
    """The spellings of the things of one kind, each leading to an id."""

    def __init__(self, kind: str, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        self.kind = kind
        self._ids: dict[str, str] = {}
        for identifier, spellings in entries:
            for spelling in (identifier, *spellings):
                self._ids.setdefault(plain(spelling), identifier)

    def find(self, text: str) -> str:
        """Return the id; raises UnknownName with the nearest ids."""
        found = self._ids.get(plain(text))
        if found is None:
            near = dict.fromkeys(self._ids[each] for each in nearest(text, self._ids))
            raise UnknownName(self.kind, text, tuple(near))
        return found
