"""An initiative comes to live in another channel: its phase card goes along."""

from council import initiatives, outbox
from council.desk import Desk
from council.moves.going import welcome
from council.moves.visits import visit_of
from council.notices import VisitCard
from council.tables import Initiative

MOVED_AWAY = "moved_away"


def follow_channel(desk: Desk, initiative: Initiative, before: str) -> None:
    """Show the phase card in the channel that an initiative has now; the old one says where it is.

    `before` is the channel that it had until now, empty for none.
    """
    then, now = initiatives.home(desk, initiative, before), initiatives.home(desk, initiative)
    if then == now:
        return
    card = VisitCard(initiative.id, visit_of(desk, initiative).number, MOVED_AWAY)
    told = {lane for lane, _, _ in desk.books.outbox.told([card.subject])}
    outbox.put(desk, [(then, card)] if then in told else [])
    welcome(desk, initiative)
    if not initiative.channel and now in told:  # it was shown there before it had a channel
        outbox.put(desk, [(now, VisitCard(initiative.id, card.number, "entered"))])
