"""One batch in one transaction: people alone in savepoints, machines together as a set."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.clerk.means import Means, Unavailable, complaint
from bot.jobqueue import Job, alike
from bot.logs import correlated
from council import events
from council.clock import Clock
from council.desk import Desk
from council.store.engine import order_writers

T = TypeVar("T")

# A batch also ends when it has taken so long.
BATCH_SECONDS = 0.020

log = structlog.get_logger()


def run_batch(
    connection: Connection, means: Means, people: list[Job], machines: list[Job]
) -> tuple[list[Job], bool]:
    """Run one batch in one transaction; return what ran, and whether notices were put."""
    began = time.monotonic()
    ran: list[Job] = []
    announced = False
    with connection.begin():
        clock = means.clock_at(order_writers(connection, means.council_id))
        batch = _Batch(connection, means, clock)
        for job in people:
            announced |= batch.alone(job, lambda desk, run: run(desk))
            ran.append(job)
            if time.monotonic() - began > BATCH_SECONDS:
                return ran, announced
        for group in alike(machines):
            announced |= batch.together(group)
        ran += machines
    return ran, announced


class _Batch:
    """What the jobs of one batch share."""

    def __init__(self, connection: Connection, means: Means, clock: Clock) -> None:
        self._connection = connection
        self._means = means
        self._clock = clock

    def together(self, group: list[Job]) -> bool:
        """Run what machines sent as one set; one by one if that fails: one harms no other."""
        whole = Job(group[0].run, group[0].future, correlation=group[-1].correlation)
        items = [job.item[0] for job in group]
        announced = self.alone(whole, lambda desk, run: run(desk, items))
        if whole.error is None:
            for job, result in zip(group, whole.result, strict=True):
                job.result = result
            return announced
        if len(group) == 1:
            group[0].error = whole.error
            return False
        announced = False
        for job in group:
            announced |= self.alone(job, partial(_only, job.item))
        return announced

    def alone(self, job: Job, call: Callable[..., Any]) -> bool:
        """Run one job in a savepoint; True if it put notices into the outbox."""
        try:
            with Session(
                self._connection, join_transaction_mode="create_savepoint", expire_on_commit=False
            ) as session:
                desk = self._means.desk(session, self._clock, job.correlation)
                job.result = call(desk, job.run)
                if self._means.events:
                    events.tell(desk)
                session.commit()
                return desk.announced
        except DBAPIError as error:
            with correlated(job.correlation):
                log.warning("use_case_failed", error=complaint(error))
            job.error = Unavailable()
        except Exception as error:  # noqa: BLE001 -- it is raised again where the job came from
            job.error = error
        return False


def _only(item: Sequence[object], desk: Desk, run: Callable[..., Sequence[T]]) -> T:
    (result,) = run(desk, item)
    return result
