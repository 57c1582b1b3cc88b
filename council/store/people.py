"""People and the ids by which chat platforms know them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as pick
from sqlmodel import Session, col, delete, func, select

from council.store.base import Book, one_of, slices, table
from council.tables import Assignment, Identity, Person, Preference

_PERSON, _IDENTITY = table(Person), table(Identity)
_PREFERENCE = table(Preference)
_PREFERENCES = pick(_PREFERENCE.c.person_id, _PREFERENCE.c.name, _PREFERENCE.c.value).where(
    _PREFERENCE.c.council_id == bindparam("council"), one_of(_PREFERENCE.c.person_id, "people")
)
# Every card asks these; a statement that is made once costs a third (see base.py).
_BY_IDS = select(Person).where(one_of(_PERSON.c.id, "ids"))
_IDENTITIES = pick(_IDENTITY.c.person_id, _IDENTITY.c.platform, _IDENTITY.c.external_id).where(
    one_of(_IDENTITY.c.person_id, "ids")
)
_LEADS = (
    select(Person)
    .where(
        _PERSON.c.council_id == bindparam("council"),
        _PERSON.c.left_at.is_(None),
        col(Person.is_lead)
        | one_of(func.lower(_PERSON.c.email), "emails")
        | _PERSON.c.id.in_(
            select(_IDENTITY.c.person_id).where(
                _IDENTITY.c.council_id == bindparam("council"),
                one_of(_IDENTITY.c.external_id, "names"),
            )
        ),
    )
    .order_by(_PERSON.c.created_at, _PERSON.c.handle)
)


class People(Book):
    """Questions about people."""

    def __init__(self, session: Session, council_id: int) -> None:
        """Hold the session; nothing is read yet."""
        super().__init__(session, council_id)
        self._leads: dict[tuple[str, ...], list[Person]] = {}
        self._identities: dict[str, dict[str, str]] = {}
        self._preferences: dict[str, dict[str, str]] = {}

    def read_ahead(self, ids: Iterable[str]) -> None:
        """Read at once by which ids platforms know these few people.

        For a transaction that only reads: what is asked later is answered from this.
        """
        self._identities |= self.identities(ids)

    def forget(self) -> None:
        """Look up anew who leads, and who is who: somebody was changed."""
        self._leads.clear()
        self._identities.clear()
        self._preferences.clear()

    def preferences(self, person_id: str) -> dict[str, str]:
        """Return what a person said they want, by name; it is read once in a transaction."""
        self.read_preferences([person_id])
        return dict(self._preferences[person_id])

    def read_preferences(self, ids: Iterable[str]) -> None:
        """Read at once what these people said they want, for what is asked later."""
        for part in slices(set(ids) - self._preferences.keys()):
            self._preferences.update((each, {}) for each in part)
            given = {"council": self.council_id, "people": part}
            for person_id, name, value in self.session.connection().execute(_PREFERENCES, given):
                self._preferences[person_id][name] = value

    def prefer(self, person_id: str, name: str, value: str) -> None:
        """Keep what a person wants; an empty value forgets it."""
        key = {"council_id": self.council_id, "person_id": person_id, "name": name}
        if value:
            self.upsert(Preference, {**key, "value": value}, {"value": value})
        else:
            self.session.exec(
                delete(Preference).where(*(_PREFERENCE.c[each] == key[each] for each in key))
            )
        self._preferences.pop(person_id, None)

    def by_id(self, person_id: str) -> Person | None:
        """Return the person with this opaque id."""
        found = self.session.get(Person, person_id)
        return found if found and found.council_id == self.council_id else None

    def by_ids(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return the people with these ids, by id."""
        found: dict[str, Person] = {}
        for part in slices(set(ids)):
            rows = self.session.exec(_BY_IDS, params={"ids": part})
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
        wanted = set(ids)
        found = {each: self._identities[each] for each in wanted & self._identities.keys()}
        for part in slices(wanted - found.keys()):
            found.update((each, {}) for each in part)
            for person_id, platform, external in self.session.connection().execute(
                _IDENTITIES, {"ids": part}
            ):
                found[person_id][platform] = external
        return found

    def handles(self) -> list[str]:
        """Return the handle of everybody who is here, for nearest-match answers."""
        return list(
            self.session.exec(
                select(Person.handle).where(
                    Person.council_id == self.council_id, col(Person.left_at).is_(None)
                )
            )
        )

    def in_roles(self, roles: Iterable[str], limit: int) -> list[str]:
        """Return the ids of people who hold one of these roles, on most initiatives first."""
        rows = self.session.exec(
            select(Person.id)
            .join(Assignment, col(Assignment.person_id) == Person.id)
            .where(
                Person.council_id == self.council_id,
                col(Person.left_at).is_(None),
                col(Assignment.until).is_(None),
                col(Assignment.role).in_(list(roles)),
            )
            .group_by(col(Person.id), col(Person.handle))
            .order_by(func.count().desc(), Person.handle)
            .limit(limit)
        )
        return list(rows)

    def vacant_since(self, initiative_id: str, role: str) -> datetime | None:
        """Return when the last person gave a role back; None if nobody ever held it."""
        return self.session.exec(
            select(func.max(Assignment.until)).where(
                Assignment.council_id == self.council_id,
                Assignment.initiative_id == initiative_id,
                Assignment.role == role,
            )
        ).one()

    def forget_person(self, person_id: str) -> None:
        """Delete by which ids platforms know somebody, and what they want."""
        for model in (Identity, Preference):
            self.session.exec(
                delete(model).where(
                    table(model).c.council_id == self.council_id,
                    table(model).c.person_id == person_id,
                )
            )
        self.forget()

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
        """Return the council leads: marked so, or known by one of these e-mails or platform ids.

        They are looked up once in a transaction: every case of a batch asks for them.
        """
        names = tuple(name for name in known_as if name)
        if names not in self._leads:
            emails = [name.lower() for name in names]
            given = {"council": self.council_id, "names": names, "emails": emails}
            self._leads[names] = list(self.session.exec(_LEADS, params=given))
        return self._leads[names]
