"""What Alembic runs: migrates over a connection it is handed, else over DATABASE_URL or -x url=."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import council.tables  # noqa: F401  (fills the metadata)

SQLITE = sa.make_url("sqlite://").get_dialect()()
POSTGRESQL = sa.make_url("postgresql+psycopg://").get_dialect()()


def database_url() -> sa.URL:
    """Return the address to migrate, with the driver that is installed."""
    given = context.get_x_argument(as_dictionary=True).get("url") or os.environ.get("DATABASE_URL")
    if not given:
        message = "say which database to migrate: set DATABASE_URL, or pass -x url=…"
        raise SystemExit(message)
    url = sa.make_url(given)
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def plain_type(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that history stands alone."""
    if kind != "type" or not isinstance(item, sa.TypeDecorator):
        return False
    everywhere, there = (
        repr(item.load_dialect_impl(dialect).as_generic()) for dialect in (SQLITE, POSTGRESQL)
    )
    variant = "" if everywhere == there else f'.with_variant(sa.{there}, "postgresql")'
    return f"sa.{everywhere}{variant}"


@contextmanager
def references_unchecked(connection: sa.Connection) -> Iterator[None]:
    """Let SQLite rebuild a table without deleting what refers to it.

    The cursor is the driver's own because SQLite ignores this pragma inside a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    (before,) = cursor.execute("PRAGMA foreign_keys").fetchone()
    cursor.execute("PRAGMA foreign_keys = OFF")
    if cursor.execute("PRAGMA foreign_keys").fetchone() != (0,):
        message = "hand over the connection before its transaction begins"
        raise RuntimeError(message)
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA foreign_keys = {before}")


def refuse_broken_references(connection: sa.Connection) -> None:
    """Do afterwards, before the commit, what SQLite was told not to do on the way."""
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5):
        message = f"the migration leaves references to nothing: {broken}"
        raise RuntimeError(message)


def migrate(connection: sa.Connection) -> None:
    """Run what is asked for, in one transaction."""
    with references_unchecked(connection):
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            compare_type=True,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=plain_type,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            refuse_broken_references(connection)


def own_engine(url: sa.URL) -> sa.Engine:
    """Return an engine whose transactions cover changes of the schema on SQLite too."""
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, poolclass=sa.NullPool)
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"isolation_level": None})
    sa.event.listen(engine, "begin", lambda fresh: fresh.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def main() -> None:
    """Migrate over the connection at hand, or one of our own."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    with own_engine(database_url()).connect() as own:
        migrate(own)


main()
