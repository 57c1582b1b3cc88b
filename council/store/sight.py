"""What a person may see: private initiatives, and all that is theirs, are left out of every select.

It is asked here, below every question, so that no question can forget it: while a sight is set on
a session, whatever it reads of an initiative, or of a row that names one (`initiative_id`), leaves
out what is hidden. Statements of the hook's path and updates are the council's own and see all.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, event
from sqlalchemy import select as pick
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlmodel import Session, SQLModel, col, or_, select

from council.store.base import Book, table
from council.tables import Absence, Assignment, Duty, Initiative, Rota

_SIGHT = "sight"
_INITIATIVE = table(Initiative)


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks (an opaque person id, empty for nobody in particular), and where they have a part.

    `parts` are ids of initiatives as they were when the person began to look: whoever gives their
    own part back still sees the end of that command.
    """

    person_id: str = ""
    parts: frozenset[str] = frozenset()

    def shows(self, initiative: Initiative) -> bool:
        """Whether an initiative exists for whoever looks."""
        mine = initiative.created_by == self.person_id if self.person_id else False
        return not initiative.private or mine or initiative.id in self.parts


class Sights(Book):
    """Questions about who sees what; and the sight of this transaction."""

    @property
    def present(self) -> Sight | None:
        """Return who looks now; None where the council itself does, which sees everything."""
        found: Sight | None = self.session.info.get(_SIGHT)
        return found

    def look(self, sight: Sight | None) -> Sight | None:
        """See, from here on, only what `sight` shows; return how it was before."""
        before = self.present
        self.session.info[_SIGHT] = sight
        return before

    def parts_of(self, person_id: str) -> frozenset[str]:
        """Return the ids of initiatives on which a person has a role, a duty or stands in."""
        live = col(Assignment.until).is_(None)
        held = select(Assignment.initiative_id).where(Assignment.person_id == person_id, live)
        stood = (
            select(Assignment.initiative_id)
            .join(Absence, col(Absence.person_id) == Assignment.person_id)
            .where(
                Absence.deputy_id == person_id,
                Absence.deputy_state == "accepted",
                col(Absence.ended_at).is_(None),
                live,
            )
        )
        found = {*self.session.exec(held), *self.session.exec(stood)}
        rotas = [each.id for each in self._rotas() if person_id in str(each.members)]
        if rotas:
            duties = select(Duty.initiative_id).where(
                col(Duty.rota_id).in_(rotas), col(Duty.until).is_(None)
            )
            found.update(self.session.exec(duties))
        return frozenset(found)

    def _rotas(self) -> list[Rota]:
        return list(self.session.exec(select(Rota).where(Rota.council_id == self.council_id)))

    def anything_private(self) -> bool:
        """Whether the council has a private initiative at all."""
        return self.hides(Sight())

    def hides(self, sight: Sight) -> bool:
        """Whether there is anything that this sight does not show."""
        query = select(Initiative.id).where(
            Initiative.council_id == self.council_id, ~_shown(sight)
        )
        return self.session.exec(query.limit(1)).first() is not None


def _shown(sight: Sight, initiative: Any = Initiative) -> ColumnElement[bool]:
    """Return what is true of the initiatives that a sight shows."""
    public: ColumnElement[bool] = initiative.private.is_(False)
    if not sight.person_id:
        return public
    return or_(
        public, initiative.created_by == sight.person_id, initiative.id.in_(list(sight.parts))
    )


@lru_cache(maxsize=1)
def _children() -> tuple[Any, ...]:
    """Return every table whose rows name the initiative that they belong to."""
    mapped = [mapper.class_ for mapper in SQLModel._sa_registry.mappers]  # noqa: SLF001 -- all tables
    return tuple(each for each in mapped if hasattr(each, "initiative_id"))


def _criteria(sight: Sight) -> tuple[Any, ...]:
    # In Core, because criteria reach into the subqueries of a statement: this one would be empty.
    hidden = pick(_INITIATIVE.c.id).where(~_shown(sight, _INITIATIVE.c)).scalar_subquery()
    return (
        with_loader_criteria(Initiative, _shown(sight), include_aliases=True),
        *(
            with_loader_criteria(
                each,
                or_(each.initiative_id.is_(None), each.initiative_id.not_in(hidden)),
                include_aliases=True,
            )
            for each in _children()
        ),
    )


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    """Leave out what whoever looks may not see."""
    sight = state.session.info.get(_SIGHT)
    if sight is None or not state.is_select or state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(*_criteria(sight))
