"""Where an initiative lives in chat: its own channel, else the council's, unless it is private."""

from council.desk import Desk
from council.notices import VisitCard
from council.tables import Initiative


def home(desk: Desk, initiative: Initiative, channel: str | None = None) -> str:
    """Return the conversation in which an initiative lives, with this channel or its own.

    Empty for none: its cards go directly to its people then.
    """
    own = initiative.channel if channel is None else channel
    return own or ("" if initiative.private else desk.books.registry.council().channel)


def shown_in(desk: Desk, initiative: Initiative, number: int) -> list[str]:
    """Return where the card on a stay is shown and kept up to date: not where it moved away."""
    here = home(desk, initiative)
    told = desk.books.outbox.told([VisitCard(initiative.id, number, "entered").subject])
    lanes = sorted({lane for lane, _, _ in told})
    return [lane for lane in lanes if lane.startswith("person:") or lane == here]
