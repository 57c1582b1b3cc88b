"""Words for what somebody took back, or could not: what it was, and why not."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.cards import phrases
from bot.cards.deeds import deed_card
from bot.cards.everyday import NAMES
from bot.cards.model import Button, Card, Code, Note, Paragraph, Text, Tone, When
from council.undo import Undone

# What the change was, as a thing: it was taken back, or it stays.
_WHAT = {
    "assignment.made": "the role that you gave",
    "assignment.ended": "the role that you took back",
    "initiative.edited": "your edit",
    "initiative.opened": "the new initiative",
    "initiative.archived": "putting it away",
    "initiative.live": "going live",
    "initiative.paused": "the pause",
    "initiative.resumed": "going on",
    "item.checked": "what you checked off",
    "item.unchecked": "the mark that you took away",
    "phase.entered": "the move",
    "step.entered": "the step that you began",
    "link.added": "the link that you added",
    "link.removed": "the link that you removed",
    "preference.changed": "your setting",
    "playbook.switched": "the switch to another playbook",
}


def undone_card(found: Undone) -> Card:
    """Return the answer to `undo`."""
    if found.why == "nothing":
        return _card("Nothing to take back", ("You changed nothing in the last ten minutes.",))
    if found.why == "deed":
        return deed_card(found)
    what, where = _what(found)
    if not found.why:
        return _card(
            "Taken back",
            _said(found),
            tone=Tone.GOOD,
            buttons=(Button("Where it stands", f"status {found.key}"),) if found.key else (),
        )
    return _stays(found, (f"Your last change was {what}", *where))


def _stays(found: Undone, stays: Text) -> Card:
    """Return why a change was not taken back."""
    if found.why == "undone":
        return _card("Taken back already", (*stays, ", and it is taken back."))
    if found.why == "acted_on":
        by = f". @{found.by} has acted on it since; best talk to them."
        return _card("It stays", (*stays, by))
    if found.why == "too_late":
        when: Text = (" at ", When(found.at)) if found.at else ()
        return _card(
            "Too late to take it back",
            (*stays, *when, "."),
            note=("Undo reaches ten minutes back. Later, change it as you did before.",),
        )
    return _card("It cannot be taken back", (*stays, "; there is no way back from it."))


def _what(found: Undone) -> tuple[str, Text]:
    what = _WHAT.get(found.kind, "a change")
    return what, (" (", Code(found.key), ")") if found.key else ()


def _said(found: Undone) -> Text:
    """Return how things stand after a change was taken back."""
    say = _SAID.get(found.kind)
    if say:
        return say(found.name, found.facts)
    what, where = _what(found)
    return (f"As before: {what}", *where, " is undone.")


Facts = Mapping[str, Any]


def _given(name: str, facts: Facts) -> Text:
    people = phrases.people(facts.get("people", ()))
    role = phrases.role(facts.get("role", "role"))
    return (*people, f" is not {role} of {name} any more; their card says so, if they saw one.")


def _given_back(name: str, facts: Facts) -> Text:
    people = phrases.people(facts.get("people", ()))
    return (*people, f" is {phrases.role(facts.get('role', 'role'))} of {name} again.")


def _edit(name: str, facts: Facts) -> Text:
    names = phrases.words([NAMES.get(each, each) for each in facts.get("changed", ())])
    return (f"{name} is as it was before: {names}.",)


_SAID: Mapping[str, Callable[[str, Facts], Text]] = {
    "assignment.made": _given,
    "assignment.ended": _given_back,
    "initiative.edited": _edit,
    "initiative.opened": lambda name, _: (f"{name} is put away, and its models are free again.",),
    "initiative.archived": lambda name, _: (f"{name} is back in the list, as it was.",),
    "initiative.live": lambda name, _: (f"{name} only watches again; no clock runs.",),
    "initiative.paused": lambda name, _: (f"{name} goes on, and its clocks run.",),
    "initiative.resumed": lambda name, _: (f"{name} is paused again, until somebody resumes it.",),
    "link.added": lambda name, facts: (f"The link {facts.get('label', '')} of {name} is gone.",),
    "link.removed": lambda name, facts: (f"The link {facts.get('label', '')} of {name} is back.",),
    "preference.changed": lambda _, facts: (f"Your setting {facts['name']} is as it was.",),
}


def _card(
    title: str,
    text: Text,
    *,
    note: Text = (),
    tone: Tone = Tone.NEUTRAL,
    buttons: tuple[Button, ...] = (),
) -> Card:
    blocks = (Paragraph(text), *((Note(note),) if note else ()))
    return Card(title=title, fallback=title, blocks=blocks, buttons=buttons, tone=tone)
