"""What desks are made of, and the two ways in which the clerk can fail whoever waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from council.clock import Clock, Frozen, Ids, SystemClock
from council.desk import Desk
from council.playbook import Library
from council.store import Books

_LONGEST = 200


class Busy(Exception):
    """The queue is full, or the clerk is closing; nothing was written."""


class Unavailable(Exception):
    """The database did not take the batch; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Means:
    """What every desk is given besides its books; `events`: somebody is told what happens."""

    council_id: int
    clock: Clock
    ids: Ids
    playbooks: Library
    leads: tuple[str, ...] = ()
    ical_hosts: tuple[str, ...] = ()
    pagers: tuple[str, ...] = ()
    events: bool = False

    def desk(self, session: Session, clock: Clock | None = None, correlation: str = "") -> Desk:
        """Return a desk on a session."""
        books = Books(session, self.council_id)
        clock = clock or self.clock
        return Desk(
            *(books, clock, self.ids, self.playbooks, self.leads, correlation),
            ical_hosts=self.ical_hosts,
            pagers=self.pagers,
        )

    def clock_at(self, moment: datetime | None) -> Clock:
        """Replicas share the database's time; a clock that tests or the demo move is kept."""
        return Frozen(moment) if moment and isinstance(self.clock, SystemClock) else self.clock


def complaint(error: DBAPIError) -> str:
    """Return the database's own first line; below it, it may quote what people wrote."""
    said = str(error.orig).partition("\n")[0][:_LONGEST]
    return f"{type(error.orig).__name__}: {said}"
