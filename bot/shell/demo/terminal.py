"""The terminal as a chat platform: what the council says is printed, updates say so."""

from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.cards.model import Card, Tone
from bot.messenger import DeliveryError, Destination, Failure, Receipt
from bot.text import render

_COLOURS = {Tone.GOOD: "green", Tone.WARN: "yellow", Tone.BAD: "red", Tone.NEUTRAL: "blue"}


@dataclass
class Terminal:
    """Prints messages, unless muted, and remembers where they stand."""

    console: Console
    names: dict[str, str]
    platform: str = "local"
    muted: bool = False
    _mids: dict[str, str] = field(default_factory=dict)

    async def post(self, to: Destination, card: Card, mid: str) -> Receipt:
        """Print a new message."""
        where = f"direct message to {self.names.get(to.id, to.id)}" if to.direct else f"#{to.id}"
        return self._print(where, card, mid, where)

    async def update(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Print a message that changed in place."""
        if at.message not in self._mids.values():
            raise DeliveryError(Failure.GONE, "message_not_found")
        self._mids[mid] = at.message
        self._show(f"{at.conversation} · the same message, changed in place", card)
        return at

    async def reply(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Print an answer in a thread."""
        return self._print(f"{at.conversation} · reply in the thread", card, mid, at.conversation)

    async def find(
        self, to: Destination, mid: str, since: datetime, thread: Receipt | None
    ) -> Receipt | None:
        """Look a message up by its id."""
        del since, thread
        message = self._mids.get(mid)
        return Receipt(self.platform, to.id, message) if message else None

    def _print(self, head: str, card: Card, mid: str, conversation: str) -> Receipt:
        self._mids[mid] = f"m{len(self._mids) + 1}"
        self._show(head, card)
        return Receipt(self.platform, conversation, self._mids[mid])

    def _show(self, head: str, card: Card) -> None:
        if self.muted:
            return
        body = Text(render(card))
        self.console.print(
            Panel(body, title=head, title_align="left", border_style=_COLOURS[card.tone])
        )
