"""What may stand in a text of a Slack payload: lengths, markup, characters."""

import re
from collections.abc import Iterator
from typing import Any

from bot.slack.spans import Json
from bot.text import LONGEST, blank, clean, web_address

# In mrkdwn `<` may only begin what we write ourselves; a broadcast to a channel is never ours.
_OURS = re.compile(
    r"<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^S[A-Z0-9]+|!date\^\d+\^[^<>|]+\|[^<>|]+"
    r"|https?://[^<>|\s]+(?:\|[^<>]+)?)>"
)
_BARE = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")
# What begins so is not blank; most texts do.
_PLAIN = re.compile(r"[A-Za-z0-9]")
_RICH_TEXT = frozenset({"rich_text_section", "rich_text_list", "rich_text_quote"})
_PARTS = {
    "text": "text",
    "link": "url",
    "user": "user_id",
    "usergroup": "usergroup_id",
    "channel": "channel_id",
    "emoji": "name",
    "date": "fallback",
}
_ID = {
    "user": re.compile(r"[UW][A-Z0-9]+"),
    "usergroup": re.compile(r"S[A-Z0-9]+"),
    "channel": re.compile(r"[CG][A-Z0-9]+"),
}


def length(value: str, most: int, name: str) -> Iterator[str]:
    """Say if a value is too long."""
    if len(value) > most:
        yield f"{name} longer than {most}"


def filled(value: object, most: int, name: str) -> Iterator[str]:
    """Say if a value is no text, empty or too long."""
    if not isinstance(value, str) or (not _PLAIN.match(value) and blank(value)):
        yield f"{name} is empty"
    else:
        yield from length(value, most, name)


def plain(value: object, most: int, name: str) -> Iterator[str]:
    """Say what is wrong with a text object that must be plain."""
    if not isinstance(value, dict) or value.get("type") != "plain_text":
        yield f"{name} is not plain_text"
    else:
        yield from filled(value.get("text"), most, name)


def any_text(value: object, most: int, name: str) -> Iterator[str]:
    """Say what is wrong with a text object that may be plain or mrkdwn."""
    if not isinstance(value, dict) or value.get("type") != "mrkdwn":
        yield from plain(value, most, name)
        return
    yield from filled(value.get("text"), most, name)
    yield from (f"{name}: {problem}" for problem in markup(str(value.get("text", ""))))
    if value.get("verbatim") is not True:
        yield f"{name}: mrkdwn without verbatim"


def markup(text: str) -> Iterator[str]:
    """Say what in mrkdwn is not escaped."""
    rest = _OURS.sub("", text)
    if bare := _BARE.search(rest):
        yield f"not escaped: {rest[bare.start() : bare.start() + 20]!r}"


def address(value: object, name: str) -> Iterator[str]:
    """Say if a value is no http(s) address, or too long."""
    if not isinstance(value, str) or not web_address(value):
        yield f"{name} is no web address"
    else:
        yield from length(value, 3_000, name)


def rich(element: Json) -> Iterator[str]:
    """Say what is wrong with an element of rich text."""
    kind = element.get("type")
    parts = element.get("elements") or []
    if not parts and kind in _RICH_TEXT:
        yield f"{kind} is empty"
    if kind == "rich_text_list":
        for item in parts:
            yield from rich(item)
    elif kind in _RICH_TEXT:
        if all(part.get("type") == "text" and blank(part.get("text", "")) for part in parts):
            yield f"{kind} shows nothing"
        for part in parts:
            yield from _part(part)
    else:
        yield f"{kind} in rich text"


def _part(part: Json) -> Iterator[str]:
    kind = str(part.get("type"))
    value = part.get(_PARTS.get(kind, ""))
    if kind not in _PARTS:
        yield f"{kind} in rich text"
    elif not isinstance(value, str) or not value:
        yield f"{kind} is empty"
    elif kind == "link":
        yield from address(value, "link")
    elif kind in _ID and not _ID[kind].fullmatch(value):
        yield f"{kind} {value!r}"


def all_seen(payload: Any) -> bool:  # noqa: ANN401  (any JSON)
    """Tell whether nothing in there could hide: a tenth of the price of saying where it does."""
    if isinstance(payload, str):
        return payload.isprintable() and len(payload) <= LONGEST
    if isinstance(payload, dict):
        return all(map(all_seen, payload.values()))
    return all(map(all_seen, payload)) if isinstance(payload, list) else True


def unseen(payload: Any, path: str = "payload") -> Iterator[str]:  # noqa: ANN401  (any JSON)
    """Find control and bidirectional characters, anywhere."""
    if isinstance(payload, dict):
        for key, value in payload.items():
            yield from unseen(value, f"{path}.{key}")
    elif isinstance(payload, list):
        for n, value in enumerate(payload):
            yield from unseen(value, f"{path}[{n}]")
    elif isinstance(payload, str) and any(clean(row) != row for row in payload.split("\n")):
        yield f"{path}: invisible or control characters"
