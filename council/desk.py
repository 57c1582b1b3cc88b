"""The desk: what every use case is handed."""

from dataclasses import dataclass, field
from datetime import datetime

from council.clock import Clock, Ids
from council.playbook import Library
from council.store import Books


@dataclass
class Desk:
    """One transaction's books, the clock, ids, playbooks, and who may set the council up.

    `leads` holds e-mail addresses and platform ids from the environment (bootstrap only),
    `ical_hosts` the hosts from which rotas may be read, `pagers` what pages leave through.
    `recorded` holds the numbers of the links that were added to the ledger.
    `correlation` names the request, or the round, that the use case is run for. `announced` turns
    true when a notice was put into the outbox; `joined` then holds, by the id of a request that
    brought nothing new to say, the id under which it will be said.
    """

    books: Books
    clock: Clock
    ids: Ids
    playbooks: Library
    leads: tuple[str, ...] = ()
    correlation: str = ""
    announced: bool = field(default=False)
    joined: dict[str, str] = field(default_factory=dict)
    ical_hosts: tuple[str, ...] = ()
    pagers: tuple[str, ...] = ()
    recorded: list[int] = field(default_factory=list)

    @property
    def council_id(self) -> int:
        """The council this desk works for."""
        return self.books.council_id

    def now(self) -> datetime:
        """Return the present moment."""
        return self.clock.now()
