"""The council's own row, its key counters, and inbound events that were claimed."""

from datetime import datetime
from functools import cached_property

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, select

from council.store.base import Book, table
from council.tables import Council, Counter, Seen

_COUNTER = table(Counter)
_COUNCIL = select(Council).where(table(Council).c.id == bindparam("council"))
_NEXT = (
    _COUNTER.update()
    .where(_COUNTER.c.council_id == bindparam("council"), _COUNTER.c.kind == bindparam("counted"))
    .values(value=_COUNTER.c.value + 1)
    .returning(_COUNTER.c.value)
)


class Registry(Book):
    """Questions about the council itself."""

    @cached_property
    def _council(self) -> Council:
        return self.session.exec(_COUNCIL, params={"council": self.council_id}).one()

    def council(self) -> Council:
        """Return the council's row; it is read once in a transaction."""
        return self._council

    def next_number(self, kind: str) -> int:
        """Return the next number of a kind of key; writers are ordered, so none is given twice."""
        given = {"council": self.council_id, "counted": kind}
        updated = self.session.connection().scalar(_NEXT, given)
        if updated is not None:
            return int(updated)
        self.insert_all(Counter, [{"council_id": self.council_id, "kind": kind, "value": 1}])
        return 1

    def claim_event(self, source: str, event: str, now: datetime) -> bool:
        """Claim an inbound event; False if it was claimed before."""
        row = {"council_id": self.council_id, "source": source, "event": event, "at": now}
        return self.upsert(Seen, row)

    def forget_events(self, before: datetime) -> None:
        """Drop claims that no sender will repeat any more."""
        self.session.exec(delete(Seen).where(col(Seen.at) < before))


def first_council(session: Session) -> Council | None:
    """Return the installation's council, if one was set up."""
    return session.exec(select(Council).order_by(col(Council.id)).limit(1)).first()
