"""The whole hook against bare FastAPI, in interleaved rounds; and bodies of many alerts."""

from collections.abc import Callable, Iterator
from statistics import median

from tests.benchmarks import ground, load
from tests.benchmarks.load import Plan, Result
from tests.benchmarks.table import Line, spread

# Per engine: at 32 connections and at 4, the least share of bare; and the longest p99 in ms.
TARGETS = {
    ("sqlite", 32): (0.25, 100.0),
    ("sqlite", 4): (0.20, 8.0),
    ("postgresql", 32): (0.20, None),
    ("postgresql", 4): (0.20, None),
}
MANY = 200
MANY_TARGET = 12_000
_WARM_UP = 500
_REQUESTS = {32: 30, 4: 10}  # per connections, times a hundred (a quarter of it if quick)


def ratios(*, quick: bool) -> Iterator[Line]:
    """Measure the ratio on both engines; each alert is a condition of its own."""
    rounds, scale = (2, 25) if quick else (5, 100)
    for engine in ground.ENGINES:
        with ground.database(engine) as url:
            secret = ground.settle(url)
            with ground.bare() as bare, ground.council(url) as council:
                for server in (bare, council):
                    load.run(Plan(server.port, secret, 0, _WARM_UP, 32))
                first = _WARM_UP
                for connections in (32, 4):
                    count = scale * _REQUESTS[connections]
                    yield from _compare(
                        engine, secret, (bare, council), (first, count, rounds), connections
                    )
                    first += rounds * count


def _compare(
    engine: str,
    secret: str,
    servers: tuple[ground.Server, ground.Server],
    numbers: tuple[int, int, int],
    connections: int,
) -> Iterator[Line]:
    bare, council = servers
    first, count, rounds = numbers
    plain: list[Result] = []
    new: list[Result] = []
    repeated: list[Result] = []
    for start in range(first, first + rounds * count, count):
        # Bare is quicker: it gets more to do, so that both are watched for about as long.
        plain.append(load.run(Plan(bare.port, secret, start, 3 * count, connections)))
        plan = Plan(council.port, secret, start, count, connections)
        new.append(load.run(plan))
        repeated.append(load.run(plan))
    share, longest = TARGETS[engine, connections]
    where = f"{engine}, {connections} connections"
    yield Line(f"bare FastAPI beside {where}", _speed(plain))
    yield _line(f"hook, {where}", new, plain, share, longest)
    yield _line(f"hook, a repeat, {where}", repeated, plain, None, None)


def _line(
    what: str,
    results: list[Result],
    plain: list[Result],
    share: float | None,
    longest: float | None,
) -> Line:
    of_bare = [one.per_second / other.per_second for one, other in zip(results, plain, strict=True)]
    refused = sum(each.refused for each in results)
    said = f"{spread(of_bare, 3)} x bare; {_speed(results)}"
    said += f"; {refused} refused" if refused else ""
    if share is None:
        return Line(what, said)
    target = f"≥ {share:.2f} x" + (f", p99 < {longest:.0f} ms" if longest else "")
    met = median(of_bare) >= share and median(e.p99 for e in results) < (longest or 1e9)
    return Line(what, said, target, met and not refused)


def _speed(results: list[Result]) -> str:
    def middle(of: Callable[[Result], float]) -> float:
        return median(map(of, results))

    speed = middle(lambda each: each.per_second)
    return (
        f"{speed:,.0f}/s, p50 {middle(lambda e: e.p50):.1f}, p99 {middle(lambda e: e.p99):.1f} ms"
    )


def many(*, quick: bool) -> Iterator[Line]:
    """Measure bodies of 200 alerts, and what they leave in memory."""
    rounds, count = (2, 10) if quick else (5, 40)
    for engine in ground.ENGINES:
        with ground.database(engine) as url:
            secret = ground.settle(url)
            with ground.council(url) as council:
                load.run(Plan(council.port, secret, 0, 20, 4, MANY))
                before = council.resident
                speeds = [
                    load.run(Plan(council.port, secret, 100 + turn * count, count, 4, MANY))
                    for turn in range(rounds)
                ]
                after = council.resident
        alerts = [each.per_second * MANY for each in speeds]
        said = f"{spread(alerts, 0)} alerts/s; {before:.0f} → {after:.0f} MiB resident"
        met = median(alerts) >= MANY_TARGET
        yield Line(f"{MANY} alerts in a body, {engine}", said, f"≥ {MANY_TARGET:,} alerts/s", met)
