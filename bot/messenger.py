"""The port to a chat platform: post, update, reply, look up; and how it fails."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.cards.model import Card


@dataclass(frozen=True, slots=True)
class Destination:
    """A channel, or one person (`direct`), by the platform's own id."""

    platform: str
    id: str
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a message stands: the platform's conversation id and message id."""

    platform: str
    conversation: str
    message: str


class Failure(StrEnum):
    """Why a message did not arrive."""

    RATE_LIMITED = "rate_limited"
    AUTH = "auth"
    GONE = "gone"
    INVALID = "invalid"
    UNAVAILABLE = "unavailable"


@dataclass(eq=False)
class DeliveryError(Exception):
    """The platform refused or did not answer.

    `retry_after` is in seconds, if the platform asked for a pause; `detail` is the platform's own
    word, for operators.
    """

    failure: Failure
    detail: str
    retry_after: float | None = None

    @property
    def permanent(self) -> bool:
        """Whether trying the same again cannot help."""
        return self.failure in {Failure.AUTH, Failure.GONE, Failure.INVALID}


class Messenger(Protocol):
    """One chat platform. Every call raises DeliveryError and nothing else when it fails."""

    platform: str

    async def post(self, to: Destination, card: Card, mid: str) -> Receipt:
        """Post a new message that carries `mid` in its metadata."""
        ...

    async def update(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Replace the message in place; raise GONE if it is not there any more."""
        ...

    async def reply(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Answer in the thread of a message."""
        ...

    async def find(
        self, to: Destination, mid: str, since: datetime, thread: Receipt | None
    ) -> Receipt | None:
        """Look for a message with `mid`, posted since then, in `thread` if given; best effort."""
        ...
