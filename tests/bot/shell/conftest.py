"""The shell in this process, on a SQLite file of the test's own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from bot.settings import Settings
from bot.shell.main import app

Shell = Callable[..., Result]
ENTRY = "from bot.shell.main import main; main()"
OURS = frozenset(name.upper() for name in Settings.model_fields)


@pytest.fixture
def environment(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Clear the environment of the machine and name the test's own database."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("COLUMNS", "120")
    return monkeypatch


@pytest.fixture
def shell(environment: pytest.MonkeyPatch) -> Shell:  # noqa: ARG001 -- it clears the way
    """Return a function that runs `council` with these words."""

    def run(*words: str, given: str | bytes | None = None) -> Result:
        with capture_logs():  # in a process of its own they go to standard error
            return CliRunner().invoke(app, words, input=given)

    return run


@pytest.fixture
def crew(shell: Shell, environment: pytest.MonkeyPatch) -> Shell:
    """Return the shell of a council that Carla leads, with one initiative of Mei's and Ana's."""
    environment.setenv("COUNCIL_LEADS", "carla@example.org")
    table = "handle,name,email\ncarla,Carla,carla@example.org\nmei,Mei,\nana,Ana,\n"
    assert shell("people", "import", "-", given=table).exit_code == 0
    said = 'new "Late orders" --key late-order --phase operations --model churn'
    assert shell("say", "--as", "carla", said).exit_code == 0
    for role, handle in (("ml_engineer", "mei"), ("data_scientist", "ana")):
        done = shell("say", "--as", "carla", f"assign late-order {role} @{handle}")
        assert done.exit_code == 0, done.output
    return shell


def read(result: Result) -> Any:
    """Return what a script would read from standard output."""
    return json.loads(result.stdout)


def process(*words: str, **environment: str) -> "subprocess.Popen[str]":
    """Start a real `council`."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.Popen(
        [sys.executable, "-c", ENTRY, *words],
        cwd=Path(__file__).parents[3],
        env={**kept, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
