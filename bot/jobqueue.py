"""What waits for the clerk: a person's jobs before a machine's, cut into batches."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

# A batch ends at so many jobs, or so many signals, whichever comes first.
BATCH_JOBS = 64
BATCH_WEIGHT = 256
# Behind so many jobs, or signals, the edge says 503.
QUEUE_JOBS = 2_000
QUEUE_WEIGHT = 20_000


@dataclass(slots=True)
class Job:
    """A use case and who waits for its answer; `item` is set for what machines sent.

    `correlation` names the request, or the round, that it comes from.
    """

    run: Callable[..., Any]
    future: "asyncio.Future[Any]"
    item: Any = None
    weight: int = 0
    correlation: str = ""
    result: Any = None
    error: Exception | None = None


@dataclass(slots=True)
class Queue:
    """What waits for the writer: people before machines."""

    people: deque[Job] = field(default_factory=deque)
    machines: deque[Job] = field(default_factory=deque)
    weight: int = 0

    def __len__(self) -> int:
        return len(self.people) + len(self.machines)

    @property
    def full(self) -> bool:
        """Whether no more should wait: a sender's retry is safer than our memory."""
        return len(self) >= QUEUE_JOBS or self.weight >= QUEUE_WEIGHT

    def put(self, job: Job) -> None:
        """Let a job wait; one with an item came from a machine."""
        self.weight += job.weight
        (self.people if job.item is None else self.machines).append(job)

    def take(self) -> tuple[list[Job], list[Job]]:
        """Take one batch: people first, then machines up to the batch's weight."""
        people = [self.people.popleft() for _ in range(min(len(self.people), BATCH_JOBS))]
        machines: list[Job] = []
        weight = 0
        while self.machines and len(people) + len(machines) < BATCH_JOBS:
            if machines and weight + self.machines[0].weight > BATCH_WEIGHT:
                break
            weight += self.machines[0].weight
            machines.append(self.machines.popleft())
        self.weight -= weight
        return people, machines

    def put_back(self, people: list[Job], machines: list[Job], ran: int) -> None:
        """Put jobs that found no time in the batch back to the front."""
        if ran < len(people) + len(machines):
            self.people.extendleft(reversed(people[ran:]))
            left = machines[max(0, ran - len(people)) :]
            self.machines.extendleft(reversed(left))
            self.weight += sum(job.weight for job in left)


def alike(machines: Sequence[Job]) -> list[list[Job]]:
    """Return the jobs grouped by what they run, so that each group is one set."""
    groups: dict[Callable[..., Any], list[Job]] = {}
    for job in machines:
        groups.setdefault(job.run, []).append(job)
    return list(groups.values())
