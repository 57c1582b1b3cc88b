"""Words for going back: what happened, and what is to be changed; three presses, no shame."""

from collections.abc import Sequence

from bot.cards.model import (
    Bullets,
    Button,
    Card,
    Code,
    Field,
    Form,
    Kind,
    Note,
    Paragraph,
    Text,
)
from bot.cards.ways import because, change_name, heading, sentence, triggers
from bot.grammar.words import argument
from council.moves import Way


def what_happened_card(key: str, ways: Sequence[Way], reason: str = "") -> Card:
    """Ask what calls for going back, in the playbook's own words.

    The reason that was given goes with each answer.
    """
    why = because(reason)
    calls = triggers(ways)
    buttons = [Button(sentence(each), f"move {key} {argument(each)}{why}") for each in calls]
    buttons += [
        Button(f"Back to {way.target_name}", f"move {key} {way.id}{why}")
        for way in ways
        if not way.trigger
    ]
    example = f"move {key} {argument(calls[0])}" if calls else f"move {key} back"
    return Card(
        title="What happened?",
        fallback=f"{key}: what happened?",
        blocks=(
            Paragraph(("It is never right the first time: going back is part of the work.",)),
            Note(("By typing: ", Code(f"/council {example}"))),
        ),
        buttons=tuple(buttons),
    )


def what_change_card(key: str, ways: Sequence[Way], reason: str = "") -> Card:
    """Ask what to change, one press each; a form takes a line of why, where none was given."""
    options, why = [(way, change) for way in ways for change in way.changes], because(reason)
    buttons = [
        Button(change_name(change), f"move {key} {_called(way)} --change {change}{why}")
        for way, change in options
    ]
    buttons += [
        Button(sentence(heading(way.kind, way.target_name)), f"move {key} {way.id}{why}")
        for way in ways
        if not way.changes
    ]
    trigger = ways[0].trigger
    command = f"move {key} {argument(trigger or 'back')}"
    choices = tuple((change, change_name(change)) for _, change in options)
    fields = (
        Field("change", "What to change", Kind.CHOICE, "--change", choices, required=True),
        Field("reason", "Why", Kind.TEXT, "--reason", hint="One line, if it helps"),
    )
    form = Form("What do you want to change?", command, fields, "Go back")
    if options and not reason:
        buttons.append(Button("With a line of why…", command, form=form))
    lines: list[Text] = [
        (f"{change_name(change)}: back to {way.target_name}",) for way, change in options
    ]
    return Card(
        title="What do you want to change?",
        subtitle=(sentence(trigger),) if trigger else (),
        fallback=f"{key}: what do you want to change?",
        blocks=(Bullets(tuple(lines)),) if lines else (),
        buttons=tuple(buttons),
    )


def _called(way: Way) -> str:
    """Return what calls for a way, as it is typed beside what to change."""
    return argument(way.trigger) if way.trigger else way.id
