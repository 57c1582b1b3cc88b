"""What every file of the store is given: one session and the council whose rows it may see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Column, ColumnElement, Result, Table, Update, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

T = TypeVar("T")

# Below every engine's limit of bound values, and the longest read slice of the design.
SLICE = 200


class Book:
    """Questions about one group of tables, within one transaction."""

    def __init__(self, session: Session, council_id: int) -> None:
        """Hold the session; nothing is read yet."""
        self.session = session
        self.council_id = council_id

    @property
    def postgres(self) -> bool:
        """Whether the engine is PostgreSQL."""
        return self.session.get_bind().dialect.name == "postgresql"

    def insert_all(self, model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
        """Insert plain rows in one statement; far quicker than one object each."""
        if rows:
            self.session.connection().execute(table(model).insert(), rows)

    def upsert(
        self, model: type[SQLModel], row: dict[str, Any], change: dict[str, Any] | None = None
    ) -> bool:
        """Insert; where the key is there already, apply `change`, if any. True if a row changed."""
        into = (postgresql.insert if self.postgres else sqlite.insert)(table(model)).values(row)
        keys = [column.name for column in table(model).primary_key]
        statement = (
            into.on_conflict_do_nothing(index_elements=keys)
            if change is None
            else into.on_conflict_do_update(index_elements=keys, set_=change)
        )
        return bool(self.session.connection().execute(statement).rowcount)


def table(model: type[SQLModel]) -> Table:
    """Return the Core table of a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


# Statements on the hook's path are made once, as constants of their files: making one anew costs
# three times what it costs to run it (measured: 108 µs against 32 µs for a look-up by four keys).


def one_of(column: Column[Any], name: str) -> ColumnElement[bool]:
    """Return a condition for a statement that is made once; the values come under `name`."""
    values: BindParameter[Any] = bindparam(name, expanding=True)
    return column.in_(values)


def rewrite(of: Table, keys: Sequence[str], columns: Sequence[str]) -> Update:
    """Return the update of these columns by key, to be run on many plain rows at once."""
    statement = of.update().values({name: bindparam(f"new_{name}") for name in columns})
    return statement.where(*(of.c[key] == bindparam(f"old_{key}") for key in keys))


def rewritten(
    rows: Iterable[Mapping[str, Any]], keys: Sequence[str], columns: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the rows as a `rewrite` of these keys and columns takes them."""
    names = [(f"old_{key}", key) for key in keys] + [(f"new_{name}", name) for name in columns]
    return [{given: row[name] for given, name in names} for row in rows]


def plain(result: Result[Any]) -> list[dict[str, Any]]:
    """Return all rows as dicts that may be changed."""
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result]


def slices(items: Iterable[T]) -> Iterator[list[T]]:
    """Cut into lists of at most SLICE."""
    rest = list(items)
    for start in range(0, len(rest), SLICE):
        yield rest[start : start + SLICE]
