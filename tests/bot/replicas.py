"""Replicas of one council: clerks of their own on one database, asked at the same time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

from bot.clerk import Clerk
from bot.commands import Answer, Asker, Outcome, answer
from bot.settings import Settings
from bot.text import render
from bot.wiring import means
from council import agenda, ledger, replay, rounds
from council.clock import RandomIds
from council.desk import Desk
from council.store.engine import open_engine
from tests.builders import a_crew, an_initiative
from tests.fakes import SetClock

# How long who came first waits, in the middle of the work, for the other to come as far. Where only
# one gets in at a time nobody comes, and this is what a race costs; else both are in the middle.
MEETING_SECONDS = 0.25


class MeetingIds(RandomIds):
    """Ids whose taker first waits for another one: everything was read by then, nothing settled."""

    def __init__(self, place: "Meeting") -> None:
        self._place = place

    def new(self) -> str:
        """Return an id, when the other is here too or does not come."""
        self._place.wait()
        return super().new()


class Meeting:
    """Where two who write at once would meet, if both were let in."""

    def __init__(self) -> None:
        self._barrier: Barrier | None = None

    def call(self) -> None:
        """Wait here from now on, until two have met or one has waited for long enough."""
        self._barrier = Barrier(2, timeout=MEETING_SECONDS)

    def wait(self) -> None:
        """Wait for the other."""
        if barrier := self._barrier:
            with suppress(BrokenBarrierError):
                barrier.wait()
            self._barrier = None


@dataclass
class Replicas:
    """Clerks on one database, and a clock that all of them read."""

    clerks: list[Clerk]
    clock: SetClock
    ids: dict[str, str]
    meeting: Meeting
    second_first: bool = False
    events: int = 0

    async def does(self, who: str, line: str) -> Answer:
        """Have a line done."""
        found = await self.ask(who, line)
        assert found.outcome is Outcome.DONE, f"@{who} {line}: {said(found)}"
        return found

    async def ask(self, who: str, line: str, replica: int = 0, *, press: bool = False) -> Answer:
        """Type or press something at a replica."""
        self.events += 1
        asker = Asker(self.ids[who], "local:late-order", f"e{self.events}", press)
        return await answer(self.clerks[replica % len(self.clerks)], asker, line)

    async def at_once(self, *lines: tuple[str, str]) -> list[Answer]:
        """Have people press at the same moment, each at a replica of their own."""
        asked = [self.ask(who, line, n, press=True) for n, (who, line) in enumerate(lines)]
        if len(self.clerks) > 1:
            self.meeting.call()
        found = await asyncio.gather(*(asked[::-1] if self.second_first else asked))
        return list(found[::-1] if self.second_first else found)

    async def read(self, question: Callable[..., Any], *given: object) -> Any:
        """Ask the database."""
        return await self.clerks[0].read(question, *given)

    async def passes(self, **length: float) -> None:
        """Let time pass, doing on the way what comes due."""
        until = self.clock.moment + timedelta(**length)
        while (at := await self.read(_next_due)) is not None and at <= until:
            self.clock.moment = max(self.clock.moment, at)
            for item in await self.read(agenda.due):
                await self.clerks[0].write(rounds.run, item)
        self.clock.moment = until

    async def whole(self) -> None:
        """Assert that the history verifies and that nothing is dead."""
        _, faults = await self.read(ledger.verify)
        assert faults == []
        assert await self.read(replay.compare) == ()
        assert await self.read(_dead) == 0


def said(found: Answer) -> str:
    """Return what somebody was answered."""
    return render(found.card) if found.card else ""


def one_done(found: list[Answer]) -> str:
    """Assert that exactly one was done, and return what the other was told."""
    states = sorted(str(each.outcome) for each in found)
    assert states == ["done", "refused"], [said(each) for each in found]
    return next(said(each) for each in found if each.outcome is Outcome.REFUSED)


def _next_due(desk: Desk) -> datetime | None:
    return desk.books.agenda.next_due()


def _dead(desk: Desk) -> int:
    return desk.books.outbox.count("dead")


def _staff(desk: Desk, phase: str) -> dict[str, str]:
    crew = a_crew(desk)
    an_initiative(desk, phase=phase, channel="local:late-order")
    return {handle: person.id for handle, person in crew.items()}


@asynccontextmanager
async def _clerk(url: str, clock: SetClock, meeting: Meeting) -> AsyncIterator[Clerk]:
    """Let a clerk work, as one process would; its ids are no other's."""
    engine = open_engine(url)
    settings = Settings(database_url=url, council_channel="local:council")
    clerk = Clerk(engine, means(engine, settings, clock, MeetingIds(meeting)))
    clerk.start()
    yield clerk
    await clerk.close()
    engine.dispose()


@asynccontextmanager
async def replicas(
    url: str, count: int, phase: str = "operations", *, second_first: bool = False
) -> AsyncIterator[Replicas]:
    """Open a council with the crew and late-order, served by so many replicas."""
    async with AsyncExitStack() as stack:
        clock, meeting = SetClock(), Meeting()
        clerks = [
            await stack.enter_async_context(_clerk(url, clock, meeting)) for _ in range(count)
        ]
        ids = await clerks[0].write(_staff, phase)
        yield Replicas(clerks, clock, ids, meeting, second_first)
