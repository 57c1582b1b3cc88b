"""What every file of the store is given: one session and the council whose rows it may see."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table
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


def slices(items: Iterable[T]) -> Iterator[list[T]]:
    """Cut into lists of at most SLICE."""
    rest = list(items)
    for start in range(0, len(rest), SLICE):
        yield rest[start : start + SLICE]
