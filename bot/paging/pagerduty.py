"""PagerDuty as a platform: a case is an incident, by Events API v2."""

import json
from collections.abc import Mapping
from datetime import datetime

from bot.cards.model import Card
from bot.messenger import Destination, Receipt
from bot.paging.wire import Wire

PAGERDUTY = "https://events.pagerduty.com"
TRIGGER, ACKNOWLEDGE, RESOLVE = "trigger", "acknowledge", "resolve"
# What is put off rings nobody until it is woken, and rings then.
_ACTIONS = {"open": TRIGGER, "acknowledged": ACKNOWLEDGE}
_LONGEST_SUMMARY = 1_024


class PagerDuty:
    """Incidents of one service, by its routing key.

    The dedup key is that of the case with the council's name, so however often something is said
    it stays one incident. One that somebody has does not ring again, whatever it is told: what asks
    anew ends it first. So a receipt's message is what was said last.
    """

    platform = "pagerduty"

    def __init__(
        self,
        routing_key: str,
        council: str,
        base_url: str = PAGERDUTY,
        wire: Wire | None = None,
    ) -> None:
        """Hold the key; `council` tells several installations apart."""
        self._routing_key = routing_key
        self._council = council
        self._url = f"{base_url.rstrip('/')}/v2/enqueue"
        self._wire = wire or Wire()

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    async def check(self) -> str:
        """Return what is wrong with the way there; empty if it answers."""
        return await self._wire.reaches(self._url)

    async def post(self, to: Destination, card: Card, mid: str) -> Receipt:  # noqa: ARG002 -- the port
        """Trigger, acknowledge or resolve the incident, as the case stands."""
        action = _action(card.data)
        await self._send(card.data, action)
        return Receipt(self.platform, to.id, action)

    async def update(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Say how the case stands now."""
        if at.message == ACKNOWLEDGE and _action(card.data) == TRIGGER:
            await self._send(card.data, RESOLVE)
        return await self.post(Destination(self.platform, at.conversation), card, mid)

    async def reply(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Say how the case stands now; incidents have no threads."""
        return await self.update(at, card, mid)

    async def find(
        self,
        to: Destination,  # noqa: ARG002 -- the port
        mid: str,  # noqa: ARG002
        since: datetime,  # noqa: ARG002
        thread: Receipt | None,  # noqa: ARG002
    ) -> Receipt | None:
        """Find nothing: to say it twice does no harm, by the dedup key."""
        return None

    async def _send(self, data: Mapping[str, object], action: str) -> None:
        body = {
            "routing_key": self._routing_key,
            "event_action": action,
            "dedup_key": f"{self._council}:{data['key']}",
            "payload": {
                "summary": str(data["summary"])[:_LONGEST_SUMMARY],
                "source": str(data.get("initiative", self._council)),
                "severity": "critical",
                "class": str(data.get("signal_class", "")),
                "custom_details": {"case": data["key"], "severity": data["severity"]},
            },
            "client": "ML council coordinator",
        }
        await self._wire.send(self._url, json.dumps(body).encode(), {})


def _action(data: Mapping[str, object]) -> str:
    return _ACTIONS.get(str(data["status"]), RESOLVE)
