"""Words for what was settled before somebody pressed: what it was, by whom, and where to see it."""

from collections.abc import Callable, Mapping

from bot.cards import choices, phrases
from bot.cards.model import Button, Text
from council.errors import Conflict

# What is said in the end: the sentence, and the buttons.
Words = tuple[Text, tuple[Button, ...]]

_HOW = {
    "worked": "it worked",
    "partly": "it partly worked",
    "did_not_work": "it did not work",
    "cannot_tell": "nobody can tell yet",
}
_ANSWERS = {
    "own": "You decided {} yourself, so there is nothing to confirm.",
    "confirmed": "You have agreed to {} already. Thank you.",
    "contested": "You have seen {} otherwise already; say in the huddle what you choose.",
    "silent": "The time to answer is over, and {} stands.",
}


def settled(error: Conflict) -> tuple[Text, tuple[Button, ...]] | None:
    """Return what to say of a huddle, a decision or a case that was settled before; None if new."""
    say = _SAY.get(error.state)
    return say(error) if say else None


def _show(key: str) -> tuple[Button, ...]:
    return (Button(f"Show {key}", f"{'case' if key.startswith('C-') else 'decide'} {key}"),)


def _huddle_decided(error: Conflict) -> Words:
    if not error.more:
        return (f"{error.subject} is decided already.",), ()
    key, kind, *handles = error.more
    by = f", by {phrases.words([f'@{each}' for each in handles])}" if handles else ""
    return (f"{error.subject} is decided already: {key}, {choices.plainly(kind)}{by}.",), _show(key)


def _huddle_cancelled(error: Conflict) -> Words:
    return (f"{error.subject} was called off; nothing is chosen there any more.",), ()


def _decision_answered(error: Conflict) -> Words:
    answer, about = error.more
    text = _ANSWERS[answer].format(error.subject)
    if not about or answer == "contested":
        return (text,), _show(error.subject)
    again = (Button("Start a huddle", f"huddle {about}"), *_show(error.subject))
    return (f"{text} To look at it again, start a huddle.",), again


def _nobody_does_it(error: Conflict) -> Words:
    text = f"Nobody was named to do {error.subject}. How did it turn out?"
    return (text,), (Button("Say how it turned out", f"outcome {error.subject}"),)


def _outcome_told(error: Conflict) -> Words:
    how = _HOW.get(next(iter(error.more), ""), "how it turned out")
    who = f"@{error.by}" if error.by else "you"
    said = f"{error.subject}: {who} said already that {how}."
    if error.by:
        said += f" If you see it otherwise, tell @{error.by}."
    return (said,), _show(error.subject)


def _acknowledged(error: Conflict) -> Words:
    who = f"@{error.by}" if error.by else "Somebody"
    return (f"{who} has {error.subject} already.",), _show(error.subject)


_SAY: Mapping[str, Callable[[Conflict], Words]] = {
    "acknowledged": _acknowledged,
    "decision_answered": _decision_answered,
    "huddle_cancelled": _huddle_cancelled,
    "nobody_does_it": _nobody_does_it,
    "huddle_decided": _huddle_decided,
    "outcome_told": _outcome_told,
}
