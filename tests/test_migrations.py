"""The schema's history leads from nothing to the tables of today, and loses no row on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

import migrations


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    """Return a connection to an empty database."""
    engine = sa.create_engine(empty_database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


def test_history_leads_to_the_tables_of_today(connection: sa.Connection) -> None:
    migrations.upgrade(connection)
    assert migrations.fits(connection)
    connection.rollback()
    migrations.check(connection)


def test_an_empty_database_does_not_fit(connection: sa.Connection) -> None:
    assert not migrations.fits(connection)


def test_a_database_that_a_newer_program_has_changed_still_fits(connection: sa.Connection) -> None:
    migrations.upgrade(connection)
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '9998'"))
    assert migrations.fits(connection)


def test_a_database_that_is_behind_does_not_fit(connection: sa.Connection) -> None:
    migrations.upgrade(connection)
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    assert not migrations.fits(connection)


def test_an_upgrade_of_what_is_current_changes_nothing(connection: sa.Connection) -> None:
    migrations.upgrade(connection)
    before = rows(connection)
    migrations.upgrade(connection)
    assert rows(connection) == before


def test_history_is_one_line() -> None:
    steps = migrations.revisions()
    assert list(steps) == sorted(steps)
    assert steps[0] == "0001"


def test_no_upgrade_loses_a_row(connection: sa.Connection) -> None:
    first, *later = migrations.revisions()
    migrations.upgrade(connection, first)
    fill(connection)
    for revision in later:
        before = rows(connection)
        migrations.upgrade(connection, revision)
        after = rows(connection)
        lost = {table: n for table, n in before.items() if after.get(table, 0) < n}
        assert not lost, f"{revision} loses rows"
        fill(connection)


def test_every_later_migration_only_adds(connection: sa.Connection) -> None:
    first, *later = migrations.revisions()
    migrations.upgrade(connection, first)
    for revision in later:
        before = shape(connection)
        migrations.upgrade(connection, revision)
        assert what_is_more_than_added(before, shape(connection)) == [], f"in {revision}"


@pytest.mark.parametrize("revision", migrations.revisions()[1:])
def test_a_program_that_does_not_know_a_migration_goes_on_writing(
    connection: sa.Connection, revision: str
) -> None:
    steps = migrations.revisions()
    migrations.upgrade(connection, steps[steps.index(revision) - 1])
    known = schema(connection)
    connection.rollback()
    migrations.upgrade(connection, revision)
    fill(connection, known)
    assert not [table for table in known.sorted_tables if is_empty(connection, table)]


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE ledger_text",
        "ALTER TABLE outbox DROP COLUMN reason",
        "ALTER TABLE outbox RENAME COLUMN reason TO why",
        "ALTER TABLE outbox RENAME TO post",
        "ALTER TABLE lane DROP COLUMN urgent",
        "DROP INDEX ix_lane_ready",
        "CREATE UNIQUE INDEX again ON person (name)",
    ],
)
def test_what_is_more_than_an_addition_is_found(connection: sa.Connection, change: str) -> None:
    migrations.upgrade(connection)
    before = shape(connection)
    connection.exec_driver_sql(change)
    assert what_is_more_than_added(before, shape(connection)) != []


@pytest.mark.parametrize("nullable", [True, False])
def test_a_column_that_must_be_given_is_found(nullable: bool) -> None:  # noqa: FBT001
    column = {"type": "VARCHAR", "nullable": nullable, "default": False}
    before: Shape = {"outbox": Table({}, {})}
    after: Shape = {"outbox": Table({"new": column}, {})}
    assert bool(what_is_more_than_added(before, after)) is not nullable


def test_sqlite_checks_references_again_after_an_upgrade(empty_sqlite_url: str) -> None:
    with sa.create_engine(empty_sqlite_url, poolclass=sa.NullPool).connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.rollback()
        migrations.upgrade(connection)
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_sqlite_is_not_upgraded_inside_a_transaction(empty_sqlite_url: str) -> None:
    with sa.create_engine(empty_sqlite_url, poolclass=sa.NullPool).connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql("BEGIN")
        with pytest.raises(RuntimeError, match="before its transaction begins"):
            migrations.upgrade(connection)


def rows(connection: sa.Connection) -> dict[str, int]:
    """Count the rows of every table."""
    tables = schema(connection).sorted_tables
    counts = {
        table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in tables
    }
    connection.rollback()
    return counts


def schema(connection: sa.Connection) -> sa.MetaData:
    """Return the tables as they are in the database now."""
    found = sa.MetaData()
    found.reflect(connection)
    return found


@dataclass
class Table:
    """What a program relies on: columns with what they take, and indexes (True: unique)."""

    columns: dict[str, dict[str, Any]]
    indexes: dict[str, bool]


Shape = dict[str, Table]


def shape(connection: sa.Connection) -> Shape:
    """Return what programs rely on in every table."""
    look = sa.inspect(connection)
    found: Shape = {}
    for name in look.get_table_names():
        columns = {
            column["name"]: {
                "type": str(column["type"]),
                "nullable": column["nullable"],
                "default": column.get("default") is not None,
            }
            for column in look.get_columns(name)
        }
        indexes = {str(i["name"]): bool(i["unique"]) for i in look.get_indexes(name)}
        indexes |= {str(i["name"]): True for i in look.get_unique_constraints(name)}
        indexes |= {str(i["name"]): True for i in look.get_foreign_keys(name)}
        found[name] = Table(columns, indexes)
    return found


def what_is_more_than_added(before: Shape, after: Shape) -> list[str]:
    """Return what may break the program of before, which goes on while replicas are replaced."""
    found = [f"{table} is gone" for table in before.keys() - after.keys()]
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        for column, was in old.columns.items():
            if new.columns.get(column) != was:
                found.append(f"{name}.{column} is not what it was")
        for column in new.columns.keys() - old.columns.keys():
            now = new.columns[column]
            if not (now["nullable"] or now["default"]):
                found.append(f"{name}.{column} must be given")
        found += [f"{each} is gone" for each in old.indexes.keys() - new.indexes.keys()]
        found += [
            f"{each} refuses rows"
            for each in new.indexes.keys() - old.indexes.keys()
            if new.indexes[each]
        ]
    return found


def fill(connection: sa.Connection, known: sa.MetaData | None = None) -> None:
    """Put a row into every empty table, as far as it is known, referring to the rows put before."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    for table in (known or schema(connection)).sorted_tables:
        if table.name != "alembic_version" and is_empty(connection, table):
            row = {column.name: value(connection, column) for column in table.c}
            connection.execute(table.insert().values(row))
    connection.commit()


def is_empty(connection: sa.Connection, table: sa.Table) -> bool:
    """Tell whether the table has no row."""
    return connection.execute(sa.select(table).limit(1)).first() is None


def value(connection: sa.Connection, column: sa.Column[Any]) -> object:
    """Return something that the column takes."""
    for key in column.foreign_keys:
        return connection.scalar(sa.select(key.column).limit(1))
    samples: dict[type, object] = {
        bool: True,
        int: 1,
        float: 1.0,
        str: "x",
        bytes: b"x",
        date: date(2026, 1, 1),
        datetime: datetime(2026, 1, 1, tzinfo=UTC),
        dict: {},
    }
    if isinstance(column.type, sa.JSON):
        return {}
    return samples[column.type.python_type]


def test_file_names_tell_the_revisions_that_alembic_finds() -> None:
    script = ScriptDirectory.from_config(migrations.configuration())
    walked = [step.revision for step in script.walk_revisions()]
    assert migrations.revisions() == tuple(reversed(walked))
