"""What people say about handoffs: begin one, fill it in, offer it, take it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.items import pairs
from bot.grammar.line import Fault, Line
from bot.grammar.nouns.answers import Accept, declined
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_ref, quote

OFFER, WITHDRAW = "offer", "withdraw"


@dataclass(frozen=True, slots=True)
class Handoff(Command):
    """Begin a handoff of an initiative, or show it; `which` is as people call it.

    `version` says which version is handed over.
    """

    keyless: ClassVar[bool] = True

    key: str = ""
    which: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class ShowHandoff(Command):
    """Show a handoff."""

    ref: str


@dataclass(frozen=True, slots=True)
class FillHandoff(Command):
    """Fill items of a packet: (item, value) by number or text; a `link` belongs to the only item.

    `version` says which version is handed over.
    """

    ref: str
    items: tuple[tuple[str, str], ...] = ()
    link: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class AgainHandoff(Command):
    """Begin another handoff of the same kind, after one was accepted."""

    ref: str


@dataclass(frozen=True, slots=True)
class KeepHandoff(Command):
    """Fill what is open as last time."""

    ref: str


@dataclass(frozen=True, slots=True)
class OfferHandoff(Command):
    """Offer a packet; `anyway` with items still open."""

    shown: ClassVar[bool] = True

    ref: str
    anyway: bool = False
    version: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawHandoff(Command):
    """Take a packet back before it is accepted."""

    shown: ClassVar[bool] = True

    ref: str


@dataclass(frozen=True, slots=True)
class OpenHandoff(Command):
    """Do something with the one packet of an initiative that is open.

    `deed` is `offer`, `keep`, `withdraw`, or `again` of what was taken last. `anyway` and `version`
    are those of an offer.
    """

    keyless: ClassVar[bool] = True
    shown: ClassVar[bool] = True

    key: str = ""
    deed: str = OFFER
    anyway: bool = False
    version: str = ""

    def on(self, ref: str) -> Command:
        """Return the same of one handoff."""
        if self.deed == OFFER:
            return OfferHandoff(ref, self.anyway, self.version)
        return _DEEDS[self.deed](ref)


VERBS = (
    Verb(
        "handoff",
        ("handover", "hand-over", "hand", WITHDRAW),
        "handoff [key] [which] [--version V]",
        'handoff H-12 3 "monthly, from the warehouse"',
        "Hand a packet over: begin, fill in, offer, withdraw",
        first=True,
    ),
)
_DEEDS: Mapping[str, Callable[[str], Command]] = {
    "accept": Accept,
    "again": AgainHandoff,
    "keep": KeepHandoff,
    WITHDRAW: WithdrawHandoff,
}
# What is said of the one packet that is open, whatever its key.
_ON_OPEN = frozenset({OFFER, "again", "keep", WITHDRAW})
_BACK = ("decline", "return")
_KEY_AND_DEED = 2

Options = Mapping[str, list[str]]


def _handoff(line: Line) -> Command:
    if line.typed == WITHDRAW:
        return _withdraw(line)
    given = line.words
    ref = as_ref(given[0].text) if given and not given[0].quoted else ""
    if ref and len(given) > 1 and given[1].text.lower() in _BACK:
        return declined(line, ref, given[2:])
    words, options = line.options(("--version", "--link"), bare=("--anyway",))
    ref = as_ref(words[0].text) if words and not words[0].quoted else ""
    if ref:
        return _of(line, ref, words[1:], options)
    if found := _on_open(line, words, options):
        return found
    _only(line, options, "--version")
    key, rest = line.split_key(words, left_out=not words or line.names_here(words, 0))
    which = " ".join(word.text for word in rest)
    return Handoff(key, which, _first(options, "--version"))


def _withdraw(line: Line) -> Command:
    """Read `withdraw H-12`, or `withdraw` of the one packet that is open."""
    words, _ = line.options(())
    ref = as_ref(words[0].text) if words else ""
    if ref and not ref.startswith("H"):
        near = ("move <key> withdraw",) if ref.startswith("M") else ()
        raise line.refuse(Fault.BAD_VALUE, "handoff", words[0].text, near)
    line.end(words[1:])
    if ref:
        return WithdrawHandoff(ref)
    return OpenHandoff(line.key(words[0]) if words else line.here, WITHDRAW)


def _on_open(line: Line, words: Sequence[Word], options: Options) -> Command | None:
    """Read what is done with the one packet that is open: `handoff late-order offer`."""
    deed = words[-1].text.lower() if words and not words[-1].quoted else ""
    if deed not in _ON_OPEN or len(words) > _KEY_AND_DEED:
        return None
    if len(words) < _KEY_AND_DEED and deed in (line.keys or ()):
        return None
    _only(line, options, *(("--anyway", "--version") if deed == OFFER else ()))
    key = line.key(words[0]) if len(words) == _KEY_AND_DEED else line.here
    return OpenHandoff(key, deed, "--anyway" in options, _first(options, "--version"))


def _first(options: Options, name: str) -> str:
    return options.get(name, [""])[0]


def _only(line: Line, options: Options, *known: str) -> None:
    """Refuse an option that says nothing here."""
    for name in options:
        if name not in known:
            raise line.refuse(Fault.UNEXPECTED, name, name, known)


def _of(line: Line, ref: str, words: Sequence[Word], options: Options) -> Command:
    """Read what is said of one handoff."""
    deed = words[0].text.lower() if words and not words[0].quoted else ""
    if deed == "offer":
        line.end(words[1:])
        _only(line, options, "--anyway", "--version")
        return OfferHandoff(ref, "--anyway" in options, _first(options, "--version"))
    if deed in _DEEDS:
        line.end(words[1:])
        _only(line, options)
        return _DEEDS[deed](ref)
    _only(line, options, "--version", "--link")
    link, version = _first(options, "--link"), _first(options, "--version")
    items = tuple(pairs(line.knowing(handoff=ref), words, linked=bool(link)))
    if not (items or link or version):
        return ShowHandoff(ref)
    if link and len(items) != 1:
        raise line.missing("item")
    return FillHandoff(ref, items, link, version)


def _handoff_parts(form: Handoff) -> tuple[str, ...]:
    return "handoff", _named(form.key), _named(form.which), _version(form.version)


def _named(text: str) -> str:
    """Return a name as an argument: in quotes it is no deed, whatever it says."""
    plainly = text.lower() not in _ON_OPEN
    return (argument if plainly else quote)(text) if text else ""


def _version(said: str) -> str:
    return f"--version {argument(said)}" if said else ""


def _fill_parts(form: FillHandoff) -> tuple[str, ...]:
    pairs = [_pair(item, value) for item, value in form.items]
    link = f"--link {argument(form.link)}" if form.link else ""
    return "handoff", form.ref, *pairs, link, _version(form.version)


def _pair(item: str, value: str) -> str:
    named = item if item.isascii() and item.isdecimal() else quote(item)
    return f"{named} {quote(value)}" if value else named


def _offer_parts(form: OfferHandoff) -> tuple[str, ...]:
    anyway = "--anyway" if form.anyway else ""
    return "handoff", form.ref, "offer", anyway, _version(form.version)


def _on_open_parts(form: OpenHandoff) -> tuple[str, ...]:
    anyway = "--anyway" if form.anyway else ""
    return "handoff", form.key, form.deed, anyway, _version(form.version)


READERS: Mapping[str, Callable[[Line], Command]] = {"handoff": _handoff}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    Handoff: _handoff_parts,
    ShowHandoff: lambda form: ("handoff", form.ref),
    FillHandoff: _fill_parts,
    AgainHandoff: lambda form: ("handoff", form.ref, "again"),
    KeepHandoff: lambda form: ("handoff", form.ref, "keep"),
    OfferHandoff: _offer_parts,
    OpenHandoff: _on_open_parts,
    WithdrawHandoff: lambda form: ("handoff", form.ref, "withdraw"),
}
