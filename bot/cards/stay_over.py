"""Words for a stay that is over: how long it was, who led, how it went on, what stayed open."""

from collections.abc import Sequence

from bot.cards import phrases
from bot.cards.model import Block, Bold, Note, Paragraph, Text, When
from council.moves import Ended

_SHOWN = 3


def blocks(ended: Ended) -> list[Block]:
    """Return what became of a stay, for whoever reads back in the channel."""
    zone = ended.led[0].timezone if ended.led else "UTC"
    length = phrases.span(ended.until - ended.since)
    led: Text = (" ", *phrases.people(ended.led), " led.") if ended.led else ()
    over: Text = ("Over since ", When(ended.until, zone), f", after {length}.", *led)
    found: list[Block] = [Paragraph(over), Paragraph(_went(ended))]
    if ended.left_open:
        found.append(Note((_open(ended.left_open),)))
    if ended.stayed:
        found.append(Note(("What was in production stayed there.",)))
    return found


def _went(ended: Ended) -> Text:
    """Return where it went from here, and by whose word."""
    key: Text = ()
    if ended.key:
        verb = "decided" if ended.key.startswith("D") else "agreed"
        by: Text = (f", {verb} by ", *phrases.people(ended.by)) if ended.by else ()
        key = (" (", Bold(ended.key), *by, ")")
    why = f": {ended.trigger}" if ended.trigger else ""
    match ended.kind:
        case "forward":
            return (f"It went on to {ended.to_name}", *key, ".")
        case "back":
            loop = f" That was loop {ended.loop}." if ended.loop else ""
            return (f"It went back to {ended.to_name}{why}", *key, f".{loop}")
        case "within":
            return (f"It began again{why}", *key, ".")
        case "end":
            return ("It ended here", *key, ".")
    return (f"It went on as {ended.to_name}, with another playbook.",)


def _open(texts: Sequence[str]) -> str:
    shown = "; ".join(texts[:_SHOWN])
    more = len(texts) - _SHOWN
    return f"Still open then: {shown}{f'; and {more} more' if more > 0 else ''}."
