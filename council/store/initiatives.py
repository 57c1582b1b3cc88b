"""Initiatives, their models, and who is assigned to them."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, or_
from sqlalchemy import select as pick
from sqlmodel import Session, col, func, select

from council.store.base import Book, one_of, slices, table
from council.tables import Assignment, Initiative, InitiativeModel, Person, PlaybookVersion

_INITIATIVE, _MODEL = table(Initiative), table(InitiativeModel)
_STAFF = (
    select(Assignment.initiative_id, Assignment.role, Person)
    .join(Person, col(Person.id) == Assignment.person_id)
    .where(
        one_of(table(Assignment).c.initiative_id, "initiatives"), col(Assignment.until).is_(None)
    )
    .order_by(col(Assignment.since), Person.handle)
)


Staff = list[tuple[str, Person]]


@dataclass(frozen=True, slots=True)
class Routed:
    """What routing asks of an initiative; a table's object costs fifty times as much to make."""

    id: str
    key: str
    tier: int
    playbook_id: str
    playbook_version: int
    channel: str
    state: str
    private: bool


_BY_MODELS = (
    pick(_MODEL.c.model_name, *(_INITIATIVE.c[field.name] for field in fields(Routed)))
    .join(_INITIATIVE, _INITIATIVE.c.id == _MODEL.c.initiative_id)
    .where(_MODEL.c.council_id == bindparam("council"), one_of(_MODEL.c.model_name, "models"))
)


class Initiatives(Book):
    """Questions about initiatives."""

    def __init__(self, session: Session, council_id: int) -> None:
        """Hold the session; nothing is read yet."""
        super().__init__(session, council_id)
        self._ahead: dict[str, Initiative] = {}
        self._staff: dict[str, Staff] = {}

    def read_ahead(self, ids: Collection[str]) -> list[Person]:
        """Read these few initiatives and who is assigned there at once; return those people.

        For a transaction that only reads: what is asked later is answered from this.
        """
        self._ahead |= self.by_ids(ids)  # the session itself forgets rows that nobody holds
        found = self._read_staff(ids)
        self._staff |= found
        return [person for staff in found.values() for _, person in staff]

    @contextmanager
    def staff_ahead(self, ids: Collection[str]) -> Iterator[list[Person]]:
        """Read who is assigned to these few initiatives at once; give those people.

        For a while in which nobody is assigned; afterwards it is asked anew.
        """
        before = self._staff
        found = self._read_staff(ids)
        self._staff = before | found
        try:
            yield [person for staff in found.values() for _, person in staff]
        finally:
            self._staff = before

    def by_key(self, key: str) -> Initiative | None:
        """Return the initiative with this key."""
        return self.session.exec(
            select(Initiative).where(
                Initiative.council_id == self.council_id, Initiative.key == key
            )
        ).first()

    def by_keys(self, keys: Iterable[str]) -> dict[str, Initiative]:
        """Return the initiatives with these keys, by key."""
        found: dict[str, Initiative] = {}
        for part in slices(set(keys)):
            rows = self.session.exec(
                select(Initiative).where(
                    Initiative.council_id == self.council_id, col(Initiative.key).in_(part)
                )
            )
            found.update((row.key, row) for row in rows)
        return found

    def by_id(self, initiative_id: str) -> Initiative | None:
        """Return the initiative with this opaque id."""
        found = self.session.get(Initiative, initiative_id)
        if found is None or found.council_id != self.council_id:
            return None
        # A row that the session holds is not asked of the database, which would leave it out.
        sight = self.session.info.get("sight")
        return found if sight is None or sight.shows(found) else None

    def is_taken(self, key: str) -> bool:
        """Whether a key is in use, even by an initiative that whoever looks may not see."""
        given = _INITIATIVE.c.council_id == self.council_id, _INITIATIVE.c.key == key
        return bool(self.session.connection().scalar(pick(_INITIATIVE.c.id).where(*given)))

    def by_ids(self, ids: Iterable[str]) -> dict[str, Initiative]:
        """Return the initiatives with these ids, by id."""
        found: dict[str, Initiative] = {}
        for part in slices(set(ids)):
            rows = self.session.exec(select(Initiative).where(col(Initiative.id).in_(part)))
            found.update((row.id, row) for row in rows)
        return found

    def by_models(self, names: Iterable[str]) -> dict[str, Routed]:
        """Return the initiative of each registered model name."""
        found: dict[str, Routed] = {}
        for part in slices(set(names)):
            given = {"council": self.council_id, "models": part}
            for name, *values in self.session.connection().execute(_BY_MODELS, given):
                found[name] = Routed(*values)
        return found

    def by_channel(self, channel: str) -> Initiative | None:
        """Return the initiative that lives in this channel, if exactly one does."""
        rows = self.session.exec(
            select(Initiative)
            .where(Initiative.council_id == self.council_id, Initiative.channel == channel)
            .limit(2)
        ).all()
        return rows[0] if len(rows) == 1 else None

    def keys(self) -> list[str]:
        """Return every key, for nearest-match answers."""
        return list(
            self.session.exec(
                select(Initiative.key).where(Initiative.council_id == self.council_id)
            )
        )

    def page(
        self, after: str, limit: int, phase: str = "", *, archived: bool = True
    ) -> list[Initiative]:
        """Return up to `limit` initiatives in order of key, after `after`."""
        query = (
            select(Initiative)
            .where(Initiative.council_id == self.council_id, Initiative.key > after)
            .order_by(Initiative.key)
            .limit(limit)
        )
        if phase:
            query = query.where(Initiative.phase == phase)
        if not archived:
            query = query.where(Initiative.state != "archived")
        return list(self.session.exec(query))

    def archived(self) -> int:
        """Return how many initiatives are put away."""
        query = select(func.count(col(Initiative.id))).where(
            Initiative.council_id == self.council_id, Initiative.state == "archived"
        )
        return self.session.exec(query).one()

    def newest(self, limit: int) -> list[Initiative]:
        """Return up to `limit` initiatives that are not archived, the last opened first."""
        rows = self.session.exec(
            select(Initiative)
            .where(Initiative.council_id == self.council_id, Initiative.state != "archived")
            .order_by(col(Initiative.created_at).desc(), Initiative.key)
            .limit(limit)
        )
        return list(rows)

    def models(self, initiative_id: str) -> tuple[str, ...]:
        """Return the model names of an initiative."""
        rows = self.session.exec(
            select(InitiativeModel.model_name)
            .where(InitiativeModel.initiative_id == initiative_id)
            .order_by(InitiativeModel.model_name)
        )
        return tuple(rows)

    def model(self, name: str) -> InitiativeModel | None:
        """Return the row of a model that some initiative has claimed."""
        return self.session.get(InitiativeModel, (name, self.council_id))

    def models_of(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the model names of many initiatives, by initiative id."""
        found: dict[str, tuple[str, ...]] = {}
        for part in slices(set(ids)):
            rows = self.session.exec(
                select(InitiativeModel)
                .where(col(InitiativeModel.initiative_id).in_(part))
                .order_by(InitiativeModel.model_name)
            )
            for row in rows:
                found[row.initiative_id] = (*found.get(row.initiative_id, ()), row.model_name)
        return found

    def staff(self, initiative_id: str) -> Staff:
        """Return (role, person) for everybody who is assigned now, in order of assignment."""
        known = self._staff.get(initiative_id)
        return self._read_staff([initiative_id])[initiative_id] if known is None else known

    def _read_staff(self, ids: Collection[str]) -> dict[str, Staff]:
        found: dict[str, Staff] = {each: [] for each in ids}
        for each, role, person in self.session.exec(_STAFF, params={"initiatives": list(ids)}):
            found[each].append((role, person))
        return found

    def staff_at(self, initiative_id: str, at: datetime) -> list[tuple[str, str]]:
        """Return (role, person id) for everybody who was assigned at that moment, in order."""
        rows = self.session.exec(
            select(Assignment.role, Assignment.person_id)
            .where(
                Assignment.council_id == self.council_id,
                Assignment.initiative_id == initiative_id,
                col(Assignment.since) <= at,
                or_(col(Assignment.until).is_(None), col(Assignment.until) > at),
            )
            .order_by(col(Assignment.since), Assignment.person_id)
        )
        return [(role, person) for role, person in rows]

    def live(self, initiative_id: str, role: str, person_id: str) -> Assignment | None:
        """Return the assignment of this person to this role that still holds."""
        return self.session.exec(
            select(Assignment).where(
                Assignment.initiative_id == initiative_id,
                Assignment.role == role,
                Assignment.person_id == person_id,
                col(Assignment.until).is_(None),
            )
        ).first()

    def assignment(self, assignment_id: str) -> Assignment | None:
        """Return one assignment, held or ended."""
        found = self.session.get(Assignment, assignment_id)
        return found if found and found.council_id == self.council_id else None

    def roles_of(self, person_id: str) -> list[tuple[Initiative, str]]:
        """Return (initiative, role) for each place where the person is assigned now."""
        rows = self.session.exec(
            select(Initiative, Assignment.role)
            .join(Assignment, col(Assignment.initiative_id) == Initiative.id)
            .where(Assignment.person_id == person_id, col(Assignment.until).is_(None))
            .order_by(Initiative.key, Assignment.role)
        )
        return [(initiative, role) for initiative, role in rows]

    def frozen(self) -> list[PlaybookVersion]:
        """Return every playbook version that was ever used."""
        return list(
            self.session.exec(
                select(PlaybookVersion).where(PlaybookVersion.council_id == self.council_id)
            )
        )

    def following(self, playbook_id: str, version: int, limit: int) -> list[str]:
        """Return up to `limit` keys of initiatives that follow a playbook version."""
        return list(
            self.session.exec(
                select(Initiative.key)
                .where(
                    Initiative.council_id == self.council_id,
                    Initiative.playbook_id == playbook_id,
                    Initiative.playbook_version == version,
                )
                .order_by(Initiative.key)
                .limit(limit)
            )
        )

    def frozen_digest(self, playbook_id: str, version: int) -> str | None:
        """Return the content hash under which a playbook version was first used."""
        row = self.session.get(PlaybookVersion, (self.council_id, playbook_id, version))
        return row.digest if row else None
