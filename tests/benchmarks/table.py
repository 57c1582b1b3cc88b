"""A line of the table: what was measured, what came out, and what the design asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Line:
    """One measurement in words; `met` is None where the design sets no target."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        said = {None: "", True: "met", False: "missed"}[self.met]
        return f"{self.what:58s} {self.measured:66s} {self.target:24s} {said}".rstrip()

    def markdown(self) -> str:
        """Return the line as a row of a Markdown table."""
        said = {None: "", True: "met", False: "**missed**"}[self.met]
        return f"| {self.what} | {self.measured} | {self.target} | {said} |"


def spread(values: Iterable[float], digits: int = 2) -> str:
    """Return the median and the range."""
    found = sorted(values)
    return f"{median(found):.{digits}f} ({found[0]:.{digits}f} to {found[-1]:.{digits}f})"


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value that `part` of all do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]
