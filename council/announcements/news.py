"""News of cases and of the council itself: what a notice about each of them says now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from council import cases, initiatives, people
from council.desk import Desk
from council.news import News
from council.people import Member
from council.playbook import learning_at

WAITING_SHOWN = 10


@dataclass(frozen=True, slots=True)
class CaseNews(News):
    """A case, and the people whom a reply mentions; `passed_on` is by whom, and why."""

    case: cases.CaseView
    ring: tuple[Member, ...]
    why: str = ""
    passed_on: tuple[Member, str] | None = None

    @property
    def overtaken(self) -> bool:
        """Somebody has it, or it is over: nobody must act any more."""
        if self.why == "undecided":
            return self.case.status == "resolved" or bool(self.case.huddle)
        waits = "acknowledged" if self.why in cases.OF_WHO_HAS_IT else "open"
        return self.case.status != waits

    @property
    def pressing(self) -> bool:
        """The worst two do not wait for the morning."""
        return self.case.severity in cases.PRESSING

    @property
    def answer_by(self) -> datetime | None:
        """Until when somebody has to take it; None once somebody has."""
        return self.case.acknowledge_by if self.case.status == "open" else None


@dataclass(frozen=True, slots=True)
class WaitingNews(News):
    """Models that no initiative has claimed, with their number of firing conditions."""

    models: tuple[tuple[str, int], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class TroubleNews(News):
    """What an integration gets wrong: (code, count, last detail)."""

    name: str
    troubles: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class AssignedNews(News):
    """A role somebody was given, or that was taken back (`ended`); `learns` is (topic, teacher)."""

    initiative: str
    initiative_name: str
    question: str
    role_name: str
    phase_name: str
    ended: bool
    learns: tuple[tuple[str, str], ...]
    tells_end: bool = False

    @property
    def overtaken(self) -> bool:
        """It was taken back, which its card says."""
        return self.moot

    @property
    def moot(self) -> bool:
        """It was given and taken back before anybody heard of it."""
        return self.ended and not self.tells_end

    @property
    def courtesy(self) -> bool:
        """Whoever is not in chat hears of it otherwise."""
        return True


def case_news(desk: Desk, case_id: str, facts: Mapping[str, Any]) -> CaseNews | None:
    """Return how a case stands."""
    view = cases.views.view_by_id(desk, case_id)
    ring = people.members(desk, facts.get("ring", ()))
    why = str(facts.get("why", ""))
    passed_on = _passed_on(desk, case_id) if why == "not_me" else None
    return CaseNews(view, ring, why, passed_on) if view else None


def _passed_on(desk: Desk, case_id: str) -> tuple[Member, str] | None:
    """Return who passed the case on last, and why, if they said so."""
    reason, actor = desk.books.ledger.last_text(f"case:{case_id}", "case.not_me", "reason")
    found = people.members(desk, [actor]) if reason else ()
    return (found[0], reason) if found else None


def waiting_news(desk: Desk, _subject: str, _facts: Mapping[str, Any]) -> WaitingNews:
    """Return which models wait for an initiative."""
    found = desk.books.cases.waiting_models(WAITING_SHOWN + 1)
    shown = tuple((name, count) for name, count in found[:WAITING_SHOWN])
    return WaitingNews(shown, more=len(found) > WAITING_SHOWN)


def trouble_news(desk: Desk, integration_id: str, _facts: Mapping[str, Any]) -> TroubleNews | None:
    """Return what an integration gets wrong."""
    row = desk.books.integrations.by_id(integration_id)
    if row is None:
        return None
    troubles = desk.books.integrations.troubles(row.id)
    return TroubleNews(row.name, tuple((each.code, each.count, each.detail) for each in troubles))


def assigned_news(desk: Desk, assignment_id: str, facts: Mapping[str, Any]) -> AssignedNews | None:
    """Return which role somebody was given, or gave back."""
    row = desk.books.initiatives.assignment(assignment_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        return None
    playbook = initiatives.playbook_of(desk, initiative)
    if row.role not in playbook.roles:
        return None  # it came to another playbook since, and they heard of that
    learns = learning_at(playbook, row.role, initiative.phase)
    return AssignedNews(
        initiative.key,
        initiative.name,
        initiative.question,
        playbook.role(row.role).name,
        playbook.phases[initiative.phase].name,
        ended=row.until is not None,
        learns=tuple((learn.topic, playbook.role(learn.teacher).name) for learn in learns),
        tells_end=bool(facts.get("ended")),
    )
