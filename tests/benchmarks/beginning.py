"""From the start of the process until it is ready, and what it holds when it has nothing to do."""

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

import httpx

from tests.benchmarks import ground
from tests.benchmarks.table import Line, spread

READY_SECONDS = 2.0
IDLE_MIB = 150
_IMPORT = """
import time
began = time.perf_counter()
import bot.wiring
print(time.perf_counter() - began)
"""


def beginning(*, quick: bool) -> Iterator[Line]:
    """Measure the start of `council serve` on SQLite, and of its imports alone."""
    rounds = 2 if quick else 5
    seconds: list[float] = []
    resident: list[float] = []
    with ground.database("sqlite") as url:
        ground.settle(url)
        for _ in range(rounds):
            began = time.monotonic()
            with ground.council(url) as council:
                address = f"http://127.0.0.1:{council.port}/readyz"
                while httpx.get(address).status_code != httpx.codes.OK:
                    time.sleep(0.005)
                seconds.append(time.monotonic() - began)
                time.sleep(2)
                resident.append(council.resident)
    met = median(seconds) < READY_SECONDS
    target = f"< {READY_SECONDS:.0f} s"
    yield Line("council serve → /readyz 200, sqlite", f"{spread(seconds)} s", target, met)
    met = median(resident) < IDLE_MIB
    said = f"{spread(resident, 0)} MiB"
    yield Line("resident memory idle", said, f"< {IDLE_MIB} MiB", met)
    yield Line("import bot.wiring", f"{spread(_imports(rounds))} s")


def _imports(rounds: int) -> list[float]:
    command = [sys.executable, "-c", _IMPORT]
    return [float(subprocess.check_output(command, text=True)) for _ in range(rounds)]
