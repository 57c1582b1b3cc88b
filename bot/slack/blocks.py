"""A card as a Slack message that Slack takes, whatever the card holds.

No coloured bar: it exists only on attachments, and inside those Slack notifies nobody who is
mentioned, hides what is long behind "Show more" and promises to make them less visible. The tone
is a sign before the title instead; the three signs differ in shape, not only in colour.
"""

from collections.abc import Sequence
from typing import assert_never

from bot.cards.model import (
    Block,
    Bullets,
    Card,
    Divider,
    Facts,
    Note,
    Paragraph,
    Text,
    Tone,
)
from bot.slack.buttons import actions
from bot.slack.fit import fitting, weight
from bot.slack.spans import Json, elements, escape, plain_text, text_object
from bot.text import blank, clean, cut, line

MOST_BLOCKS = 50
LARGEST = 12_500
"""Characters of text and blocks; the rest of Slack's 13,000 is for metadata and addresses."""

_SIGNS = {Tone.NEUTRAL: "", Tone.GOOD: "✅ ", Tone.WARN: "⚠️ ", Tone.BAD: "🔴 "}
_TITLE, _FIELD, _SMALL_PRINT, _NOTIFICATION = 150, 2_000, 2_900, 300
_FIELDS = 10
_WIDEST_LABEL = 150
_SUBTITLE_ROOM, _TEXT_ROOM = 1_200, 1_500
_ID_ROOM = 24  # `"block_id": "b49", ` and the comma after a block
_MARK_ROOM = 150


def message(card: Card) -> Json:
    """Return `text` (what a notification shows) and `blocks` of a message."""
    top, bottom = _top(card), actions(card.buttons)
    payload: Json = {"text": _notification(card), "blocks": [*top, *bottom]}
    room = LARGEST - weight(payload) - _MARK_ROOM - _ID_ROOM * (len(top) + len(bottom))
    blocks = [*top, *_body(card.blocks, room, MOST_BLOCKS - len(top) - len(bottom)), *bottom]
    payload["blocks"] = [
        {"type": block["type"], "block_id": f"b{n}"} | block
        for n, block in enumerate(blocks or [_section(line(card))])
    ]
    return payload


def _notification(card: Card) -> str:
    """Return the fallback line; Slack parses it, and long ones are cut."""
    said = line(card)
    limit = _NOTIFICATION
    while weight(short := escape(cut(said, limit))) > _TEXT_ROOM:
        limit = limit * 3 // 4
    return short


def _section(text: str) -> Json:
    return {"type": "section", "text": plain_text(cut(text, _NOTIFICATION))}


def _top(card: Card) -> list[Json]:
    """Return title and subtitle."""
    title = clean(card.title).strip()
    head = [] if blank(title) else [_header(_SIGNS[card.tone] + title)]
    return head + (fitting(Note(card.subtitle), rendered, _SUBTITLE_ROOM) or [])


def _header(title: str) -> Json:
    return {"type": "header", "text": plain_text(cut(title, _TITLE))}


def _body(blocks: Sequence[Block], room: int, most: int) -> list[Json]:
    """Render what fits, and say how much did not."""
    found: list[Json] = []
    for n, block in enumerate(blocks):
        new = fitting(block, rendered, room)
        # One place is kept for the mark.
        if new is None or len(found) + len(new) > most - 1:
            return [*found, _mark(len(blocks) - n)]
        if new and new[0]["type"] == "divider" and _last_type(found) in {"", "divider"}:
            continue
        found += new
        room -= weight(new) + _ID_ROOM * len(new)
    return found[:-1] if _last_type(found) == "divider" else found


def _last_type(found: list[Json]) -> str:
    return str(found[-1]["type"]) if found else ""


def _mark(left: int) -> Json:
    return {"type": "context", "elements": [plain_text(f"… {left} more")]}


def rendered(block: Block) -> list[Json]:
    """Return the Slack blocks of one block of a card; none if it is empty."""
    match block:
        case Paragraph():
            return _rich(_sections([block.text]))
        case Bullets():
            return _rich(_list(block))
        case Facts():
            return _facts(block)
        case Note():
            return _note(block.text)
        case Divider():
            return [{"type": "divider"}]
        case _:
            assert_never(block)


def _rich(parts: list[Json]) -> list[Json]:
    return [{"type": "rich_text", "elements": parts}] if parts else []


def _sections(texts: Sequence[Text]) -> list[Json]:
    return [
        {"type": "rich_text_section", "elements": found}
        for text in texts
        if (found := elements(text))
    ]


def _list(bullets: Bullets) -> list[Json]:
    items = _sections(bullets.items)
    more = _sections([(f"… {bullets.more} more",)]) if bullets.more > 0 else []
    return [{"type": "rich_text_list", "style": "bullet", "elements": items}] * bool(items) + more


def _facts(facts: Facts) -> list[Json]:
    fields = [_field(label, value) for label, value in facts.pairs if _says(label, value)]
    return [
        {"type": "section", "fields": fields[start : start + _FIELDS]}
        for start in range(0, len(fields), _FIELDS)
    ]


def _says(label: str, value: Text) -> bool:
    return bool(elements(value)) or not blank(label)


def _field(label: str, value: Text) -> Json:
    shown = value if elements(value) else ("—",)
    return text_object(shown, _FIELD, cut(clean(label), _WIDEST_LABEL))


def _note(text: Text) -> list[Json]:
    if not elements(text):
        return []
    return [{"type": "context", "elements": [text_object(text, _SMALL_PRINT)]}]
