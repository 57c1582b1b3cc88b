"""What happened in the workspace, numbered, so that a window can go on where it stopped.

Nothing is queued for anybody: a window holds the number up to which it has seen, and asks for what
came after. So a slow one costs no memory; one that fell too far behind must begin anew.
"""

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

KEPT = 500


class Kind(StrEnum):
    """What a window is told."""

    MESSAGE = "message"
    GONE = "gone"
    CLOCK = "clock"
    RELOAD = "reload"


@dataclass(frozen=True, slots=True)
class Happening:
    """A message that is new, changed or gone, or something that concerns every window.

    `place` and `only_for` say whom it concerns; they outlive the message.
    """

    number: int
    kind: Kind
    message: str = ""
    place: str = ""
    only_for: str = ""


class Journal:
    """The last happenings; all calls come from one event loop."""

    def __init__(self, keep: int = KEPT) -> None:
        """Keep so many happenings."""
        self._kept: deque[Happening] = deque(maxlen=keep)
        # Numbers of an earlier run are smaller than any of this one, so that a page which outlived
        # the server is told to begin anew, instead of going on at the wrong place.
        self.last = time.monotonic_ns() // 1_000_000
        self.closed = False
        self._news = asyncio.Event()

    def add(self, kind: Kind, message: str = "", place: str = "", only_for: str = "") -> None:
        """Note what happened, and wake everybody who waits."""
        self.last += 1
        self._kept.append(Happening(self.last, kind, message, place, only_for))
        self._wake()

    def after(self, number: int) -> list[Happening] | None:
        """Return what happened after a number; None if that cannot be told any more."""
        first = self._kept[0].number if self._kept else self.last + 1
        if not first - 1 <= number <= self.last:
            return None
        return [each for each in self._kept if each.number > number]

    async def more(self, number: int, seconds: float) -> bool:
        """Wait until something happened after a number; False if nothing did for so long."""
        if self.last > number or self.closed:
            return True
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Let everybody who waits go, for good."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
