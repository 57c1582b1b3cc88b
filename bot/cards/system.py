"""Words for what the council itself needs: owners for models, senders mended, roles known."""

from bot.cards import phrases
from bot.cards.model import Block, Bold, Bullets, Button, Card, Code, Note, Paragraph, Text, Tone
from council.announcements import AssignedNews, TroubleNews, WaitingNews

# One of them, and many.
_TROUBLES = {
    "not_json": ("request that was not JSON", "requests that were not JSON"),
    "not_utf8": ("request that was not UTF-8", "requests that were not UTF-8"),
    "not_gzip": ("request with damaged compression", "requests with damaged compression"),
    "not_an_object": ("request without a JSON object", "requests without a JSON object"),
    "duplicate_key": ("request that names a key twice", "requests that name a key twice"),
    "not_finite": ("request with NaN or Infinity", "requests with NaN or Infinity"),
    "too_deep": ("request nested too deeply", "requests nested too deeply"),
    "too_large": ("request that was too large", "requests that were too large"),
    "encoding": ("request in unknown compression", "requests in unknown compression"),
    "truncated": (
        "alert that the sender left out (max_alerts)",
        "alerts that the sender left out (max_alerts)",
    ),
    "quarantined": (
        "item that could not be read; it is kept",
        "items that could not be read; they are kept",
    ),
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
    example = f'"{example}"' if " " in example else example
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
            f" {_TROUBLES.get(code, (code, code))[count != 1]}",
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
    role = phrases.role(news.role_name)
    if news.ended:
        gone = f"You are not {role} there any more; nothing is left to do."
        return Card(
            title=f"{news.initiative_name}: taken back",
            fallback=f"You are not {role} of {news.initiative_name} any more",
            blocks=(Paragraph((gone,)),),
        )
    where = f" now, in {news.phase_name}."
    blocks: list[Block] = [
        Paragraph(("You are ", Bold(role), " of ", Bold(news.initiative_name), where))
    ]
    if news.question:
        blocks.append(Paragraph(("The question: ", news.question)))
    if news.learns:
        items: tuple[Text, ...] = tuple(
            (f"{topic}, with the {phrases.role(teacher)}",) for topic, teacher in news.learns
        )
        blocks += [Paragraph(("What you can learn here:",)), Bullets(items)]
    return Card(
        title=f"Your part in {news.initiative_name}",
        fallback=f"You are {role} of {news.initiative_name} now",
        blocks=tuple(blocks),
        buttons=(Button("Who is who there", f"who {news.initiative}", primary=True),),
    )
