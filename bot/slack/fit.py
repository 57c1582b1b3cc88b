"""A card's block made smaller, before it is rendered: what is left out is counted and shown."""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, assert_never

from bot.cards.model import Block, Bullets, Divider, Facts, Note, Paragraph, Text
from bot.slack.spans import Json, clip, visible

LENGTHS = (2_800, 1_400, 700, 350, 160, 60)
"""How many characters a block may show, tried one after the other."""

LONGEST_ITEM = 600
MOST_ITEMS = 100

Part = TypeVar("Part")


def weight(payload: Any) -> int:  # noqa: ANN401  (any JSON)
    """Return the characters of a payload as it travels.

    Slack refuses messages of more than some 13,200 characters, without saying of what. The JSON
    that is sent, all but ASCII escaped, is the longest that could be meant.
    """
    return len(json.dumps(payload))


def fitting(block: Block, render: Callable[[Block], list[Json]], room: int) -> list[Json] | None:
    """Render a block as large as it fits into the room; None if it does not even when small."""
    for length in LENGTHS:
        found = render(shrunk(block, length))
        if weight(found) <= room:
            return found
    return None


def shrunk(block: Block, length: int) -> Block:
    """Return a block that shows at most about `length` characters."""
    match block:
        case Paragraph() | Note():
            return type(block)(clip(block.text, length))
        case Bullets():
            items = [clip(item, min(length, LONGEST_ITEM)) for item in block.items[:MOST_ITEMS]]
            kept = _first(((item, _length(item)) for item in items), length)
            return Bullets(tuple(kept), max(block.more, 0) + len(block.items) - len(kept))
        case Facts():
            return _facts(block, length)
        case Divider():
            return block
        case _:
            assert_never(block)


def _facts(facts: Facts, length: int) -> Facts:
    pairs = [
        (label, clip(value, min(length, LONGEST_ITEM))) for label, value in facts.pairs[:MOST_ITEMS]
    ]
    kept = _first(((pair, len(pair[0]) + _length(pair[1])) for pair in pairs), length)
    left = len(facts.pairs) - len(kept)
    return Facts((*kept, *([("…", (f"{left} more",))] if left else [])))


def _first(parts: Iterable[tuple[Part, int]], length: int) -> list[Part]:
    """Return the first parts that together are no longer than `length`; at least one."""
    kept: list[Part] = []
    for part, size in parts:
        if kept and size > length:
            break
        kept.append(part)
        length -= size
    return kept


def _length(text: Text) -> int:
    """Return about how many characters a text shows."""
    return sum(len(visible(span)) for span in text)
