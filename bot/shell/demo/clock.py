"""The story's clock: it is moved through the past, then runs on from a Tuesday morning."""

import time
from datetime import UTC, datetime, timedelta

BEGINS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class StoryClock:
    """A clock that stands where it is put until `run`, and never goes back."""

    def __init__(self, at: datetime = BEGINS) -> None:
        """Stand at this moment."""
        self._at = at
        self._running_since: float | None = None

    def now(self) -> datetime:
        """Return the story's time."""
        if self._running_since is None:
            return self._at
        return self._at + timedelta(seconds=time.monotonic() - self._running_since)

    def move(self, length: timedelta) -> None:
        """Let time pass at once."""
        self._at += length

    def move_to(self, moment: datetime) -> None:
        """Let time pass until a moment; one that has passed changes nothing."""
        self.move(max(moment - self.now(), timedelta()))

    def run(self) -> None:
        """Go on from here as time does."""
        self._running_since = time.monotonic()
