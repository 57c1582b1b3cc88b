"""The items of a packet and what goes into them, as people type both on one line."""

from collections.abc import Sequence

from bot.grammar.line import Fault, Line
from bot.grammar.words import Word, quote

_SEVERAL = 2
_DIGITS = 2


def pairs(line: Line, words: Sequence[Word], *, linked: bool) -> list[tuple[str, str]]:
    """Return (item, value) pairs: a value stands in quotes, is a web address, or ends the line.

    An item of several words needs no quotes before a value in quotes, nor where only a link is
    given for it.
    """
    found: list[tuple[str, str]] = []
    left = list(words)
    while left:
        item, left = _item(left, linked=linked)
        if not left and not linked:
            raise line.missing("value")
        if left and _is_value(left[0]):
            found.append((item, left.pop(0).text))
        else:
            _one_value(line, found, item, left)
            found.append((item, " ".join(word.text for word in left)))
            left = []
    return found


def _one_value(
    line: Line, before: Sequence[tuple[str, str]], item: str, words: Sequence[Word]
) -> None:
    """Refuse what may be several items, though it could be one value: `2 b 3 c`."""
    parts = [[item]]
    for place, word in enumerate(words):
        begins = 0 < place < len(words) - 1 and _is_number(word.text)
        parts.append([word.text]) if begins else parts[-1].append(word.text)
    if len(parts) < _SEVERAL or not _is_number(item):
        return
    read = "".join(f" {name} {quote(value)}" for name, value in before)
    lead = f"{line.typed} {line.known['handoff']}{read}"
    each = " ".join(f"{part[0]} {quote(' '.join(part[1:]))}" for part in parts)
    value = " ".join(word.text for word in words)
    either = (f"{lead} {each}", f"{lead} {item} {quote(value)}")
    raise line.refuse(Fault.BAD_VALUE, "value", value, either)


def _is_number(text: str) -> bool:
    """Tell whether a word may be the number of an item."""
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS


def _is_value(word: Word) -> bool:
    """Tell whether a word can only be a value: it stands in quotes, or is a web address."""
    return word.quoted or word.text.lower().startswith(("https://", "http://"))


def _item(words: list[Word], *, linked: bool) -> tuple[str, list[Word]]:
    """Return the item that comes first, and the words after it."""
    if words[0].quoted:
        return words[0].text, words[1:]
    at = next((at for at, word in enumerate(words) if _is_value(word)), 0)
    if not at:
        at = len(words) if linked else 1
    return " ".join(word.text for word in words[:at]), words[at:]
