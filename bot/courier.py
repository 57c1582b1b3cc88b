"""From the outbox to the world: claim a lane, compose, deliver, settle.

At least once. The message id travels with the message and is looked for before any second try, so
that an answer that got lost makes no second card. One message per second and conversation; a
platform that asks for a pause gets it; what cannot arrive becomes a dead letter.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.cards.compose import compose
from bot.cards.model import Card
from bot.clerk import Busy, Clerk, Unavailable
from bot.logs import correlated
from bot.messenger import DeliveryError, Destination, Failure, Messenger, Receipt
from council import announcements, outbox
from council.desk import Desk
from council.notices import Form
from council.outbox import Claimed, Place, Settled

# After a crash a conversation in flight is silent for this long.
LEASE = timedelta(seconds=25)
PER_MESSAGE = timedelta(seconds=1)
AT_ONCE = 64
# A try may take this long in all; well within the lease, so that two owners never send at once.
TRY_SECONDS = 15.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
# About a day at the longest pause; a platform that only asks for patience is never given up.
TRIES = 300

# What troubles the platform as a whole; other failures are of one message or one conversation.
_PLATFORMS_OWN = frozenset({Failure.AUTH, Failure.RATE_LIMITED, Failure.UNAVAILABLE})

log = structlog.get_logger()


@dataclass(slots=True)
class _Try:
    """A try to deliver; `platform` is known once it is known whom the notice is for."""

    claimed: Claimed
    platform: str = ""


@dataclass(frozen=True, slots=True)
class _Outcome:
    state: str
    pause: timedelta
    reason: str = ""
    place: Place | None = None
    failure: str = ""


class Courier:
    """Delivers notices of one council through the platforms that are configured."""

    def __init__(
        self,
        clerk: Clerk,
        messengers: Mapping[str, Messenger],
        chance: Callable[[], float],
        name: str,
    ) -> None:
        """Hold the means; `run` begins to deliver.

        `chance` returns a number from 0 to 1, `name` tells replicas apart.
        """
        self._clerk = clerk
        self._metrics = clerk.metrics
        self._messengers = messengers
        self._chance = chance
        self._name = name
        self._awake = asyncio.Event()
        self._tries: set[asyncio.Task[None]] = set()
        self._lanes: set[str] = set()
        self._closing = False
        clerk.when_announced(self.wake)

    def wake(self) -> None:
        """Look for work: after a commit here, after a rest, and each second for other processes."""
        self._awake.set()

    async def run(self) -> None:
        """Deliver until `close`; what goes wrong with one message stops no other."""
        while not self._closing:
            self._awake.clear()
            claimed = await self._claim()
            for each in claimed:
                task = asyncio.create_task(self._deliver(each))
                self._tries.add(task)
                self._lanes.add(each.lane)
                task.add_done_callback(self._finished)
            if not claimed:
                await self._awake.wait()
        # What was being taken while `close` was called is on its way only now.
        await self._finish()

    async def close(self) -> None:
        """Take nothing new and wait for what is on its way."""
        self._closing = True
        self.wake()
        await self._finish()

    async def _finish(self) -> None:
        if self._tries:
            # Each ends by itself and is settled then; after a lease there is nothing to give back.
            await asyncio.wait(self._tries, timeout=LEASE.total_seconds())

    async def drain(self) -> None:
        """Deliver everything that may be sent now, then return (for the shell and the demo)."""
        while claimed := await self._claim():
            await asyncio.gather(*(self._deliver(each) for each in claimed))

    async def _claim(self) -> list[Claimed]:
        free = AT_ONCE - len(self._tries)
        if not self._messengers or free <= 0:
            return []
        try:
            return await self._clerk.claim(
                outbox.claim, self._name, LEASE, free, tuple(self._lanes)
            )
        except (Busy, Unavailable):
            return []

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tries.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("delivery_broke", error=repr(error))

    async def _deliver(self, claimed: Claimed) -> None:
        with correlated(claimed.correlation):
            await self._deliver_one(_Try(claimed))

    async def _deliver_one(self, this: _Try) -> None:
        claimed = this.claimed
        try:
            began = time.monotonic()
            outcome = await self._try(this)
            seconds = time.monotonic() - began
            settled = Settled(
                claimed,
                outcome.state,
                outcome.pause,
                outcome.reason,
                outcome.place,
            )
            self._count(this, outcome, seconds)
            await self._clerk.submit(settle_all, settled)
            log.info(
                "notice",
                mid=claimed.mid,
                kind=claimed.kind,
                subject=claimed.subject,
                lane=claimed.lane,
                platform=this.platform,
                state=outcome.state,
                attempts=claimed.attempts,
                reason=outcome.reason,
                ms=round(seconds * 1_000, 1),
            )
        except (Busy, Unavailable):
            # The lease ends by itself, and whoever takes the lane then looks before posting.
            log.warning("settle_failed", mid=claimed.mid)
        finally:
            self._lanes.discard(claimed.lane)
            asyncio.get_running_loop().call_later(PER_MESSAGE.total_seconds() + 0.005, self.wake)

    def _count(self, this: _Try, outcome: _Outcome, seconds: float) -> None:
        platform = this.platform or "none"
        self._metrics.deliveries.labels(platform, outcome.state, outcome.failure).inc()
        if not this.platform:
            return
        self._metrics.delivery_seconds.labels(platform).observe(seconds)
        trouble = outcome.failure if outcome.failure in _PLATFORMS_OWN else ""
        self._metrics.vitals.chat[platform] = trouble
        if outcome.state == "sent":
            age = self._clerk.means.clock.now() - this.claimed.created_at
            self._metrics.notice_seconds.observe(max(0.0, age.total_seconds()))

    async def _try(self, this: _Try) -> _Outcome:
        claimed = this.claimed
        try:
            async with asyncio.timeout(TRY_SECONDS):
                return await self._send(this)
        except DeliveryError as error:
            return self._failed(claimed, error)
        except TimeoutError:
            return self._failed(claimed, DeliveryError(Failure.UNAVAILABLE, "timeout"))
        except Exception as error:  # one bad notice must not stop a conversation
            log.exception("notice_broke", mid=claimed.mid, kind=claimed.kind)
            return self._failed(claimed, DeliveryError(Failure.UNAVAILABLE, type(error).__name__))

    async def _send(self, this: _Try) -> _Outcome:
        claimed = this.claimed
        spoken = await self._clerk.read(announcements.prepare, claimed, tuple(self._messengers))
        if isinstance(spoken, announcements.Unsaid):
            return _Outcome(spoken.state, timedelta(0), spoken.reason)
        to = Destination(spoken.platform, spoken.address, direct=spoken.direct)
        messenger = self._messengers.get(to.platform)
        if messenger is None:
            raise DeliveryError(Failure.GONE, f"no {to.platform or 'chat platform'} to reach them")
        this.platform = to.platform
        card = compose(claimed.kind, claimed.facts, spoken.view)
        receipt = await self._hand_over(messenger, to, claimed, card)
        place = Place(receipt.platform, receipt.conversation, receipt.message)
        return _Outcome("sent", PER_MESSAGE, "", place)

    async def _hand_over(
        self, messenger: Messenger, to: Destination, claimed: Claimed, card: Card
    ) -> Receipt:
        at = Receipt(**_fields(claimed.card)) if claimed.card else None
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
                return await self._freshen(messenger, found, claimed, card)
        if at is not None:
            return await messenger.reply(at, card, claimed.mid)
        return await messenger.post(to, card, claimed.mid)

    async def _freshen(
        self, messenger: Messenger, found: Receipt, claimed: Claimed, card: Card
    ) -> Receipt:
        """Bring the card of an earlier try, which had arrived after all, up to date."""
        if claimed.form is Form.CARD:
            return await messenger.update(found, card, claimed.mid)
        return found

    def _failed(self, claimed: Claimed, error: DeliveryError) -> _Outcome:
        reason = f"{error.failure}: {error.detail}"
        patience = error.failure is Failure.RATE_LIMITED or claimed.attempts < TRIES
        if error.permanent or not patience:
            return _Outcome("dead", PER_MESSAGE, reason, failure=str(error.failure))
        if error.retry_after is not None:
            pause = timedelta(seconds=error.retry_after)
        else:
            longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (claimed.attempts - 1))
            pause = timedelta(seconds=longest / 2 + self._chance() * longest / 2)
        # A try counts as a message: the platform saw it, and it may have arrived after all.
        pause = max(pause, PER_MESSAGE)
        return _Outcome("failed", pause, reason, failure=str(error.failure))


def settle_all(desk: Desk, results: Sequence[Settled]) -> list[None]:
    """Settle what has ended since the last batch, in one set."""
    outbox.settle(desk, results)
    return [None] * len(results)


def _fields(place: Place) -> dict[str, str]:
    return {
        "platform": place.platform,
        "conversation": place.conversation,
        "message": place.message,
    }
