"""People and the ids by which chat platforms know them."""

from collections.abc import Iterable

from sqlmodel import col, func, select

from council.store.base import Book, slices
from council.tables import Identity, Person


class People(Book):
    """Questions about people."""

    def by_id(self, person_id: str) -> Person | None:
        """Return the person with this opaque id."""
        found = self.session.get(Person, person_id)
        return found if found and found.council_id == self.council_id else None

    def by_ids(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return the people with these ids, by id."""
        found: dict[str, Person] = {}
        for part in slices(set(ids)):
            rows = self.session.exec(select(Person).where(col(Person.id).in_(part)))
            found.update((row.id, row) for row in rows)
        return found

    def by_handle(self, handle: str) -> Person | None:
        """Return the person with this handle."""
        return self.session.exec(
            select(Person).where(Person.council_id == self.council_id, Person.handle == handle)
        ).first()

    def by_name(self, name: str) -> list[Person]:
        """Return everybody of this name, whatever its case."""
        rows = self.session.exec(
            select(Person)
            .where(Person.council_id == self.council_id, func.lower(Person.name) == name.lower())
            .order_by(Person.handle)
        )
        return list(rows)

    def by_email(self, email: str) -> list[Person]:
        """Return everybody with this e-mail address, whatever its case."""
        rows = self.session.exec(
            select(Person)
            .where(Person.council_id == self.council_id, func.lower(Person.email) == email.lower())
            .order_by(Person.handle)
        )
        return list(rows) if email else []

    def by_identity(self, platform: str, external_id: str) -> Person | None:
        """Return the person whom a platform knows by this id."""
        return self.session.exec(
            select(Person)
            .join(Identity, col(Identity.person_id) == Person.id)
            .where(
                Identity.council_id == self.council_id,
                Identity.platform == platform,
                Identity.external_id == external_id,
            )
        ).first()

    def identities(self, ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return platform → id for each of these people."""
        found: dict[str, dict[str, str]] = {}
        for part in slices(set(ids)):
            for row in self.session.exec(select(Identity).where(col(Identity.person_id).in_(part))):
                found.setdefault(row.person_id, {})[row.platform] = row.external_id
        return found

    def handles(self) -> list[str]:
        """Return every handle, for nearest-match answers."""
        return list(
            self.session.exec(select(Person.handle).where(Person.council_id == self.council_id))
        )

    def page(self, after: str, limit: int) -> list[Person]:
        """Return up to `limit` people in order of handle, after `after`."""
        rows = self.session.exec(
            select(Person)
            .where(Person.council_id == self.council_id, Person.handle > after)
            .order_by(Person.handle)
            .limit(limit)
        )
        return list(rows)

    def leads(self, known_as: Iterable[str]) -> list[Person]:
        """Return the council leads: marked so, or known by one of these e-mails or platform ids."""
        names = [name for name in known_as if name]
        by_identity = select(Identity.person_id).where(
            Identity.council_id == self.council_id, col(Identity.external_id).in_(names)
        )
        rows = self.session.exec(
            select(Person)
            .where(
                Person.council_id == self.council_id,
                col(Person.is_lead)
                | func.lower(Person.email).in_([name.lower() for name in names])
                | col(Person.id).in_(by_identity),
            )
            .order_by(col(Person.created_at), Person.handle)
        )
        return list(rows)
