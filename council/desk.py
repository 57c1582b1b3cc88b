"""The desk: what every use case is handed."""

from dataclasses import dataclass, field
from datetime import datetime

from council.clock import Clock, Ids
from council.playbook import Library
from council.store import Books


@dataclass
class Desk:
    """One transaction's books, the clock, ids, playbooks, and who may set the council up.

    `leads` holds e-mail addresses and platform ids from the environment (bootstrap only).
    `announced` turns true when a notice was put into the outbox.
    """

    books: Books
    clock: Clock
    ids: Ids
    playbooks: Library
    leads: tuple[str, ...] = ()
    announced: bool = field(default=False)

    @property
    def council_id(self) -> int:
        """The council this desk works for."""
        return self.books.council_id

    def now(self) -> datetime:
        """Return the present moment."""
        return self.clock.now()
