"""Words that take the place of a card on what became private: no name, and nothing to press."""

from bot.cards.model import Card, Paragraph

_MOVED = "This goes on in private. Whoever it asks something of is asked directly."


def withdrawn_card() -> Card:
    """Return what stands in a channel where the card may not be read any more."""
    title = "Moved to its people"
    return Card(title=title, fallback=title, blocks=(Paragraph((_MOVED,)),))
