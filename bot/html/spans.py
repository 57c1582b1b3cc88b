"""Spans as HTML, for one reader: their own zone, their own name, nothing that is not ours.

Every text goes through `Markup.format`, which escapes it; what is written here is all the HTML
there is. Nothing is parsed, so nothing in a text can link, mention or run.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

from markupsafe import Markup, escape

from bot.cards.model import Anchor, Bold, Code, Mention, Span, Text, When
from bot.text import blank, clean, cut, moment, web_address

MOST_SPANS = 100
LONGEST_TEXT = 20_000
"""Characters of HTML that one text may take."""

_LONGEST_SPAN, _LONGEST_LINK = 3_000, 2_000
_PREFIX = "/council"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: `zone` is for times, `platform` and `id` tell which mention is their own.

    `people`, as (handle, name), are whom they can choose in a form.
    """

    platform: str = "local"
    id: str = ""
    zone: str = "UTC"
    people: tuple[tuple[str, str], ...] = ()


def said(text: str, limit: int = _LONGEST_SPAN) -> str:
    """Return a text that is fit to be shown; of a long one only the beginning is looked at."""
    return cut(clean(text[:limit]) + "…" * (len(text) > limit), limit)


def text_html(text: Text, reader: Reader, prefix: str) -> Markup:
    """Return a text as HTML, empty if nothing of it would be seen; what is too long is cut."""
    found, room = [], LONGEST_TEXT
    for span in text[:MOST_SPANS]:
        piece = _span(span, reader, prefix)
        room -= len(piece)
        if room < 0:
            break
        found.append(piece)
    mark = "…" * (len(found) < len(text))
    whole = Markup("").join((*found, mark)).strip()
    return Markup("") if blank(whole) else whole


def _span(span: Span, reader: Reader, prefix: str) -> Markup:
    match span:
        case str():
            return escape(said(span))
        case Bold():
            return _within(Markup("<b>{}</b>"), span.text)
        case Code():
            return _within(Markup("<code>{}</code>"), spelled(span.text, prefix))
        case Anchor():
            return _link(span)
        case Mention():
            return _person(span, reader)
        case When():
            shown = moment(When(span.at, reader.zone))
            return Markup('<time datetime="{}">{}</time>').format(_machine(span.at), shown)
        case _:
            assert_never(span)


def spelled(text: str, prefix: str) -> str:
    """Return what a person types as this surface wants it."""
    return prefix + text.removeprefix(_PREFIX) if text.startswith(f"{_PREFIX} ") else text


def _within(tags: Markup, text: str) -> Markup:
    shown = escape(said(text))
    return shown if blank(shown) else tags.format(shown)


def _link(anchor: Anchor) -> Markup:
    text, address = said(anchor.text), web_address(anchor.href)
    if not address or len(address) > _LONGEST_LINK:
        return escape(text)
    shown = address if blank(text) else text
    link = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>')
    return link.format(address, shown)


def _person(mention: Mention, reader: Reader) -> Markup:
    name = said(mention.name)
    if blank(name):
        return Markup("")
    own = bool(reader.id) and mention.ids.get(reader.platform) == reader.id
    classes = "mention" + " ring" * mention.ring + " me" * own
    shown = f"@{name}" if mention.ring else name
    return Markup('<span class="{}">{}</span>').format(classes, shown)


def _machine(at: datetime) -> str:
    """Return a moment as programs read it; a time without a zone is taken as UTC."""
    try:
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:  # the first or last day of all that a datetime can be
        at = at.replace(tzinfo=UTC)
    return at.isoformat(timespec="seconds")
