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
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session

from bot.jobqueue import Job, Queue, alike
from council.clock import Clock, Frozen, Ids, SystemClock
from council.desk import Desk
from council.playbook import Library
from council.store import Books
from council.store.engine import database_time, order_writers

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")

# A batch also ends when it has taken so long.
BATCH_SECONDS = 0.020
READERS = 4
RETRY_AFTER_SECONDS = 1

log = structlog.get_logger()


class Busy(Exception):
    """The queue is full, or the clerk is closing; nothing was written."""


class Unavailable(Exception):
    """The database did not take the batch; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Means:
    """What every desk is given besides its books."""

    council_id: int
    clock: Clock
    ids: Ids
    playbooks: Library
    leads: tuple[str, ...] = ()


class Clerk:
    """Runs use cases for the edges of one process."""

    def __init__(self, engine: Engine, means: Means) -> None:
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

    @property
    def means(self) -> Means:
        """What desks are given."""
        return self._means

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
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, lambda: self._read(lambda desk: question(desk, *args, **kwargs))
        )

    async def claim(
        self, use_case: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a use case that locks its own rows: beside the writers where the engine can.

        On SQLite there is one writer, so it waits its turn.
        """
        if self._engine.dialect.name != "postgresql":
            return await self.write(use_case, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, lambda: self._beside(lambda desk: use_case(desk, *args, **kwargs))
        )

    def _enter(
        self, run: Callable[..., Any], item: tuple[object] | None = None, weight: int = 0
    ) -> Job:
        job = Job(run, asyncio.get_running_loop().create_future(), item, weight)
        with self._turn:
            if self._closing or self._queue.full:
                raise Busy
            self._queue.put(job)
            self._turn.notify()
        return job

    def _desk(self, session: Session, clock: Clock) -> Desk:
        means = self._means
        books = Books(session, means.council_id)
        return Desk(books, clock, means.ids, means.playbooks, means.leads)

    def _clock(self, moment: datetime | None) -> Clock:
        """Replicas share the database's time; a clock that tests or the demo move is kept."""
        clock = self._means.clock
        return Frozen(moment) if moment and isinstance(clock, SystemClock) else clock

    def _read(self, question: Callable[[Desk], T]) -> T:
        try:
            with (
                self._engine.connect().execution_options(reading=True) as connection,
                Session(connection) as session,
            ):
                return question(self._desk(session, self._means.clock))
        except DBAPIError as error:
            log.warning("question_failed", error=repr(error))
            raise Unavailable from error

    def _beside(self, use_case: Callable[[Desk], T]) -> T:
        try:
            with self._engine.begin() as connection, Session(connection) as session:
                result = use_case(self._desk(session, self._clock(database_time(connection))))
                session.flush()
                return result
        except DBAPIError as error:
            log.warning("claim_failed", error=repr(error))
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
            try:
                connection = connection or self._engine.connect()
                ran, announced = self._batch(connection, people, machines)
            except Exception as error:  # noqa: BLE001 -- whoever waits must get an answer
                log.warning("batch_failed", error=repr(error), jobs=len(ran))
                _discard(connection)
                connection = None
                for job in ran:
                    job.error = Unavailable()
            with self._turn:
                self._queue.put_back(people, machines, len(ran))
            self._answer(ran, wake=announced)
        _discard(connection)

    def _batch(
        self, connection: Connection, people: list[Job], machines: list[Job]
    ) -> tuple[list[Job], bool]:
        """Run one batch in one transaction; return what ran, and whether notices were put."""
        began = time.monotonic()
        ran: list[Job] = []
        announced = False
        with connection.begin():
            clock = self._clock(order_writers(connection, self._means.council_id))
            for job in people:
                announced |= self._alone(connection, clock, job, lambda desk, run: run(desk))
                ran.append(job)
                if time.monotonic() - began > BATCH_SECONDS:
                    return ran, announced
            for group in alike(machines):
                announced |= self._together(connection, clock, group)
            ran += machines
        return ran, announced

    def _together(self, connection: Connection, clock: Clock, group: list[Job]) -> bool:
        """Run what machines sent as one set; one by one if that fails: one harms no other."""
        whole = Job(group[0].run, group[0].future)
        items = [job.item[0] for job in group]
        announced = self._alone(connection, clock, whole, lambda desk, run: run(desk, items))
        if whole.error is None:
            for job, result in zip(group, whole.result, strict=True):
                job.result = result
            return announced
        if len(group) == 1:
            group[0].error = whole.error
            return False
        announced = False
        for job in group:
            announced |= self._alone(connection, clock, job, partial(_only, job.item))
        return announced

    def _alone(
        self, connection: Connection, clock: Clock, job: Job, call: Callable[..., Any]
    ) -> bool:
        """Run one job in a savepoint; True if it put notices into the outbox."""
        try:
            with Session(
                connection, join_transaction_mode="create_savepoint", expire_on_commit=False
            ) as session:
                desk = self._desk(session, clock)
                job.result = call(desk, job.run)
                session.commit()
                return desk.announced
        except DBAPIError as error:
            log.warning("use_case_failed", error=repr(error))
            job.error = Unavailable()
        except Exception as error:  # noqa: BLE001 -- it is raised again where the job came from
            job.error = error
        return False

    def _answer(self, jobs: Sequence[Job], *, wake: bool) -> None:
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(_tell, jobs, self._wake if wake else ())


def _only(item: Sequence[object], desk: Desk, run: Callable[..., Sequence[T]]) -> T:
    (result,) = run(desk, item)
    return result


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
