"""Copies of a SQLite database: how they are made, checked, and brought back."""

import fcntl
import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import migrations
from bot.shell import lock
from bot.shell.complaint import Complaint
from council.store.backup import snapshot
from tests.bot.shell.conftest import Shell, read
from tests.bot.shell.test_operators import change

IN_FLIGHT = "UPDATE outbox SET state = 'claimed', attempts = 2, first_try_at = created_at"


@pytest.fixture
def database(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def copy(crew: Shell, tmp_path: Path) -> Path:
    """Return a backup of the crew's council."""
    assert crew("backup", str(tmp_path / "copy.db")).exit_code == 0
    return tmp_path / "copy.db"


@pytest.fixture
def elsewhere(environment: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let DATABASE_URL point to nothing yet."""
    place = tmp_path / "new" / "council.db"
    environment.setenv("DATABASE_URL", f"sqlite:///{place}")
    return place


def rows(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def handles(path: Path) -> set[str]:
    return {handle for (handle,) in rows(path, "SELECT handle FROM person")}


# ── making one ───────────────────────────────────────────────────────────────────────────────────


def test_a_backup_holds_what_the_database_held(copy: Path) -> None:
    assert handles(copy) == {"carla", "mei", "ana"}


def test_a_backup_is_one_file(copy: Path) -> None:
    assert [each.name for each in copy.parent.glob("*copy.db*")] == ["copy.db"]


def test_only_its_owner_may_read_a_backup(copy: Path) -> None:
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_backup_says_what_it_holds(crew: Shell, tmp_path: Path) -> None:
    made = read(crew("backup", str(tmp_path / "copy.db"), "--json"))
    ((links, last),) = rows(tmp_path / "copy.db", "SELECT max(seq), hash FROM ledger")
    assert (made["links"], made["last_hash"], made["faults"]) == (links, last, 0)
    content = (tmp_path / "copy.db").read_bytes()
    assert (made["bytes"], made["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert made["revision"] == rows(tmp_path / "copy.db", "SELECT * FROM alembic_version")[0][0]


def test_a_backup_without_a_name_goes_beside_the_database(crew: Shell, database: Path) -> None:
    made = Path(read(crew("backup", "--json"))["file"])
    assert made.parent == database.parent / "backups"
    assert made.match("council-????????T??????Z.db")


def test_a_backup_replaces_no_file(crew: Shell, copy: Path) -> None:
    before = copy.read_bytes()
    result = crew("backup", str(copy))
    assert (result.exit_code, copy.read_bytes()) == (1, before)
    assert "--force" in result.stderr


def test_a_backup_replaces_a_file_if_told_to(crew: Shell, copy: Path) -> None:
    copy.write_text("old")
    assert crew("backup", str(copy), "--force").exit_code == 0
    assert handles(copy) == {"carla", "mei", "ana"}


@pytest.mark.parametrize("side", ["", "-wal", "-shm", ".lock"])
def test_a_backup_never_replaces_the_database(crew: Shell, database: Path, side: str) -> None:
    result = crew("backup", f"{database}{side}", "--force")
    assert (result.exit_code, "belongs to the database" in result.stderr) == (1, True)


def test_a_backup_replaces_no_device(crew: Shell, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = crew("backup", str(tmp_path / "pipe"), "--force")
    assert (result.exit_code, "not a file" in result.stderr) == (1, True)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("name", ["copy.db/x.db", "x" * 300])
def test_a_name_that_no_file_can_have_is_refused_in_a_line(
    crew: Shell, copy: Path, name: str
) -> None:
    result = crew("backup", str(copy.parent / name))
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_an_address_in_a_form_that_only_sqlite_reads_is_refused(
    shell: Shell, environment: pytest.MonkeyPatch, database: Path
) -> None:
    environment.setenv("DATABASE_URL", f"sqlite:///file:{database}?uri=true")
    result = shell("backup")
    assert (result.exit_code, "without file:" in result.stderr) == (2, True)


def test_a_backup_of_nothing_is_refused(shell: Shell, elsewhere: Path) -> None:
    result = shell("backup")
    assert (result.exit_code, "no database" in result.stderr, elsewhere.exists()) == (
        2,
        True,
        False,
    )


def test_a_backup_of_a_damaged_database_is_not_made(
    crew: Shell, database: Path, tmp_path: Path
) -> None:
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2])
    result = crew("backup", str(tmp_path / "copy.db"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert list(tmp_path.glob("*copy*")) == []


def test_a_ledger_that_does_not_hold_is_told_and_the_backup_is_kept(
    crew: Shell, sqlite_url: str, tmp_path: Path
) -> None:
    change(sqlite_url, "UPDATE ledger SET actor = 'somebody' WHERE seq = 2")
    result = crew("backup", str(tmp_path / "copy.db"))
    assert (result.exit_code, "1 fault" in result.stdout) == (1, True)
    assert handles(tmp_path / "copy.db") == {"carla", "mei", "ana"}


def test_a_backup_leaves_an_old_schema_as_it_is(
    shell: Shell, environment: pytest.MonkeyPatch, sqlite_url: str, database: Path
) -> None:
    change(sqlite_url, "UPDATE alembic_version SET version_num = '0001'")
    environment.setattr("migrations.revisions", lambda: ("0001", "9999"))
    environment.setattr("migrations.upgrade", lambda _connection: None)
    made = read(shell("backup", "--json"))
    assert (made["revision"], rows(database, "SELECT * FROM alembic_version")) == (
        "0001",
        [("0001",)],
    )


@pytest.mark.parametrize("words", [("backup",), ("restore", "copy.db", "--yes")])
def test_on_postgresql_one_line_says_what_to_do_instead(
    shell: Shell, environment: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    environment.setenv("DATABASE_URL", "postgresql://council@127.0.0.1/council")
    result = shell(*words)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "docs/operations.md" in result.stderr


def test_a_copy_is_made_of_one_moment_and_ends_while_others_write(tmp_path: Path) -> None:
    source = tmp_path / "busy.db"
    with closing(sqlite3.connect(source, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE thing (name)")
        writer.executemany("INSERT INTO thing VALUES (?)", [("a" * 4_000,)] * 2_000)
        before = rows(source, "SELECT count(*) FROM thing")
        writer.execute("BEGIN IMMEDIATE")  # a writer that is not done yet holds nothing up
        writer.execute("INSERT INTO thing VALUES ('late')")
        snapshot(source, tmp_path / "copy.db")
        writer.execute("COMMIT")
    assert rows(tmp_path / "copy.db", "SELECT count(*) FROM thing") == before


# ── bringing it back ─────────────────────────────────────────────────────────────────────────────


def test_a_backup_becomes_the_database(crew: Shell, copy: Path, database: Path) -> None:
    crew("people", "import", "-", given="handle,name\nlate,Late\n")
    assert crew("restore", str(copy), "--yes").exit_code == 0
    assert handles(database) == {"carla", "mei", "ana"}


def test_what_was_there_before_is_kept(crew: Shell, copy: Path) -> None:
    crew("people", "import", "-", given="handle,name\nlate,Late\n")
    kept = Path(read(crew("restore", str(copy), "--yes", "--json"))["kept"])
    assert handles(kept) == {"carla", "mei", "ana", "late"}


def test_a_database_is_made_where_there_was_none(crew: Shell, copy: Path, elsewhere: Path) -> None:
    assert read(crew("restore", str(copy), "--json"))["kept"] is None
    assert handles(elsewhere) == {"carla", "mei", "ana"}


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    shell: Shell, database: Path, tmp_path: Path
) -> None:
    oldest, newest = migrations.revisions()[0], migrations.revisions()[-1]
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}", poolclass=sa.NullPool)
    with engine.connect() as connection:
        migrations.upgrade(connection, oldest)
    assert read(shell("restore", str(tmp_path / "old.db"), "--yes", "--json"))["revision"] == oldest
    assert rows(database, "SELECT * FROM alembic_version") == [(newest,)]


def test_the_history_says_that_there_was_a_restore(crew: Shell, copy: Path, database: Path) -> None:
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    links = read(crew("ledger", "verify", "--json"))["links"]
    crew("restore", str(copy), "--yes")
    found = read(crew("ledger", "verify", "--json"))
    assert (found["links"], found["faults"]) == (links + 1, [])
    ((kind, facts),) = rows(database, "SELECT kind, facts FROM ledger ORDER BY seq DESC LIMIT 1")
    assert kind == "council.restored"
    assert digest in facts


def test_what_waited_in_a_backup_counts_as_tried_since_it_was_made(
    crew: Shell, copy: Path, database: Path
) -> None:
    crew("restore", str(copy), "--yes")
    tried = "SELECT count(*) FROM outbox WHERE attempts = 1 AND first_try_at = created_at"
    everything = rows(database, "SELECT count(*) FROM outbox WHERE state = 'pending'")
    assert rows(database, tried) == everything != [(0,)]


def test_what_was_in_flight_in_a_backup_keeps_its_tries(
    crew: Shell, database: Path, sqlite_url: str, tmp_path: Path
) -> None:
    change(sqlite_url, IN_FLIGHT)
    crew("backup", str(tmp_path / "copy.db"))
    crew("restore", str(tmp_path / "copy.db"), "--yes")
    assert rows(database, "SELECT DISTINCT attempts FROM outbox") == [(2,)]


def test_leases_of_a_backup_have_ended(
    crew: Shell, database: Path, sqlite_url: str, tmp_path: Path
) -> None:
    change(sqlite_url, "UPDATE lane SET owner = 'gone', lease_until = '9999-01-01T00:00:00+00:00'")
    crew("backup", str(tmp_path / "copy.db"))
    crew("restore", str(tmp_path / "copy.db"), "--yes")
    assert rows(database, "SELECT DISTINCT owner, lease_until FROM lane") == [("", None)]


def test_nothing_is_replaced_without_a_yes(crew: Shell, copy: Path, database: Path) -> None:
    before = database.stat().st_ino
    result = crew("restore", str(copy), given="n\n")
    assert (result.exit_code, database.stat().st_ino) == (1, before)


def test_nothing_stays_beside_a_restored_database(crew: Shell, copy: Path, database: Path) -> None:
    crew("restore", str(copy), "--yes")
    beside = {each.name for each in database.parent.glob("*council.db*")}
    assert {name for name in beside if "before-restore" not in name} == {
        "council.db",
        "council.db.lock",
    }


def test_a_restored_database_is_readable_by_whom_the_other_was(
    crew: Shell, copy: Path, database: Path
) -> None:
    database.chmod(0o640)
    crew("restore", str(copy), "--yes")
    assert database.stat().st_mode & 0o777 == 0o640


def test_a_restored_database_belongs_to_whom_the_other_did(
    crew: Shell, copy: Path, database: Path
) -> None:
    owner = (4711, 4712) if os.geteuid() == 0 else (os.getuid(), os.getgid())
    os.chown(database, *owner)
    crew("restore", str(copy), "--yes")
    assert (database.stat().st_uid, database.stat().st_gid) == owner


def test_where_a_link_leads_is_restored_and_the_link_stays(
    crew: Shell, copy: Path, database: Path, environment: pytest.MonkeyPatch
) -> None:
    link = database.with_name("link.db")
    link.symlink_to(database)
    environment.setenv("DATABASE_URL", f"sqlite:///{link}")
    back = read(crew("restore", str(copy), "--yes", "--json"))
    assert (link.is_symlink(), back["database"]) == (True, str(database.resolve()))
    assert handles(database) == {"carla", "mei", "ana"}


def test_a_damaged_database_is_replaced_and_kept(crew: Shell, copy: Path, database: Path) -> None:
    database.write_text("rubbish")
    kept = read(crew("restore", str(copy), "--yes", "--json"))["kept"]
    assert Path(kept).read_text() == "rubbish"
    assert handles(database) == {"carla", "mei", "ana"}


def test_a_log_that_a_lost_database_left_is_not_taken_for_the_new_ones(
    crew: Shell, copy: Path, elsewhere: Path
) -> None:
    elsewhere.parent.mkdir()
    elsewhere.with_name("council.db-wal").write_text("of another database")
    assert crew("restore", str(copy)).exit_code == 0
    assert [each.name for each in elsewhere.parent.glob("council.db-*")] == []
    assert len(list(elsewhere.parent.glob("*before-restore*-wal"))) == 1


# ── what is refused ──────────────────────────────────────────────────────────────────────────────


def refused(shell: Shell, file: Path, database: Path, why: str) -> None:
    """See that a restore is refused in one line, and has changed nothing."""
    before = database.read_bytes()
    result = shell("restore", str(file), "--yes")
    assert result.exit_code != 0
    assert why in result.stderr
    assert result.stderr.count("\n") == 1
    assert database.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(crew: Shell, database: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("this is not a database, it only looks for one")
    refused(crew, tmp_path / "notes.txt", database, "no SQLite database")


def test_somebody_elses_database_is_refused(crew: Shell, database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE thing (name)")
    refused(crew, tmp_path / "other.db", database, "not a council's")


def test_a_backup_that_was_cut_off_is_refused(crew: Shell, copy: Path, database: Path) -> None:
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    refused(crew, copy, database, "damaged")


def test_a_backup_whose_ledger_was_changed_is_refused(
    crew: Shell, copy: Path, database: Path
) -> None:
    change(f"sqlite:///{copy}", "UPDATE ledger SET actor = 'somebody' WHERE seq = 2")
    refused(crew, copy, database, "1 fault")


def test_a_backup_of_a_newer_program_is_refused(crew: Shell, copy: Path, database: Path) -> None:
    change(f"sqlite:///{copy}", "UPDATE alembic_version SET version_num = '9999'")
    refused(crew, copy, database, "newer than this program")


def test_a_database_in_use_is_no_backup(crew: Shell, copy: Path, database: Path) -> None:
    copy.with_name("copy.db-wal").write_text("not empty")
    refused(crew, copy, database, "no backup")


def test_the_database_itself_is_no_backup(crew: Shell, database: Path) -> None:
    refused(crew, database, database, "the database itself")


def test_nothing_is_replaced_while_a_council_is_served(
    crew: Shell, copy: Path, database: Path
) -> None:
    with lock.serving(database):
        refused(crew, copy, database, "End `council serve` first")


def test_nothing_is_replaced_while_another_process_has_it_open(
    crew: Shell, copy: Path, database: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setattr("council.store.backup._SECONDS_OF_PATIENCE", 0.0)
    with closing(sqlite3.connect(database)) as other:
        other.execute("SELECT count(*) FROM person").fetchone()
        refused(crew, copy, database, "has")


def test_nobody_serves_while_a_database_is_replaced(database: Path) -> None:
    with (
        lock.replacing(database),
        pytest.raises(Complaint, match="being replaced"),
        lock.serving(database),
    ):
        pass


def test_several_may_serve_from_one_file(database: Path) -> None:
    with lock.serving(database), lock.serving(database):
        pass


def test_a_file_system_without_locks_stops_nobody(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_here(_descriptor: int, _kind: int) -> None:
        raise OSError(os.strerror(38))

    monkeypatch.setattr(fcntl, "flock", none_here)
    with lock.serving(database), lock.replacing(database):
        pass
