"""Plain words of a person as HTML: escaped, with people, channels and addresses picked out."""

import re
from collections.abc import Collection

from markupsafe import Markup, escape

from bot.text import clean, web_address
from bot.workspace.crowd import Crowd

# A name or an address may be followed by the end of a sentence, which is no part of it.
_SPOTS = re.compile(
    r"https?://[^\s<>\"]+(?<![.,;:!?)'])|(?<![\w@/])@[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?"
    r"|(?<![\w#/&])#[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"\r\n|[\n\r\u2028\u2029]")


def words_html(text: str, reader: str, crowd: Crowd, channels: Collection[str]) -> Markup:
    """Return a text as one reader (by handle) sees it."""
    lines = [_line(clean(each), reader, crowd, channels) for each in _BREAKS.split(text)]
    return Markup('<p dir="auto">{}</p>').format(Markup("<br>").join(lines))


def mentioned(text: str) -> set[str]:
    """Return the handles that a text speaks to."""
    return {each[1:].lower() for each in _SPOTS.findall(text) if each.startswith("@")}


def _line(text: str, reader: str, crowd: Crowd, channels: Collection[str]) -> Markup:
    found, end = Markup(""), 0
    for spot in _SPOTS.finditer(text):
        found += escape(text[end : spot.start()]) + _spot(spot[0], reader, crowd, channels)
        end = spot.end()
    return found + escape(text[end:])


def _spot(text: str, reader: str, crowd: Crowd, channels: Collection[str]) -> Markup:
    name = text[1:].lower()
    if text.startswith("@") and name in crowd.members:
        classes = "mention ring" + " me" * (name == reader)
        return Markup('<span class="{}">@{}</span>').format(classes, crowd.name(name))
    if text.startswith("#") and name in channels:
        return Markup('<a class="channel" href="#{0}">#{0}</a>').format(name)
    if address := web_address(text):
        link = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>')
        return link.format(address, text)
    return escape(text)
