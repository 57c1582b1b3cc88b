"""How the council is doing: one question to the database, and what is the matter with this process.

What is found here never takes a replica out: hooks must go on while a chat platform is down.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clerk import Clerk, Unavailable
from council.desk import Desk

# A notice that has waited for so long has missed its moment: platforms ask for pauses of a minute.
LATE = timedelta(minutes=5)
# The scheduler wakes each second.
ASLEEP = timedelta(seconds=10)
# So long a probe waits for the database.
PATIENCE = 4.0
_WAITING = ("pending", "claimed", "failed")

# Everything that can be the matter; the names are labels of `council_degraded`.
AILMENTS = ("no_platform", "chat", "scheduler", "queue_age", "dead_letters")


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the database tells.

    `notices` are those without a good end, by state; `oldest` is since when one has been waiting.
    `cases` counts the open ones by (severity, status).
    """

    at: datetime
    notices: Mapping[str, int]
    oldest: datetime | None
    overdue: int
    due_since: datetime | None
    cases: Mapping[tuple[str, str], int]

    @property
    def waiting_seconds(self) -> float:
        """For how long the oldest notice has been waiting."""
        return _age(self.at, self.oldest)

    @property
    def overdue_seconds(self) -> float:
        """For how long the oldest thing on the agenda has been due."""
        return _age(self.at, self.due_since)


def take(desk: Desk) -> Pulse:
    """Ask the database; every count is over an index, and of what is still to be done."""
    now = desk.now()
    found = desk.books.outbox.waiting()
    since = [first for state, (_, first) in found.items() if state in _WAITING]
    overdue, due_since = desk.books.agenda.overdue(now)
    return Pulse(
        at=now,
        notices={state: found.get(state, (0, now))[0] for state in (*_WAITING, "dead")},
        oldest=min(since, default=None),
        overdue=overdue,
        due_since=due_since,
        cases=desk.books.cases.open_by_severity(),
    )


async def taken(clerk: Clerk) -> Pulse:
    """Return the pulse. Raises Unavailable, also when the database does not answer in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await clerk.read(take)
    except TimeoutError as error:
        raise Unavailable from error


def ailments(clerk: Clerk, pulse: Pulse | None, platforms: Collection[str]) -> dict[str, str]:
    """Return what is the matter, by its name in AILMENTS, as a line for operators."""
    vitals = clerk.metrics.vitals
    found: dict[str, str] = {}
    if not platforms:
        found["no_platform"] = "no chat platform is configured"
    failing = sorted(f"{name} ({why})" for name, why in vitals.chat.items() if why)
    if failing:
        found["chat"] = f"the last delivery failed: {', '.join(failing)}"
    asleep = clerk.means.clock.now() - vitals.round_at
    if asleep > ASLEEP:
        found["scheduler"] = f"no round for {asleep.total_seconds():.0f} s"
    if pulse and pulse.waiting_seconds > LATE.total_seconds():
        found["queue_age"] = f"a notice has waited for {pulse.waiting_seconds:.0f} s"
    if pulse and pulse.notices["dead"]:
        found["dead_letters"] = f"{pulse.notices['dead']} dead letters"
    return found


def _age(now: datetime, since: datetime | None) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
