"""Logs as an operator's machine reads them; and what never stands in them."""

import atexit
import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from bot import logs
from bot.clerk import Unavailable
from council.desk import Desk
from tests.bot.served import serving

SECRET = "hunter2-ultramarine"
Written = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    """Log as `council serve` does where nobody watches; return what was written, read as JSON."""
    stream, root = io.StringIO(), logging.getLogger()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(root, "handlers", [])
    levels = {each: logging.getLogger(each).level for each in (None, *logs._CHATTY)}
    logs.set_up()
    # Else what has logged here would go on logging here, in tests of others.
    structlog.configure(cache_logger_on_first_use=False)

    def read() -> list[dict[str, Any]]:
        writer.flush()
        return [json.loads(line) for line in stream.getvalue().splitlines()]

    writer = structlog.get_config()["logger_factory"]
    yield read
    atexit.unregister(writer.flush)
    structlog.reset_defaults()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_line_is_json_with_its_time_and_level(written: Written) -> None:
    with logs.correlated("pager-7"):
        structlog.get_logger().info("notice", state="sent")
    (line,) = written()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "notice",
        "level": "info",
        "state": "sent",
        "correlation": "pager-7",
    }


def test_a_warning_is_written_at_once_with_what_waits() -> None:
    stream = io.StringIO()
    writer = logs.Together(stream)
    atexit.unregister(writer.flush)
    writer.info("one")
    writer.warning("two")
    assert stream.getvalue() == "one\ntwo\n"


def test_a_line_that_nothing_follows_is_written_soon() -> None:
    written = threading.Event()

    class Stream(io.StringIO):
        def flush(self) -> None:
            written.set()

    stream = Stream()
    writer = logs.Together(stream)
    atexit.unregister(writer.flush)
    writer.info("alone")
    assert written.wait(20)
    assert stream.getvalue() == "alone\n"


def test_where_nothing_can_be_written_lines_are_dropped_and_nobody_is_harmed() -> None:
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(28, "No space left on device")

    writer = logs.Together(Full())
    atexit.unregister(writer.flush)
    writer.info("one")
    writer.warning("two")
    assert not writer._lines


def test_work_within_work_keeps_its_id() -> None:
    with logs.correlated("outer"), logs.correlated() as inner:
        assert (inner, logs.correlation()) == ("outer", "outer")
    assert logs.correlation() == ""


def test_libraries_say_their_warnings_in_the_same_form(written: Written) -> None:
    with logs.correlated("pager-7"):
        logging.getLogger("a.library").warning("Invalid %s received.\n%s", "request", SECRET)
    (line,) = written()
    del line["timestamp"]
    assert line == {
        "event": "Invalid request received.",
        "level": "warning",
        "logger": "a.library",
        "correlation": "pager-7",
    }


def test_an_exception_is_told_by_kind_and_place_and_not_by_its_text(written: Written) -> None:
    def breaks() -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise RuntimeError(SECRET) from error

    for log in (structlog.get_logger(), logging.getLogger("asyncio")):
        try:
            breaks()
        except RuntimeError:
            log.exception("broke")
    for line in written():
        assert line["exception"].startswith("RuntimeError at ")
        assert " < ValueError at " in line["exception"]
        assert "breaks" in line["exception"]
        assert SECRET not in str(line)


def test_what_json_cannot_say_is_told_by_its_kind(written: Written) -> None:
    structlog.get_logger().info("odd", value=ValueError(SECRET))
    assert written()[0]["value"] == "ValueError"


async def test_nothing_of_what_a_sender_sent_is_logged(written: Written, sqlite_url: str) -> None:
    labels = {"alertname": SECRET, "model": "churn", "severity": "critical", "password": SECRET}
    alert = {"status": "firing", "labels": labels, "startsAt": "2026-11-24T09:00:00Z"}
    async with serving(sqlite_url) as service:
        service.secrets["stranger"] = SECRET
        await service.post({"alerts": [alert, SECRET]}, params={"token": SECRET})
        await service.post(f'{{"{SECRET}"'.encode())
        await service.post({"alerts": [alert]}, "stranger")
        await service.post({"alerts": [alert]}, f"Not-A-Name-{SECRET}")
        await service.drain()
        live = [service.secrets["monitor"], service.token]
    found = written()
    assert {"request", "hook_refused", "hook_unreadable", "notice"} <= {e["event"] for e in found}
    assert not [each for each in (SECRET, *live) if each in str(found)]


async def test_nothing_of_what_a_person_typed_is_logged(written: Written, sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        for text in (f"flag late-order {SECRET}", SECRET, f"ack {SECRET}"):
            await service.say("mei", text)
        await service.say(SECRET, "mine")
        await service.drain()
    found = written()
    assert [e["outcome"] for e in found if e["event"] == "command"] == [
        *("done", "not_understood", "not_understood")
    ]
    assert SECRET not in str(found)


async def test_nothing_of_what_the_database_refused_is_logged(
    written: Written, database_url: str
) -> None:
    async with serving(database_url) as service:
        with pytest.raises(Unavailable):
            await service.do(twice_the_same_name)
    (line,) = [e for e in written() if e["event"] == "use_case_failed"]
    assert SECRET not in str(line)


def twice_the_same_name(desk: Desk) -> None:
    row = desk.books.integrations.by_name("monitor")
    assert row is not None
    for number in range(2):
        twin = type(row)(**(row.model_dump() | {"id": f"{SECRET}-{number}", "name": SECRET}))
        desk.books.add(twin)
