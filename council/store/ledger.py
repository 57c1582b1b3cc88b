"""The chain and the texts beside it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as pick
from sqlmodel import col, func, select

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

    def of_kind(self, subject: str, kind: str) -> list[LedgerEntry]:
        """Return the links of one kind about a subject, oldest first."""
        rows = self.session.exec(
            select(LedgerEntry)
            .where(
                LedgerEntry.council_id == self.council_id,
                LedgerEntry.subject == subject,
                LedgerEntry.kind == kind,
            )
            .order_by(col(LedgerEntry.seq))
        )
        return list(rows)

    def last_text(self, subject: str, kind: str, name: str) -> tuple[str, str]:
        """Return (text, person) of the last link of a kind about a subject; empty for no text."""
        last = self.of_kind(subject, kind)[-1:]
        for link in last:
            row = self.session.get(LedgerText, (self.council_id, link.seq, name))
            return (row.text if row else ""), link.actor
        return "", ""

    def subjects_of(self, actor: str, limit: int) -> list[str]:
        """Return what somebody did something about, the latest first."""
        rows = self.session.exec(
            select(LedgerEntry.subject)
            .where(LedgerEntry.council_id == self.council_id, LedgerEntry.actor == actor)
            .group_by(LedgerEntry.subject)
            .order_by(func.max(col(LedgerEntry.seq)).desc())
            .limit(limit)
        )
        return list(rows)

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
