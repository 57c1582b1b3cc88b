"""What every file of the store is given: one session and the council whose rows it may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Dialect,
    Insert,
    Result,
    Table,
    Update,
    bindparam,
)
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
        """Insert plain rows of the same columns; far quicker than one object each."""
        if rows:
            self.run_on_all(_insert(table(model)), rows)

    def run_on_all(self, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that was made once on many plain rows of the same columns.

        It goes to the driver as it was compiled the first time, because SQLAlchemy goes through
        its types and parameters anew for every row (measured: 200 alerts 19.0 ms, so 15.1).
        """
        connection = self.session.connection()
        ready = _compiled(statement, tuple(rows[0]), connection.dialect)
        connection.exec_driver_sql(ready.text, [ready.bound(row) for row in rows])

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

    def upsert_all(
        self, model: type[SQLModel], rows: Sequence[dict[str, Any]], change: tuple[str, ...]
    ) -> None:
        """Insert plain rows of the same columns; where a key is there, take over these columns."""
        if rows:
            self.run_on_all(_upsert(table(model), change, postgres=self.postgres), rows)


def table(model: type[SQLModel]) -> Table:
    """Return the Core table of a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one driver takes it, with what its types do to each value."""

    text: str
    positional: bool
    values: tuple[tuple[str, Callable[[Any], Any] | None], ...]

    def bound(self, row: Mapping[str, Any]) -> Any:
        """Return a row's values as the driver takes them."""
        values = [
            row[name] if process is None else process(row[name]) for name, process in self.values
        ]
        if self.positional:
            return tuple(values)
        return dict(zip((name for name, _ in self.values), values, strict=True))


@lru_cache(maxsize=128)
def _insert(into: Table) -> Insert:
    return into.insert()


@lru_cache(maxsize=128)
def _upsert(into: Table, change: tuple[str, ...], *, postgres: bool) -> Insert:
    statement = (postgresql.insert if postgres else sqlite.insert)(into)
    return statement.on_conflict_do_update(
        index_elements=[column.name for column in into.primary_key],
        set_={name: statement.excluded[name] for name in change},
    )


@lru_cache(maxsize=128)
def _compiled(statement: Insert | Update, names: tuple[str, ...], dialect: Dialect) -> _Ready:
    keys = names if isinstance(statement, Insert) else None
    compiled = statement.compile(dialect=dialect, column_keys=keys)
    types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
    order = compiled.positiontup if compiled.positional else list(types)
    values = tuple((name, types[name].bind_processor(dialect)) for name in order or ())
    return _Ready(str(compiled), compiled.positional, values)


# Statements on the hook's path are made once, as constants of their files (measured: a look-up by
# four keys takes 32 µs, and 108 µs if its statement is made anew).


def one_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
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
