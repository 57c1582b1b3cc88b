"""Structured logs on standard error, and the correlation id that joins them.

One id goes with a piece of work from the request (or the round) to the message. What people and
senders wrote never reaches a line: not secrets, not bodies, and not the texts of exceptions.
"""

import atexit
import logging
import secrets
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import count, islice
from typing import Any, TextIO

import orjson
import structlog

# Where a handler leaves, in the scope of its request, what the request's line is to say as well.
TOLD = "council.told"
_CHATTY = ("apscheduler", "slack_bolt", "slack_sdk", "httpx", "alembic")
# Of a foreign line, and of a cause: enough to find the place, not enough to hold a body.
_LONGEST = 300
_FRAMES = 8
# Seconds that a line may wait for others.
_SOON = 0.05

_CORRELATION: ContextVar[str] = ContextVar("correlation", default="")
# Ids go through all of 64 bits in leaps, from a place of each process's own.
_PLACES = count(secrets.randbits(64))
_LEAP, _BITS = 0x9E3779B97F4A7C15, (1 << 64) - 1

Event = MutableMapping[str, Any]


def correlation() -> str:
    """Return the id of the work under way, empty if it has none."""
    return _CORRELATION.get()


def new_id() -> str:
    """Return an id for work that nobody has named.

    Asking the system for chance each time gives the interpreter's lock away, and the event loop
    then waits for the clerk (measured: 1.1 more switches of threads for each hook).
    """
    return f"{next(_PLACES) * _LEAP & _BITS:016x}"


@contextmanager
def correlated(given: str = "") -> Iterator[str]:
    """Let every line in here carry this id, else the one that there is, else a new one."""
    known = given or correlation() or new_id()
    before = _CORRELATION.set(known)
    try:
        yield known
    finally:
        _CORRELATION.reset(before)


def with_correlation(_logger: object, _method: str, event: Event) -> Event:
    """Put the id of the work under way into a line, if there is one."""
    if known := _CORRELATION.get():
        event["correlation"] = known
    return event


def set_up(*, quiet: bool = False) -> None:
    """Send every log line to standard error, as text for people or JSON where nobody watches.

    `quiet` leaves out what is not a warning: a command's answer is what its user waits for.
    """
    level = logging.WARNING if quiet else logging.INFO
    shared: list[structlog.typing.Processor] = [
        with_correlation,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_texts,
    ]
    watched = sys.stderr.isatty()
    render = structlog.dev.ConsoleRenderer() if watched else _json
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr)
        if watched
        else Together(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_foreign, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel(logging.ERROR)


class Together:
    """A logger that writes the lines of a twentieth of a second at once, a warning immediately.

    To write each line by itself makes the event loop give its turn away each time: two lines took
    a hook 100 µs that way instead of 20. What a killed process had not written is lost.
    """

    def __init__(self, stream: TextIO) -> None:
        """Begin to write."""
        self._stream = stream
        self._lines: deque[str] = deque()
        self._waiting = threading.Event()
        self._turn = threading.Lock()
        atexit.register(self.flush)
        threading.Thread(target=self._write_on, name="logs", daemon=True).start()

    def __call__(self, *_: object) -> "Together":
        """Be one's own factory."""
        return self

    def info(self, line: str) -> None:
        """Write a line soon."""
        self._lines.append(line)
        if not self._waiting.is_set():
            self._waiting.set()

    debug = info

    def warning(self, line: str) -> None:
        """Write a line, and what waits, now."""
        self._lines.append(line)
        self.flush()

    error = exception = critical = warning

    def flush(self) -> None:
        """Write what waits; where nothing can be written (a full disk, a closed pipe), drop it."""
        with self._turn, suppress(OSError, ValueError):
            waiting = [self._lines.popleft() for _ in range(len(self._lines))]
            if waiting:
                self._stream.write("\n".join([*waiting, ""]))
                self._stream.flush()

    def _write_on(self) -> None:
        while True:
            self._waiting.wait()
            time.sleep(_SOON)
            self._waiting.clear()
            self.flush()


def without_texts(_logger: object, _method: str, event: Event) -> Event:
    """Say of an exception what it is and where it came from; its text may be somebody's."""
    error = event.pop("exc_info", None)
    if not error:
        return event
    if isinstance(error, tuple):
        error = error[1]
    elif not isinstance(error, BaseException):
        error = sys.exc_info()[1]
    if error is not None:
        event["exception"] = " < ".join(_told(each) for each in islice(_causes(error), _FRAMES))
    return event


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = " > ".join(f"{each.filename}:{each.lineno} {each.name}" for each in frames)
    return f"{type(error).__name__} at {places}" if places else type(error).__name__


def _foreign(_logger: object, _method: str, event: Event) -> Event:
    """Name the library that says it, and keep its first line."""
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    event["event"] = str(event["event"]).partition("\n")[0][:_LONGEST]
    return event


def _json(_logger: object, _method: str, event: Event) -> str:
    return orjson.dumps(event, default=_kind, option=orjson.OPT_NON_STR_KEYS).decode()


def _kind(value: object) -> str:
    """Stand in for what JSON cannot say: its own words may be anybody's."""
    return type(value).__name__
