"""Words for whoever takes on the part of somebody who left."""

from bot.cards import phrases
from bot.cards.model import Block, Button, Card, Paragraph
from bot.cards.open_list import open_list
from council.leaving import LeftNews


def left_card(news: LeftNews) -> Card:
    """Return what is open with the heir now, and from whom it came."""
    name = news.gone.name
    things = phrases.count(len(news.open), "thing")
    blocks: list[Block] = [
        Paragraph((phrases.person(news.gone), " has left, and their part is yours now."))
    ]
    blocks += open_list(news.open, news.heir.timezone)
    if not news.open:
        blocks.append(Paragraph(("Nothing of it is open any more.",)))
    return Card(
        title=f"You take over from {name}",
        fallback=f"You take over from {name}; {things} open",
        blocks=tuple(blocks),
        buttons=(Button("What waits for me", "mine", primary=True),),
    )
