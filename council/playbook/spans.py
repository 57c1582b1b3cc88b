"""Spans of time as playbooks write them: `30m`, `2h`, and `4bh` in business hours."""

import re
import reprlib
from dataclasses import dataclass
from typing import Self

PATTERN = r"[1-9][0-9]{0,5}(m|h|bh)"
_SPAN = re.compile(PATTERN)
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; a business span counts only the receiver's business hours."""

    minutes: int
    business: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the span that the text writes; raises ValueError for anything else."""
        if not _SPAN.fullmatch(text):
            raise ValueError(f"{reprlib.repr(text)} is not a duration such as 30m, 2h or 4bh")
        number = int(text.rstrip("mbh"))
        return cls(number if text.endswith("m") else number * _HOUR, text.endswith("bh"))

    def __post_init__(self) -> None:
        if self.minutes < 1 or (self.business and self.minutes % _HOUR):
            raise ValueError("a span is at least a minute, and whole hours if of business hours")

    def __str__(self) -> str:
        if self.minutes % _HOUR:
            return f"{self.minutes}m"
        return f"{self.minutes // _HOUR}{'bh' if self.business else 'h'}"
