"""The load generator, a process of its own: a plan comes in on standard input, a result goes out.

Every request is made before the clock starts. Bounded in count and in time; loopback only.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import cast

import uvloop

from tests.benchmarks import alerts

LONGEST_SECONDS = 60


@dataclass(frozen=True)
class Plan:
    """`count` requests from number `first` on, over so many connections; `size` alerts in each."""

    port: int
    secret: str
    first: int
    count: int
    connections: int
    size: int = 1


@dataclass(frozen=True)
class Result:
    """Requests answered with 202 per second, and how long they took in milliseconds."""

    per_second: float
    p50: float
    p99: float
    refused: int


def run(plan: Plan) -> Result:
    """Carry a plan out in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.load"]
    given = json.dumps(asdict(plan))
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=True)
    return Result(**json.loads(done.stdout))


class Sender(asyncio.Protocol):
    """One connection: sends the next request as soon as the last one is answered."""

    def __init__(
        self, requests: Iterator[bytes], took: list[float], counts: dict[str, int]
    ) -> None:
        self._requests = requests
        self._took = took
        self._counts = counts
        self._answer = b""
        self._began = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._took.append(time.perf_counter() - self._began)
        self._counts["accepted" if head[9:12] == b"202" else "refused"] += 1
        self._answer = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server hung up"))

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self.done.set_result(None)
            return
        self._began = time.perf_counter()
        self._transport.write(request)


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])


def _requests(plan: Plan) -> list[bytes]:
    make = alerts.single if plan.size == 1 else lambda number: alerts.group(number, plan.size)
    return [
        alerts.request("/hooks/bench", plan.secret, make(number))
        for number in range(plan.first, plan.first + plan.count)
    ]


async def _carry_out(plan: Plan) -> Result:
    requests = iter(_requests(plan))
    took: list[float] = []
    counts = {"accepted": 0, "refused": 0}
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    made = [
        await loop.create_connection(lambda: Sender(requests, took, counts), "127.0.0.1", plan.port)
        for _ in range(plan.connections)
    ]
    async with asyncio.timeout(LONGEST_SECONDS):
        await asyncio.gather(*(sender.done for _, sender in made))
    seconds = time.perf_counter() - began
    for transport, _ in made:
        transport.close()
    cuts = quantiles(took, n=100)
    return Result(
        counts["accepted"] / seconds, cuts[49] * 1_000, cuts[98] * 1_000, counts["refused"]
    )


if __name__ == "__main__":
    print(json.dumps(asdict(uvloop.run(_carry_out(Plan(**json.load(sys.stdin)))))))
