"""The chain and the texts beside it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as pick
from sqlmodel import col, func, or_, select

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
            return self.text(link.seq, name), link.actor
        return "", ""

    def text(self, seq: int, name: str) -> str:
        """Return the text of this name beside a link; empty for none, or if it was erased."""
        row = self.session.get(LedgerText, (self.council_id, seq, name))
        return row.text if row else ""

    def last_of(
        self, actor: str, kinds: Iterable[str], after: int, since: datetime
    ) -> LedgerEntry | None:
        """Return somebody's last link of these kinds, or by which they took something back.

        Only links after `after`, and not older than `since`: the moment is looked for from the
        end, so that a long chain costs nothing.
        """
        mine = select(LedgerEntry).where(LedgerEntry.council_id == self.council_id)
        newest = col(LedgerEntry.seq).desc()
        older = self.session.exec(
            mine.where(LedgerEntry.at < since).order_by(newest).limit(1)
        ).first()
        kind = col(LedgerEntry.kind)
        return self.session.exec(
            mine.where(
                LedgerEntry.actor == actor,
                LedgerEntry.seq > max(after, older.seq if older else 0),
                or_(kind.in_(list(kinds)), kind.endswith(".undone")),
            )
            .order_by(newest)
            .limit(1)
        ).first()

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
