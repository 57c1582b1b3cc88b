"""Columns that behave alike on both engines, and how constraints are named."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, String, TypeDecorator
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware UTC moment: `timestamptz` on PostgreSQL, text that sorts by time on SQLite."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None or dialect.name == "postgresql":
            return value
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return utc.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- the name is SQLAlchemy's
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.astimezone(UTC)


# SQLite numbers a table by itself only where the key is its plain INTEGER.
Long: Any = BigInteger().with_variant(Integer(), "sqlite")


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """Return a column of a moment."""
    return Field(default=None, sa_type=Instant, nullable=nullable, index=index)


def json_column() -> Any:
    """Return a column of plain JSON, empty at first."""
    return Field(default_factory=dict, sa_type=JSON, nullable=False)


def json_list() -> Any:
    """Return a column of a plain JSON list, empty at first."""
    return Field(default_factory=list, sa_type=JSON, nullable=False)
