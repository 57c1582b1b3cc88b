"""What people answer when they are asked: yes, no, done; the letter of the key says to what.

`H-12` is a handoff, `M-3` a proposed move, `A-1` an absence that asks for a deputy, `V-2` a review.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from bot.grammar.forms import NotMe
from bot.grammar.line import Fault, Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_case, as_handle, as_ref, quote


@dataclass(frozen=True, slots=True)
class Accept(Command):
    """Say yes; `conditions` are texts, each of which may end in ` @handle`, its owner."""

    shown: ClassVar[bool] = True

    ref: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decline(Command):
    """Say no; the first word of `reason` may be one of the codes that the subject knows.

    `next` is the day on which it may be offered anew, as people say it.
    """

    shown: ClassVar[bool] = True

    ref: str
    reason: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Done(Command):
    """Say that an item is done: of a handoff, a condition of it, or of a phase's lists.

    Or that a review is, or what was decided, by whoever was to do it.

    With `ref` the item belongs to that; without, to the initiative of `key`. No item asks what is
    still open. `undo` takes the mark back.
    """

    keyless: ClassVar[bool] = True

    key: str = ""
    ref: str = ""
    item: str = ""
    note: str = ""
    link: str = ""
    undo: bool = False

    def at(self, key: str) -> Command:
        """Return this command for the initiative of this key, unless it is about something else."""
        return self if self.ref else super(Done, self).at(key)


VERBS = (
    Verb(
        "done",
        ("check",),
        'done [key] [item] [--note "…"] [--link URL] [--undo]',
        "done late-order exit:o2 --link https://wiki.example.org/labels",
        "Check off what is done; alone, see what is still open",
        first=True,
    ),
    Verb(
        "accept",
        (),
        'accept <handoff> [--condition "…"]…',
        'accept H-12 --condition "p95 under 80 ms @mei"',
        "Say yes to what was offered or asked",
    ),
    Verb(
        "decline",
        ("notme", "not-me", "return"),
        "decline <case> [reason]",
        "decline C-31 away until Thursday",
        "Say no: a case is not yours, a handoff goes back",
    ),
)


def _ref(line: Line) -> str:
    if not line.words:
        raise line.missing("handoff")
    ref = as_ref(line.words[0].text)
    if not ref:
        raise line.refuse(Fault.BAD_VALUE, "handoff", line.words[0].text)
    return ref


def _accept(line: Line) -> Accept:
    """Read conditions; a person after them is the owner of the last one."""
    words, options = line.options((), many=("--condition",))
    ref = _ref(line)
    conditions = options.get("--condition", [])
    if len(words) > 1 and words[1].mention and conditions:
        conditions = [*conditions[:-1], f"{conditions[-1]} {words[1].text}"]
        words = words[1:]
    line.end(words[1:])
    return Accept(ref, tuple(conditions))


def _decline(line: Line) -> Command:
    if not line.words or as_case(line.words[0].text) or not as_ref(line.words[0].text):
        return _not_me(line)
    return declined(line, _ref(line), line.words[1:])


def declined(line: Line, ref: str, words: Sequence[Word]) -> Decline:
    """Read why, and at the end perhaps the day of the next offer (`--next Thursday`)."""
    at = next((at for at, word in enumerate(words) if word.option == "--next"), len(words))
    reason, after = words[:at], words[at + 1 :]
    line.end(after[1:])
    if at < len(words) and not after:
        raise line.missing("--next")
    before = replace(line, text=line.text[: words[at].start].rstrip()) if after else line
    return Decline(ref, before.rest(reason), after[0].text if after else "")


def _not_me(line: Line) -> NotMe:
    """Read whose case it is instead, if that is said right after the case; the rest is why."""
    case, words = line.case(), line.words[1:]
    if words and words[0].option == "--to":
        words = words[1:]
        if not words or not as_handle(words[0].text):
            raise line.missing("handle")
    elif len(words) > 1 and words[0].text.lower() == "to" and words[1].mention:
        words = words[1:]
    elif not words or not words[0].text.startswith(("@", "<@")) or words[0].quoted:
        return NotMe(case, line.rest(words))
    to = as_handle(words[0].text)
    return NotMe(case, line.rest(words[1:]), to) if to else NotMe(case, line.rest(words))


def _done(line: Line) -> Done:
    words, options = line.options(("--note", "--link"), bare=("--undo",))
    given = {name: values[0] for name, values in options.items()}
    note, link = given.get("--note", ""), given.get("--link", "")
    undo = "--undo" in options
    head, _, part = words[0].text.partition("/") if words else ("", "", "")  # H-12/1
    ref = as_ref(head) if words and not words[0].quoted else ""
    if ref:
        item = " ".join(filter(None, (part, *(word.text for word in words[1:]))))
        return Done("", ref, item, note, link, undo)
    left_out = not words or line.names_here(words, 1)
    key, rest = ("", words) if left_out else line.split_key(words, left_out=False)
    item = " ".join(word.text for word in rest)
    return Done(key or (line.here if left_out else ""), "", item, note, link, undo)


def _option(name: str, value: str) -> str:
    return f"{name} {quote(value)}" if value else ""


def _accept_parts(form: Accept) -> tuple[str, ...]:
    return "accept", form.ref, *(_option("--condition", each) for each in form.conditions)


def _decline_parts(form: Decline) -> tuple[str, ...]:
    later = f"--next {quote(form.next)}" if form.next else ""
    return "decline", form.ref, quote(form.reason) if form.reason else "", later


def _done_parts(form: Done) -> tuple[str, ...]:
    return (
        "done",
        form.ref or form.key,
        argument(form.item) if form.item else "",
        _option("--note", form.note),
        _option("--link", form.link),
        "--undo" if form.undo else "",
    )


READERS: Mapping[str, Callable[[Line], Command]] = {
    "accept": _accept,
    "decline": _decline,
    "done": _done,
}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    Accept: _accept_parts,
    Decline: _decline_parts,
    Done: _done_parts,
}
