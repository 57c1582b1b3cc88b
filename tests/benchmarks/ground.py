"""What is measured: a council with fifty staffed initiatives, and the processes that serve it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlmodel import Session

from bot.settings import Settings
from bot.wiring import means, one_desk, open_database
from council import integrations
from council.store.base import table
from council.tables import Lane, OutboxRow
from tests import builders, conftest
from tests.benchmarks import alerts

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Server:
    """A server process, where it listens, and how much memory it holds."""

    process: subprocess.Popen[str]
    port: int

    @property
    def resident(self) -> float:
        """Return the resident memory in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024


@contextmanager
def bare() -> Iterator[Server]:
    """Serve bare FastAPI."""
    with _serving([sys.executable, "-m", "tests.benchmarks.bare"], {}) as server:
        yield server


@contextmanager
def council(url: str, **environment: str) -> Iterator[Server]:
    """Run `council serve` on this database."""
    own = {"DATABASE_URL": url, "COUNCIL_PORT": "0", **environment}
    command = [sys.executable, "-c", "from bot.shell.main import main; main()", "serve"]
    with _serving(command, own) as server:
        yield server


@contextmanager
def _serving(command: list[str], environment: Mapping[str, str]) -> Iterator[Server]:
    """Start a server that prints its address first, and end it."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
        if not found:
            raise RuntimeError(f"the server did not start: {command}")
        yield Server(process, int(found[1]))
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def database(engine: str) -> Iterator[str]:
    """Make an empty database that flushes every commit to the disk, and return its address."""
    with TemporaryDirectory(prefix="council-bench-") as home:
        if engine == "sqlite":
            yield f"sqlite:///{home}/council.db"
            return
        server = conftest.started_postgres(Path(home))
        try:
            where = sa.make_url(server.get_uri(driver="psycopg"))
            with conftest.postgres_database(where, "bench") as url:
                conftest.migrated(url)
                yield url
        finally:
            server.cleanup()


def settle(url: str, initiatives: int = alerts.INITIATIVES) -> str:
    """Open initiatives, each staffed and with a channel of its own; return the hook's secret."""
    settings = Settings(database_url=url)
    engine = open_database(settings)
    given = means(engine, settings)
    with Session(engine) as session:
        desk = one_desk(given, session)
        builders.a_crew(desk)
        for number in range(initiatives):
            builders.an_initiative(
                desk,
                f"initiative-{number:04d}",
                models=(alerts.model(number) if number < alerts.INITIATIVES else f"more-{number}",),
                channel=f"slack:C0BENCH{number:04d}",
            )
        secret = integrations.add(desk, "bench", "alertmanager", "bench")
        # That people were assigned is no news here, and would keep the courier busy.
        connection = session.connection()
        connection.execute(table(OutboxRow).delete())
        connection.execute(table(Lane).delete())
        session.commit()
    engine.dispose()
    return secret
