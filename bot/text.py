"""A card as plain text, and the cleaning of characters that every surface needs.

What comes from outside may hold anything: control characters would move a terminal's cursor,
bidirectional ones would turn a sentence around, a line break would forge a line of ours.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import assert_never
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.cards.model import (
    Anchor,
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Divider,
    Facts,
    Mention,
    Note,
    Paragraph,
    Span,
    Text,
    When,
)

LONGEST = 20_000
"""No surface shows a longer piece of text; more is not even looked at."""

_BREAKS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
# Controls, soft hyphen, invisible and bidirectional marks, interlinear notes, tags, surrogates
# and non-characters. The zero-width (non-)joiner stays: Persian and emoji are written with it.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNSEEN = re.compile(r"[\s\u034f\u115f\u1160\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0]+")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WIDEST_LABEL = 24
_MEASURED = 200  # what is longer is too wide for a column anyway
_RULE = "─" * 24
_PREFIX = "/council"


def clean(text: str) -> str:
    """Return text on one line, without characters that are not to be seen."""
    return _UNSAFE.sub("", _BREAKS.sub(" ", text[:LONGEST]))


def blank(text: str) -> bool:
    """Tell whether nothing of a text would be seen."""
    return not _UNSEEN.sub("", clean(text))


def cut(text: str, limit: int) -> str:
    """Shorten a text to at most `limit` characters, with a visible mark."""
    return text if len(text) <= limit else text[: limit - 1].rstrip("\u200d ") + "…"


def line(card: Card) -> str:
    """Return what a notification shows: one line, never empty."""
    said = (clean(text).strip() for text in (card.fallback, card.title) if not blank(text))
    return next(said, "…")


def web_address(href: str) -> str:
    """Return an address that may be linked (http or https, complete), else nothing."""
    address = clean(href).strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    fit = parts.scheme in {"http", "https"} and host and not re.search(r"[\s<>|\"\\^`]", address)
    return parts.scheme + address[len(parts.scheme) :] if fit else ""


def moment(when: When) -> str:
    """Return a moment in its own zone, in words that every reader understands."""
    at = _local(when)
    zone = at.tzname() or "UTC"
    name = f"UTC{zone}" if zone[0] in "+-" else zone
    date = f"{_WEEKDAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"
    return f"{date}, {at:%H:%M} {name}"


def _local(when: When) -> datetime:
    """Return the time in its zone; in UTC where there is no such zone, or no such time in it."""
    at = when.at if when.at.tzinfo else when.at.replace(tzinfo=UTC)
    for zone in (when.zone, "UTC"):
        try:
            return at.astimezone(ZoneInfo(zone))
        except (OSError, ValueError, KeyError, OverflowError):
            continue
    return at.replace(tzinfo=UTC)


def plain(text: Text) -> str:
    """Return a text without any formatting, on one line."""
    said = ""
    for span in text:
        said += _span(span)
        if len(said) > LONGEST:
            break
    return cut(said.strip(), LONGEST)


def _span(span: Span) -> str:
    match span:
        case str():
            return clean(span)
        case Bold() | Code():
            return clean(span.text)
        case Anchor():
            return _anchor(span)
        case Mention():
            return f"@{clean(span.name)}" if span.ring else clean(span.name)
        case When():
            return moment(span)
        case _:
            assert_never(span)


def _anchor(span: Anchor) -> str:
    text, address = clean(span.text), web_address(span.href)
    if not address or address == text.strip():
        return text
    return address if blank(text) else f"{text} ({address})"


def render(card: Card, prefix: str = _PREFIX) -> str:
    """Return the whole card; buttons and commands become what a person types after `prefix`."""
    card = card if prefix == _PREFIX else _respelled(card, prefix)
    head = _lines((clean(card.title).strip(), plain(card.subtitle)))
    parts = (head, _body(card.blocks), _buttons(card.buttons, prefix))
    return "\n\n".join(part for part in parts if part) or line(card)


def _respelled(card: Card, prefix: str) -> Card:
    """Return the card with every command spelled as this surface wants it."""

    def text(said: Text) -> Text:
        return tuple(
            Code(prefix + span.text.removeprefix(_PREFIX))
            if isinstance(span, Code) and span.text.startswith(f"{_PREFIX} ")
            else span
            for span in said
        )

    def block(one: Block) -> Block:
        match one:
            case Paragraph() | Note():
                return replace(one, text=text(one.text))
            case Bullets():
                return replace(one, items=tuple(text(item) for item in one.items))
            case Facts():
                return replace(one, pairs=tuple((name, text(said)) for name, said in one.pairs))
        return one

    return replace(card, blocks=tuple(block(one) for one in card.blocks))


def _body(blocks: Sequence[Block]) -> str:
    """Set an empty line between blocks, but none between a sentence and its list."""
    said = [(block, part) for block in blocks if (part := _block(block))]
    gaps = ["", *(_gap(before, after) for (before, _), (after, _) in pairwise(said))]
    return "".join(gap + part for gap, (_, part) in zip(gaps, said, strict=False))


def _gap(before: Block, after: Block) -> str:
    return "\n" if isinstance(before, Paragraph) and isinstance(after, Bullets) else "\n\n"


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return plain(block.text)
        case Note():
            said = plain(block.text)
            return said and f"· {said}"
        case Bullets():
            more = [f"… {block.more} more"] if block.more > 0 else []
            return _lines((*(_bullet(item) for item in block.items), *more))
        case Facts():
            return _facts(block)
        case Divider():
            return _RULE
        case _:
            assert_never(block)


def _bullet(item: Text) -> str:
    said = plain(item)
    return said and f"• {said}"


def _facts(facts: Facts) -> str:
    rows = [(clean(label).strip(), plain(value) or "—") for label, value in facts.pairs]
    return _lines(_columns(rows))


def _buttons(buttons: Sequence[Button], prefix: str) -> str:
    rows = [
        (f"→ {prefix} {clean(button.command).strip()}", _label(button))
        for button in buttons
        if not blank(button.command)
    ]
    return _lines(_columns(rows, widest=48))


def _label(button: Button) -> str:
    label = clean(button.label).strip()
    return label if blank(button.confirm) else f"{label} (asks: {clean(button.confirm).strip()})"


def _columns(rows: Sequence[tuple[str, str]], widest: int = _WIDEST_LABEL) -> Iterable[str]:
    """Set the second column under itself, unless a first one is too wide for it."""
    widths = [_width(left[:_MEASURED]) for left, _ in rows]
    room = max((width for width in widths if width <= widest), default=0)
    return (
        f"{left}{' ' * max(0, room - width)}  {right}".rstrip()
        for width, (left, right) in zip(widths, rows, strict=True)
    )


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)
