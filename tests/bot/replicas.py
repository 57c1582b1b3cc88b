"""Replicas of one council: clerks of their own on one database, asked at the same time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
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


@dataclass
class Replicas:
    """Clerks on one database, and a clock that all of them read."""

    clerks: list[Clerk]
    clock: SetClock
    ids: dict[str, str]
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
        return list(await asyncio.gather(*asked))

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
async def _clerk(url: str, clock: SetClock) -> AsyncIterator[Clerk]:
    """Let a clerk work, as one process would; its ids are no other's."""
    engine = open_engine(url)
    settings = Settings(database_url=url, council_channel="local:council")
    clerk = Clerk(engine, means(engine, settings, clock, RandomIds()))
    clerk.start()
    yield clerk
    await clerk.close()
    engine.dispose()


@asynccontextmanager
async def replicas(url: str, count: int, phase: str = "operations") -> AsyncIterator[Replicas]:
    """Open a council with the crew and late-order, served by so many replicas."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(_clerk(url, clock := SetClock()))
        ids = await first.write(_staff, phase)
        others = [await stack.enter_async_context(_clerk(url, clock)) for _ in range(count - 1)]
        yield Replicas([first, *others], clock, ids)
