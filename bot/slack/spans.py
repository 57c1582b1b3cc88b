"""Spans as Slack writes them: rich text wherever Slack has it, else plain text, else mrkdwn.

Rich text and plain text are never parsed, so nothing in them needs escaping. Only small print and
the values of facts have no rich text in Slack: those are mrkdwn, and there `escape` takes every
character that could format, link, mention or quote.
"""

import re
from datetime import UTC
from typing import Any, assert_never

from bot.cards.model import Anchor, Bold, Code, Mention, Span, Text, When
from bot.text import blank, clean, cut, moment, plain, web_address

Json = dict[str, Any]

MOST_SPANS = 60
LONGEST_LINK = 1_000
DATE = "{date_short_pretty} at {time}"

_PERSON = re.compile(r"[UW][A-Z0-9]{2,20}")
_GROUP = re.compile(r"S[A-Z0-9]{2,20}")
# Slack has no escape for these, so each is replaced by one that looks the same. An underscore
# inside a word formats nothing and stays: people copy names such as late_order_v2.
_ALIKE = str.maketrans(
    {
        "*": "\N{ASTERISK OPERATOR}",
        "~": "\N{TILDE OPERATOR}",
        "`": "\N{MODIFIER LETTER GRAVE ACCENT}",
    }
)
_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_EMOJI = re.compile(r":(?=[a-z][a-z0-9_+'-]*:)")
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def escape(text: str) -> str:
    """Return mrkdwn that shows exactly this text (a leading `>` would be a quotation)."""
    said = clean(text).translate(_ALIKE)
    said = _EMOJI.sub("\N{RATIO}", _UNDERSCORE.sub("\N{MODIFIER LETTER LOW MACRON}", said))
    if said.lstrip().startswith(">"):
        said = said.replace(">", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", 1)
    for character, entity in _ENTITIES:
        said = said.replace(character, entity)
    return said


def pinged(mention: Mention) -> tuple[str, str]:
    """Return the kind (user, usergroup) and the id of whom Slack is to notify, or empty strings."""
    given = mention.ids.get("slack", "") if mention.ring else ""
    if _PERSON.fullmatch(given):
        return "user", given
    return ("usergroup", given) if _GROUP.fullmatch(given) else ("", "")


def link(anchor: Anchor) -> str:
    """Return the address of a link that Slack can carry, else nothing."""
    address = web_address(anchor.href)
    return address if len(address) <= LONGEST_LINK else ""


def clip(text: Text, limit: int) -> Text:
    """Shorten a text to about `limit` characters, with a visible mark; links stay whole."""
    kept: list[Span] = []
    for span in text:
        length = len(visible(span))
        if length > limit or len(kept) == MOST_SPANS:
            return (*kept, *_last(span, limit))
        kept.append(span)
        limit -= length
    return tuple(kept)


def _last(span: Span, limit: int) -> Text:
    """Return what is left of the span in which a text ends."""
    if isinstance(span, str):
        return (cut(span, max(limit, 1)),)
    if isinstance(span, Bold | Code):
        return (type(span)(cut(span.text, max(limit, 1))),)
    return ("…",)


def visible(span: Span) -> str:
    """Return about what a span shows, to be measured."""
    match span:
        case str():
            return span
        case Bold() | Code() | Anchor():
            return span.text
        case Mention():
            return span.name
        case When():
            return moment(span)
        case _:
            assert_never(span)


# ── rich text ────────────────────────────────────────────────────────────────────────────────────


def elements(text: Text) -> list[Json]:
    """Return the elements of a rich text section; none if nothing of them would be seen."""
    found = [element for span in text if (element := _element(span))]
    return found if any(not blank(e.get("text", "x")) for e in found) else []


def _element(span: Span) -> Json | None:
    match span:
        case str():
            return _literal(span)
        case Bold():
            return _literal(span.text, bold=True)
        case Code():
            return _literal(span.text, code=True)
        case Anchor():
            return _linked(span)
        case Mention():
            return _person(span)
        case When():
            return _date(span)
        case _:
            assert_never(span)


def _literal(text: str, **style: bool) -> Json | None:
    said = clean(text)
    if not said:
        return None
    return {"type": "text", "text": said} | ({"style": style} if style else {})


def _linked(anchor: Anchor) -> Json | None:
    address = link(anchor)
    if not address:
        return _literal(anchor.text)
    text = {} if blank(anchor.text) else {"text": clean(anchor.text)}
    return {"type": "link", "url": address} | text


def _person(mention: Mention) -> Json | None:
    kind, given = pinged(mention)
    return {"type": kind, f"{kind}_id": given} if kind else _literal(mention.name)


def _date(when: When) -> Json:
    stamp = timestamp(when)
    if stamp <= 0:
        return {"type": "text", "text": moment(when)}
    return {"type": "date", "timestamp": stamp, "format": DATE, "fallback": moment(when)}


def timestamp(when: When) -> int:
    """Return the seconds since 1970; a time without a zone is taken as UTC."""
    return int((when.at if when.at.tzinfo else when.at.replace(tzinfo=UTC)).timestamp())


# ── text objects ─────────────────────────────────────────────────────────────────────────────────


def plain_text(text: str) -> Json:
    """Return a text object that Slack does not parse; `:names:` do not become emoji."""
    return {"type": "plain_text", "text": text, "emoji": False}


def text_object(text: Text, limit: int, label: str = "") -> Json:
    """Return the plainest text object that shows a text, within Slack's limit for its place."""
    head = f"*{escape(label).strip()}*\n" if not blank(label) else ""
    simple = [said for span in text if (said := _simple(span)) is not None]
    if not head and len(simple) == len(text):
        return plain_text(cut("".join(simple).strip(), limit))
    for length in (limit, limit // 2, limit // 4, limit // 8, limit // 16):
        said = head + "".join(_mrkdwn(span) for span in clip(text, length)).strip()
        if len(said) <= limit:
            return {"type": "mrkdwn", "text": said, "verbatim": True}
    return plain_text(cut(clean(f"{label} {plain(text)}").strip(), limit))


def _simple(span: Span) -> str | None:
    """Return a span that needs no formatting as it is to be seen."""
    if isinstance(span, Mention):
        return None if pinged(span)[0] else clean(span.name)
    return clean(span) if isinstance(span, str) else None


def _mrkdwn(span: Span) -> str:
    match span:
        case str():
            return escape(span)
        case Bold():
            return _wrapped(span.text, "*")
        case Code():
            return _wrapped(span.text, "`")
        case Anchor():
            address = link(span).replace("&", "&amp;")
            said = escape(span.text if not blank(span.text) else span.href)
            return f"<{address}|{said}>" if address else said
        case Mention():
            kind, given = pinged(span)
            ping = {"user": f"<@{given}>", "usergroup": f"<!subteam^{given}>"}
            return ping.get(kind) or escape(span.name)
        case When():
            stamp, said = timestamp(span), escape(moment(span))
            return f"<!date^{stamp}^{DATE}|{said}>" if stamp > 0 else said
        case _:
            assert_never(span)


def _wrapped(text: str, mark: str) -> str:
    """Set a mark around a text, outside of which its own spaces stay."""
    said = escape(text)
    core = said.strip()
    return said.replace(core, f"{mark}{core}{mark}", 1) if not blank(core) else said
