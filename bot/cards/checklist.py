"""Words for a phase's lists: what is open, what is done, what the last stay had."""

from collections.abc import Sequence

from bot.cards import next_step, phrases
from bot.cards.forms import begun
from bot.cards.model import (
    Anchor,
    Block,
    Bold,
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
    Tone,
)
from bot.cards.phase import moved_card
from bot.grammar.words import argument, quote
from council.moves import ListItem, PhaseLists
from council.people import Member

_SHOWN = 8
_PRESSED = 4
_LABEL = 60
_PLACES = {
    "entry": "To begin here",
    "step": "In this step",
    "exit": "To be done here",
    "ahead": "To begin next",
    "end": "Before it ends",
}


def lists_card(found: PhaseLists, actor: str) -> Card:
    """Return what is open and done in a phase, or the answer when an item was checked off."""
    if found.went_on:
        return moved_card(found.went_on, actor)
    if found.changed:
        return _changed(found, found.changed)
    left = [each for each in found.items if not each.done and each.place != "end"]
    blocks: list[Block] = []
    if found.last_step:
        blocks.append(Paragraph(("That was the last step here.",)))
    for place, title in _PLACES.items():
        lines = [_line(each) for each in left if each.place == place]
        head = f"To begin {found.next_name}" if place == "ahead" and found.next_name else title
        if lines:
            shown = Bullets(tuple(lines[:_SHOWN]), max(0, len(lines) - _SHOWN))
            blocks += [Paragraph((Bold(head),)), shown]
    if not left:
        blocks.append(Paragraph(("Nothing is open here.",)))
    blocks += _rest(found)
    return Card(
        title=f"{found.phase_name}: what is open",
        subtitle=(Code(found.initiative), f" · {found.initiative_name}"),
        fallback=f"{found.initiative}: {phrases.count(len(left), 'item')} open",
        blocks=tuple(blocks),
        buttons=_item_buttons(found, left),
    )


def _rest(found: PhaseLists) -> list[Block]:
    blocks: list[Block] = []
    done = [each for each in found.items if each.done]
    if done:
        lines = tuple(_done_line(each) for each in done)
        shown = Bullets(lines[:_SHOWN], max(0, len(lines) - _SHOWN))
        blocks += [Paragraph((Bold("Done"),)), shown]
    if found.steps:
        steps: list[Text] = [
            (Bold(each.name),) if each.place == "now" else (each.name,) for each in found.steps
        ]
        blocks.append(Note(("Steps: ", *phrases.row(steps, ", "))))
    if found.open:
        blocks.append(Note(_supply(found.supply, named=any(each.by for each in found.open))))
    if added := _added([each for each in found.items if each.place != "end"]):
        blocks.append(Note((added,)))
    return blocks


def _supply(people: Sequence[Member], *, named: bool) -> Text:
    """Return who can give what is open: whoever a line names, else those who lead here."""
    names = phrases.row([(phrases.person(each),) for each in people], " or ")
    if not names:
        return ("Nobody leads here yet.",)
    verb = "lead" if len(people) > 1 else "leads"
    if named:
        return ("Who can give it: whoever a line names; else ", *names, f", who {verb} here.")
    return ("Who can give it: ", *names, f", who {verb} here.")


def _added(items: Sequence[ListItem]) -> str:
    """Return what the framework itself does not ask for, and for which tiers it is asked."""
    groups: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for each in items:
        if each.origin == "added" or each.tiers:
            groups.setdefault((each.origin, each.tiers), []).append(str(each.number))
    said = []
    for (origin, tiers), numbers in groups.items():
        which = phrases.words([str(tier) for tier in tiers])
        asked = f"asked in {'tiers' if len(tiers) > 1 else 'tier'} {which} only" if tiers else ""
        added = "added to the source framework" if origin == "added" else ""
        about = ", ".join(part for part in (added, asked) if part)
        said.append(f"{phrases.words(numbers)}: {about}.")
    return " ".join(said)


def _line(item: ListItem) -> Text:
    had: Text = ()
    if item.before:
        had = (" · last time: ", *_evidence(item.before.link, item.before.note))
    by: Text = (" · ", *phrases.people(item.by)) if item.by else ()
    return (f"{item.number} ", Code(item.key), f" {item.text}", *by, *had)


def _evidence(link: str, note: str) -> Text:
    shown: tuple[Text, ...] = (((Anchor("link", link),),) if link else ()) + (
        ((note,),) if note else ()
    )
    return phrases.row(shown, ", ") if shown else ("done",)


def _done_line(item: ListItem) -> Text:
    if item.done is None:
        return (item.text,)
    by: Text = (" · ", phrases.person(item.done.by)) if item.done.by else ()
    more = _evidence(item.done.link, item.done.note) if item.done.link or item.done.note else ()
    return (item.text, *by, *((" · ", *more) if more else ()))


def _changed(found: PhaseLists, item: ListItem) -> Card:
    left = found.open
    said = "Done" if item.done else "Open again"
    how_many = f"{phrases.count(len(left), 'item')} still open here."
    text: Text = (f"{said}: ", Bold(item.text), ". ", how_many if left else "Nothing is open here.")
    back = "" if item.done is None else " --undo"
    buttons = [Button("What is open", f"done {found.initiative}")]
    buttons.append(
        Button(
            "Take back" if item.done else "Check off again",
            f"done {found.initiative} {item.key}{back}",
        )
    )
    if not left and found.next_name:
        onward = next_step.onward(found.initiative, found.next_phase, found.next_name)
        buttons.insert(0, onward)
    return Card(
        title=f"{found.initiative_name}: {found.phase_name}",
        fallback=f"{said}: {item.text}",
        blocks=(Paragraph(text),),
        buttons=tuple(buttons),
        tone=Tone.GOOD,
    )


def _item_buttons(found: PhaseLists, left: Sequence[ListItem]) -> tuple[Button, ...]:
    key = found.initiative
    buttons = []
    if left:
        form = check_form(key, [(each.key, each.text) for each in left])
        buttons.append(Button("Check off…", f"done {key}", primary=True, form=form))
    had = [each for each in left if each.before]
    buttons += [
        Button(f"As last time: {_short(each.text)}", _again(key, each)) for each in had[:_PRESSED]
    ]
    step = next((each for each in found.steps if each.place == "now"), None)
    if step and not found.last_step:
        buttons.append(Button(f"Finish: {_short(step.name)}", f"done {key} {argument(step.name)}"))
    if not left and found.next_name:
        buttons.insert(0, next_step.onward(key, found.next_phase, found.next_name))
    else:
        buttons += [
            Button(f"Done: {_short(each.text)}", f"done {key} {each.key}", form=one_form(key, each))
            for each in left[:_PRESSED]
        ]
    return tuple(buttons)


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1].rstrip()}…"


def _again(key: str, item: ListItem) -> str:
    link = item.before.link if item.before else ""
    note = item.before.note if item.before else ""
    more = (f" --link {argument(link)}" if link else "") + (
        f" --note {quote(note)}" if note else ""
    )
    return f"done {key} {item.key}{more}"


_EVIDENCE = (
    Field("link", "What shows it", option="--link", hint="An address, if there is one"),
    Field("note", "Note", Kind.TEXT, "--note"),
)


def check_form(key: str, items: Sequence[tuple[str, str]]) -> Form:
    """Ask which item is done, and what shows it."""
    item = Field("item", "What is done", Kind.CHOICE, "", tuple(items), required=True)
    return Form("Check off", f"done {key}", (item, *_EVIDENCE), "Check it off")


def one_form(key: str, item: ListItem) -> Form:
    """Ask what shows that one item is done."""
    return Form(_short(item.text), f"done {key} {item.key}", _EVIDENCE, "Check it off")


def done_form(key: str = "") -> Form:
    """Ask what is done, and what shows it."""
    command, asked = begun("done", "key", key)
    item = Field("item", "What is done", required=True, hint="An item, such as exit:o2, or a step")
    return Form("Check off", command, (*asked, item, *_EVIDENCE), "Check it off")
