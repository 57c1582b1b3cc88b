"""Words for a look back at a case, without blame."""

from datetime import timedelta

from bot.cards import choices, phrases
from bot.cards.model import (
    Anchor,
    Block,
    Bold,
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
    When,
)
from council.huddles import ReviewNews, ReviewView


def review_card(view: ReviewView) -> Card:
    """Return the card of a look back as it stands."""
    title = f"A look back: {view.initiative_name}"
    return Card(
        title=title,
        subtitle=(Bold(view.key), f" · {view.case} · ", Code(view.initiative)),
        blocks=tuple(_review_blocks(view)),
        buttons=_review_buttons(view.key) if view.state == "open" else (),
        tone=Tone.GOOD if view.state == "done" else Tone.NEUTRAL,
        fallback=f"{view.key} · {title}",
    )


def _review_blocks(view: ReviewView) -> list[Block]:
    if view.state == "done":
        by: Text = (" · ", phrases.person(view.done_by)) if view.done_by else ()
        blocks: list[Block] = [Paragraph((Bold("What we learnt: "), view.learnt))]
        more: Text = (Anchor("Read on", view.link),) if view.link else ("Done",)
        return [*blocks, Note((*more, *by))]
    if view.state == "ended":
        text = f"{view.initiative_name} has ended, so nobody has to look back any more."
        return [Paragraph((text,)), Note(_what_happened(view))]
    names = phrases.people(view.asked, ring=True)
    together = " together" if len(view.asked) > 1 else ""
    zone = view.asked[0].timezone if view.asked else "UTC"
    ask: Text = (*names, f": please look back{together} by ", When(view.due_at, zone), ".")
    return [
        Paragraph((Bold("Without blame: "), "what happened, what helped, what we change.")),
        Paragraph(ask if view.asked else ("It waits for a council lead.",)),
        Note(_what_happened(view)),
    ]


def _what_happened(view: ReviewView) -> Text:
    name = phrases.class_name(view.signal_class)
    length = phrases.span(timedelta(minutes=view.length_minutes))
    text = f"{name}, {view.severity}, over after {length}."
    if view.decision:
        text += f" Decided: {choices.plainly(view.decision)}."
    if view.why == "recurrence":
        text += f" It came up {view.times} times within 90 days."
    return (text,)


def _review_buttons(key: str) -> tuple[Button, ...]:
    fields = (
        Field("note", "What we learnt", Kind.TEXT, "--note", required=True),
        Field("link", "Link", option="--link", hint="https, to where you wrote it down"),
    )
    form = Form("What did we learn?", f"done {key}", fields, "Done")
    return (Button("We looked back…", f"done {key}", primary=True, form=form),)


def review_reply_card(news: ReviewNews, why: str) -> Card:
    """Return the reminder to look back, or say to whom that comes now (`yours`)."""
    view = news.review
    ring = phrases.people(news.ring, ring=True)
    waits = "comes to you now" if why == "yours" else "waits for you"
    zone = news.ring[0].timezone if news.ring else "UTC"
    until: Text = (" until ", When(view.due_at, zone))
    text: Text = (*ring, f": {view.key} {waits}", *until, ". A quarter of an hour is plenty.")
    return Card("", f"{view.key} {waits}", (Paragraph(text),), _review_buttons(view.key))
