"""Rotas read at the edge: calendars over HTTP, groups from the chat; what they say is kept inside.

Nothing here decides who is called. It reads, every 15 minutes, and hands in what it read, or why
it could not.
"""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.clerk import Busy, Clerk, Unavailable
from bot.messenger import DeliveryError, Failure
from council import people
from council.people import RotaDue

log = structlog.get_logger()

# A platform's own words that say more than the kind of failure does.
_WORDS = {"missing_scope": "scope", "plan_upgrade_required": "plan"}
_FAILURES = {Failure.AUTH: "token"}
# Each costs a call; a group that is larger is met in a few rounds.
_MET_AT_ONCE = 20


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


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a chat: its name, and the platform's ids of its people."""

    id: str
    name: str
    users: tuple[str, ...]
    disabled: bool = False


class Groups(Protocol):
    """Where the groups of a chat are read."""

    async def groups(self) -> Mapping[str, Group]:
        """Return every group by its id. Raises DeliveryError."""
        ...

    async def meet(self, user_id: str) -> None:
        """Make somebody known of whom the chat can tell. Raises DeliveryError."""
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
            groups = [each for each in due if each.kind == people.GROUP]
            calendars = [each for each in due if each.kind != people.GROUP]
            read = [await self._one(each, self._calendar(each)) for each in calendars]
            return sum(read) + await self._groups_of(groups)
        except (Busy, Unavailable):
            log.info("rotas_postponed")
            return 0

    async def _one(self, due: RotaDue, reading: Awaitable[None]) -> int:
        try:
            await reading
        except Unread as unread:
            code = str(unread)
            log.warning("rota_unread", rota=due.id, kind=due.kind, why=code)
            await self._clerk.write(people.note_failure, due.id, code)
            return 0
        return 1

    async def _groups_of(self, due: Sequence[RotaDue]) -> int:
        """Read groups with one question for all: a chat limits how often it is asked."""
        if not due:
            return 0
        found: Mapping[str, Group] | Unread
        try:
            found = await self._groups.groups() if self._groups else Unread("no_slack")
        except DeliveryError as refused:
            kind = _FAILURES.get(refused.failure, "unreachable")
            found = Unread(_WORDS.get(refused.detail, kind))
        return sum([await self._one(each, self._group(each, found)) for each in due])

    async def _group(self, due: RotaDue, found: Mapping[str, Group] | Unread) -> None:
        if isinstance(found, Unread):
            raise found
        group = found.get(due.address)
        if group is None or group.disabled:
            raise Unread("disabled" if group else "not_found")
        strangers = await self._clerk.read(people.strangers_in, group.users)
        for user in strangers[:_MET_AT_ONCE]:
            await self._meet(user)
        await self._clerk.write(people.keep_group, due.id, group.users, group.name)

    async def _meet(self, user: str) -> None:
        """Make somebody known; who cannot be met now is met the next time, or stays unknown."""
        if self._groups is not None:
            try:
                await self._groups.meet(user)
            except DeliveryError as refused:
                log.info("rota_person_unknown", user=user, why=refused.detail)

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
