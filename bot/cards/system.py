"""Words for what the council itself needs: owners for models, senders mended, roles known."""

from bot.cards import phrases
from bot.cards.model import Block, Bold, Bullets, Button, Card, Code, Note, Paragraph, Text, Tone
from council.announcements import AssignedNews, TroubleNews, WaitingNews

_TROUBLES = {
    "not_json": "requests that were not JSON",
    "not_utf8": "requests that were not UTF-8",
    "not_gzip": "requests with damaged compression",
    "not_an_object": "requests that were not a JSON object",
    "duplicate_key": "requests that named a key twice",
    "not_finite": "requests with NaN or Infinity as a number",
    "too_deep": "requests nested too deeply",
    "too_large": "requests that were too large",
    "encoding": "requests in an unknown compression",
    "quarantined": "items that could not be read; they are kept",
}


def waiting_card(news: WaitingNews) -> Card:
    """Return the card about models that nobody has claimed."""
    if not news.models:
        return Card(
            title="Every model has an initiative",
            fallback="Every model has an initiative",
            blocks=(Paragraph(("No signals are waiting any more.",)),),
            tone=Tone.GOOD,
        )
    items = tuple(
        (Code(name or "(no model named)"), f" · {phrases.count(count, 'condition')}")
        for name, count in news.models
    )
    example = next((name for name, _ in news.models if name), "my-model")
    return Card(
        title="Signals for models that nobody has claimed",
        fallback=f"Signals wait for {phrases.count(len(items), 'model')} without an initiative",
        blocks=(
            Paragraph(("They are kept, and nobody else was told. Whose are they?",)),
            Bullets(items, 1 if news.more else 0),
            Note(
                ("Type ", Code(f'/council new "<name>" --model {example}'), " and they are routed.")
            ),
        ),
        tone=Tone.WARN,
    )


def trouble_card(news: TroubleNews) -> Card:
    """Return the operator's card about a sender."""
    items: tuple[Text, ...] = tuple(
        (
            Bold(f"{count:,}"),
            f" {_TROUBLES.get(code, code)}",
            f" (last: {detail})" if detail else "",
        )
        for code, count, detail in news.troubles
    )
    return Card(
        title=f"{news.name} sends what cannot be read",
        fallback=f"The integration {news.name} sends what cannot be read",
        blocks=(
            Paragraph(("So far:",)),
            Bullets(items),
            Note(
                (
                    "Everything else of it was taken. Try it with ",
                    Code(f"council integration test {news.name}"),
                )
            ),
        ),
        tone=Tone.WARN,
    )


def assigned_card(news: AssignedNews) -> Card:
    """Return the card to a person who was given a role, or from whom it was taken back."""
    if news.ended:
        return Card(
            title=f"{news.initiative_name}: taken back",
            fallback=f"You are not {news.role_name} of {news.initiative_name} any more",
            blocks=(
                Paragraph(
                    (f"You are not {news.role_name} there any more; nothing is left to do.",)
                ),
            ),
        )
    blocks: list[Block] = [
        Paragraph(
            (
                "You are ",
                Bold(news.role_name),
                " of ",
                Bold(news.initiative_name),
                f" now, in {news.phase_name}.",
            )
        )
    ]
    if news.question:
        blocks.append(Paragraph(("The question: ", news.question)))
    if news.learns:
        items: tuple[Text, ...] = tuple(
            (f"{topic}, with the {teacher}",) for topic, teacher in news.learns
        )
        blocks += [Paragraph(("What you can learn here:",)), Bullets(items)]
    return Card(
        title=f"Your part in {news.initiative_name}",
        fallback=f"You are {news.role_name} of {news.initiative_name} now",
        blocks=tuple(blocks),
        buttons=(Button("Who is who there", f"who {news.initiative}", primary=True),),
    )
