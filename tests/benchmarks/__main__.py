"""`python -m tests.benchmarks [name…] [--quick] [--markdown]`: measure against the budgets."""

import argparse
from collections.abc import Callable, Iterator

from tests.benchmarks import acks, arrival, beginning, courier, hook
from tests.benchmarks.table import Line

MEASUREMENTS: dict[str, Callable[..., Iterator[Line]]] = {
    "hook": hook.ratios,
    "many": hook.many,
    "arrival": arrival.arrival,
    "courier": courier.courier,
    "acks": acks.acks,
    "start": beginning.beginning,
}


def main() -> None:
    """Print a line as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(MEASUREMENTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds: does it run at all?")
    parser.add_argument("--markdown", action="store_true", help="rows of docs/BENCHMARKS.md")
    given = parser.parse_args()
    if unknown := set(given.names) - MEASUREMENTS.keys():
        parser.error(f"{', '.join(sorted(unknown))}: not one of {', '.join(MEASUREMENTS)}")
    for name in given.names or MEASUREMENTS:
        for line in MEASUREMENTS[name](quick=given.quick):
            print(line.markdown() if given.markdown else line, flush=True)


if __name__ == "__main__":
    main()
