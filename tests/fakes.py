"""Means that tests hold in their hand: a clock that is set, ids that count, a chat that records."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.cards.model import Card
from bot.messenger import DeliveryError, Destination, Receipt

# A Tuesday, 10:00 in Berlin: inside business hours almost everywhere the tests look.
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class SetClock:
    """A clock that moves when told to."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, **length: float) -> None:
        self.moment += timedelta(**length)


class CountingIds:
    """Ids that can be read: id-0001, id-0002; secrets likewise."""

    def __init__(self) -> None:
        self.count = 0

    def new(self) -> str:
        self.count += 1
        return f"id-{self.count:06d}"

    def secret(self) -> str:
        self.count += 1
        return f"secret-{self.count:06d}"


@dataclass
class Message:
    """A message as the recording chat holds it."""

    conversation: str
    card: Card
    mid: str
    thread: str = ""
    updates: int = 0


@dataclass
class RecordingMessenger:
    """A chat platform in memory; `fail` may raise before a message is accepted, `drop` after."""

    platform: str = "local"
    messages: dict[str, Message] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    fail: Callable[[str], DeliveryError | None] = lambda _call: None
    drop: Callable[[str], DeliveryError | None] = lambda _call: None
    looks: bool = True

    async def post(self, to: Destination, card: Card, mid: str) -> Receipt:
        where = f"dm:{to.id}" if to.direct else to.id
        return self._accept("post", where, card, mid)

    async def reply(self, at: Receipt, card: Card, mid: str) -> Receipt:
        return self._accept("reply", at.conversation, card, mid, at.message)

    async def update(self, at: Receipt, card: Card, mid: str) -> Receipt:
        self._note("update", at.conversation, self.fail)
        held = self.messages[at.message]
        held.card, held.updates = card, held.updates + 1
        self._note("", at.conversation, self.drop)
        return at

    async def find(
        self, to: Destination, mid: str, since: datetime, thread: Receipt | None
    ) -> Receipt | None:
        self._note("find", to.id, self.fail)
        for key, held in self.messages.items():
            if self.looks and held.mid == mid:
                return Receipt(self.platform, held.conversation, key)
        return None

    def _accept(self, call: str, where: str, card: Card, mid: str, thread: str = "") -> Receipt:
        self._note(call, where, self.fail)
        key = f"m{len(self.messages) + 1}"
        self.messages[key] = Message(where, card, mid, thread)
        self._note("", where, self.drop)
        return Receipt(self.platform, where, key)

    def _note(self, call: str, where: str, trouble: Callable[[str], DeliveryError | None]) -> None:
        if call:
            self.calls.append((call, where))
        if error := trouble(call or "answer"):
            raise error

    def cards(self, conversation: str) -> list[Card]:
        """Return the cards in a conversation, replies left out."""
        return [
            held.card
            for held in self.messages.values()
            if held.conversation == conversation and not held.thread
        ]

    def replies(self, conversation: str) -> list[Card]:
        """Return what stands in threads of a conversation."""
        return [
            held.card
            for held in self.messages.values()
            if held.conversation == conversation and held.thread
        ]
