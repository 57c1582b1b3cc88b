"""Words for handoffs: the offer where everybody reads it, and what became of it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import handoff_draft as draft
from bot.cards import handoff_forms, phrases
from bot.cards import handoff_says as says
from bot.cards.model import Block, Bullets, Button, Card, Note, Paragraph, Text, Tone, When
from council.handoffs import HandoffNews, HandoffView, Target

_DONE_BUTTONS = 3


def handoff_card(view: HandoffView) -> Card:
    """Return the card of a handoff as everybody reads it, where it was offered."""
    lead = says.LEADS[view.state](view)
    blocks: list[Block] = [Paragraph(lead)]
    if view.conditions:
        blocks.append(Bullets(tuple(says.condition(view, each) for each in view.conditions)))
    blocks += [Note(text) for text in says.small_print(view)]
    return Card(
        title=says.title(view),
        subtitle=says.subtitle(view),
        blocks=tuple(blocks),
        buttons=_buttons(view),
        tone=says.tone(view),
        fallback=f"{view.key} · {view.initiative_name}: {says.plain(lead)}",
    )


def own_card(view: HandoffView) -> Card:
    """Return what somebody reads who asks for a handoff: the packet, and what is theirs to do."""
    if view.state == "draft" and not view.gives:
        return draft.in_the_making(view)
    if view.state in {"draft", "returned"} and view.gives:
        return draft.workbench(view)
    card = handoff_card(view)
    packet = [Bullets(tuple(draft.item(each) for each in view.items))]
    whole = [Note((f"In full: {view.what}.",))] if view.what != view.name else []
    buttons = tuple(each for each in card.buttons if each.command != f"handoff {view.key}")
    if view.state in says.TAKEN and view.gives:
        buttons = (*buttons, Button("Hand over a newer one", f"handoff {view.key} again"))
    return Card(
        card.title,
        card.fallback,
        (*card.blocks, *packet, *whole),
        buttons,
        card.tone,
        card.subtitle,
    )


def giver_card(view: HandoffView) -> Card:
    """Return what the giver of a packet reads directly: why it came back, in full."""
    if view.state != "returned":
        return handoff_card(replace(view, public=False, gives=True))
    blocks = (
        Paragraph(says.returned(view)),
        *says.in_full(view),
        Note(("The packet is as you left it.",)),
    )
    return Card(
        title=says.title(view),
        subtitle=says.subtitle(view),
        blocks=blocks,
        buttons=_again_buttons(view),
        tone=Tone.WARN,
        fallback=f"{view.key} · {view.initiative_name}: {says.plain(says.returned(view))}",
    )


# ── offered, and what became of it ───────────────────────────────────────────────────────────────


def _buttons(view: HandoffView) -> tuple[Button, ...]:
    """Return what the reader may do now; where everybody reads it, what anybody may."""
    see = Button("See the packet", f"handoff {view.key}")
    if view.state == "offered":
        withdraw = Button("Withdraw", f"handoff {view.key} withdraw")
        answers = _answers(view) if view.public or view.takes else ()
        return (*answers, see, *([withdraw] if view.public or view.gives else []))
    if view.state not in says.TAKEN:
        return ()
    target = view.target
    if target and target.gone_on:
        status = Button("Where it stands", f"status {view.initiative}", primary=True)
        return (status, see) if target.begun and not view.public else (see,)
    if view.open_conditions:
        met = [_met(view.key, each.number) for each in view.open_conditions[:_DONE_BUTTONS]]
        return (*met, see)
    if target:
        needs = Button("What the move needs", f"move {view.initiative}")
        return (*_move_on(view.initiative, target), needs, see)
    return (see,)


def _move_on(key: str, target: Target) -> tuple[Button, ...]:
    if not target.deciders or target.held_by:
        return ()
    # The phase by its id: pressed once more, when it has begun, this leads no further.
    return (Button(f"Move to {target.name}", f"move {key} {target.phase}", primary=True),)


def _answers(view: HandoffView) -> tuple[Button, ...]:
    key = view.key
    conditions = handoff_forms.accept_form(key)
    give_back = handoff_forms.give_back_form(key, view.reasons)
    return (
        Button("Accept", f"accept {key}", primary=True),
        # Where there are no forms, this must not accept without any condition.
        Button("Accept with conditions…", "help accept", form=conditions),
        Button("Give it back…", f"decline {key}", form=give_back),
    )


def _met(key: str, number: int) -> Button:
    form = handoff_forms.condition_form(key, number)
    return Button(f"Condition {number} is met…", f"done {key} {number}", form=form)


def _again_buttons(view: HandoffView) -> tuple[Button, ...]:
    return (
        Button("Open the packet", f"handoff {view.key}", primary=True),
        Button("Offer it again", f"handoff {view.key} offer"),
        Button("Withdraw", f"handoff {view.key} withdraw", confirm=draft.sure(view)),
    )


# ── in the thread ────────────────────────────────────────────────────────────────────────────────


def news_card(kind: str, news: HandoffNews) -> Card:
    """Return the card or the reply of a notice."""
    if kind.endswith("_reply"):
        return _reply(news)
    return giver_card(news.handoff) if kind.endswith("_giver") else handoff_card(news.handoff)


def _reply(news: HandoffNews) -> Card:
    """Return what the thread says to those who must act anew, and to nobody else."""
    view, ring = news.handoff, phrases.people(news.ring, ring=True)
    thing = f"{view.key} ({says.short(view.name)})"
    said: Mapping[str, Text] = {
        "escalated": (f"Nobody has answered {thing} in time. ", *ring, ": it comes to you now."),
        "conditions": (*ring, f": {thing} was accepted on ", *_theirs(news)),
        "still_open": (*ring, f": {thing} still waits for ", *_theirs(news)),
        "condition_late": (*ring, f": {thing} still waits for ", *_open(view)),
        "next_offer": (*ring, f": today is the day on which you wanted to offer {thing} again."),
        "again": (*ring, f": {thing} is offered again", *_until(view)),
        "yours": (*ring, f": {thing} ", *_yours(view)),
    }
    text = said.get(news.why, (*ring, f": {thing} still waits", *_until(view)))
    return Card(title="", fallback=f"{view.key}: {says.plain(text)}", blocks=(Paragraph(text),))


def _yours(view: HandoffView) -> Text:
    """Say what of a packet is somebody's now, because people changed."""
    if view.state == "returned":
        return ("was given back; it is yours now to offer again.",)
    return ("comes to you now", *_until(view))


def _open(view: HandoffView) -> Text:
    """Name what is still open, and whose it is, for whoever can help."""
    parts: list[Text] = [
        (
            f"“{says.short(each.text)}”",
            *((" (", phrases.person(each.owner), ")") if each.owner else ()),
        )
        for each in view.open_conditions
    ]
    return (*phrases.row(parts), "; please see what it needs.")


def _until(view: HandoffView) -> Text:
    if view.accept_by is None:
        return (".",)
    zone = view.receivers[0].member.timezone if view.receivers else "UTC"
    return ("; please answer by ", When(view.accept_by, zone), ".")


def _theirs(news: HandoffNews) -> Text:
    """Name the condition that whoever is rung sees to, if it is one."""
    ids = {each.id for each in news.ring}
    owned = [e for e in news.handoff.open_conditions if e.owner and e.owner.id in ids]
    if len(owned) != 1:
        return ("conditions that you see to; they are on the card.",)
    return ("a condition that you see to: “", says.short(owned[0].text), "”.")
