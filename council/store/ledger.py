"""The chain and the texts beside it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as pick
from sqlmodel import col, select

from council.store.base import Book, table
from council.tables import LedgerEntry, LedgerText

_LEDGER = table(LedgerEntry)
_HEAD = (
    pick(_LEDGER.c.seq, _LEDGER.c.hash)
    .where(_LEDGER.c.council_id == bindparam("council"))
    .order_by(_LEDGER.c.seq.desc())
    .limit(1)
)


class Ledger(Book):
    """Questions about the ledger."""

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last link; (0, "") when the chain is empty."""
        given = {"council": self.council_id}
        row = self.session.connection().execute(_HEAD, given).first()
        return (row[0], row[1]) if row else (0, "")

    def add(self, entries: Sequence[dict[str, Any]], texts: Sequence[dict[str, Any]]) -> None:
        """Write links and the texts beside them."""
        self.insert_all(LedgerEntry, entries)
        self.insert_all(LedgerText, texts)

    def after(self, seq: int, limit: int, subject: str = "") -> list[LedgerEntry]:
        """Return up to `limit` links after `seq`, oldest first."""
        query = (
            select(LedgerEntry)
            .where(LedgerEntry.council_id == self.council_id, LedgerEntry.seq > seq)
            .order_by(col(LedgerEntry.seq))
            .limit(limit)
        )
        if subject:
            query = query.where(LedgerEntry.subject == subject)
        return list(self.session.exec(query))

    def texts(self, first: int, last: int) -> list[LedgerText]:
        """Return the texts beside links `first` to `last`."""
        rows = self.session.exec(
            select(LedgerText).where(
                LedgerText.council_id == self.council_id,
                LedgerText.seq >= first,
                LedgerText.seq <= last,
            )
        )
        return list(rows)
