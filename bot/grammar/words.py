"""Text to words and back: cleaning, quotes, dashes, and the shapes of keys, cases and handles."""

import re
import unicodedata
from dataclasses import dataclass

# Marks that reorder or hide text; joiners stay, because scripts and emoji need them.
_HIDDEN = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff\ufff9\ufffa\ufffb").union(
    map(chr, range(0x202A, 0x202F)), map(chr, range(0x2066, 0x206A))
)
_DASHES = "-\u2012\u2013\u2014\u2015\u2212"

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_CASE = re.compile(rf"#?(?:[cC][{_DASHES}]?)?0*([1-9][0-9]{{0,8}})")
_REF = re.compile(rf"#?([hrdmavHRDMAV])[{_DASHES}]?0*([1-9][0-9]{{0,8}})")
_HANDLE = re.compile(r"@?(\w[\w.+@-]{0,79})")
_MENTION = re.compile(r"<@([^\s<>|]+)(?:\|[^<>]*)?>")
_GROUP = re.compile(r"<!subteam\^([A-Za-z0-9]+)(?:\|[^<>]*)?>")
_CALENDAR = re.compile(r"<?((?:https|webcals?)://[^\s<>|]+)(?:\|[^<>]*)?>?", re.IGNORECASE)
_CHANNEL = re.compile(r"<#([^\s<>|]+)(?:\|[^<>]*)?>")

_OPTION = re.compile(rf"[{_DASHES}]+([A-Za-z][A-Za-z-]*)")
_OPTION_WITH_VALUE = re.compile(rf"[{_DASHES}]+[A-Za-z][A-Za-z-]*(?==\S)")
_BARE = re.compile(r"<[@#][^<>]*>(?=\s|\Z)|\S+")
_SPACE = re.compile(r"\s*")
_PLAIN = re.compile(r"[A-Za-z0-9_./:+][A-Za-z0-9_./:+-]*")


def _quoted(closers: str) -> re.Pattern[str]:
    """Match from an opening quote to a closing one at the end of an argument; doubled is a letter.

    Only one branch fits at any place, so no doubled quote is ever taken apart and time stays
    linear. A possessive group would say so too, and matches wrongly before Python 3.11.5.
    """
    body = rf"(?:[^{closers}]|([{closers}])\2|([{closers}])(?!\3|\s|\Z))*"
    return re.compile(rf".({body})[{closers}](?=\s|\Z)", re.DOTALL)


_DOUBLE = {
    '"': '"',
    "\u201c": '\u201d\u201c"',
    "\u201d": '\u201d\u201c"',
    "\u201e": '\u201d\u201c"',
}
# An apostrophe looks the same: these open an argument only where they also close it.
_SINGLE = {"'": "'", "\u2018": "\u2019'", "\u2019": "\u2019"}
QUOTES = {
    opener: (_quoted(closers), re.compile(rf"([{closers}])\1"))
    for opener, closers in (_DOUBLE | _SINGLE).items()
}


class UnclosedQuote(Exception):
    """An argument opens with a quote that nothing closes; carries the text from there."""


@dataclass(frozen=True, slots=True)
class Word:
    """One argument; `start` is where it begins in the line."""

    text: str
    start: int
    quoted: bool = False

    @property
    def option(self) -> str:
        """The name of the option that this word is, with its dashes; empty if it is none."""
        found = None if self.quoted else _OPTION.fullmatch(self.text)
        return "--" + found[1].lower() if found else ""

    @property
    def mention(self) -> bool:
        """Whether this word can only be a person, or a rota of people."""
        return not self.quoted and (self.text.startswith(("@", "<@")) or bool(as_rota(self.text)))


def clean(text: str) -> str:
    """Drop control, surrogate, bidi and hidden characters; line breaks and tabs become spaces."""
    return "".join(map(_cleaned, text))


def _cleaned(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zl", "Zp"} and char.isspace():
        return " "
    return "" if category in {"Cc", "Cs"} or char in _HIDDEN else char


def split(text: str, at: int = 0) -> tuple[Word, ...]:
    """Return the arguments of a clean line from `at` on, or raise `UnclosedQuote`."""
    words: list[Word] = []
    at = _after_space(text, at)
    while at < len(text):
        word, at = _next(text, at)
        words.append(word)
        at = _after_space(text, at)
    return tuple(words)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _next(text: str, at: int) -> tuple[Word, int]:
    if option := _OPTION_WITH_VALUE.match(text, at):
        return Word(option[0], at), option.end() + 1
    opener = text[at]
    if opener in QUOTES:
        pattern, doubled = QUOTES[opener]
        if whole := pattern.match(text, at):
            return Word(doubled.sub(r"\1", whole[1]).strip(), at, quoted=True), whole.end()
        if opener in _DOUBLE:
            raise UnclosedQuote(text[at:])
    bare = _BARE.match(text, at)
    end = bare.end() if bare else len(text)
    return Word(text[at:end], at), end


def quote(text: str) -> str:
    """Return `text` as one argument in quotes."""
    return '"' + text.replace('"', '""') + '"'


def argument(text: str) -> str:
    """Return `text` as one argument, in quotes only where it needs them."""
    return text if _PLAIN.fullmatch(text) else quote(text)


def as_key(text: str) -> str:
    """Return the initiative key that `text` is, or an empty string."""
    key = text.lower()
    return key if _KEY.fullmatch(key) else ""


def slug(text: str) -> str:
    """Return the key that `text` may have been meant as, or an empty string."""
    return as_key(re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40])


def as_case(text: str) -> str:
    """Return the case key that `text` is (`C-31`), or an empty string."""
    found = _CASE.fullmatch(text)
    return f"C-{found[1]}" if found else ""


def as_ref(text: str) -> str:
    """Return the key that `text` is (`H-12`, `R-7`, `D-9`, `M-3`, `A-1`, `V-2`), or nothing.

    Cases have a door of their own (`as_case`), because their letter may be left out.
    """
    found = _REF.fullmatch(text)
    return f"{found[1].upper()}-{found[2]}" if found else ""


def as_handle(text: str) -> str:
    """Return the handle that `text` is, `me` or `<@id>`, or an empty string."""
    if mention := _MENTION.fullmatch(text):
        return f"<@{mention[1]}>"
    found = _HANDLE.fullmatch(text)
    if not found:
        return ""
    return "me" if found[1].lower() == "me" else found[1]


def as_rota(text: str) -> str:
    """Return the group (`<!subteam^S1>`) or the calendar's address that `text` is, or nothing."""
    if group := _GROUP.fullmatch(text):
        return f"<!subteam^{group[1]}>"
    found = _CALENDAR.fullmatch(text)
    return found[1] if found else ""


def as_channel(text: str) -> str:
    """Return the channel's id; Slack writes a channel that is mentioned as `<#C1|name>`."""
    found = _CHANNEL.fullmatch(text)
    return found[1] if found else text
