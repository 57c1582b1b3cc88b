"""Words for what was settled before somebody pressed: what it was, by whom, and where to see it."""

from collections.abc import Callable, Mapping

from bot.cards import choices, phrases
from bot.cards.model import Button, Text
from council.errors import Conflict

# What is said in the end: the sentence, and where the button leads (empty: nowhere).
Words = tuple[Text, str]

_HOW = {
    "worked": "it worked",
    "partly": "it partly worked",
    "did_not_work": "it did not work",
    "cannot_tell": "nobody can tell yet",
}
_ANSWERS = {"confirmed": "agreed to", "contested": "answered", "silent": "let stand"}


def settled(error: Conflict) -> tuple[Text, tuple[Button, ...]] | None:
    """Return what to say of a huddle, a decision or a case that was settled before; None if new."""
    say = _SAY.get(error.state)
    if say is None:
        return None
    text, key = say(error)
    line = f"{'case' if key.startswith('C-') else 'decide'} {key}"
    return text, (Button(f"Show {key}", line),) if key else ()


def _huddle_decided(error: Conflict) -> Words:
    if not error.more:
        return (f"{error.subject} is decided already.",), ""
    key, kind, *handles = error.more
    by = f", by {phrases.words([f'@{each}' for each in handles])}" if handles else ""
    return (f"{error.subject} is decided already: {key}, {choices.plainly(kind)}{by}.",), key


def _huddle_cancelled(error: Conflict) -> Words:
    return (f"{error.subject} was called off; nothing is chosen there any more.",), ""


def _decision_answered(error: Conflict) -> Words:
    how = _ANSWERS.get(next(iter(error.more), ""), "answered")
    return (f"You have {how} {error.subject} already. Thank you.",), error.subject


def _outcome_told(error: Conflict) -> Words:
    how = _HOW.get(next(iter(error.more), ""), "how it turned out")
    who = f"@{error.by}" if error.by else "you"
    said = f"{error.subject}: {who} said already that {how}."
    if error.by:
        said += f" If you see it otherwise, tell @{error.by}."
    return (said,), error.subject


def _acknowledged(error: Conflict) -> Words:
    who = f"@{error.by}" if error.by else "Somebody"
    return (f"{who} has {error.subject} already.",), error.subject


_SAY: Mapping[str, Callable[[Conflict], Words]] = {
    "acknowledged": _acknowledged,
    "decision_answered": _decision_answered,
    "huddle_cancelled": _huddle_cancelled,
    "huddle_decided": _huddle_decided,
    "outcome_told": _outcome_told,
}
