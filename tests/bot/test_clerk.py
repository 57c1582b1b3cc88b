"""The clerk: group commit, people first, failures that harm no other, and a clean end."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event

from bot import jobqueue
from bot.clerk import Busy, Clerk, Unavailable, batches
from bot.courier import Courier
from bot.settings import Settings
from bot.wiring import means
from council.desk import Desk
from council.errors import NotFound
from council.store.engine import open_engine
from tests import builders
from tests.fakes import CountingIds, RecordingMessenger, SetClock


@dataclass
class House:
    """A clerk, its database, how often it committed, and what ran in which order."""

    clerk: Clerk
    engine: Engine
    commits: int = 0
    order: list[str] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)

    async def write(self, handle: str) -> None:
        await self.clerk.write(self.person, handle)

    async def submit(self, handle: str) -> str:
        return await self.clerk.submit(self.machines, handle)

    def person(self, desk: Desk, handle: str) -> None:
        """Keep one; those whose name begins with `bad` fail half-way."""
        self.order.append(handle)
        builders.a_person(desk, handle)
        if handle.startswith("bad"):
            raise NotFound("person", handle)

    def machines(self, desk: Desk, handles: Sequence[str]) -> list[str]:
        """Keep a set."""
        for handle in handles:
            self.person(desk, handle)
        return [handle.upper() for handle in handles]

    async def kept(self) -> list[str]:
        """Return who is in the database."""
        rows = await self.clerk.read(lambda desk: desk.books.people.page("", 200))
        return [row.handle for row in rows]

    @asynccontextmanager
    async def held_up(self) -> AsyncIterator[None]:
        """Let jobs pile up behind one that does not end before this block does."""
        begun, go_on = threading.Event(), threading.Event()

        def slow(_desk: Desk) -> None:
            begun.set()
            assert go_on.wait(20)

        first = asyncio.create_task(self.clerk.write(slow))
        await asyncio.to_thread(begun.wait, 20)
        try:
            yield
            await asyncio.sleep(0)  # what the block has created enters the queue
        finally:
            go_on.set()
        await first


def listen(house: House) -> None:
    """Count commits, and fail one when there is trouble in store."""

    def commit(_connection: Connection) -> None:
        if house.troubles:
            raise house.troubles.pop()
        house.commits += 1

    event.listen(house.engine, "commit", commit)


def fail_begin(house: House) -> threading.Event:
    """Lose the database at the beginning of the next transaction, whoever asks for it."""
    lost = threading.Event()

    def begin(_connection: Connection) -> None:
        if lost.is_set():
            return
        lost.set()
        raise sa.exc.OperationalError("BEGIN", None, OSError("the server went away"))

    event.listen(house.engine, "begin", begin)
    return lost


def refused_statement(desk: Desk) -> None:
    """Ask the database for what it has not."""
    desk.books.people.session.connection().execute(sa.text("SELECT * FROM nowhere"))


async def outcomes(*work: Any) -> list[object]:
    """Return the results, or the types of the exceptions, in order."""
    found = await asyncio.gather(*work, return_exceptions=True)
    return [type(each) if isinstance(each, BaseException) else each for each in found]


def started(*work: Any) -> list["asyncio.Task[Any]"]:
    return [asyncio.create_task(each) for each in work]


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    engine = open_engine(database_url)
    given = means(engine, Settings(database_url=database_url), SetClock(), CountingIds())
    found = House(Clerk(engine, given), engine)
    listen(found)
    found.clerk.start()
    yield found
    await found.clerk.close()
    engine.dispose()


# ── group commit ─────────────────────────────────────────────────────────────────────────────────


async def test_jobs_that_wait_together_are_committed_once(house: House) -> None:
    names = [f"m{number:02d}" for number in range(50)]
    async with house.held_up():
        before = house.commits
        work = started(*(house.submit(name) for name in names))
    assert await outcomes(*work) == [name.upper() for name in names]
    assert house.commits - before == 2  # that of the job they waited for, and theirs
    assert await house.kept() == names


async def test_a_batch_ends_at_sixty_four_jobs(house: House) -> None:
    async with house.held_up():
        before = house.commits
        work = started(*(house.submit(f"m{number:02d}") for number in range(65)))
    await outcomes(*work)
    assert house.commits - before == 3


async def test_machine_items_run_as_one_set(house: House) -> None:
    sets: list[int] = []

    def count(_desk: Desk, items: Sequence[int]) -> list[int]:
        sets.append(len(items))
        return list(items)

    async with house.held_up():
        work = started(*(house.clerk.submit(count, number) for number in range(20)))
    assert await outcomes(*work) == list(range(20))
    assert sets == [20]


async def test_a_result_is_told_only_after_the_commit(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH_SECONDS", 60)  # one batch, however slow the machine
    told: list[bool] = []
    work: list[asyncio.Task[None]] = []

    def commit(_connection: Connection) -> None:
        told.extend(task.done() for task in work)

    event.listen(house.engine, "commit", commit)
    async with house.held_up():
        work += started(house.write("ana"), house.submit("m"))
    await outcomes(*work)
    assert told == [False] * 4


async def test_people_go_before_machines(house: House) -> None:
    async with house.held_up():
        work = started(house.submit("m1"), house.submit("m2"), house.write("ana"))
    await outcomes(*work)
    assert house.order == ["ana", "m1", "m2"]


# ── failures ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_person_who_fails_is_rolled_back_alone(house: House) -> None:
    async with house.held_up():
        work = started(*(house.write(name) for name in ("ana", "bad", "bo")))
    assert await outcomes(*work) == [None, NotFound, None]
    assert await house.kept() == ["ana", "bo"]


async def test_a_machine_item_that_fails_fails_alone(house: House) -> None:
    async with house.held_up():
        work = started(*(house.submit(name) for name in ("m1", "bad", "m2")))
    assert await outcomes(*work) == ["M1", NotFound, "M2"]
    assert await house.kept() == ["m1", "m2"]


async def test_a_person_who_fails_harms_no_machine(house: House) -> None:
    async with house.held_up():
        work = started(house.write("bad"), house.submit("m1"))
    assert await outcomes(*work) == [NotFound, "M1"]
    assert await house.kept() == ["m1"]


async def test_a_statement_that_the_database_refuses_fails_alone(house: House) -> None:
    async with house.held_up():
        work = started(house.clerk.write(refused_statement), house.write("ana"))
    assert await outcomes(*work) == [Unavailable, None]
    assert await house.kept() == ["ana"]


async def test_a_commit_that_fails_keeps_nothing_and_everybody_hears_of_it(house: House) -> None:
    async with house.held_up():
        work = started(house.write("ana"), house.submit("m1"))
    # The first commit is that of the job they waited for.
    assert await outcomes(*work) == [None, "M1"]
    house.troubles.append(OSError("disk full"))
    assert await outcomes(house.write("bo")) == [Unavailable]
    assert await house.kept() == ["ana", "m1"]


async def test_a_database_that_is_lost_fails_the_whole_batch(house: House) -> None:
    async with house.held_up():
        fail_begin(house)
        work = started(house.write("ana"), house.submit("m1"))
    assert await outcomes(*work) == [Unavailable, Unavailable]
    assert await house.kept() == []


@pytest.mark.parametrize("lose", [fail_begin, lambda house: house.troubles.append(OSError())])
async def test_the_clerk_works_on_after_the_database_failed(
    house: House, lose: Callable[[House], object]
) -> None:
    lose(house)
    assert await outcomes(house.write("ana")) == [Unavailable]
    await house.write("bo")
    assert await house.kept() == ["bo"]


async def test_a_reader_says_that_the_database_is_unavailable(house: House) -> None:
    assert await outcomes(house.clerk.read(refused_statement)) == [Unavailable]


async def test_a_courier_outlives_a_database_that_is_lost(house: House) -> None:
    courier = Courier(house.clerk, {"local": RecordingMessenger()}, lambda: 0.0, "one")
    lost = fail_begin(house)
    delivering = asyncio.create_task(courier.run())
    await asyncio.to_thread(lost.wait, 20)
    await house.write("ana")
    assert not delivering.done()
    await courier.close()
    await delivering


async def test_a_reader_keeps_nothing(house: House) -> None:
    await house.clerk.read(house.person, "ana")
    assert await house.kept() == []


# ── full, and closing ────────────────────────────────────────────────────────────────────────────


async def test_a_full_queue_says_busy_and_keeps_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobqueue, "QUEUE_JOBS", 2)
    async with house.held_up():
        work = started(*(house.submit(name) for name in ("m1", "m2", "m3")))
    assert await outcomes(*work) == ["M1", "M2", Busy]
    assert await house.kept() == ["m1", "m2"]


async def test_a_clerk_that_closes_does_what_waits_and_takes_nothing_new(house: House) -> None:
    async with house.held_up():
        work = started(*(house.submit(f"m{number:02d}") for number in range(70)))
        await asyncio.sleep(0)
        closing = asyncio.create_task(house.clerk.close())
        await asyncio.sleep(0)
        assert await outcomes(house.write("late")) == [Busy]
    await closing
    assert Busy not in await outcomes(*work)
    with house.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM person")) == 70
