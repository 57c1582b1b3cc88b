"""Words for what waits for somebody, whichever noun it belongs to."""

from collections.abc import Mapping, Sequence

from bot.cards import choices, phrases
from bot.cards.model import Block, Bold, Bullets, Button, Code, Paragraph, Text, When
from council.signal import SIGNAL_CLASSES
from council.waits import Waiting

_SHOWN = 6
# What is asked, and what is typed to see or answer it; {ref} is the key without a part after it.
_ASKED: Mapping[str, tuple[str, str]] = {
    "answer_handoff": ("to take over", "handoff {ref}"),
    "fill_handoff": ("to hand over", "handoff {ref}"),
    "close_condition": ("to close a condition", "handoff {ref}"),
    "answer_move": ("to agree to a move", "move {initiative}"),
    "choose": ("to choose", "huddle {ref}"),
    "confirm": ("to confirm", "decide {ref}"),
    "say_outcome": ("to say how it turned out", "outcome {ref}"),
    "stand_in": ("to say who stands in", "accept {ref}"),
    "look_back": ("to look back together", "{ref}"),
    "do_decision": ("to do what was decided", "decide {ref}"),
}
_OF_DECISIONS = frozenset({"confirm", "do_decision", "say_outcome"})


def asked(code: str) -> str:
    """Return what is asked of whom it waits for: to take over, to agree to a move."""
    return _ASKED[code][0] if code in _ASKED else "to answer"


def knows(code: str) -> bool:
    """Whether something of this code waits for an answer."""
    return code in _ASKED


def opening(each: Waiting, *, primary: bool = False) -> Button:
    """Return the button that shows what waits, or answers it."""
    ref = each.key.partition("/")[0]
    command = _ASKED.get(each.code, ("", "status {initiative}"))[1]
    line = command.format(ref=ref, initiative=each.initiative)
    return Button(f"Open {each.key}", line, primary=primary)


def on_initiative(waiting: Sequence[Waiting]) -> list[Block]:
    """Return what waits on one initiative, and for whom."""
    lines = [_line(each) for each in waiting]
    if not lines:
        return []
    shown = Bullets(tuple(lines[:_SHOWN]), max(0, len(lines) - _SHOWN))
    return [Paragraph((Bold("Waiting"),)), shown]


def _line(each: Waiting) -> Text:
    names = phrases.people(each.people) if each.people else ("nobody yet",)
    return (Bold(each.key), f" {_about(each)} · ", *names, f" {asked(each.code)}", *_by(each))


def _about(each: Waiting) -> str:
    """Return what it is about, in words: a huddle is about a signal class, a decision is a kind."""
    if each.code in _OF_DECISIONS:
        return choices.plainly(each.text)
    return phrases.class_name(each.text) if each.text in SIGNAL_CLASSES else each.text


def _by(each: Waiting) -> Text:
    if each.due is None:
        return ()
    zone = each.people[0].timezone if each.people else "UTC"
    return (" by ", When(each.due, zone))


def on_others(waiting: Sequence[Waiting]) -> Bullets | None:
    """Return what somebody handed over that waits for others, and for whom; None for nothing."""
    lines: list[Text] = [
        (
            Bold(each.key),
            f" {each.text} · waits for ",
            *(phrases.people(each.people) or ("nobody yet",)),
            *_by(each),
            " · ",
            Code(each.initiative),
        )
        for each in waiting
    ]
    return Bullets(tuple(lines[:_SHOWN]), max(0, len(lines) - _SHOWN)) if lines else None


def mine(waiting: Sequence[Waiting]) -> Bullets | None:
    """Return what waits for one person, on whatever initiative; None if nothing does."""
    lines: list[Text] = [
        (
            Bold(each.key),
            f" {_about(each)} · {asked(each.code).removeprefix('to ')}",
            *_by(each),
            " · ",
            Code(each.initiative),
        )
        for each in waiting
    ]
    return Bullets(tuple(lines[:_SHOWN]), max(0, len(lines) - _SHOWN)) if lines else None
