"""Links that people add, changes that they may take back, and the clocks that an initiative has."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, select

from council.store.base import SLICE, Book, one_of, slices, table
from council.tables import (
    Absence,
    AgendaRow,
    Assignment,
    Case,
    Change,
    Decision,
    Handoff,
    Huddle,
    LedgerEntry,
    Link,
    Move,
    Review,
    Snooze,
    Visit,
)

# What is begun on an initiative, by the noun of its subject.
_NOUNS: dict[str, type[SQLModel]] = {
    "assignment": Assignment,
    "case": Case,
    "decision": Decision,
    "handoff": Handoff,
    "huddle": Huddle,
    "move": Move,
    "review": Review,
    "snooze": Snooze,
}
# Of these each has a number, which stands in its key.
_NUMBERED: dict[str, type[SQLModel]] = {
    "absence": Absence,
    **{noun: model for noun, model in _NOUNS.items() if "number" in model.model_fields},
}
_ON_ITS_WAY = ("draft", "offered", "returned", "accepted_with_conditions")
# Something that asks somebody, or will: of what, and while what holds.
_OPEN: tuple[tuple[Any, ...], ...] = (
    (Case, col(Case.status) != "resolved"),
    (Handoff, col(Handoff.state).in_(_ON_ITS_WAY)),
    (Move, col(Move.state) == "proposed"),
    (Huddle, col(Huddle.state) == "open"),
    (Decision, col(Decision.outcome) == ""),
    (Review, col(Review.state) == "open"),
)
# Subjects that are initiatives, whatever is told of them.
_THEMSELVES = frozenset({"initiative", "shelf"})


# Every card on a case asks it; a statement that is made once costs a third (see base.py).
_LINK = table(Link)
_LINKS = (
    select(Link)
    .where(
        _LINK.c.council_id == bindparam("council"),
        one_of(_LINK.c.subject, "subjects"),
        _LINK.c.removed_at.is_(None),
    )
    .order_by(_LINK.c.added_at, _LINK.c.id)
)


class Everyday(Book):
    """Questions about what people add, take back and put away."""

    def __init__(self, session: Session, council_id: int) -> None:
        """Hold the session; nothing is read yet."""
        super().__init__(session, council_id)
        self._links: dict[str, list[Link]] = {}

    def links(self, subject: str) -> list[Link]:
        """Return the links of a subject such as `initiative:<id>`, oldest first."""
        known = self._links.get(subject)
        return self._read_links([subject])[subject] if known is None else known

    def read_ahead(self, subjects: Collection[str]) -> None:
        """Read the links of these few subjects at once.

        For a transaction that only reads: what is asked later is answered from this.
        """
        self._links |= self._read_links(subjects)

    def _read_links(self, subjects: Collection[str]) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {each: [] for each in subjects}
        given = {"council": self.council_id, "subjects": list(subjects)}
        for row in self.session.exec(_LINKS, params=given):
            found[row.subject].append(row)
        return found

    def link(self, link_id: str) -> Link | None:
        """Return one link, removed or not."""
        found = self.session.get(Link, link_id)
        return found if found and found.council_id == self.council_id else None

    def last_changes(self, person_id: str, limit: int) -> list[Change]:
        """Return somebody's last changes that may be, or were, taken back; the newest first."""
        rows = self.session.exec(
            select(Change)
            .where(Change.council_id == self.council_id, Change.person_id == person_id)
            .order_by(col(Change.at).desc(), col(Change.id).desc())
            .limit(limit)
        )
        return list(rows)

    def change(self, change_id: str) -> Change | None:
        """Return one change."""
        found = self.session.get(Change, change_id)
        return found if found and found.council_id == self.council_id else None

    def changes_of(self, subject: str, kind: str) -> list[Change]:
        """Return the changes of a kind to a subject that were not taken back; the newest first."""
        rows = self.session.exec(
            select(Change)
            .where(
                Change.council_id == self.council_id,
                Change.subject == subject,
                Change.kind == kind,
                col(Change.undone_at).is_(None),
            )
            .order_by(col(Change.at).desc())
        )
        return list(rows)

    def entries_since(self, subjects: Collection[str], since: datetime) -> list[LedgerEntry]:
        """Return what the ledger says of these subjects from a moment on, oldest first."""
        rows = self.session.exec(
            select(LedgerEntry)
            .where(
                LedgerEntry.council_id == self.council_id,
                col(LedgerEntry.subject).in_(subjects),
                col(LedgerEntry.at) >= since,
            )
            .order_by(col(LedgerEntry.seq))
        )
        return list(rows)

    def begun_on(self, initiative_id: str) -> list[str]:
        """Return the ids of everything that was begun on an initiative, and its own."""
        found = [initiative_id]
        for model in _NOUNS.values():
            row = model.__table__.c  # type: ignore[attr-defined]
            found += self.session.exec(select(row.id).where(row.initiative_id == initiative_id))
        return found

    def subjects_on(self, initiative_id: str) -> list[str]:
        """Return what cards are about that tell of an initiative, as notices call it."""
        found = [f"shelf:{initiative_id}"]
        for noun, model in _NOUNS.items():
            row = model.__table__.c  # type: ignore[attr-defined]
            ids = self.session.exec(select(row.id).where(row.initiative_id == initiative_id))
            found += [f"{noun}:{each}" for each in ids]
        stays = select(Visit.number).where(Visit.initiative_id == initiative_id)
        return found + [f"visit:{initiative_id}/{number}" for number in self.session.exec(stays)]

    def with_something_open(self, among: Collection[str] | None = None) -> list[str]:
        """Return ids of initiatives where something asks somebody; of those `among`, if given."""
        found: set[str] = set()
        parts = [[]] if among is None else list(slices(among))
        for model, holds in _OPEN:
            row = model.__table__.c
            query = select(row.initiative_id).where(row.council_id == self.council_id, holds)
            for part in parts:
                asked = query.where(row.initiative_id.in_(part)) if part else query
                found.update(self.session.exec(asked.distinct()))
        return sorted(found)[:SLICE]

    def clocks_of(self, initiative_id: str) -> list[AgendaRow]:
        """Return what is due, some day, on an initiative."""
        found: list[AgendaRow] = []
        for part in slices(self.begun_on(initiative_id)):
            found += self.session.exec(
                select(AgendaRow).where(
                    AgendaRow.council_id == self.council_id, col(AgendaRow.subject).in_(part)
                )
            )
        return found

    def number_of(self, noun: str, about: str) -> int | None:
        """Return the number in the key of something, by its noun and opaque id."""
        if noun not in _NUMBERED:
            return None
        row = _NUMBERED[noun].__table__.c  # type: ignore[attr-defined]
        asked = select(row.number).where(row.id == about, row.council_id == self.council_id)
        found: int | None = self.session.exec(asked).first()
        return found

    def standing_of(self, noun: str, about: str) -> tuple[int | None, str]:
        """Return the number in the key of something, and how it stands, if it is known."""
        if noun not in _NUMBERED:
            return None, ""
        row = _NUMBERED[noun].__table__.c  # type: ignore[attr-defined]
        standing = next((row[name] for name in ("state", "status") if name in row), row.id)
        asked = select(row.number, standing).where(row.id == about)
        found = self.session.exec(asked.where(row.council_id == self.council_id)).first()
        return (found[0], str(found[1])) if found else (None, "")

    def owners_of(self, subjects: Iterable[str]) -> dict[str, str]:
        """Return the opaque id of the initiative to which each subject belongs, if it does."""
        by_noun: dict[str, set[str]] = {}
        for subject in subjects:
            noun, _, id_ = subject.partition(":")
            by_noun.setdefault(noun, set()).add(id_)
        found: dict[str, str] = {}
        for noun, ids in by_noun.items():
            if noun in _THEMSELVES:
                found |= {f"{noun}:{each}": each for each in ids}
            elif noun == "visit":  # of an initiative, by number
                found |= {f"{noun}:{each}": each.rpartition("/")[0] for each in ids}
            elif noun in _NOUNS:
                row = _NOUNS[noun].__table__.c  # type: ignore[attr-defined]
                for part in slices(ids):
                    rows = self.session.exec(
                        select(row.id, row.initiative_id).where(row.id.in_(part))
                    )
                    found |= {f"{noun}:{each}": initiative for each, initiative in rows}
        return found
