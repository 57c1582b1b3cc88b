"""The only bridge between the async edges and the synchronous council.

One writer thread takes what waits, commits once, then answers all (group commit). What a person
waits for goes first and has a savepoint of its own; what machines sent runs as one set-based call
and one by one only if that fails. Questions run on a small pool of readers. Nothing else opens a
session, and nothing read is kept from one batch to the next.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session

from bot.clerk.batches import run_batch
from bot.clerk.means import Busy, Means, Unavailable, complaint
from bot.jobqueue import Job, Queue
from bot.logs import correlation
from bot.metrics import Metrics
from council.desk import Desk
from council.store.engine import database_time

__all__ = ["RETRY_AFTER_SECONDS", "Busy", "Clerk", "Means", "Unavailable"]

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")

READERS = 4
RETRY_AFTER_SECONDS = 1

log = structlog.get_logger()


class Clerk:
    """Runs use cases for the edges of one process."""

    def __init__(self, engine: Engine, means: Means, metrics: Metrics | None = None) -> None:
        """Hold the database; `start` begins to work."""
        self._engine = engine
        self._means = means
        self._queue = Queue()
        self._turn = threading.Condition()
        self._closing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._writer = threading.Thread(target=self._write_on, name="clerk", daemon=True)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._wake: list[Callable[[], None]] = []
        self._metrics = metrics or Metrics()
        self._metrics.queue.set_function(lambda: self.waiting)

    @property
    def means(self) -> Means:
        """What desks are given."""
        return self._means

    @property
    def metrics(self) -> Metrics:
        """The instruments of this process."""
        return self._metrics

    @property
    def waiting(self) -> int:
        """How many jobs wait for the writer."""
        return len(self._queue)

    def start(self) -> None:
        """Begin to work for the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._writer.start()

    async def close(self) -> None:
        """Refuse new work, finish what waits, and stop."""
        with self._turn:
            self._closing = True
            self._turn.notify_all()
        if self._writer.is_alive():
            await asyncio.to_thread(self._writer.join)
        self._readers.shutdown(wait=True)

    def when_announced(self, call: Callable[[], None]) -> None:
        """Call this on the event loop after a commit that put notices into the outbox."""
        self._wake.append(call)

    async def write(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a person's use case; return its value after the commit.

        Raises what the use case raised, Busy, or Unavailable.
        """
        job = self._enter(lambda desk: use_case(desk, *args, **kwargs))
        result: T = await job.future
        return result

    async def submit(
        self,
        set_case: Callable[[Desk, Sequence[Item]], Sequence[T]],
        item: Item,
        weight: int = 1,
    ) -> T:
        """Run a machine's item together with its like; return its value after the commit."""
        job = self._enter(set_case, item=(item,), weight=weight)
        result: T = await job.future
        return result

    async def read(
        self, question: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask a question on a reader of its own; nothing that it changes is kept."""
        return await self._aside(self._read, lambda desk: question(desk, *args, **kwargs))

    async def claim(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a use case that locks its own rows: beside the writers where the engine can.

        On SQLite there is one writer, so it waits its turn.
        """
        if self._engine.dialect.name != "postgresql":
            return await self.write(use_case, *args, **kwargs)
        return await self._aside(self._beside, lambda desk: use_case(desk, *args, **kwargs))

    async def _aside(self, way: Callable[[Callable[[Desk], T]], T], call: Callable[[Desk], T]) -> T:
        """Run on a reader, whose log lines carry the correlation of whoever waits."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, copy_context().run, way, call)

    def _enter(
        self, run: Callable[..., Any], item: tuple[object] | None = None, weight: int = 0
    ) -> Job:
        future = asyncio.get_running_loop().create_future()
        job = Job(run, future, item, weight, correlation())
        with self._turn:
            if self._closing or self._queue.full:
                self._metrics.busy.labels("person" if item is None else "machine").inc()
                raise Busy
            self._queue.put(job)
            self._turn.notify()
        return job

    def _read(self, question: Callable[[Desk], T]) -> T:
        try:
            with (
                self._metrics.reader_seconds.time(),
                self._engine.connect().execution_options(reading=True) as connection,
                Session(connection) as session,
            ):
                return question(self._means.desk(session))
        except DBAPIError as error:
            log.warning("question_failed", error=complaint(error))
            raise Unavailable from error

    def _beside(self, use_case: Callable[[Desk], T]) -> T:
        try:
            with self._engine.begin() as connection, Session(connection) as session:
                clock = self._means.clock_at(database_time(connection))
                result = use_case(self._means.desk(session, clock))
                session.flush()
                return result
        except DBAPIError as error:
            log.warning("claim_failed", error=complaint(error))
            raise Unavailable from error

    def _write_on(self) -> None:
        """Do one batch after the other, until closing and nothing waits."""
        connection: Connection | None = None
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._closing or len(self._queue))
                if not len(self._queue):
                    break
                people, machines = self._queue.take()
            ran, announced = [*people, *machines], False
            began = time.monotonic()
            try:
                connection = connection or self._engine.connect()
                ran, announced = run_batch(connection, self._means, people, machines)
            except Exception as error:  # noqa: BLE001 -- whoever waits must get an answer
                log.warning("batch_failed", error=_said(error), jobs=len(ran))
                _discard(connection)
                connection = None
                for job in ran:
                    job.error = Unavailable()
            self._metrics.batch_seconds.observe(time.monotonic() - began)
            self._metrics.batch_jobs.observe(len(ran))
            with self._turn:
                self._queue.put_back(people, machines, len(ran))
            self._answer(ran, wake=announced)
        _discard(connection)

    def _answer(self, jobs: Sequence[Job], *, wake: bool) -> None:
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(_tell, jobs, self._wake if wake else ())


def _said(error: Exception) -> str:
    return complaint(error) if isinstance(error, DBAPIError) else type(error).__name__


def _discard(connection: Connection | None) -> None:
    if connection is not None:
        try:
            connection.invalidate()
            connection.close()
        except SQLAlchemyError:
            log.debug("connection_lost")


def _tell(jobs: Sequence[Job], wake: Sequence[Callable[[], None]]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
    for call in wake:
        call()
