"""Signed webhooks as platforms: one that pages, one that is told everything that happens."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.cards.model import Card
from bot.messenger import Destination, Receipt
from bot.paging import signing
from bot.paging.wire import Wire

# What is put off rings nobody until it is woken, and is triggered again then.
_TYPES = {"open": "page.triggered", "acknowledged": "page.acknowledged"}


class _Hook(ABC):
    """A signed webhook; the id of the notice is that of the message, however often it is tried."""

    platform: str

    def __init__(
        self,
        url: str,
        secret: str,
        now: Callable[[], datetime],
        wire: Wire | None = None,
    ) -> None:
        """Hold address and secret; `now` tells the time of the signature."""
        self._url = url
        self._secret = secret
        self._now = now
        self._wire = wire or Wire()

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    async def check(self) -> str:
        """Return what is wrong with the way there; empty if it answers."""
        return await self._wire.reaches(self._url)

    async def post(self, to: Destination, card: Card, mid: str) -> Receipt:
        """Send what a card holds for programs."""
        await self._send(card, mid)
        return Receipt(self.platform, to.id, mid)

    async def update(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Send how it stands now."""
        await self._send(card, mid)
        return at

    async def reply(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Send how it stands now; there are no threads."""
        return await self.update(at, card, mid)

    async def find(
        self,
        to: Destination,  # noqa: ARG002 -- the port
        mid: str,  # noqa: ARG002
        since: datetime,  # noqa: ARG002
        thread: Receipt | None,  # noqa: ARG002
    ) -> Receipt | None:
        """Find nothing; the receiver leaves out an id that it has seen."""
        return None

    async def _send(self, card: Card, mid: str) -> None:
        moment = self._now()
        said = self._body(card.data, moment)
        body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        signed = signing.headers(self._secret, mid, int(moment.timestamp()), body)
        await self._wire.send(self._url, body, signed)

    @abstractmethod
    def _body(self, data: Mapping[str, object], moment: datetime) -> Mapping[str, Any]:
        """Return what is sent of a card's data."""


class PageHook(_Hook):
    """Pages whoever is behind an address."""

    platform = "page"

    def _body(self, data: Mapping[str, object], moment: datetime) -> Mapping[str, Any]:
        kind = _TYPES.get(str(data["status"]), "page.resolved")
        return {"type": kind, "timestamp": moment.isoformat(), "data": dict(data)}


class EventHook(_Hook):
    """Tells everything that happens."""

    platform = "events"

    def _body(self, data: Mapping[str, object], moment: datetime) -> Mapping[str, Any]:  # noqa: ARG002 -- it has its own
        return dict(data)
