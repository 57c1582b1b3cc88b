"""Replay: do the tables say what the ledger tells? Read in short slices, nothing is written.

`fold` follows the chain, `rows` tells how the tables are, and here the two are held together.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from council.desk import Desk
from council.replay import rows
from council.replay.fold import SAID, State, fold

__all__ = ["Difference", "Walk", "compare", "fold", "walk_on"]

_SLICE = 200
_MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the ledger tells otherwise than a table.

    `name` is what differs (`phase`, `state`, …), or `missing`: then the row is not there, or
    the ledger knows nothing of it, and `ledger` and `table` are true for where it is.
    """

    noun: str
    id: str
    key: str
    name: str
    ledger: Any
    table: Any


@dataclass(frozen=True, slots=True)
class Walk:
    """How far it was read: the last entry that was followed, then the nouns that were compared.

    `unknown` counts what was not compared, because entries of an older program do not say it.
    """

    seq: int = 0
    state: State = field(default_factory=State, repr=False)
    nouns: tuple[str, ...] = tuple(SAID)
    after: str = ""
    told: bool = False
    seen: frozenset[str] = field(default=frozenset(), repr=False)
    found: tuple[Difference, ...] = ()
    unknown: int = 0
    done: bool = False


def compare(desk: Desk) -> tuple[Difference, ...]:
    """Follow the whole chain and hold every row against it."""
    walk = Walk()
    while not walk.done:
        walk = walk_on(desk, walk)
    return walk.found


def walk_on(desk: Desk, walk: Walk) -> Walk:
    """Follow the next entries, or hold the next rows against what was followed.

    Somebody may write meanwhile: in the end what differs is looked at again, by then in one slice.
    """
    links = desk.books.ledger.after(walk.seq, _SLICE)
    if links and not walk.told:
        return replace(walk, seq=links[-1].seq, state=fold(walk.state, links))
    if not walk.told:
        return replace(walk, told=True)
    if walk.nouns:
        return _next_rows(desk, walk)
    if links:  # written while the rows were read
        return replace(walk, seq=links[-1].seq, state=fold(walk.state, links))
    return replace(_look_again(desk, walk), done=True)


def _next_rows(desk: Desk, walk: Walk) -> Walk:
    noun = walk.nouns[0]
    page = rows.page(desk, noun, walk.after)
    if page:
        found, unknown = _held_against(walk.state, noun, page)
        return replace(
            walk,
            after=max(page),
            seen=walk.seen | {f"{noun}:{each}" for each in page},
            found=(*walk.found, *found),
            unknown=walk.unknown + unknown,
        )
    gone = [
        Difference(noun, each, "", _MISSING, ledger=True, table=False)
        for subject in walk.state.subjects
        for kind, _, each in [subject.partition(":")]
        if kind == noun and subject not in walk.seen
    ]
    return replace(walk, nouns=walk.nouns[1:], after="", found=(*walk.found, *gone))


def _held_against(
    state: State, noun: str, page: dict[str, tuple[str, dict[str, Any]]]
) -> tuple[list[Difference], int]:
    found, unknown = [], 0
    for each, (key, table) in page.items():
        known = state.subjects.get(f"{noun}:{each}")
        if known is None:
            found.append(Difference(noun, each, key, _MISSING, ledger=False, table=True))
            continue
        for name in SAID[noun]:
            if name not in known:
                unknown += 1
            elif known[name] != table[name]:
                found.append(Difference(noun, each, key, name, known[name], table[name]))
    return found, unknown


def _look_again(desk: Desk, walk: Walk) -> Walk:
    """Look at what differed once more, now that all that was written meanwhile is known."""
    still: list[Difference] = []
    for noun in SAID:
        ids = list(dict.fromkeys(each.id for each in walk.found if each.noun == noun))
        for start in range(0, len(ids), _SLICE):
            part = ids[start : start + _SLICE]
            here = rows.some(desk, noun, part)
            still += _held_against(walk.state, noun, here)[0]
            still += [
                each
                for each in walk.found
                if each.noun == noun and each.id in part and each.id not in here
            ]
    return replace(walk, found=tuple(still))
