"""Words for help: what can be typed, the handful that people remember first."""

from bot.cards.asking import form_for
from bot.cards.model import Block, Bold, Bullets, Button, Card, Code, Note, Paragraph, Text
from bot.grammar.parsing import VERBS, Verb


def help_card(verb: str = "") -> Card:
    """Return the list of verbs, or how one of them is used."""
    for each in VERBS:
        if verb == each.name:
            return _one(each)
    first = tuple(_line(each) for each in VERBS if each.first)
    rest = tuple(_line(each) for each in VERBS if not each.first)
    blocks: list[Block] = [Bullets(first), Paragraph((Bold("Also"),)), Bullets(rest)]
    blocks.append(Note(("One in detail: ", Code("/council help assign"))))
    return Card(title="What you can type", fallback="What you can type", blocks=tuple(blocks))


def _line(verb: Verb) -> Text:
    return (Code(f"/council {verb.name}"), f" · {verb.says}")


def _one(verb: Verb) -> Card:
    blocks: list[Block] = [
        Paragraph((f"{verb.says}.",)),
        Paragraph((Bold("Form: "), Code(f"/council {verb.usage}"))),
        Paragraph((Bold("Example: "), Code(f"/council {verb.example}"))),
    ]
    if verb.aliases:
        blocks.append(Note((f"Also: {', '.join(verb.aliases)}",)))
    form = form_for(verb.name, {})
    fill_in = (Button("Fill it in", verb.name, primary=True, form=form),) if form else ()
    return Card(f"/council {verb.name}", verb.says, tuple(blocks), fill_in)
