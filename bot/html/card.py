"""A card as one HTML element, whatever the card holds: no script, no style, no more than it says.

The tone is a sign and a word before the title as well as a colour: colours alone do not reach
everybody. Like the other renderers, this one leaves out what is empty and counts what is too long.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar, assert_never

from markupsafe import Markup

from bot.cards.model import Block, Bullets, Card, Divider, Facts, Note, Paragraph, Text, Tone
from bot.html.buttons import buttons_html
from bot.html.spans import Reader, said, text_html
from bot.text import blank, line

LARGEST = 300_000
"""Characters of HTML that no card exceeds: blocks, buttons and forms have a share each."""

_ROOM, _LIST_ROOM = 64_000, 32_000
_MOST_BLOCKS, _MOST_ITEMS = 100, 100
_TITLE, _LABEL, _NOTIFICATION = 300, 150, 300
_RULE = Markup("<hr>")
_SIGNS = {
    Tone.NEUTRAL: ("", ""),
    Tone.GOOD: ("✓", "Good news"),
    Tone.WARN: ("!", "Needs attention"),
    Tone.BAD: ("!", "Urgent"),
}

Say = Callable[[Text], Markup]
Part = TypeVar("Part")


def card_html(card: Card, reader: Reader = Reader(), prefix: str = "/council") -> Markup:
    """Return a card for one reader; what is to be typed begins with `prefix`."""
    say = partial(text_html, reader=reader, prefix=prefix)
    shown = [*_top(card, say), *_body(card.blocks, say)]
    notification = said(line(card), _NOTIFICATION)
    parts = shown or [Markup("<p>{}</p>").format(notification)]
    whole = Markup('<article class="card tone-{}" aria-label="{}">\n{}\n</article>')
    inside = Markup("\n").join([*parts, *buttons_html(card.buttons, reader, prefix)])
    return whole.format(card.tone.value, notification, inside)


def _top(card: Card, say: Say) -> list[Markup]:
    """Return sign, title and subtitle; a sign alone says nothing."""
    title, subtitle = said(card.title, _TITLE).strip(), say(card.subtitle)
    heading = Markup("") if blank(title) else Markup("<h3>{}</h3>").format(title)
    small = Markup('<p class="subtitle">{}</p>').format(subtitle) if subtitle else Markup("")
    if not heading + small:
        return []
    return [Markup("<header>{}{}{}</header>").format(_sign(card.tone), heading, small)]


def _sign(tone: Tone) -> Markup:
    sign, word = _SIGNS[tone]
    shape = Markup('<span class="sign" role="img" aria-label="{}">{}</span>')
    return shape.format(word, sign) if sign else Markup("")


def _body(blocks: Sequence[Block], say: Say) -> list[Markup]:
    """Render what fits, and say how much did not; lines stand only between parts."""
    found: list[Markup] = []
    room = _ROOM
    for n, block in enumerate(blocks):
        new = _block(block, say) if n < _MOST_BLOCKS else None
        if new is None or len(new) > room:
            mark = Markup('<p class="note">… {} more</p>').format(len(blocks) - n)
            return [*found, mark]
        if new and (new != _RULE or (found and found[-1] != _RULE)):
            found.append(new)
            room -= len(new)
    return found[:-1] if found and found[-1] == _RULE else found


def _block(block: Block, say: Say) -> Markup:
    match block:
        case Paragraph():
            shown = say(block.text)
            return Markup("<p>{}</p>").format(shown) if shown else shown
        case Bullets():
            return _bullets(block, say)
        case Facts():
            return _facts(block, say)
        case Note():
            shown = say(block.text)
            return Markup('<p class="note">{}</p>').format(shown) if shown else shown
        case Divider():
            return _RULE
        case _:
            assert_never(block)


def _bullets(bullets: Bullets, say: Say) -> Markup:
    def bullet(item: Text) -> Markup:
        shown = say(item)
        return Markup("<li>{}</li>").format(shown) if shown else shown

    items, left = _fitting(bullets.items, bullet)
    left += max(bullets.more, 0)
    more = [Markup('<li class="more">… {} more</li>').format(left)] if left else []
    return _wrapped(Markup("<ul>\n{}\n</ul>"), [*items, *more])


def _facts(facts: Facts, say: Say) -> Markup:
    def fact(pair: tuple[str, Text]) -> Markup:
        label, value = said(pair[0], _LABEL).strip(), say(pair[1])
        if blank(label) and not value:
            return Markup("")
        return Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(label, value or "—")

    pairs, left = _fitting(facts.pairs, fact)
    more = Markup('<div class="more"><dt>…</dt><dd>{} more</dd></div>')
    return _wrapped(
        Markup('<dl class="facts">\n{}\n</dl>'), [*pairs, *([more.format(left)] if left else [])]
    )


def _wrapped(around: Markup, parts: list[Markup]) -> Markup:
    return around.format(Markup("\n").join(parts)) if parts else Markup("")


def _fitting(parts: Sequence[Part], render: Callable[[Part], Markup]) -> tuple[list[Markup], int]:
    """Render the first parts that fit, without the empty ones; and count those not looked at."""
    found: list[Markup] = []
    room = _LIST_ROOM
    for n, part in enumerate(parts[:_MOST_ITEMS]):
        new = render(part)
        room -= len(new)
        if room < 0:
            return found, len(parts) - n
        found += [new] if new else []
    return found, len(parts[_MOST_ITEMS:])
