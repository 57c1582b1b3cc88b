"""The only SQL besides the tables: one file per noun, functions named as questions."""

from sqlmodel import Session

from council.store.absences import Absences
from council.store.agenda import Agenda
from council.store.base import Book
from council.store.cases import Cases
from council.store.everyday import Everyday
from council.store.handoffs import Handoffs
from council.store.huddles import Huddles
from council.store.initiatives import Initiatives, Routed
from council.store.integrations import Integrations
from council.store.lanes import Lanes
from council.store.ledger import Ledger
from council.store.moves import Moves
from council.store.outbox import Outbox
from council.store.people import People
from council.store.registry import Registry
from council.store.replayed import Replayed
from council.store.running import Running
from council.store.sight import Sight, Sights
from council.store.snoozes import Filter, Snoozes
from council.store.written import Written
from council.tables import Absence, Duty, Identity, Person, Rota

__all__ = ["Books", "Filter", "Routed", "Sight"]


class Books(Book):
    """One transaction's view of one council's rows, a book per noun."""

    def __init__(self, session: Session, council_id: int) -> None:
        """Open every book on the same session."""
        super().__init__(session, council_id)
        self.absences = Absences(session, council_id)
        self.everyday = Everyday(session, council_id)
        self.handoffs = Handoffs(session, council_id)
        self.huddles = Huddles(session, council_id)
        self.moves = Moves(session, council_id)
        self.agenda = Agenda(session, council_id)
        self.cases = Cases(session, council_id)
        self.initiatives = Initiatives(session, council_id)
        self.integrations = Integrations(session, council_id)
        self.lanes = Lanes(session, council_id)
        self.ledger = Ledger(session, council_id)
        self.outbox = Outbox(session, council_id)
        self.people = People(session, council_id)
        self.registry = Registry(session, council_id)
        self.replayed = Replayed(session, council_id)
        self.running = Running(session, council_id)
        self.snoozes = Snoozes(session, council_id)
        self.sights = Sights(session, council_id)
        self.written = Written(session, council_id)

    def add(self, row: object) -> None:
        """Write a new or changed row at once, so that later questions see it."""
        self.session.add(row)
        self.session.flush()
        if isinstance(row, Person | Identity):
            self.people.forget()
        elif isinstance(row, Absence | Duty | Rota):
            self.absences.forget()

    def remove(self, row: object) -> None:
        """Take a row out at once; the ledger alone remembers it."""
        self.session.delete(row)
        self.session.flush()
