"""News of absences, of roles that nobody fills, and of rotas that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from council import initiatives, leaving, people
from council.desk import Desk
from council.initiatives import Vacancy
from council.news import News
from council.people import AbsenceView, Member
from council.waits import Waiting


@dataclass(frozen=True, slots=True)
class AbsenceNews(News):
    """An absence, what is open with whoever is away, and who could stand in.

    `roles` are the names of the roles that they hold. `to` is the id of the person to whom this
    goes, which tells a deputy who was asked from one who is not any more. `why` is that of a
    reply. `clash` is the absence of the deputy's own, where it takes some of the same days.
    """

    absence: AbsenceView
    open: tuple[Waiting, ...]
    roles: tuple[str, ...]
    suggested: Member | None
    to: str = ""
    why: str = ""
    clash: AbsenceView | None = None

    @property
    def overtaken(self) -> bool:
        """Somebody stands in, or it is over: nobody must be chosen any more.

        Whoever is back is told as long as something waits for them.
        """
        if self.why == people.BACK:
            return not self.open
        return self.absence.deputy_state == "accepted" or self.absence.state == "over"


@dataclass(frozen=True, slots=True)
class GapNews(News):
    """Roles of an initiative that were found to be filled by nobody; and those that still are."""

    initiative: str
    initiative_name: str
    gaps: tuple[Vacancy, ...]
    filled: tuple[str, ...]
    roles: tuple[str, ...]

    @property
    def overtaken(self) -> bool:
        """Every one of them is filled."""
        return not self.gaps


@dataclass(frozen=True, slots=True)
class RotaNews(News):
    """A rota that cannot be read: why (a code), since when, and where it is on duty."""

    name: str
    kind: str
    failure: str
    since: datetime | None
    believed_until: datetime | None
    duties: tuple[tuple[str, str], ...] = field(default=())


def absence_news(desk: Desk, absence_id: str, facts: Mapping[str, Any]) -> AbsenceNews | None:
    """Return how an absence stands, and what is open."""
    row = desk.books.absences.by_id(absence_id)
    if row is None:
        return None
    view = people.describe(desk, row)
    if facts.get("why") == people.BACK:
        found = leaving.open_with(desk, row.person_id)
        return AbsenceNews(view, found, (), None, why=people.BACK)
    return of_absence(desk, view, str(facts.get("to", "")))


def of_absence(desk: Desk, absence: AbsenceView, to: str = "") -> AbsenceNews:
    """Return what there is to say of an absence."""
    if absence.state == "over":
        return AbsenceNews(absence, (), (), None, to)
    held = desk.books.initiatives.roles_of(absence.member.id)
    roles = dict.fromkeys(
        initiatives.playbook_of(desk, initiative).role(role).name for initiative, role in held
    )
    found = leaving.open_with(desk, absence.member.id)
    suggested = leaving.suggested(desk, absence)
    clash = people.deputy_is_away(desk, absence.id)
    return AbsenceNews(absence, found, tuple(roles), suggested, to, clash=clash)


def gap_news(desk: Desk, subject: str, facts: Mapping[str, Any]) -> GapNews | None:
    """Return which of the roles that were found to be filled by nobody still are."""
    initiative = desk.books.initiatives.by_id(subject.partition("/")[0])
    if initiative is None:
        return None
    playbook = initiatives.playbook_of(desk, initiative)
    wanted = [str(role) for role in facts.get("roles", ())]
    still = {gap.role: gap for gap in initiatives.vacant_roles(desk, initiative)}
    return GapNews(
        initiative.key,
        initiative.name,
        tuple(still[role] for role in wanted if role in still),
        tuple(playbook.role(role).name for role in wanted if role not in still),
        initiatives.role_names(playbook),
    )


def rota_news(desk: Desk, rota_id: str, _facts: Mapping[str, Any]) -> RotaNews | None:
    """Return how reading a rota goes."""
    row = desk.books.absences.rota(rota_id)
    if row is None:
        return None
    duties = tuple(
        (initiative.key, initiatives.playbook_of(desk, initiative).role(role).name)
        for initiative, role in desk.books.absences.duties_of([row.id])
    )
    until = row.checked_at + people.BELIEVED if row.checked_at else None
    return RotaNews(row.name, row.kind, row.failure, row.failing_since, until, duties)
