"""`council demo` as a process: what it says, who can reach it, and how it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.bot.shell.conftest import ENTRY, OURS

PATIENCE = 60.0
SOON = 15.0  # on a machine that does much else, too


def start(folder: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    """Start a real `council demo` in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.Popen(
        [sys.executable, "-c", ENTRY, "demo", *words],
        cwd=folder,
        env={
            **kept,
            "COLUMNS": "90",
            "PYTHONUNBUFFERED": "1",
            "TMPDIR": str(folder),
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, str, list[Path]]:
    """Return how `--once` ended, what it said and complained about, and what it left behind."""
    folder = tmp_path_factory.mktemp("once")
    with start(folder, "--once") as running:
        said, complained = running.communicate(timeout=PATIENCE)
    return running.returncode, said, complained, list(folder.iterdir())


@pytest.mark.e2e
def test_telling_it_once_ends_well_and_leaves_nothing(
    told: tuple[int, str, str, list[Path]],
) -> None:
    code, _, complained, left = told
    assert (code, complained, left) == (0, "", [])


@pytest.mark.e2e
@pytest.mark.parametrize(
    "line",
    [
        "#churn ─",
        "202: 2 accepted",
        "202: 2 duplicate",
        "Mei Chen has it",
        "@Carla Diaz: it comes to you now.",
        "Recovered by itself",
        "the chain holds",
    ],
)
def test_the_story_tells(told: tuple[int, str, str, list[Path]], line: str) -> None:
    assert line in told[1]


@dataclass
class Visit:
    """A visit to a demo that serves: what it said, what was found there, and how it ended."""

    said: str
    complained: str
    page: int
    elsewhere_free: bool
    waiting: list[str]
    code: int
    seconds: float
    left: list[Path]


def visit(folder: Path) -> Visit:
    """Let the demo serve, look in, keep a window open, press Ctrl-C."""
    with start(folder, "--no-browser", COUNCIL_HOST="0.0.0.0", COUNCIL_PORT="0") as running:  # noqa: S104 -- what it must not do
        try:
            said = read_until(running, "Ctrl-C ends it.")
            page = next(word for word in said.split() if "/workspace" in word).partition("?")[0]
            with urllib.request.urlopen(page, timeout=SOON) as answered:  # noqa: S310 -- our own
                status = answered.status
            free = can_bind("127.0.0.2", int(page.split(":")[2].partition("/")[0]))
            state = json_of(f"{page}/state?as=mei")
            window = f"{page}/events?as=mei&after={state['event']}"
            with urllib.request.urlopen(window, timeout=SOON):  # noqa: S310 -- our own
                began = time.monotonic()
                running.send_signal(signal.SIGINT)
                rest, complained = running.communicate(timeout=PATIENCE)
                seconds = time.monotonic() - began
        finally:
            running.kill()
    cards = [each["text"] for each in state["messages"] if each["place"] == "churn"]
    left = list(folder.iterdir())
    return Visit(said + rest, complained, status, free, cards, running.returncode, seconds, left)


def read_until(running: "subprocess.Popen[str]", last: str) -> str:
    """Return what a process says, up to a line."""
    said = ""
    assert running.stdout is not None
    for line in running.stdout:
        said += line
        if last in line:
            return said
    raise AssertionError(f"it ended early: {said}{running.stderr and running.stderr.read()}")


def json_of(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=SOON) as answered:  # noqa: S310 -- our own
        return json.load(answered)


def can_bind(host: str, port: int) -> bool:
    """Whether nobody listens on this address; who listens everywhere listens here too."""
    with socket.socket() as probe:
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """Return a visit to a demo that serves."""
    return visit(tmp_path_factory.mktemp("served"))


@pytest.mark.e2e
def test_ctrl_c_ends_it_soon_although_a_window_is_open(visited: Visit) -> None:
    assert visited.code == 0
    assert visited.seconds < SOON


@pytest.mark.e2e
def test_ctrl_c_leaves_no_traceback(visited: Visit) -> None:
    assert visited.complained == ""


@pytest.mark.e2e
def test_it_leaves_nothing_so_that_the_next_one_begins_afresh(visited: Visit) -> None:
    assert visited.left == []


@pytest.mark.e2e
def test_the_page_is_there_when_its_address_is_said(visited: Visit) -> None:
    assert visited.page == 200


@pytest.mark.e2e
def test_nobody_else_can_reach_it_whatever_the_environment_says(visited: Visit) -> None:
    assert visited.elsewhere_free


@pytest.mark.e2e
def test_a_fresh_case_waits_in_the_channel_of_churn(visited: Visit) -> None:
    assert visited.waiting[-1].startswith("C-15 ")


@pytest.mark.e2e
@pytest.mark.parametrize("line", ["curl -X POST http://127.0.0.1:", "council say --as mei mine"])
def test_it_says_what_to_try(visited: Visit, line: str) -> None:
    assert line in visited.said
