"""Words for refusals and mistakes: what is missing, what is near, who can help; never blame."""

from bot.cards import phrases
from bot.cards.forms import form_for
from bot.cards.model import Block, Button, Card, Code, Note, Paragraph, Text, Tone
from bot.grammar.parsing import Fault, NotUnderstood
from council.errors import Conflict, CouncilError, Invalid, NotAllowed, NotFound
from council.playbook import UnknownName

_WHY = {
    "empty": "is empty",
    "key": "may hold small letters, digits and dashes, 2 to 40 of them",
    "handle": "may hold small letters, digits, dots, dashes and underscores",
    "timezone": "is not an IANA zone such as Europe/Berlin",
    "integration_name": "may hold small letters, digits, dashes and underscores",
    "case_key": "is not a case; cases look like C-31",
    "two_people": "fits more than one person",
    "taken": "belongs to somebody else already",
    "council_wide": "is one for the whole council; council leads are named in COUNCIL_LEADS",
    "not_one_of": "is not one of those that fit",
    "header": "does not fit the table's first line",
}
_ARGUMENTS = {
    "key": "initiative's key",
    "what": "text, what you saw,",
    "handle": "person",
    "band": "band, watch or act,",
}
_NEAR_COMMANDS = {"initiative": "status {}", "case": "case {}"}


def refusal_card(error: CouncilError | UnknownName) -> Card:
    """Return the private answer to a command that the council could not follow."""
    match error:
        case NotFound():
            return _not_found(error.noun, error.given, error.nearest)
        case UnknownName():
            return _not_found(error.kind, error.given, error.nearest)
        case NotAllowed():
            return _not_allowed(error)
        case Conflict():
            return _conflict(error)
        case Invalid():
            return _invalid(error)
    return _card("That did not work", ("The council could not do that.",))


def _not_found(noun: str, given: str, nearest: tuple[str, ...]) -> Card:
    noun = noun.replace("_", " ")
    text: Text = (f"I know no {noun} called ", Code(given), ".")
    if nearest:
        near = phrases.row([(Code(name),) for name in nearest], " or ")
        text = (*text, " Did you mean ", *near, "?")
    template = _NEAR_COMMANDS.get(noun)
    buttons = [Button(name, template.format(name)) for name in nearest] if template else []
    return _card(f"No such {noun}", text, buttons=tuple(buttons))


def _not_allowed(error: NotAllowed) -> Card:
    text: Text = (
        f"To {error.deed.replace('_', ' ')} ",
        Code(error.subject),
        f" takes {error.needs}.",
    )
    if error.who:
        names = phrases.row([(f"@{name}",) for name in error.who], " or ")
        text = (*text, " These people can: ", *names, ".")
    else:
        text = (*text, " Nobody has one yet; a council lead can help.")
    return _card("Not yours to change", text)


def _conflict(error: Conflict) -> Card:
    by = f" by @{error.by}" if error.by else ""
    said = {
        "acknowledged": f"@{error.by} has it already." if error.by else "Somebody has it already.",
        "resolved": f"It is resolved already{by}.",
        "taken": f"{error.subject} is in use already{f' (by {error.by})' if error.by else ''}.",
        "changed_after_use": (
            f"{error.subject} was changed after it was first used. Give the new text a new version."
        ),
    }
    text = said.get(error.state, f"{error.subject} is {error.state.replace('_', ' ')} already{by}.")
    return _card("That has moved on", (text,))


def _invalid(error: Invalid) -> Card:
    why = _WHY.get(error.why, error.why.replace("_", " "))
    given: Text = (Code(error.given), " ") if error.given else ()
    text: Text = (f"{error.name.capitalize()}: ", *given, f"{why}.")
    if error.allowed and error.why != "taken":
        names = phrases.row([(Code(name),) for name in error.allowed], " or ")
        text = (*text, " Possible: ", *names, ".")
    return _card("That does not fit", text)


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


def which_outcome_card(key: str, outcomes: tuple[str, ...]) -> Card:
    """Ask how a case ended, one button per answer."""
    return Card(
        title=f"How did {key} end?",
        fallback=f"How did {key} end?",
        blocks=(Paragraph(("One press closes it.",)),),
        buttons=tuple(Button(each.capitalize(), f"close {key} {each}") for each in outcomes),
    )


def broken_card(reference: str) -> Card:
    """Return the answer when something of ours broke; nothing was changed."""
    return _card(
        "That did not work",
        (
            "Something broke here, and nothing was changed. Please try again; if it stays, ",
            "tell your operator this number: ",
            Code(reference),
        ),
    )


def busy_card() -> Card:
    """Return the answer when the council is too busy to write."""
    return _card(
        "Just a moment",
        ("There is a lot to do right now, and nothing was changed. Please try again.",),
    )


def stranger_card() -> Card:
    """Return the answer to a guest or somebody from another company."""
    return _card(
        "For the council's own people",
        ("Guests and people from other companies cannot use it. Ask whoever invited you.",),
    )


def _card(title: str, text: Text, *, buttons: tuple[Button, ...] = ()) -> Card:
    plain = "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in text)
    return Card(
        title=title, fallback=plain, blocks=(Paragraph(text),), buttons=buttons, tone=Tone.WARN
    )
