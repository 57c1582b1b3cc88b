"""Processes on their own ports: the council, its shell, Slack's stand-in; all can be killed."""

import json
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx

from bot import courier
from bot.shell.main import main

ROOT = Path(__file__).parents[2]
COUNCIL = Path(sys.executable).with_name("council")
# Far more than anything takes, even on a machine that has much else to do.
PATIENCE = 120.0
_MAIN = "from bot.shell.main import main; main()"

Json = dict[str, Any]


def until(what: str, true: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Look again and again until something is true."""
    end = time.monotonic() + patience
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience:.0f} s in vain until {what}")
        time.sleep(0.02)


def free_port(chance: random.Random) -> int:
    """Return a port below those that outgoing connections are given, so that it stays free."""
    while True:
        port = chance.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


def _own(more: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which only these variables are the council's."""
    ours = ("COUNCIL_", "SLACK_", "TEAMS_", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, **more}


def _serve(environment: Mapping[str, str], log: str) -> None:
    """Be `council serve`, with a lease of seconds: what a killed one held is soon free again."""
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    with Path(log).open("ab") as out:
        for stream in (1, 2):
            os.dup2(out.fileno(), stream)
    courier.LEASE, courier.TRY_SECONDS = timedelta(seconds=3), 2.0
    sys.argv = ["council", "serve"]
    main()


@dataclass
class Council:
    """A council that is served by one process after the other, on one database and one port."""

    environment: Mapping[str, str]
    home: Path
    whole: bool  # start the console script anew, rather than a copy of a process that is ready
    code: Path | None = None  # another checkout, whose program is run instead of this one's
    kills: int = 0
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.environment = _own(self.environment)
        self.run(self.code)
        self.log = self.home / "council.log"
        self.log.touch()
        self._process: subprocess.Popen[bytes] | BaseProcess | None = None
        origin = f"http://127.0.0.1:{self.environment['COUNCIL_PORT']}"
        self.client = httpx.Client(base_url=origin, timeout=10)

    # ── its life ─────────────────────────────────────────────────────────────────────────────────

    def run(self, code: Path | None) -> None:
        """Run the program of this checkout, or of another one, from the next start on."""
        self.program = [str(COUNCIL)] if code is None else [sys.executable, "-c", _MAIN]
        self.environment = {**self.environment, "PYTHONPATH": str(code or "")}

    def start(self) -> None:
        """Start the next process; it may not be ready yet."""
        if self.whole:
            with self.log.open("ab") as out:
                self._process = subprocess.Popen(
                    [*self.program, "serve"],
                    env=self.environment,
                    cwd=self.home,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
            return
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.e2e.processes", "bot.shell.serve", "uvloop"])
        self._process = context.Process(target=_serve, args=(self.environment, str(self.log)))
        self._process.start()

    def wait(self) -> None:
        """Wait until it answers."""
        until("the council answers", self._answers)

    def _answers(self) -> bool:
        self.check()
        try:
            return self.client.get("/healthz").status_code == 200
        except httpx.TransportError:
            return False

    def check(self) -> None:
        """See that it has not ended by itself."""
        if self._process is None or self._ended(self._process) is not None:
            raise AssertionError(f"the council has ended by itself:\n{self.tail()}")

    @staticmethod
    def _ended(process: "subprocess.Popen[bytes] | BaseProcess") -> int | None:
        return process.poll() if isinstance(process, subprocess.Popen) else process.exitcode

    def kill(self) -> None:
        """End it at once: no signal handler, no flush, no farewell."""
        process, self._process = self._process, None
        if process is None or process.pid is None:
            return
        if self._ended(process) is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait(30) if isinstance(process, subprocess.Popen) else process.join(30)
        self.kills += 1

    def end(self) -> int:
        """Ask it to end, wait until it has, and return its exit code."""
        process, self._process = self._process, None
        assert process is not None
        process.terminate()
        process.wait(60) if isinstance(process, subprocess.Popen) else process.join(60)
        code = self._ended(process)
        assert code is not None, "it was asked to end, and goes on"
        return code

    def signal(self, kind: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal, and wait for nothing."""
        assert self.pid is not None
        os.kill(self.pid, kind)

    def outcome(self) -> int:
        """Wait until it has ended after a signal, and return its exit code."""
        process, self._process = self._process, None
        assert process is not None
        process.wait(60) if isinstance(process, subprocess.Popen) else process.join(60)
        code = self._ended(process)
        assert code is not None, "it was asked to end, and goes on"
        return code

    @property
    def pid(self) -> int | None:
        """The process's number, if one runs."""
        return self._process.pid if self._process else None

    def tail(self, lines: int = 40) -> str:
        """Return the end of what the processes said."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    # ── its doors ────────────────────────────────────────────────────────────────────────────────

    def shell(self, *words: str, given: str = "") -> Any:
        """Run a shell command and return its JSON."""
        return json.loads(self.plain(*words, "--json", given=given))

    def plain(self, *words: str, given: str = "") -> str:
        """Run a shell command and return what it prints."""
        done = subprocess.run(
            [*self.program, *words],
            env=self.environment,
            cwd=self.home,
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"council {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def say(self, handle: str, words: str) -> None:
        """Run a command for a person."""
        said = {"as": handle, "text": words}
        told = self.client.post("/api/v1/commands", json=said).raise_for_status().json()
        assert told["outcome"] == "done", told

    def listed(self, name: str) -> list[Json]:
        """Return everything that a list of the read API has."""
        found: list[Json] = []
        cursor: str | None = ""
        while cursor is not None:
            answer = self.client.get(f"/api/v1/{name}", params={"cursor": cursor, "limit": 200})
            page = answer.raise_for_status().json()
            found += page["items"]
            cursor = page["next"]
        return found


@dataclass(frozen=True)
class Slack:
    """The stand-in, steered and looked at from outside."""

    origin: str

    def faults(self, **given: object) -> None:
        """Misbehave from now on."""
        httpx.post(f"{self.origin}/_faults", json=given).raise_for_status()

    def forget(self) -> None:
        """Forget what was said, and behave."""
        httpx.post(f"{self.origin}/_reset").raise_for_status()

    def _look(self, what: str) -> list[Json]:
        found: list[Json] = httpx.get(f"{self.origin}/{what}", timeout=30).raise_for_status().json()
        return found

    def messages(self) -> list[Json]:
        """Return every message that was accepted."""
        return self._look("_messages")

    def spoken(self) -> list[Json]:
        """Return every call that says something, in the order in which they came."""
        return [call for call in self._look("_calls") if call["method"] in SPEAKING]


SPEAKING = ("chat.postMessage", "chat.update")


@contextmanager
def a_slack(chance: random.Random) -> Iterator[Slack]:
    """Run the stand-in in a process of its own."""
    port = free_port(chance)
    command = [sys.executable, "-m", "tests.standins.slack", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        found = Slack(f"http://127.0.0.1:{port}")
        until("Slack's stand-in answers", lambda: _listens(port))
        yield found
    finally:
        process.kill()
        process.wait(30)


@contextmanager
def a_council(
    environment: Mapping[str, str],
    home: Path,
    chance: random.Random,
    *,
    whole: bool,
    code: Path | None = None,
) -> Iterator[Council]:
    """Run a council; whatever of it still lives at the end is killed."""
    port = {"COUNCIL_PORT": str(free_port(chance))}
    council = Council({**environment, **port}, home, whole, code)
    try:
        yield council
    finally:
        council.kill()
        council.client.close()
        sys.stdout.write(council.tail())  # shown when the test has failed


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
