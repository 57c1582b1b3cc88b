"""Who is away, who stands in, and the rotas that tell who is on duty."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as pick
from sqlmodel import Session, col, select

from council.store.base import Book, one_of, slices, table
from council.tables import Absence, Duty, Initiative, Rota

_ABSENCE, _DUTY, _ROTA = table(Absence), table(Duty), table(Rota)
# Every roster asks these two; a statement that is made once costs a third (see base.py).
_AWAY = pick(
    _ABSENCE.c.person_id,
    _ABSENCE.c.starts_at,
    _ABSENCE.c.ends_at,
    _ABSENCE.c.deputy_id,
    _ABSENCE.c.deputy_state,
).where(
    _ABSENCE.c.council_id == bindparam("council"),
    one_of(_ABSENCE.c.person_id, "people"),
    _ABSENCE.c.ended_at.is_(None),
)
_DUTIES = (
    pick(_DUTY.c.initiative_id, _DUTY.c.role, _DUTY.c.rota_id)
    .where(
        _DUTY.c.council_id == bindparam("council"),
        one_of(_DUTY.c.initiative_id, "initiatives"),
        _DUTY.c.until.is_(None),
    )
    .join(_ROTA, _ROTA.c.id == _DUTY.c.rota_id)
    .order_by(_DUTY.c.since, _ROTA.c.name)
)
_ROTAS = select(Rota).where(_ROTA.c.council_id == bindparam("council"), one_of(_ROTA.c.id, "rotas"))

# When it starts and ends (None: open), and who stands in ("" while nobody said yes).
Spell = tuple[datetime, datetime | None, str]


class Absences(Book):
    """Questions about absences and rotas."""

    def __init__(self, session: Session, council_id: int) -> None:
        """Hold the session; nothing is read yet."""
        super().__init__(session, council_id)
        self._spells: dict[str, list[Spell]] = {}
        self._duties: dict[str, list[tuple[str, Rota]]] = {}

    def forget(self) -> None:
        """Look up anew who is away and who is on duty: something was changed."""
        self._spells.clear()
        self._duties.clear()

    def spells(self, ids: Iterable[str]) -> dict[str, list[Spell]]:
        """Return by person when each of these is away, planned or now; asked once per person."""
        wanted = set(ids)
        for part in slices(wanted - self._spells.keys()):
            self._spells.update((each, []) for each in part)
            given = {"council": self.council_id, "people": part}
            for row in self.session.connection().execute(_AWAY, given):
                deputy = row.deputy_id if row.deputy_state == "accepted" else ""
                self._spells[row.person_id].append((row.starts_at, row.ends_at, deputy))
        return {each: self._spells[each] for each in wanted if self._spells[each]}

    def as_if_here(self, person_id: str) -> AbstractContextManager[None]:
        """Answer for a while as if this person were not away."""
        return self.as_if(person_id, [])

    @contextmanager
    def as_if(self, person_id: str, spells: list[Spell]) -> Iterator[None]:
        """Answer for a while as if this person were away then, and at no other time."""
        before = self._spells.get(person_id)
        self._spells[person_id] = spells
        try:
            yield
        finally:
            self._spells.pop(person_id, None)
            if before is not None:
                self._spells[person_id] = before

    def by_id(self, absence_id: str) -> Absence | None:
        """Return the absence with this opaque id."""
        found = self.session.get(Absence, absence_id)
        return found if found and found.council_id == self.council_id else None

    def by_number(self, number: int) -> Absence | None:
        """Return the absence `A-<number>`."""
        return self.session.exec(
            select(Absence).where(Absence.council_id == self.council_id, Absence.number == number)
        ).first()

    def live_of(self, person_id: str) -> list[Absence]:
        """Return what is planned or running for a person, the earliest first."""
        return self._live(col(Absence.person_id) == person_id)

    def live_for(self, deputy_id: str, states: Collection[str]) -> list[Absence]:
        """Return what is planned or running where this person was asked to stand in."""
        return self._live(
            col(Absence.deputy_id) == deputy_id, col(Absence.deputy_state).in_(states)
        )

    def stood_in_for(self, deputy_id: str, since: datetime) -> set[str]:
        """Return the ids of those for whom a person stood in at some time since then."""
        rows = self.session.exec(
            select(Absence.person_id).where(
                Absence.council_id == self.council_id,
                Absence.deputy_id == deputy_id,
                Absence.deputy_state == "accepted",
                col(Absence.ended_at) >= since,
                col(Absence.starts_at) < col(Absence.ended_at),
            )
        )
        return set(rows)

    def of(self, person_id: str) -> list[Absence]:
        """Return every absence of a person, or for which they were asked to stand in."""
        mine = (col(Absence.person_id) == person_id) | (col(Absence.deputy_id) == person_id)
        rows = self.session.exec(select(Absence).where(Absence.council_id == self.council_id, mine))
        return list(rows)

    def running(self, now: datetime, limit: int) -> list[Absence]:
        """Return who is away now, whoever comes back first at the top."""
        rows = self._live(col(Absence.starts_at) <= now, limit=limit)
        return sorted(rows, key=lambda row: (row.ends_at is None, row.ends_at or row.starts_at))

    def _live(self, *conditions: object, limit: int = 200) -> list[Absence]:
        rows = self.session.exec(
            select(Absence)
            .where(
                Absence.council_id == self.council_id,
                col(Absence.ended_at).is_(None),
                *conditions,  # type: ignore[arg-type]
            )
            .order_by(col(Absence.starts_at), col(Absence.number))
            .limit(limit)
        )
        return list(rows)

    # ── rotas ────────────────────────────────────────────────────────────────────────────────────

    def on_duty(self, initiative_id: str) -> list[tuple[str, Rota]]:
        """Return (role, rota) for every rota that holds a role here now; asked once."""
        if initiative_id not in self._duties:
            self.read_ahead([initiative_id])
        return self._duties[initiative_id]

    def read_ahead(self, initiative_ids: Iterable[str]) -> None:
        """Read at once who is on duty on these initiatives, for what is asked later."""
        for part in slices(initiative_ids):
            given = {"council": self.council_id, "initiatives": part}
            rows = self.session.connection().execute(_DUTIES, given).all()
            self._duties.update((each, []) for each in part)
            rotas = self._rotas({rota_id for _, _, rota_id in rows}) if rows else {}
            for initiative_id, role, rota_id in rows:
                self._duties[initiative_id].append((role, rotas[rota_id]))

    def _rotas(self, ids: Collection[str]) -> dict[str, Rota]:
        given = {"council": self.council_id, "rotas": list(ids)}
        found = self.session.exec(_ROTAS, params=given)
        return {rota.id: rota for rota in found}

    def rota(self, rota_id: str) -> Rota | None:
        """Return the rota with this opaque id."""
        found = self.session.get(Rota, rota_id)
        return found if found and found.council_id == self.council_id else None

    def rota_at(self, kind: str, address: str) -> Rota | None:
        """Return the rota of this address."""
        return self.session.exec(
            select(Rota).where(
                Rota.council_id == self.council_id, Rota.kind == kind, Rota.address == address
            )
        ).first()

    def duty(self, initiative_id: str, role: str, rota_id: str) -> Duty | None:
        """Return the duty of a rota in a role that still holds."""
        return self.session.exec(
            select(Duty).where(
                Duty.council_id == self.council_id,
                Duty.initiative_id == initiative_id,
                Duty.role == role,
                Duty.rota_id == rota_id,
                col(Duty.until).is_(None),
            )
        ).first()

    def duties_of(self, rota_ids: Collection[str]) -> list[tuple[Initiative, str]]:
        """Return (initiative, role) for each place where one of these rotas is on duty now."""
        if not rota_ids:
            return []
        rows = self.session.exec(
            select(Initiative, Duty.role)
            .join(Duty, col(Duty.initiative_id) == Initiative.id)
            .where(col(Duty.rota_id).in_(list(rota_ids)), col(Duty.until).is_(None))
            .order_by(Initiative.key, Duty.role)
        )
        return [(initiative, role) for initiative, role in rows]

    def rotas_in_use(self) -> list[Rota]:
        """Return the rotas that hold a role somewhere, by name."""
        used = select(Duty.rota_id).where(col(Duty.until).is_(None))
        rows = self.session.exec(
            select(Rota)
            .where(Rota.council_id == self.council_id, col(Rota.id).in_(used))
            .order_by(Rota.name, Rota.id)
        )
        return list(rows)
