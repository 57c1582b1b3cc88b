"""What fits a place in a line: words that the grammar knows, and names that a council has."""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.grammar.usage import Option, Slot
from bot.grammar.verbs import MEANINGS, VERBS
from bot.grammar.words import argument
from council.signal import SIGNAL_CLASSES

Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to name where somebody types; each list in the order in which it helps.

    `keys` are (key, name), `cases` (key, words), `people` (handle, name), `phases` and `playbooks`
    (id, name). `here` is the key of the initiative that owns the place, or empty.
    """

    keys: Names = ()
    cases: Names = ()
    people: Names = ()
    roles: tuple[str, ...] = ()
    phases: Names = ()
    playbooks: Names = ()
    here: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to write; `also` are other spellings; `closed` unless a quote is left open."""

    value: str
    label: str
    says: str = ""
    also: tuple[str, ...] = ()
    closed: bool = True


def offers(slot: Slot, known: Known) -> list[Offer]:
    """Return what fits a place."""
    if slot.text:
        return [Offer('"', f'"{slot.name}"', "In quotes", closed=False)]
    if slot.choices:
        return [Offer(each, each, MEANINGS.get(each, "")) for each in slot.choices]
    of_kind = _OF_KIND.get(slot.name)
    return of_kind(known) if of_kind else []


def _keys(known: Known) -> list[Offer]:
    rows = sorted(known.keys, key=lambda row: row[0] != known.here)
    return [Offer(key, key, name, (name,)) for key, name in rows]


def _cases(known: Known) -> list[Offer]:
    return [Offer(key, key, says, (key[2:], f"c{key[2:]}", says)) for key, says in known.cases]


def _roles(known: Known) -> list[Offer]:
    return [Offer(argument(name), name) for name in known.roles]


def _people(known: Known) -> list[Offer]:
    return [Offer(f"@{who}", f"@{who}", name, (name,)) for who, name in known.people]


def _classes(_: Known) -> list[Offer]:
    return [Offer(each, each, each.replace("_", " ")) for each in SIGNAL_CLASSES]


def _moments(_: Known) -> list[Offer]:
    said = (("1h", "In an hour"), ("tomorrow", "When work begins"), ("monday", "Next Monday"))
    return [Offer(each, each, says) for each, says in said]


def _verbs(_: Known) -> list[Offer]:
    return [Offer(each.name, each.name, each.says, each.aliases) for each in VERBS]


_OF_KIND: Mapping[str, Callable[[Known], list[Offer]]] = MappingProxyType(
    {
        "key": _keys,
        "case": _cases,
        "case or key": lambda known: [*_cases(known), *_keys(known)],
        "role": _roles,
        "person": _people,
        "@handle": _people,
        "signal class": _classes,
        "until": _moments,
        "verb": _verbs,
    }
)


def _days(_: Known) -> list[Offer]:
    return [Offer("tomorrow", "tomorrow"), Offer("monday", "monday", "The next one")]


def _numbers(_: Known) -> list[Offer]:
    return [Offer(each, each) for each in ("1", "2", "3")]


def _let_go(known: Known) -> list[Offer]:
    """Return each role as one that nobody takes over; who does is for the person to say."""
    return [Offer(argument(f"{name}=none"), f"{name}=none") for name in known.roles]


# What an option's value is called in the table of verbs, and what then fits.
_OF_VALUE: Mapping[str, Callable[[Known], list[Offer]]] = MappingProxyType(
    {
        "CLASS": _classes,
        "DATE": _days,
        "DAY": _days,
        "HANDLE": _people,
        "N": _numbers,
        "OLD=NEW": _let_go,
        "@handle": _people,
    }
)


def value_offers(option: Option, known: Known) -> list[Offer]:
    """Return what fits as an option's value; nothing where only the person knows."""
    if option.choices:
        return [Offer(each, each, MEANINGS.get(each, "")) for each in option.choices]
    if option.takes.startswith('"'):
        return [Offer('"', f'"{option.name[2:]}"', "In quotes", closed=False)]
    if option.takes == "HANDLE":
        return _people(known)
    of_kind = _OF_VALUE.get(option.takes)
    if of_kind:
        return of_kind(known)
    names = {"--phase": known.phases, "--playbook": known.playbooks}.get(option.name, ())
    return [Offer(argument(each), each, name, (name,)) for each, name in names]


def plain(text: str) -> str:
    """Return the spelling that compares equal whatever the case, quotes and what joins words."""
    return re.sub(r"[\s_\-\u2012-\u2015]+", " ", text.lower()).strip("@#\"'\u201c\u201d\u201e ")


def ranked(found: Sequence[Offer], typed: str, *, strict: bool) -> list[tuple[int, Offer]]:
    """Return (how far off, offer) of those that what is typed may become.

    With `strict` it must be how they begin, because it may just as well be free text.
    """
    wanted = plain(typed)
    scored = [(_score(each, wanted), each) for each in found]
    most = 0 if strict else 2
    return [(score, each) for score, each in scored if score <= most]


def _score(offer: Offer, wanted: str) -> int:
    spelled = [plain(each) for each in (offer.label, *offer.also)]
    if any(each.startswith(wanted) for each in spelled):
        return 0
    if any(word.startswith(wanted) for each in spelled for word in each.split()):
        return 1
    return 2 if any(wanted in each for each in spelled) else 3


def near(found: Sequence[Offer], typed: str) -> list[Offer]:
    """Return what is spelled nearly so, best first."""
    by_spelling: dict[str, Offer] = {}
    for each in found:
        for spelling in (each.label, *each.also):
            by_spelling.setdefault(plain(spelling), each)
    close = difflib.get_close_matches(plain(typed)[:40], by_spelling)
    return list(dict.fromkeys(by_spelling[each] for each in close))
