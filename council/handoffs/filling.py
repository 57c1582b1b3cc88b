"""A packet is filled in: item by item, or as last time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.handoffs import finding, telling
from council.handoffs.parties import Parties
from council.handoffs.views import HandoffView, describe, earlier
from council.playbook.names import nearest, plain
from council.store.handoffs import UNANSWERED
from council.tables import Handoff, HandoffItem, Initiative

OVER = ("archived", "retired")
_LONGEST_VERSION = 80
# What somebody wrote in the item called version is one only if it looks so: 7, v2.1, 2026-11.
_LIKE_A_VERSION = re.compile(r"(?=.*[0-9])[^\s<>]{1,24}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_V = re.compile(r"\A[vV](?=\d)")


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into one item; the item by its number, its text, or nearly so."""

    item: str
    value: str = ""
    link: str = ""


def require_live(initiative: Initiative) -> None:
    """Raise Conflict for an initiative that has ended."""
    if initiative.state in OVER:
        raise Conflict(initiative.key, initiative.state)


def for_giver(desk: Desk, actor: str, key: str, deed: str) -> tuple[Handoff, Initiative, Parties]:
    """Return a handoff whose packet the actor may still change; raises Conflict, NotAllowed."""
    row, initiative, who = finding.get(desk, actor, key)
    who.require_giver(actor, key, deed)
    if row.state not in UNANSWERED:
        raise Conflict(key, row.state, finding.handle(desk, row.answered_by))
    require_live(initiative)
    return row, initiative, who


def fill(
    desk: Desk, actor: str, key: str, fillings: Sequence[Filling], version: str = ""
) -> HandoffView:
    """Fill items of a packet, and say which version it is; raises NotFound for no such item.

    A value that is a web address becomes the item's link.
    """
    row, initiative, who = for_giver(desk, actor, key, "fill")
    items = desk.books.handoffs.items(row.id)
    read = [(_find(items, each.item), each) for each in fillings]
    texts: dict[str, tuple[str, str]] = {}
    for item, filling in read:
        value, link = _read(item, filling)
        _put(desk, actor, item, value, link)
        texts |= _texts(item, actor)
        if plain(item.name) == "version" and _LIKE_A_VERSION.fullmatch(value):
            version = version or value
    if version:
        row.version = _version(version)
        texts["version"] = (row.version, actor)
        texts |= _fill_version(desk, actor, items, row.version)
    desk.books.add(row)
    facts = {"items": [item.position for item, _ in read]}
    telling.write(desk, actor, row, "handoff.filled", facts, texts)
    _tell(desk, row)
    return describe(desk, row, initiative, who, actor)


def mark(desk: Desk, actor: str, key: str, filling: Filling, *, undo: bool = False) -> HandoffView:
    """Say that an item is done, with or without a word on it; or take that back."""
    row, initiative, who = for_giver(desk, actor, key, "fill")
    item = _find(desk.books.handoffs.items(row.id), filling.item)
    if undo:
        item.value, item.link, item.filled_by, item.filled_at = "", "", "", None
        desk.books.add(item)
    else:
        _put(desk, actor, item, *parted(filling.value, filling.link))
    facts = {"items": [item.position], "undone": undo}
    telling.write(desk, actor, row, "handoff.filled", facts, {} if undo else _texts(item, actor))
    _tell(desk, row)
    return describe(desk, row, initiative, who, actor)


def keep(desk: Desk, actor: str, key: str) -> HandoffView:
    """Fill what is open as it was filled last time; raises Conflict if there is nothing to keep."""
    row, initiative, who = for_giver(desk, actor, key, "fill")
    before = earlier(desk, row)
    texts: dict[str, tuple[str, str]] = {}
    kept = [item for item in desk.books.handoffs.items(row.id) if _kept(item, before)]
    if not kept:
        raise Conflict(key, "nothing_to_keep")
    for item in kept:
        last = before[item.name]
        _put(desk, actor, item, last.value, last.link)
        texts |= _texts(item, actor)
    facts = {"items": [item.position for item in kept]}
    telling.write(desk, actor, row, "handoff.filled", facts, texts)
    _tell(desk, row)
    return describe(desk, row, initiative, who, actor)


def _kept(item: HandoffItem, before: dict[str, HandoffItem]) -> bool:
    return item.filled_at is None and item.name in before


def _tell(desk: Desk, row: Handoff) -> None:
    """Keep cards true; while it is drafted nobody has one."""
    if row.state != "draft":
        telling.show(desk, row, "filled")


def _find(items: Sequence[HandoffItem], said: str) -> HandoffItem:
    """Return the item of this number or name, or the only one that is nearly called so."""
    if said.isdecimal():
        numbered = next((each for each in items if str(each.position) == said.lstrip("0")), None)
        if numbered is not None:
            return numbered
        raise NotFound("item", said, tuple(each.name for each in items[:3]))
    by_name = {plain(each.name): each for each in items}
    wanted = plain(said)
    within = [each for name, each in by_name.items() if wanted and wanted in name]
    if wanted in by_name:
        return by_name[wanted]
    if len(within) == 1:
        return within[0]
    near = nearest(said, [each.name for each in items])
    if len(near) == 1:
        return by_name[plain(near[0])]
    raise NotFound("item", said, near)


def _read(item: HandoffItem, filling: Filling) -> tuple[str, str]:
    value, link = parted(filling.value, filling.link)
    if not value and not link:
        raise Invalid(item.name, "", "empty")
    return value, link


def parted(value: str, link: str) -> tuple[str, str]:
    """Return a value and a link; raises Invalid for a link that is no web address."""
    value, link = value.strip(), link.strip()
    if not link and _ADDRESS.fullmatch(value):
        return "", value
    if link and not _ADDRESS.fullmatch(link):
        raise Invalid("link", link, "link")
    return value, link


def _put(desk: Desk, actor: str, item: HandoffItem, value: str, link: str) -> None:
    item.value, item.link = value, link
    item.filled_by, item.filled_at = actor, desk.now()
    desk.books.add(item)


def _texts(item: HandoffItem, actor: str) -> dict[str, tuple[str, str]]:
    found = {
        f"value:{item.position}": (item.value, actor),
        f"link:{item.position}": (item.link, actor),
    }
    return {name: text for name, text in found.items() if text[0]}


def _version(said: str) -> str:
    """Return a version without the `v` before its number; raises Invalid if it is far too long."""
    version = _V.sub("", said.strip())
    if not version or len(version) > _LONGEST_VERSION:
        raise Invalid("version", said[:_LONGEST_VERSION], "too_long" if version else "empty")
    return version


def _fill_version(
    desk: Desk, actor: str, items: Sequence[HandoffItem], version: str
) -> dict[str, tuple[str, str]]:
    """Fill the item that asks for the version, if there is one and it is open."""
    item = next((each for each in items if plain(each.name) == "version"), None)
    if item is None or item.filled_at is not None:
        return {}
    _put(desk, actor, item, version, "")
    return _texts(item, actor)
