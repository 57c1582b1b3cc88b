"""What was logged, as a test reads it."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from structlog.testing import capture_logs

from bot.logs import with_correlation

Line = MutableMapping[str, Any]


@dataclass
class Lines:
    """Log lines, oldest first; they grow while the test goes on."""

    all: list[Line]

    def of(self, event: str, **like: Any) -> list[Line]:
        """Return the lines of one event in which these fields have these values."""
        return [
            line
            for line in self.all
            if line["event"] == event and all(line.get(k) == v for k, v in like.items())
        ]

    def ids(self, event: str, **like: Any) -> list[str]:
        """Return the correlations of such lines."""
        return [line["correlation"] for line in self.of(event, **like)]


@contextmanager
def logged() -> Iterator[Lines]:
    """Gather what is logged in here, at any level."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        with capture_logs(processors=[with_correlation]) as found:
            yield Lines(found)
    finally:
        structlog.configure(wrapper_class=before)
