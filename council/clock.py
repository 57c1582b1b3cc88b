"""Time, ids and secrets, handed in so that tests can set them."""

import secrets
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time as an aware datetime in UTC."""

    def now(self) -> datetime:
        """Return the present moment."""
        ...


class Ids(Protocol):
    """Makes names that nobody can guess or confuse."""

    def new(self) -> str:
        """Return an opaque id that says nothing about what it names."""
        ...

    def secret(self) -> str:
        """Return a secret of at least 256 bits, safe in a header and a URL."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class Frozen:
    """A clock that stands still: everything in one transaction happens at one moment."""

    def __init__(self, moment: datetime) -> None:
        """Stand at this moment (aware)."""
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment."""
        return self._moment


class RandomIds:
    """Ids of 48 bits of time and 80 of chance: they sort by time, so indexes stay compact."""

    def new(self) -> str:
        """Return 32 hexadecimal digits that sort roughly by time of making."""
        return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"

    def secret(self) -> str:
        """Return 43 characters of URL-safe text from 256 random bits."""
        return secrets.token_urlsafe(32)
