"""Words for what is open with somebody: counted by what it is, and listed with what it asks."""

from collections.abc import Sequence

from bot.cards import phrases
from bot.cards.model import Block, Bold, Bullets, Code, Paragraph, Text, When
from council.waits import Waiting

_SHOWN = 8
# What waits, by code: the noun to count, and what is asked.
_NOUNS = {
    "answer_case": ("case", "wants an answer"),
    "in_hand": ("case", "is in hand"),
    "answer_handoff": ("handoff", "wants an answer"),
    "fill_handoff": ("handoff", "is being filled in"),
    "close_condition": ("condition", "is to be closed"),
    "answer_move": ("move", "wants an answer"),
    "choose": ("huddle", "wants a choice"),
    "confirm": ("decision", "wants a yes or no"),
    "do_decision": ("decision", "is to be carried out"),
    "say_outcome": ("decision", "wants to know how it went"),
    "look_back": ("review", "waits to be written"),
}


def noun(code: str) -> str:
    """Return what something is called that waits, to be counted."""
    return _NOUNS.get(code, ("thing", ""))[0]


def open_list(found: Sequence[Waiting], zone: str) -> list[Block]:
    """Return what is open, on the clock of whoever reads it; nothing, if nothing is."""
    return [Paragraph((Bold("Open now"),)), bullets(found, zone)] if found else []


def bullets(found: Sequence[Waiting], zone: str) -> Bullets:
    """Return the list alone; what is left out is counted."""
    items = tuple(_open(each, zone) for each in found[:_SHOWN])
    return Bullets(items, max(0, len(found) - _SHOWN))


def _open(each: Waiting, zone: str) -> Text:
    asks = _NOUNS.get(each.code, ("", "is open"))[1]
    # Where no person gave it a name, the text is the class of signals that it is about.
    about = each.text if " " in each.text else phrases.class_name(each.text)
    due: Text = (" by ", When(each.due, zone)) if each.due else ()
    return (Bold(each.key), f" {about} {asks}", *due, " · ", Code(each.initiative))
