"""Text to a typed command; pure, and blind to the database."""

import difflib
import re
from collections.abc import Callable, Collection, Sequence
from types import MappingProxyType

from bot.grammar import nouns
from bot.grammar.forms import (
    BANDS,
    OUTCOMES,
    TIERS,
    Ack,
    Assign,
    Close,
    Flag,
    Help,
    ListInitiatives,
    Mine,
    New,
    ShowCase,
    Simulate,
    Status,
)
from bot.grammar.line import Fault, Line, NotUnderstood
from bot.grammar.rendering import render
from bot.grammar.verb import Command, Verb
from bot.grammar.verbs import BY_WORD, NOT_BUILT, VERBS, nearest
from bot.grammar.words import (
    UnclosedQuote,
    Word,
    argument,
    as_channel,
    as_handle,
    as_key,
    as_rota,
    clean,
    split,
)
from council.signal import SIGNAL_CLASSES

__all__ = ["LONGEST", "VERBS", "Command", "Fault", "NotUnderstood", "Verb", "parse", "render"]

LONGEST = 3_000
ADDRESS = re.compile(r"\s*(?:[/@]council[:,]?(?=\s|\Z)\s*)*", re.IGNORECASE)
_FIRST = re.compile(r"\S*")
_SHOWN = 200  # characters of a line that is too long to be repeated


def parse(text: str, here: str | None = None, keys: Collection[str] | None = None) -> Command:
    """Read one line, or raise `NotUnderstood`.

    `here` is the key of the initiative that owns the place, if one does. `keys` are keys that are
    known to exist; a caller that has not looked leaves it out, and the shape of a word decides.
    """
    if len(text) > LONGEST:
        raise _unread(clean(text[:_SHOWN]), Fault.TOO_LONG, value=str(len(text)))
    line = clean(text)
    address = ADDRESS.match(line)
    line = line[address.end() if address else 0 :].rstrip()
    first = _FIRST.match(line)
    typed = first[0].lower() if first else ""
    if not typed:
        raise _unread(line, Fault.EMPTY)
    if shown := nouns.opened(line):
        return shown
    verb = _verb(line, typed)
    try:
        words = split(line, len(typed))
    except UnclosedQuote as unclosed:
        raise NotUnderstood(
            line, Fault.BAD_VALUE, "quote", str(unclosed), usage=verb.usage, example=verb.example
        ) from None
    return _READERS[verb.name](Line(line, typed, verb, words, here or "", keys))


def _unread(
    line: str, code: Fault, verb: str = "help", value: str = "", near: tuple[str, ...] = ()
) -> NotUnderstood:
    known = BY_WORD[verb]
    return NotUnderstood(line, code, "verb", value, near, known.usage, known.example)


def _verb(line: str, word: str) -> Verb:
    if word in BY_WORD:
        return BY_WORD[word]
    if word in NOT_BUILT:
        instead = NOT_BUILT[word]
        raise _unread(line, Fault.NOT_BUILT, instead, word, (instead,))
    near = nearest(word)
    raise _unread(line, Fault.UNKNOWN_VERB, near[0] if near else "help", word, near)


def _help(line: Line) -> Help:
    line.end(line.words[1:])
    if not line.words:
        return Help()
    return Help(_verb(line.text, line.words[0].text.lower()).name)


_NEW_OPTIONS = (
    "--key",
    "--playbook",
    "--phase",
    "--tier",
    "--channel",
    "--question",
    "--objective",
)


def _new(line: Line) -> New:
    words, options = line.options(_NEW_OPTIONS, ("--private",), ("--model",))
    given = {name: values[0] for name, values in options.items()}
    key, tier = given.get("--key", ""), given.get("--tier", "")
    models = tuple(options.get("--model", ()))
    line = line.knowing(models=" ".join(f"--model {argument(each)}" for each in models))
    line = line.knowing(**{option.lstrip("-"): value for option, value in given.items() if value})
    name = _name(line, words)
    line = line.knowing(name=name)
    return New(
        name=name,
        key=line.key(Word(key, 0)) if key else "",
        playbook=given.get("--playbook", ""),
        phase=given.get("--phase", ""),
        tier=int(line.one_of(TIERS, "--tier", tier)) if tier else None,
        models=models,
        channel=as_channel(given.get("--channel", "")),
        question=given.get("--question", ""),
        objective=given.get("--objective", ""),
        private="--private" in options,
    )


def _name(line: Line, words: Sequence[Word]) -> str:
    if any(word.quoted for word in words):
        line.end(words[1:])
    name = " ".join(word.text for word in words)
    if not name:
        raise line.missing("name")
    return name


def _list(line: Line) -> ListInitiatives:
    words, options = line.options(("--phase",), bare=("--all",))
    line.end(words)
    return ListInitiatives(options.get("--phase", [""])[0], archived="--all" in options)


def _mine(line: Line) -> Mine:
    line.end(line.words)
    return Mine()


def _status(line: Line) -> Status:
    return Status(_only_key(line))


def _only_key(line: Line) -> str:
    line.end(line.words[1:])
    return line.key(line.words[0]) if line.words else line.here


def _assign(line: Line) -> Assign:
    given, options = line.options((), bare=("--remove",))
    key, words = line.split_key(given, left_out=line.names_here(given, 2))
    at = next((at for at, word in enumerate(words) if word.mention), max(len(words) - 1, 1))
    role = " ".join(word.text for word in words[:at])
    given_to = words[at].text if at < len(words) else ""
    handle = as_rota(given_to) or as_handle(given_to)
    remove = "--remove" in options or line.typed == "unassign"
    line = line.knowing(key=key, role=role, handle=handle, remove="yes" if remove else "")
    if not role:
        raise line.missing("role")
    if at >= len(words):
        raise line.missing("handle")
    line.end(words[at + 1 :])
    if not handle:
        raise line.refuse(Fault.BAD_VALUE, "handle", words[at].text)
    return Assign(key, role, handle, remove=remove)


def _signal_class(words: Sequence[Word]) -> tuple[str, int]:
    """Return the signal class that the words begin with, and of how many words it is."""
    for count in (2, 1):
        if count > len(words) or any(word.quoted for word in words[1:count]):
            continue
        name = re.sub(r"[\s-]+", "_", "_".join(word.text for word in words[:count])).lower()
        if name in SIGNAL_CLASSES:
            return name, count
    return "", 0


def _band(words: Sequence[Word]) -> str:
    """Return the band that the words begin with; text in quotes is none."""
    bare = bool(words) and not words[0].quoted and words[0].text.lower() in BANDS
    return words[0].text.lower() if bare else ""


def _flag(line: Line) -> Flag:
    words: Sequence[Word] = line.words
    in_quotes = bool(words) and words[-1].quoted
    said = in_quotes or _signal_class(words)[1] or _band(words)
    near = () if said else line.near_keys(words)
    if near and as_key(words[0].text) != near[0]:
        raise line.refuse(Fault.BAD_VALUE, "key", words[0].text, near)
    left_out = not near and _key_is_left_out(line, 1, by_shape=in_quotes)
    key, words = line.split_key(words, left_out=left_out)
    signal_class, count = ("", 0) if _all_text(words) else _signal_class(words)
    words = words[count:]
    if band := _band(words):
        words = words[1:]
    line = line.knowing(key=key, signal_class=signal_class, band=band)
    if len(words) > 1 and in_quotes and _misspelt_class(words[0]):
        line.one_of(SIGNAL_CLASSES, "signal class", words[0].text)
    what = line.rest(words)
    if not what:
        raise line.missing("what")
    return Flag(key, what, signal_class, band)


def _key_is_left_out(line: Line, least: int, *, by_shape: bool = False) -> bool:
    """Tell, beyond the common rule, a signal class or a band from an initiative called like one.

    No signal class follows a signal class or a band, but one may follow a key.
    """
    words = line.words
    if line.names_here(words, least, by_shape=by_shape):
        return True
    if not line.here or not words or words[0].text.lower() == line.here:
        return False
    count = _signal_class(words)[1] or len(_band(words)[:1])
    return bool(count) and (_all_text(words[count:]) or not _signal_class(words[count:])[0])


def _all_text(words: Sequence[Word]) -> bool:
    return len(words) == 1 and words[0].quoted


def _misspelt_class(word: Word) -> bool:
    return bool(difflib.get_close_matches(word.text.lower(), SIGNAL_CLASSES, cutoff=0.75))


def _simulate(line: Line) -> Simulate:
    key, words = line.split_key(line.words, left_out=_key_is_left_out(line, 2))
    line = line.knowing(key=key)
    if not words:
        raise line.missing("signal class")
    signal_class, count = _signal_class(words)
    if not count:
        line.one_of(SIGNAL_CLASSES, "signal class", words[0].text)
    line = line.knowing(signal_class=signal_class)
    if len(words) == count:
        raise line.missing("band")
    line.end(words[count + 1 :])
    return Simulate(key, signal_class, line.one_of(BANDS, "band", words[count].text))


def _case(line: Line) -> ShowCase:
    line.end(line.words[1:])
    return ShowCase(line.case() if line.words else "")


def _ack(line: Line) -> Ack:
    case = line.case()
    line.end(line.words[1:])
    return Ack(case)


def _close(line: Line) -> Close:
    line = line.knowing(outcome=line.typed) if line.typed in OUTCOMES else line
    case, words = line.case(), line.words[1:]
    if line.typed == "noise":
        return Close(case, "noise", line.rest(words))
    outcome = words[0].text.lower() if words and not words[0].quoted else ""
    if outcome in OUTCOMES:
        return Close(case, outcome, line.rest(words[1:]))
    return Close(case, reason=line.rest(words))


_READERS: MappingProxyType[str, Callable[[Line], Command]] = MappingProxyType(
    {
        "ack": _ack,
        "assign": _assign,
        "case": _case,
        "close": _close,
        "flag": _flag,
        "help": _help,
        "list": _list,
        "mine": _mine,
        "new": _new,
        "simulate": _simulate,
        "status": _status,
        **nouns.READERS,
    },
)
