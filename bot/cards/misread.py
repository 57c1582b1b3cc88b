"""Words for lines that could not be read: what is missing or near, with an example."""

from bot.cards import phrases
from bot.cards.asking import form_for
from bot.cards.model import Block, Button, Card, Code, Note, Paragraph, Text, Tone
from bot.grammar.parsing import Fault, NotUnderstood

_ARGUMENTS = {
    "until": "time",
    "key": "initiative's key",
    "what": "text, what you saw,",
    "handle": "person",
    "from": "first day",
    "to": "last day",
    "band": "band, watch or act,",
}


def not_understood_card(error: NotUnderstood) -> Card:
    """Return the private answer to a line that could not be read, with an example."""
    blocks: list[Block] = [Paragraph(_misread(error))]
    if error.usage:
        blocks.append(Note(("Form: ", Code(f"/council {error.usage}"))))
    if error.example:
        blocks.append(Note(("For example: ", Code(f"/council {error.example}"))))
    buttons = (*_fill_in(error), Button("What can I type?", "help"))
    return Card(
        title="I did not understand that",
        fallback="I did not understand that",
        blocks=tuple(blocks),
        buttons=buttons,
        tone=Tone.WARN,
    )


def _fill_in(error: NotUnderstood) -> tuple[Button, ...]:
    """Offer the form of a verb that was typed in part, holding what was read of it."""
    verb = error.usage.partition(" ")[0]
    in_part = error.code in {Fault.MISSING, Fault.BAD_VALUE} and error.argument != "verb"
    form = form_for(verb, error.known) if in_part else None
    return (Button("Fill it in", f"help {verb}", primary=True, form=form),) if form else ()


def _misread(error: NotUnderstood) -> Text:
    near = phrases.row([(Code(name),) for name in error.nearest], " or ")
    hint: Text = (" Did you mean ", *near, "?") if near else ()
    what = _ARGUMENTS.get(error.argument, error.argument)
    said: dict[Fault, Text] = {
        Fault.EMPTY: (
            "Type a word after /council, such as ",
            Code("mine"),
            " or ",
            Code("help"),
            ".",
        ),
        Fault.TOO_LONG: ("That is too long; 3,000 characters are read.",),
        Fault.UNKNOWN_VERB: ("There is no ", Code(error.value), ".", *hint),
        Fault.NOT_BUILT: (Code(error.value), " is not built yet.", *hint),
        Fault.MISSING: (f"The {what} is missing.", *hint),
        Fault.UNEXPECTED: ("I do not know what to do with ", Code(error.value), ".", *hint),
        Fault.BAD_VALUE: (f"The {what} ", Code(error.value), " does not fit.", *hint),
    }
    if what == "quote":
        return ("A quotation mark is opened and not closed.",)
    return said[error.code]
