"""Starting and stopping: settings, schema, ports and signals."""

import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

import migrations
from bot.shell.complaint import Complaint
from bot.shell.migrate import refuse_newer
from tests.bot.shell.conftest import Shell, process

PATIENCE = 30.0


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def answer(url: str) -> str:
    """Return what is answered as soon as something answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as found:  # noqa: S310 -- our own
                return str(found.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def test_migrating_tells_from_where_to_where(
    shell: Shell, environment: pytest.MonkeyPatch, empty_database_url: str
) -> None:
    environment.setenv("DATABASE_URL", empty_database_url)
    newest = migrations.revisions()[-1]
    assert f"from empty to {newest}" in shell("migrate").stdout


def test_migrating_twice_changes_nothing(
    shell: Shell, environment: pytest.MonkeyPatch, empty_database_url: str
) -> None:
    environment.setenv("DATABASE_URL", empty_database_url)
    shell("migrate")
    again = shell("migrate")
    assert (again.exit_code, "up to date" in again.stdout) == (0, True)


def test_a_database_of_a_newer_program_is_refused() -> None:
    with pytest.raises(Complaint, match="newer than this program"):
        refuse_newer("9999")


@pytest.mark.postgres
@pytest.mark.parametrize("words", [("serve",), ("people", "list")])
def test_an_old_schema_on_postgresql_names_the_command(
    shell: Shell,
    environment: pytest.MonkeyPatch,
    empty_postgres_url: str,
    words: tuple[str, ...],
) -> None:
    environment.setenv("DATABASE_URL", empty_postgres_url)
    result = shell(*words)
    assert (result.exit_code, "council migrate" in result.stderr) == (3, True)
    assert result.stderr.count("\n") == 1


@pytest.mark.postgres
def test_the_shell_works_on_postgresql(
    shell: Shell, environment: pytest.MonkeyPatch, postgres_url: str
) -> None:
    environment.setenv("DATABASE_URL", postgres_url)
    shell("people", "import", "-", given="handle,name\nmei,Mei\n")
    assert shell("say", "--as", "mei", "mine").exit_code == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("COUNCIL_PORT", "many"), ("SLACK_SIGNING_SECRET", "half"), ("DATABASE_URL", "mysql://x")],
)
def test_a_bad_variable_stops_with_one_line_that_names_it(
    shell: Shell, environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    result = shell("serve")
    said = "SLACK_BOT_TOKEN" if name == "SLACK_SIGNING_SECRET" else name
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith(f"{said}: ")


def test_a_taken_port_is_one_line(
    shell: Shell, environment: pytest.MonkeyPatch, taken: int
) -> None:
    environment.setenv("COUNCIL_PORT", str(taken))
    result = shell("serve")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith(f"COUNCIL_PORT: {taken} ")


def test_a_database_that_does_not_answer_is_one_line(
    shell: Shell, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("DATABASE_URL", f"postgresql://u:hush@127.0.0.1:{a_free_port()}/x")
    result = shell("people", "list")
    assert (result.exit_code, "DATABASE_URL" in result.stderr) == (1, True)
    assert "hush" not in result.output


def test_help_lists_every_command(shell: Shell) -> None:
    shown = shell("--help").stdout
    for name in ("serve", "demo", "say", "migrate", "doctor", "people", "playbook", "outbox"):
        assert f" {name} " in shown


def test_a_misspelt_command_is_a_usage_error(shell: Shell) -> None:
    result = shell("plabook", "list")
    assert (result.exit_code, "playbook" in result.stderr) == (2, True)


@pytest.mark.e2e
def test_help_imports_nothing_heavy() -> None:
    with process("--help", PYTHONPROFILEIMPORTTIME="1") as started:
        _, told = started.communicate(timeout=PATIENCE)
    imported = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert imported & {"sqlalchemy", "fastapi", "pydantic", "bot.wiring"} == set()


@pytest.mark.e2e
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_served_council_answers_and_ends_well(sqlite_url: str, ending: signal.Signals) -> None:
    port = a_free_port()
    with process("serve", DATABASE_URL=sqlite_url, COUNCIL_PORT=str(port)) as started:
        try:
            assert "ok" in answer(f"http://127.0.0.1:{port}/healthz")
            started.send_signal(ending)
            said, told = started.communicate(timeout=PATIENCE)
        finally:
            started.kill()
    assert (started.returncode, told) == (0, "")
    assert said.count("\n") == 1
    assert f"http://127.0.0.1:{port}" in said
