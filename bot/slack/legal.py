"""What Slack refuses, or would read as markup, found in the JSON before it is sent.

slack_sdk checks only its own model objects and not all that Slack checks; this pass reads the
final JSON. Tests demand that it finds nothing; before sending it only warns.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

from bot.slack import legal_texts as texts
from bot.slack.spans import Json

Surface = Literal["message", "modal", "home"]
Problems = Iterator[str]

LARGEST = 13_000
_MARKDOWN, _TEXT = 12_000, 4_000
_MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
_ANYWHERE = {"actions", "container", "context", "divider", "header", "image", "rich_text"} | {
    "section",
    "video",
}
_ONLY_IN_MESSAGES = {"data_table", "data_visualization", "markdown", "plan", "table", "task_card"}
_ALLOWED: Mapping[str, set[str]] = {
    "message": _ANYWHERE | _ONLY_IN_MESSAGES | {"card", "carousel", "context_actions", "input"},
    "modal": _ANYWHERE | {"alert", "file", "input"},
    "home": _ANYWHERE | {"card", "carousel", "file"},
}
_MOST_OF_A_KIND = {"table": 1, "data_visualization": 2}


def problems(payload: Json, surface: Surface) -> list[str]:
    """Return what is wrong with a message payload or a view, a sentence each; nothing if legal."""
    blocks = [block for block in payload.get("blocks") or [] if isinstance(block, dict)]
    found: list[str] = []
    found += _whole(payload, blocks, surface)
    for n, block in enumerate(blocks):
        where = f"blocks[{n}] {block.get('type')}"
        found += (f"{where}: {problem}" for problem in _block(block, surface))
    if not texts.all_seen(payload):
        found += texts.unseen(payload)
    return found


def _whole(payload: Json, blocks: list[Json], surface: Surface) -> Problems:
    if len(blocks) > _MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks, {_MOST_BLOCKS[surface]} allowed"
    kinds = Counter(str(block.get("type")) for block in blocks)
    for kind, most in _MOST_OF_A_KIND.items():
        if kinds[kind] > most:
            yield f"{kinds[kind]} blocks of type {kind}, {most} allowed"
    named = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"block_id {name!r} used twice" for name, times in named.items() if times > 1)
    markdown = sum(len(b.get("text", "")) for b in blocks if b.get("type") == "markdown")
    if markdown > _MARKDOWN:
        yield f"{markdown} characters of markdown, {_MARKDOWN} allowed"
    yield from _message(payload) if surface == "message" else _view(payload, kinds, surface)


def _message(payload: Json) -> Problems:
    yield from texts.filled(payload.get("text"), _TEXT, "text")
    yield from (f"text: {problem}" for problem in texts.markup(payload.get("text", "")))
    if (size := len(json.dumps(payload))) > LARGEST:
        yield f"{size} characters of JSON, {LARGEST} allowed"


def _view(payload: Json, kinds: Counter[str], surface: Surface) -> Problems:
    for name, most in (("private_metadata", 3_000), ("callback_id", 255)):
        yield from texts.length(payload.get(name, ""), most, name)
    if surface == "home":
        return
    for name in ("title", "submit", "close"):
        if name in payload or name == "title":
            yield from texts.plain(payload.get(name), 24, name)
    if kinds["input"] and "submit" not in payload:
        yield "input without submit"


def _block(block: Json, surface: Surface) -> Problems:
    kind = str(block.get("type"))
    if kind not in _ALLOWED[surface]:
        yield f"unknown, or not allowed in a {surface}"
    yield from texts.length(block.get("block_id", ""), 255, "block_id")
    yield from _RULES.get(kind, _no_rule)(block)


def _no_rule(_: Json) -> Problems:
    yield from ()


def _header(block: Json) -> Problems:
    yield from texts.plain(block.get("text"), 150, "text")


def _section(block: Json) -> Problems:
    fields = block.get("fields", [])
    if "text" in block:
        yield from texts.any_text(block["text"], 3_000, "text")
    elif not fields:
        yield "neither text nor fields"
    yield from _count(fields, 10, "fields", least=0)
    for field in fields:
        yield from texts.any_text(field, 2_000, "field")
    if "accessory" in block:
        yield from _element(block["accessory"])


def _context(block: Json) -> Problems:
    elements = block.get("elements", [])
    yield from _count(elements, 10, "elements")
    for element in elements:
        if element.get("type") == "image":
            yield from _image(element)
        else:
            yield from texts.any_text(element, 3_000, "element")


def _image(block: Json) -> Problems:
    yield from texts.filled(block.get("alt_text"), 2_000, "alt_text")
    if "title" in block:
        yield from texts.plain(block["title"], 2_000, "title")
    if "slack_file" not in block:
        yield from texts.address(block.get("image_url"), "image_url")


def _markdown(block: Json) -> Problems:
    yield from texts.filled(block.get("text"), 12_000, "text")


def _table(block: Json) -> Problems:
    rows = block.get("rows", [])
    yield from _count(rows, 100, "rows")
    for row in rows:
        yield from _count(row, 20, "columns")


def _input(block: Json) -> Problems:
    yield from texts.plain(block.get("label"), 2_000, "label")
    if "hint" in block:
        yield from texts.plain(block["hint"], 2_000, "hint")
    yield from _element(block.get("element", {}))


def _actions(block: Json) -> Problems:
    elements = block.get("elements", [])
    yield from _count(elements, 25, "elements")
    ids = Counter(e["action_id"] for e in elements if "action_id" in e)
    yield from (f"action_id {name!r} used twice" for name, times in ids.items() if times > 1)
    for element in elements:
        yield from _element(element)


def _element(element: Json) -> Problems:
    yield from texts.length(element.get("action_id", ""), 255, "action_id")
    if "confirm" in element:
        yield from _confirm(element["confirm"])
    if "placeholder" in element:
        yield from texts.plain(element["placeholder"], 150, "placeholder")
    if element.get("type") == "button":
        yield from _button(element)
    if "options" in element:
        yield from _options(element)


def _button(element: Json) -> Problems:
    yield from texts.plain(element.get("text"), 75, "button text")
    yield from texts.length(element.get("value", ""), 2_000, "button value")
    if "url" in element:
        yield from texts.address(element["url"], "button url")
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield f"style {element['style']!r}"


def _options(element: Json) -> Problems:
    options = element["options"]
    yield from _count(options, 5 if element["type"] == "overflow" else 100, "options")
    for option in options:
        check = texts.plain if element["type"] == "overflow" else texts.any_text
        yield from check(option.get("text"), 75, "option text")
        yield from texts.filled(option.get("value"), 150, "option value")


def _confirm(confirm: Json) -> Problems:
    yield from texts.any_text(confirm.get("text"), 300, "confirm text")
    for name, most in (("title", 100), ("confirm", 30), ("deny", 30)):
        yield from texts.plain(confirm.get(name), most, f"confirm {name}")


def _rich_text(block: Json) -> Problems:
    yield from _count(block.get("elements", []), 1_000, "elements")
    for element in block.get("elements", []):
        yield from texts.rich(element)


def _count(parts: Iterable[Any], most: int, name: str, least: int = 1) -> Problems:
    number = len(list(parts))
    if not least <= number <= most:
        yield f"{number} {name}, {least} to {most} allowed"


_RULES: Mapping[str, Callable[[Json], Iterator[str]]] = {
    "actions": _actions,
    "context": _context,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "section": _section,
    "table": _table,
}
