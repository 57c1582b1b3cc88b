"""A desk on a database in memory, with a clock that is set and ids that count."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlmodel import Session, SQLModel

from council.clock import Clock
from council.desk import Desk
from council.playbook import Library, load_library
from council.store import Books
from council.store.engine import open_engine
from council.tables import Council, Integration
from tests.fakes import START, CountingIds, SetClock


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the shipped playbooks, read once."""
    return load_library()


@contextmanager
def a_desk(
    clock: Clock | None = None, *, leads: tuple[str, ...] = (), channel: str = "local:council"
) -> Iterator[Desk]:
    """Open a council of its own, in memory."""
    engine = open_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        row = Council(name="council", timezone="UTC", channel=channel, created_at=START)
        session.add(row)
        session.flush()
        assert row.id is not None
        sender = Integration(
            id="integration",
            council_id=row.id,
            name="monitor",
            kind="alertmanager",
            created_at=START,
        )
        session.add(sender)
        session.flush()
        yield Desk(Books(session, row.id), clock or SetClock(), CountingIds(), library(), leads)
    engine.dispose()
