"""Words for a packet while it is put together, and for the questions around it."""

from collections.abc import Mapping, Sequence

from bot.cards import handoff_forms, phrases
from bot.cards import handoff_says as says
from bot.cards.model import (
    Anchor,
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Note,
    Paragraph,
    Span,
    Text,
    Tone,
)
from council.handoffs import HandoffView, ItemView, Which

_STANDS: Mapping[str, str] = {
    "draft": "put together",
    "offered": "offered",
    "returned": "given back",
}


def workbench(view: HandoffView) -> Card:
    """Return the packet for those who put it together; nobody else sees it yet."""
    blocks: list[Block] = []
    if view.state == "returned":
        blocks += [Paragraph(says.returned(view)), *says.in_full(view)]
    blocks.append(Paragraph(says.progress(view)))
    blocks.append(Bullets(tuple(item(each, numbered=True) for each in view.items)))
    if view.open_items:
        first = view.open_items[0].position
        blocks.append(Note((Code(f'/council handoff {view.key} {first} "…"'), " fills one in.")))
    if view.state == "draft":
        blocks.append(Note(("Only those who hand it over see this, until it is offered.",)))
    said = f"{view.filled} of {len(view.items)} items"
    return Card(
        title=says.title(view),
        subtitle=says.subtitle(view),
        blocks=tuple(blocks),
        buttons=_draft_buttons(view),
        tone=says.tone(view),
        fallback=f"{view.key} · {view.initiative_name}: {said}",
    )


def item(each: ItemView, *, numbered: bool = False) -> Text:
    """Return one line of a packet: its number to type, what it is, what was said of it."""
    head: list[Span] = [Bold(f"{each.position} ")] if numbered else []
    head.append(says.short(each.name))
    if not each.filled:
        last = f" · last time: {says.short(each.last)}" if each.last else ""
        return (*head, ": open", last) if last else (*head, ": open")
    if each.value:
        head.append(f": {says.short(each.value)}")
    if each.link:
        head += [" · " if each.value else ": ", Anchor(says.short(each.link), each.link)]
    if not (each.value or each.link):
        head.append(": done")
    return tuple(head)


def _draft_buttons(view: HandoffView) -> tuple[Button, ...]:
    whole = not view.open_items
    again = " again" if view.returned_before else ""
    names = phrases.words([each.member.name for each in view.receivers])
    offer = Button(
        f"Offer it{again} to {names}" if names else f"Offer it{again}",
        f"handoff {view.key} offer",
        primary=whole,
    )
    withdraw = Button("Withdraw", f"handoff {view.key} withdraw", confirm=sure(view))
    if whole:
        return (offer, withdraw)
    fill = Button(
        "Fill in…",
        f"handoff {view.key}",
        primary=True,
        form=handoff_forms.fill_form(view.key, view.items),
    )
    last = any(each.last for each in view.open_items)
    keep = [Button("Keep last time's answers", f"handoff {view.key} keep")] if last else []
    return (fill, *keep, offer, withdraw)


def sure(view: HandoffView) -> str:
    """Return the question before a packet is withdrawn."""
    return f"Withdraw {view.key}? A new one can be begun at any time."


def in_the_making(view: HandoffView) -> Card:
    """Return what others read while a packet is put together."""
    names = phrases.people([view.giver] if view.giver else [])
    lead: Text = (
        *(names or ("Somebody",)),
        " is putting it together; it shows when it is offered.",
    )
    return Card(
        title=says.title(view),
        subtitle=says.subtitle(view),
        blocks=(Paragraph(lead),),
        fallback=f"{view.key}: {says.plain(lead)}",
    )


def which_card(which: Which) -> Card:
    """Ask which handoff is meant, one button each."""
    said = f"Which handoff of {which.name}?"
    items: list[Text] = [
        (
            Bold(says.short(each.what)),
            f": {phrases.role(each.giver_role)} to {phrases.role(each.receiver_role)}",
        )
        for each in which.options
    ]
    return Card(
        title=said,
        fallback=said,
        blocks=(Bullets(tuple(items)),),
        buttons=tuple(
            Button(says.short(each.what).capitalize(), f"handoff {which.key} {each.id}")
            for each in which.options
        ),
    )


def which_open_card(views: Sequence[HandoffView], deed: str) -> Card:
    """Ask on which of several packets this is to be done, one button each."""
    said = f"Which handoff of {views[0].initiative_name}?"
    items: list[Text] = [
        (Bold(each.key), f" {says.short(each.name)}: ", _STANDS[each.state]) for each in views
    ]
    return Card(
        title=said,
        fallback=said,
        blocks=(Bullets(tuple(items)),),
        buttons=tuple(
            Button(f"{deed.capitalize()} {each.key}", f"handoff {each.key} {deed}")
            for each in views
        ),
    )


def why_card(view: HandoffView) -> Card:
    """Ask why a packet goes back, one button per reason."""
    said = f"Why does {view.key} go back?"
    return Card(
        title=said,
        fallback=said,
        blocks=(
            Paragraph(
                (
                    "A line helps: ",
                    *says.by(view),
                    " reads it in full, all others the reason.",
                )
            ),
            Note((Code(f'/council decline {view.key} {view.reasons[0]} "…" --next Thursday'),)),
        ),
        buttons=tuple(
            Button(reason_label(each), f"decline {view.key} {each}") for each in view.reasons
        ),
    )


def reason_label(code: str) -> str:
    """Return a reason as it stands on a button."""
    return code.replace("_", " ").capitalize()


def incomplete_card(key: str, names: tuple[str, ...], *, strict: bool) -> Card:
    """Return the answer to an offer while items are open."""
    count = phrases.count(len(names), "item is", "items are")
    fill = Button("Fill in", f"handoff {key}", primary=True)
    anyway = Button("Offer it anyway", f"handoff {key} offer --anyway")
    said = f"{count} still open in {key}"
    blocks: list[Block] = [
        Paragraph((f"{said}:",)),
        Bullets(tuple((says.short(n),) for n in names)),
    ]
    if strict:
        blocks.append(Note(("Tier 1 hands over a whole packet.",)))
    return Card(
        title="Not quite whole yet",
        fallback=f"{said}.",
        blocks=tuple(blocks),
        buttons=(fill,) if strict else (fill, anyway),
        tone=Tone.WARN,
    )
