"""A card handed to a platform so that at most one is to be seen: update, look for it, else post."""

from dataclasses import asdict

from bot.cards.model import Card
from bot.messenger import DeliveryError, Destination, Failure, Messenger, Receipt
from council.notices import Form
from council.outbox import Claimed


async def hand_over(messenger: Messenger, to: Destination, claimed: Claimed, card: Card) -> Receipt:
    """Return where the card stands now. Raises DeliveryError."""
    at = Receipt(**asdict(claimed.card)) if claimed.card else None
    if claimed.form is Form.CARD and at is not None:
        try:
            return await messenger.update(at, card, claimed.mid)
        except DeliveryError as error:
            if error.failure is not Failure.GONE:
                raise
            at = None  # somebody deleted it: say it anew
    if claimed.attempts > 1:
        found = await messenger.find(to, claimed.mid, claimed.first_try_at, at)
        if found is not None:
            return await _freshened(messenger, found, claimed, card)
    if at is not None:
        return await messenger.reply(at, card, claimed.mid)
    return await messenger.post(to, card, claimed.mid)


async def _freshened(messenger: Messenger, found: Receipt, claimed: Claimed, card: Card) -> Receipt:
    """Bring the card of an earlier try, which had arrived after all, up to date."""
    if claimed.form is Form.CARD:
        return await messenger.update(found, card, claimed.mid)
    return found
