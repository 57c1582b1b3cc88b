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
from bot.clerk import Busy, Clerk, Unavailable
from bot.courier.handover import hand_over
from bot.logs import correlated
from bot.messenger import DeliveryError, Destination, Failure, Messenger
from council import announcements, outbox
from council.announcements import Spoken, Unsaid
from council.desk import Desk
from council.outbox import Claimed, Place, Settled

# After a crash a conversation in flight is silent for this long.
LEASE = timedelta(seconds=25)
PER_MESSAGE = timedelta(seconds=1)
AT_ONCE = 64
# While more waits than may be on its way, so many places are filled at a time, by one claim; and
# the facts of so many are read together. What waits alone is claimed and read alone, at once.
TOGETHER = 8
# A try may take this long in all; well within the lease, so that two owners never send at once.
TRY_SECONDS = 15.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
# About a day at the longest pause; a platform that only asks for patience is never given up.
TRIES = 300

# What troubles the platform as a whole; other failures are of one message or one conversation.
_PLATFORMS_OWN = frozenset({Failure.AUTH, Failure.RATE_LIMITED, Failure.UNAVAILABLE})

# Platforms on which nobody reads: what is for people does not go there.
MACHINES = frozenset({"pagerduty", "page", "events"})

log = structlog.get_logger()


@dataclass(slots=True)
class _Try:
    """A try to deliver, until the loop's time `deadline`.

    `spoken` is what was prepared together with others; `platform` is known once it is known whom
    the notice is for.
    """

    claimed: Claimed
    deadline: float
    spoken: Spoken | Unsaid | None = None
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
        self._more = False
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
            for some in batched(claimed):
                task = asyncio.create_task(self._deliver_some(some))
                self._tries.add(task)
                task.add_done_callback(self._tries.discard)
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
            await asyncio.gather(*map(self._deliver_some, batched(claimed)))

    async def _claim(self) -> list[Claimed]:
        free = AT_ONCE - len(self._lanes)
        if not self._messengers or free < (TOGETHER if self._more else 1):
            return []
        try:
            claimed = await self._clerk.claim(
                outbox.claim, self._name, LEASE, free, tuple(self._lanes)
            )
        except (Busy, Unavailable):
            return []
        self._more = len(claimed) == free
        self._lanes.update(each.lane for each in claimed)
        return claimed

    async def _deliver_some(self, claimed: Sequence[Claimed]) -> None:
        """Prepare these together, then deliver each by itself."""
        deadline = asyncio.get_running_loop().time() + TRY_SECONDS
        tries = [_Try(each, deadline) for each in claimed]
        if len(tries) > 1:
            await self._prepare(tries, deadline)
        for error in await asyncio.gather(*map(self._deliver, tries), return_exceptions=True):
            if error is not None:
                log.error("delivery_broke", exc_info=error)

    async def _prepare(self, tries: Sequence[_Try], deadline: float) -> None:
        """Read what to say of all; if that fails, each is asked about alone: one harms no other."""
        try:
            async with asyncio.timeout_at(deadline):
                found = await self._clerk.read(
                    announcements.prepare_all,
                    [each.claimed for each in tries],
                    tuple(self._messengers),
                )
        except Exception as error:  # noqa: BLE001 -- the one whose fault it is says so itself
            log.info("notices_apart", error=type(error).__name__, count=len(tries))
            return
        for each, spoken in zip(tries, found, strict=True):
            each.spoken = spoken

    async def _deliver(self, this: _Try) -> None:
        with correlated(this.claimed.correlation):
            await self._deliver_one(this)

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
            if self._more and len(self._lanes) <= AT_ONCE - TOGETHER:
                self.wake()
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
            async with asyncio.timeout_at(this.deadline):
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
        spoken = this.spoken
        if spoken is None:
            platforms = tuple(self._messengers)
            spoken = await self._clerk.read(announcements.prepare, claimed, platforms)
        if isinstance(spoken, Unsaid):
            return _Outcome(spoken.state, timedelta(0), spoken.reason)
        to = Destination(spoken.platform, spoken.address, direct=spoken.direct)
        messenger = self._messengers.get(to.platform)
        if messenger is None and self._messengers.keys() <= MACHINES:
            # Nobody talks yet; what is to be said waits, while programs are told already.
            raise DeliveryError(Failure.RATE_LIMITED, "no chat platform yet", LONGEST_PAUSE)
        if messenger is None:
            raise DeliveryError(Failure.GONE, f"no {to.platform or 'chat platform'} to reach them")
        this.platform = to.platform
        card = compose(claimed.kind, claimed.facts, spoken.view)
        receipt = await hand_over(messenger, to, claimed, card)
        place = Place(receipt.platform, receipt.conversation, receipt.message)
        return _Outcome("sent", _rest(to.platform), spoken.reason, place)

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


def _rest(platform: str) -> timedelta:
    """Return for how long a conversation rests; a program that is told all needs no rest."""
    return timedelta(0) if platform == "events" else PER_MESSAGE


def batched(claimed: Sequence[Claimed]) -> list[Sequence[Claimed]]:
    """Return them in order, a few at a time; the first alone, so that it waits for no other."""
    rest = range(1, len(claimed), TOGETHER)
    return [each for each in (claimed[:1], *(claimed[n : n + TOGETHER] for n in rest)) if each]


def settle_all(desk: Desk, results: Sequence[Settled]) -> list[None]:
    """Settle what has ended since the last batch, in one set."""
    announcements.settle(desk, results)
    return [None] * len(results)
