"""Words for a move that does not go: nothing leads there, it is there already, nothing is there."""

from collections.abc import Callable, Mapping

from bot.cards import phrases
from bot.cards.model import Button, Code, Text
from council.errors import Conflict

# What is said in the end: the title, the sentence, and the buttons.
Words = tuple[str, Text, tuple[Button, ...]]

_ON, _BACK, _WITHIN, _END = "forward", "back", "within", "end"


def said(error: Conflict) -> Words | None:
    """Return what to say of a move that does not go; None for any other conflict."""
    say = _SAY.get(error.state)
    return say(error) if say else None


def _no_way(error: Conflict) -> Words:
    why, given, phase, *ways = error.more
    led: dict[str, list[str]] = {}
    for each in ways:
        kind, _, name = each.partition(":")
        led.setdefault(kind, []).append(name)
    refused: Mapping[str, Text] = {
        _ON: (f"{phase} is the last phase; no way leads on from it.",),
        _BACK: (f"No way leads back from {phase}.",),
        _WITHIN: (f"Nothing begins again within {phase}.",),
        _END: (
            f"No way leads from {phase} to the end. To put it away as it is: ",
            Code(f"archive {error.subject}"),
            ".",
        ),
        "far": (f"It goes phase by phase, and no way leads from {phase} to ", Code(given), "."),
    }
    text = refused.get(why, ("I know no way called ", Code(given), "."))
    title = "No such way" if why == "unknown" else "No way leads there"
    return title, (*text, *_there_are(led)), (_ways(error),)


def _there_are(led: Mapping[str, list[str]]) -> Text:
    """Return which ways there are: on to this phase, back to that one."""
    said: list[Text] = []
    if names := led.get(_ON):
        said.append(("go on to ", *_names(names)))
    if names := led.get(_BACK):
        said.append(("go back to ", *_names(names)))
    if led.get(_WITHIN):
        said.append(("begin ", Code("again")))
    if led.get(_END):
        said.append((Code("retire"), " it"))
    return (" You can ", *phrases.row(said, ", or "), ".") if said else ()


def _names(names: list[str]) -> Text:
    return phrases.row([(Code(each),) for each in names], " or ")


def _there_already(error: Conflict) -> Words:
    where = "".join(error.more)
    return "It is there already", (f"{error.subject} is in {where} already.",), (_ways(error),)


def _nothing_proposed(error: Conflict) -> Words:
    text = f"No move is proposed for {error.subject}, so there is nothing to withdraw."
    return "Nothing to withdraw", (text,), (_ways(error),)


def _ways(error: Conflict) -> Button:
    return Button("Where to from here", f"move {error.subject}")


_SAY: Mapping[str, Callable[[Conflict], Words]] = {
    "no_way": _no_way,
    "nothing_proposed": _nothing_proposed,
    "there_already": _there_already,
}
