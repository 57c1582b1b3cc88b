"""APScheduler wakes the rounds and housekeeping; what is due lives in the agenda, not here."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clerk import Busy, Clerk, Unavailable
from bot.logs import correlated
from council import agenda, initiatives, rounds
from council.desk import Desk

ROUND_SECONDS = 1.0
HOUSEKEEPING_SECONDS = 3_600
# How often it is looked whether a rota is to be read; each is, every 15 minutes.
ROTA_SECONDS = 60
# How often it is looked whether the event loop comes late, and how many looks are remembered.
_LOOK_SECONDS, _LOOKS = 0.5, 60
# Longer than any sender goes on repeating an event.
FORGET_EVENTS_AFTER = timedelta(days=7)

log = structlog.get_logger()


class Jobs:
    """The wake-ups of one process."""

    def __init__(
        self,
        clerk: Clerk,
        wake_courier: Callable[[], None],
        read_rotas: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        """Prepare; `start` begins."""
        self._clerk = clerk
        self._metrics = clerk.metrics
        self._lags: deque[float] = deque(maxlen=_LOOKS)
        self._metrics.loop_lag.set_function(lambda: max(self._lags.copy(), default=0.0))
        self._watching: asyncio.Task[None] | None = None
        self._wake_courier = wake_courier
        self._turn = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self.round, "interval", seconds=ROUND_SECONDS, **options)
        self._scheduler.add_job(self.wake, "interval", seconds=ROUND_SECONDS, **options)
        self._scheduler.add_job(self.tidy, "interval", seconds=HOUSEKEEPING_SECONDS, **options)
        # At once too: a council that was just set up has nothing on its agenda yet.
        self._scheduler.add_job(self.begin_checks, "date", misfire_grace_time=None)
        if read_rotas is not None:
            self._scheduler.add_job(read_rotas, "interval", seconds=ROTA_SECONDS, **options)

    def start(self) -> None:
        """Begin to wake."""
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch())

    def close(self) -> None:
        """Wake nobody any more."""
        self._scheduler.shutdown(wait=False)
        if self._watching is not None:
            self._watching.cancel()

    async def _watch(self) -> None:
        """Look how late the event loop comes: what holds it up holds everybody up."""
        while True:
            due = time.monotonic() + _LOOK_SECONDS
            await asyncio.sleep(_LOOK_SECONDS)
            self._lags.append(max(0.0, time.monotonic() - due))

    async def wake(self) -> None:
        """Wake the courier: another process may have written."""
        self._wake_courier()

    async def round(self) -> int:
        """Do everything that is due; return how much was done."""
        done = 0
        async with self._turn:
            try:
                for item in await self._clerk.read(agenda.due):
                    # Nobody asked for it, so it gets an id of its own.
                    with correlated():
                        done += await self._one(item)
                    self._alive()
                self._alive()
            except (Busy, Unavailable):
                log.info("round_postponed")
        return done

    async def _one(self, item: agenda.Due) -> int:
        """Do one item; one that breaks is tried later and holds up no other."""
        began = time.monotonic()
        try:
            done = await self._clerk.write(rounds.run, item)
        except (Busy, Unavailable):
            raise
        except Exception:
            log.exception("agenda_broke", kind=item.kind, subject=item.subject)
            self._metrics.agenda_items.labels(item.kind, "broke").inc()
            await self._clerk.write(agenda.postpone, item)
            return 0
        self._metrics.agenda_items.labels(item.kind, "done" if done else "taken").inc()
        ms = round((time.monotonic() - began) * 1_000, 1)
        log.info("round", kind=item.kind, subject=item.subject, done=done, ms=ms)
        return int(done)

    def _alive(self) -> None:
        self._metrics.vitals.round_at = self._clerk.means.clock.now()

    async def tidy(self) -> None:
        """Forget what nobody will ask for again."""
        try:
            await self._clerk.write(_forget)
        except (Busy, Unavailable):
            log.info("tidying_postponed")
        await self.begin_checks()

    async def begin_checks(self) -> None:
        """See to it that what comes every morning is on the agenda."""
        try:
            await self._clerk.write(initiatives.begin_checks)
        except (Busy, Unavailable):
            log.info("checks_postponed")


def _forget(desk: Desk) -> None:
    desk.books.registry.forget_events(desk.now() - FORGET_EVENTS_AFTER)
