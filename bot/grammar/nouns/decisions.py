"""What people say to decide, and to tell how a decision turned out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from bot.grammar.line import Fault, Line
from bot.grammar.nouns.huddles import as_option, as_text, said
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_case, as_handle, as_ref

OUTCOMES = ("worked", "partly", "did_not_work", "cannot_tell")
# The decisions that every playbook knows; one of its own is given by its name.
DECISIONS = (
    "keep_watching",
    "fix_data",
    "roll_back",
    "fall_back",
    "recalibrate",
    "retrain",
    "re_engineer_features",
    "change_input_data",
    "change_technique",
    "retire",
)
# The options of `decide`, each by what it states.
STATED = {
    "--hypothesis": "hypothesis",
    "--data-window": "data_window",
    "--features": "features",
    "--sources": "sources",
    "--target-version": "target_version",
    "--fallback": "fallback",
    "--owner": "owner",
    "--replacement": "replacement_or_none",
    "--approved-by": "approval_sponsor",
    "--expect": "expected_effect",
    "--check": "effect_check_date",
    "--next-check": "next_check",
}
_DAYS = frozenset({"--check", "--next-check"})
_AHEAD = re.compile(r"in \w+ (?:day|week|month)s?", re.IGNORECASE)
_PEOPLE = ("owner", "approval_sponsor")
_SPELLINGS = {
    **{each.replace("_", " "): each for each in DECISIONS},
    "watch": "keep_watching",
    "rollback": "roll_back",
    "fallback": "fall_back",
    "re engineer": "re_engineer_features",
    "reengineer": "re_engineer_features",
    "reengineer features": "re_engineer_features",
    "fix the data": "fix_data",
    "re train": "retrain",
    "throttle": "recalibrate",
    "change the input data": "change_input_data",
    "change the technique": "change_technique",
}
_OUTCOME_WORDS = {
    **{each.replace("_", " "): each for each in OUTCOMES},
    "yes": "worked",
    "it worked": "worked",
    "partially": "partly",
    "no": "did_not_work",
    "not": "did_not_work",
    "didnt work": "did_not_work",
    "failed": "did_not_work",
    "unsure": "cannot_tell",
    "cant tell": "cannot_tell",
}


@dataclass(frozen=True, slots=True)
class Options(Command):
    """Show what can be decided: in the huddle of `ref` (`R-7`, `C-31`), or the initiative's."""

    keyless: ClassVar[bool] = True

    key: str = ""
    ref: str = ""

    def at(self, key: str) -> Command:
        """Return this command for the initiative of this key, unless a huddle is named."""
        return self if self.ref else super(Options, self).at(key)


@dataclass(frozen=True, slots=True)
class Decide(Command):
    """Choose in a huddle, or about a case (`ref`), or in the open huddle of an initiative.

    `stated` holds (name, text) in the order of `STATED`, and people by handle. `refused` are
    options that were looked at and not taken, each as `option: why`.
    """

    ref: str
    option: str
    reason: str = ""
    stated: tuple[tuple[str, str], ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowDecision(Command):
    """Show a decision; with `asking`, or if that is due, ask how it turned out."""

    ref: str
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Outcome(Command):
    """Say how a decision turned out."""

    shown: ClassVar[bool] = True

    ref: str
    how: str
    note: str = ""


VERBS = (
    Verb(
        "decide",
        ("choose",),
        'decide <huddle> [decision] [reason] [--hypothesis "…"] [--data-window "…"]'
        ' [--expect "…"] [--check DATE] [--owner HANDLE] [--features LIST] [--sources "…"]'
        ' [--target-version V] [--fallback "…"] [--next-check DATE] [--replacement "…"]'
        ' [--approved-by HANDLE] [--refused "option: why"]…',
        'decide R-7 roll back "v7 learnt from a broken feed" --target-version 6',
        "Choose in a huddle; alone, see what can be decided",
        first=True,
    ),
    Verb(
        "outcome",
        ("effect",),
        "outcome <decision> <worked|partly|did_not_work|cannot_tell> [reason]",
        'outcome D-9 worked "MAE is 5.4 now"',
        "Say how a decision turned out",
    ),
)


def _decide(line: Line) -> Command:
    if not line.words:
        return Options(line.here)
    line = replace(line, words=tuple(_with_whole_days(line.words)))
    given, options = line.options(tuple(STATED), many=("--refused",))
    words: Sequence[Word] = given
    if not words:
        raise line.missing("huddle")
    if shown := _shown(line, words[0]) if len(words) == 1 and not options else None:
        return shown
    ref, words = _subject(line, words)
    line = line.knowing(huddle=ref)
    option, rest = _option_of(words)
    stated = _stated(line, options)
    refused = tuple(options.get("--refused", ()))
    if not option:
        if stated or refused:
            raise line.missing("decision")
        return Options("", ref)
    return Decide(ref, option, said(rest), stated, refused)


def _shown(line: Line, word: Word) -> Command | None:
    """Return what a word alone shows: a decision, or an initiative's options."""
    ref = as_ref(word.text)
    if ref.startswith("D-"):
        return ShowDecision(ref)
    if ref.startswith("R-") or as_case(word.text) or word.quoted:
        return None
    return Options(line.key(word))


def _subject(line: Line, words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """Return the huddle, the case, or the initiative whose huddle is meant; and the words after it.

    Where the line begins with a decision, it is the initiative of the place.
    """
    text = words[0].text
    ref = as_ref(text)
    ref = ref if ref.startswith("R-") else as_case(text)
    if ref:
        return ref, words[1:]
    if words[0].quoted:
        raise line.refuse(Fault.BAD_VALUE, "huddle", text)
    known = line.keys is not None and text.lower() in line.keys
    if not known and _option_of(words)[0] in DECISIONS:
        if not line.here:
            raise line.missing("huddle")
        return line.here, words
    return line.key(words[0]), words[1:]


def _with_whole_days(words: Sequence[Word]) -> Iterator[Word]:
    """Take a day of several words after an option for a day, such as `in 3 weeks`, as one."""
    at = 0
    while at < len(words):
        yield words[at]
        day = words[at + 1 : at + 4]
        bare = not any(each.quoted for each in day)
        text = " ".join(each.text for each in day)
        at += 1
        if words[at - 1].option in _DAYS and bare and _AHEAD.fullmatch(text):
            yield Word(text, day[0].start)
            at += len(day)


def _option_of(words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """Return the decision that the words begin with, and what is said after it."""
    bare = next((n for n, word in enumerate(words) if word.quoted), len(words))
    if words and not bare:
        return words[0].text, words[1:]
    for count in range(min(bare, 4), 0, -1):
        found = _SPELLINGS.get(_plain(words[:count]))
        if found:
            return found, words[count:]
    return "_".join(word.text for word in words[:bare]), words[bare:]


def _plain(words: Sequence[Word]) -> str:
    text = " ".join(word.text for word in words).lower()
    return re.sub(r"[\s_\-\u2012-\u2015]+", " ", re.sub(r"['\u2019]", "", text)).strip()


def _stated(line: Line, options: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    found = []
    for option, name in STATED.items():
        if option not in options:
            continue
        text = options[option][0]
        if name in _PEOPLE:
            handle = as_handle(text)
            if not handle:
                raise line.refuse(Fault.BAD_VALUE, option, text)
            text = handle
        found.append((name, text))
    return tuple(found)


def _outcome(line: Line) -> Command:
    if not line.words:
        raise line.missing("decision")
    ref = as_ref(line.words[0].text)
    if not ref:  # the key of something else is the council's to refuse
        raise line.refuse(Fault.BAD_VALUE, "decision", line.words[0].text)
    words = line.words[1:]
    if not words:
        return ShowDecision(ref, asking=True)
    line = line.knowing(decision=ref)
    bare = next((n for n, word in enumerate(words) if word.quoted), len(words))
    for count in range(min(bare, 3), 0, -1):
        found = _OUTCOME_WORDS.get(_plain(words[:count]))
        if found:
            return Outcome(ref, found, line.rest(words[count:]))
    line.one_of(OUTCOMES, "outcome", words[0].text)
    return Outcome(ref, words[0].text.lower(), line.rest(words[1:]))


def _decide_parts(form: Decide) -> tuple[str, ...]:
    stated = dict(form.stated)
    options = (as_option(option, stated.get(name, "")) for option, name in STATED.items())
    refused = (as_option("--refused", each) for each in form.refused)
    reason = as_text(form.reason)
    return "decide", form.ref, argument(form.option), reason, *options, *refused


READERS: Mapping[str, Callable[[Line], Command]] = {"decide": _decide, "outcome": _outcome}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    Options: lambda form: ("decide", form.ref or form.key),
    Decide: _decide_parts,
    ShowDecision: lambda form: ("outcome" if form.asking else "decide", form.ref),
    Outcome: lambda form: ("outcome", form.ref, form.how, as_text(form.note)),
}
