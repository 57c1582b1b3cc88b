"""Rotas read at the edge: calendars over HTTP, groups from the chat; what they say is kept inside.

Nothing here decides who is called. It reads, every 15 minutes, and hands in what it read, or why
it could not.
"""

import asyncio
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.clerk import Busy, Clerk, Unavailable
from bot.messenger import DeliveryError, Failure
from council import people
from council.people import RotaDue

log = structlog.get_logger()

_FAILURES = {Failure.AUTH: "scope", Failure.GONE: "not_found", Failure.INVALID: "not_found"}


class Unread(Exception):
    """A rota could not be read; the message is a code of why."""


@dataclass(frozen=True, slots=True)
class Read:
    """What an address gave: its bytes, and what it called them."""

    body: bytes
    etag: str


class Feed(Protocol):
    """Where calendars are read."""

    async def read(self, address: str, etag: str) -> Read | None:
        """Return what stands there; None if it is still what `etag` names. Raises Unread."""
        ...


class Groups(Protocol):
    """Where the groups of a chat are read."""

    async def group(self, group_id: str) -> tuple[str, tuple[str, ...]]:
        """Return a group's name and the platform's ids of its people. Raises DeliveryError."""
        ...


class Rotas:
    """Reads the rotas that are on duty somewhere."""

    def __init__(self, clerk: Clerk, feed: Feed | None, groups: Groups | None) -> None:
        """Prepare; without a feed or groups, such rotas fail visibly."""
        self._clerk = clerk
        self._feed = feed
        self._groups = groups

    async def check(self) -> int:
        """Read every rota whose turn it is; return how many were read."""
        try:
            if not await self._clerk.read(people.rotas_wait):
                return 0
            due = await self._clerk.write(people.rotas_due)
            return sum([await self._one(each) for each in due])
        except (Busy, Unavailable):
            log.info("rotas_postponed")
            return 0

    async def _one(self, due: RotaDue) -> int:
        try:
            if due.kind == people.GROUP:
                await self._group(due)
            else:
                await self._calendar(due)
        except Unread as unread:
            code = str(unread)
            log.warning("rota_unread", rota=due.id, kind=due.kind, why=code)
            await self._clerk.write(people.note_failure, due.id, code)
            return 0
        return 1

    async def _group(self, due: RotaDue) -> None:
        if self._groups is None:
            raise Unread("no_slack")
        try:
            name, ids = await self._groups.group(due.address)
        except DeliveryError as refused:
            raise Unread(_FAILURES.get(refused.failure, "unreachable")) from refused
        await self._clerk.write(people.keep_group, due.id, ids, name)

    async def _calendar(self, due: RotaDue) -> None:
        if self._feed is None:
            raise Unread("host")
        found = await self._feed.read(due.address, due.etag)
        if found is None:
            await self._clerk.write(people.keep_unchanged, due.id)
            return
        # Its libraries are heavy; only who has a calendar pays for them.
        from bot.rotas.calendar import Unreadable, read_calendar  # noqa: PLC0415

        now = self._clerk.means.clock.now()
        try:
            name, turns = await asyncio.to_thread(read_calendar, found.body, now, due.zone)
        except Unreadable as error:
            raise Unread("unreadable") from error
        await self._clerk.write(people.keep_turns, due.id, turns, name, found.etag)
