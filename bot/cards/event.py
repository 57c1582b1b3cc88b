"""What an integrator's program is told: a card that no person sees, with all of it in its data."""

from bot.cards.model import Card
from council.announcements import EventNews


def event_card(news: EventNews) -> Card:
    """Return an event as its receiver gets it."""
    data = {
        "type": news.kind,
        "seq": news.seq,
        "timestamp": news.at.isoformat(),
        "subject": news.subject,
        "initiative": news.initiative,
        "data": dict(news.facts),
    }
    return Card(title=news.kind, fallback=f"{news.kind} {news.subject}", data=data)
