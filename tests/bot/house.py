"""A council with a courier, a clock that is set and a chat that records; on either engine."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.cards.model import Card
from bot.clerk import Clerk
from bot.courier import LEASE, Courier
from bot.messenger import DeliveryError, Destination, Failure, Receipt
from bot.settings import Settings
from bot.web import lists
from bot.wiring import means
from council import cases, outbox
from council.desk import Desk
from council.notices import Audience, CaseReply, WaitingModels
from council.outbox import Claimed
from council.signal import Signal
from council.store.engine import open_engine
from council.tables import Integration
from tests import builders
from tests.fakes import START, CountingIds, RecordingMessenger, SetClock

HERE = "local:here"
LOST = DeliveryError(Failure.UNAVAILABLE, "no answer")
LIMITED = DeliveryError(Failure.RATE_LIMITED, "ratelimited", 30.0)
BROKEN = DeliveryError(Failure.INVALID, "invalid_blocks")
GONE = DeliveryError(Failure.GONE, "message_not_found")


@dataclass
class Chat(RecordingMessenger):
    """The recording chat, to which something may happen while a message is on its way."""

    meanwhile: list[Callable[[], Awaitable[Any]]] = field(default_factory=list)

    async def post(self, to: Destination, card: Card, mid: str) -> Receipt:
        while self.meanwhile:
            await self.meanwhile.pop()()
        return await super().post(to, card, mid)

    def said(self, call: str) -> int:
        """Return how often it was called so."""
        return [name for name, _ in self.calls].count(call)


@dataclass
class House:
    """A council with one courier, a clock that is set and a chat that records."""

    clerk: Clerk
    clock: SetClock
    chat: Chat
    chance: float = 1.0

    def __post_init__(self) -> None:
        self.courier = self.another("one")

    def another(self, name: str, clerk: Clerk | None = None) -> Courier:
        return Courier(clerk or self.clerk, {"local": self.chat}, lambda: self.chance, name)

    async def tell(self, *subjects: str, lane: str = HERE) -> None:
        await self.clerk.write(tell, lane, subjects)

    async def signal(self, *signals: Signal) -> None:
        await self.clerk.submit(cases.receive, builders.a_delivery(*signals))

    async def deliver(self, **after: float) -> None:
        """Deliver what may be sent when this time has passed."""
        self.clock.move(**after)
        await self.courier.drain()

    async def claim(self, owner: str) -> list[Claimed]:
        return await self.clerk.claim(outbox.claim, owner, LEASE, 10)

    async def notices(self) -> list[dict[str, Any]]:
        """Return what was put into channels."""
        found, _ = await self.clerk.read(lists.notices, "", 200)
        return [each for each in found if each["conversation"].startswith("local:")]

    async def states(self) -> list[str]:
        return [notice["state"] for notice in await self.notices()]


def tell(desk: Desk, lane: str, subjects: Sequence[str]) -> None:
    """Put a card about each of these."""
    outbox.put(desk, [(lane, WaitingModels(subject=f"waiting-models:{s}")) for s in subjects])


def remind(desk: Desk, lane: str) -> None:
    """Put a reply about the only open case."""
    (row,) = desk.books.cases.page(1_000, 10)
    outbox.put(desk, [(lane, CaseReply(row.id, "escalated", (), Audience.OWNERS))])


def staff(desk: Desk) -> None:
    """Open an initiative whose channel is `here`."""
    builders.a_crew(desk)
    builders.an_initiative(desk, channel=HERE)
    sender = Integration(
        id="integration",
        council_id=desk.council_id,
        name="monitor",
        kind="alertmanager",
        created_at=START,
    )
    desk.books.add(sender)
    for notice in desk.books.outbox.page("pending", 200):  # everybody would hear of their role
        desk.books.outbox.settle(notice.lane, [notice.seq], {"state": "dropped"})


def once(call: str, error: DeliveryError) -> Callable[[str], DeliveryError | None]:
    """Fail the first such call."""
    left = [error]
    return lambda said: left.pop() if said == call and left else None


def always(call: str, error: DeliveryError) -> Callable[[str], DeliveryError | None]:
    """Fail every such call."""
    return lambda said: error if said == call else None


@asynccontextmanager
async def a_clerk(url: str, clock: SetClock) -> AsyncIterator[Clerk]:
    """Let a clerk work on a database, as one process would."""
    engine = open_engine(url)
    settings = Settings(database_url=url, council_channel="local:council")
    clerk = Clerk(engine, means(engine, settings, clock, CountingIds()))
    clerk.start()
    yield clerk
    await clerk.close()
    engine.dispose()


@asynccontextmanager
async def a_house(url: str) -> AsyncIterator[House]:
    """Open a council with one initiative on a database."""
    clock = SetClock()
    async with a_clerk(url, clock) as clerk:
        await clerk.write(staff)
        yield House(clerk, clock, Chat())
