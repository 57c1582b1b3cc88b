"""What a claimed notice says now, and to whom: resolved when it is sent, never before."""

from collections.abc import Sequence
from dataclasses import dataclass

from council import cases, initiatives, people
from council.desk import Desk
from council.notices import Form
from council.outbox import Claimed
from council.people import Member
from council.playbook import learning_at

WAITING_SHOWN = 10


@dataclass(frozen=True, slots=True)
class CaseNews:
    """A case, and the people whom a reply mentions."""

    case: cases.CaseView
    ring: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class WaitingNews:
    """Models that no initiative has claimed, with their number of firing conditions."""

    models: tuple[tuple[str, int], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class TroubleNews:
    """What an integration gets wrong: (code, count, last detail)."""

    name: str
    troubles: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class AssignedNews:
    """A role somebody was given, or that was taken back (`ended`); `learns` is (topic, teacher)."""

    initiative: str
    initiative_name: str
    question: str
    role_name: str
    phase_name: str
    ended: bool
    learns: tuple[tuple[str, str], ...]


News = CaseNews | WaitingNews | TroubleNews | AssignedNews


@dataclass(frozen=True, slots=True)
class Spoken:
    """The platform and address to speak to, and the facts to speak of."""

    platform: str
    address: str
    direct: bool
    view: News


@dataclass(frozen=True, slots=True)
class Unsaid:
    """How a notice ends that is not sent, and why.

    It is superseded when it was `overtaken` by what happened since, and dropped when there is
    `nothing_left_to_say`, or when it is a courtesy to somebody `not_in_chat`.
    """

    state: str
    reason: str


def prepare_all(
    desk: Desk, claimed: Sequence[Claimed], platforms: tuple[str, ...]
) -> list[Spoken | Unsaid]:
    """Return for each of a few what `prepare` does; what they have in common is read once."""
    about = [each.subject.partition(":") for each in claimed]
    cases.views.read_ahead(desk, [subject for noun, _, subject in about if noun == "case"])
    return [prepare(desk, each, platforms) for each in claimed]


def prepare(desk: Desk, claimed: Claimed, platforms: tuple[str, ...]) -> Spoken | Unsaid:
    """Return what to say and where, or why not to."""
    news = _news(desk, claimed)
    if news is None:
        return Unsaid("dropped", "nothing_left_to_say")
    if claimed.form is Form.REPLY and isinstance(news, CaseNews) and news.case.status != "open":
        return Unsaid(
            "superseded", "overtaken"
        )  # somebody has it, or it is over: nobody must act any more
    platform, _, address = claimed.lane.partition(":")
    if platform != "person":
        return Spoken(platform, address, direct=False, view=news)
    platform, address = _reach(desk, address, platforms)
    if not platform and isinstance(news, AssignedNews):
        return Unsaid("dropped", "not_in_chat")
    return Spoken(platform, address, direct=True, view=news)


def _reach(desk: Desk, person_id: str, platforms: tuple[str, ...]) -> tuple[str, str]:
    """Return the platform, of those configured, on which a person is known, and their id there."""
    found = people.members(desk, [person_id])
    for member in found:
        for platform in platforms:
            if platform in member.ids:
                return platform, member.ids[platform]
        if "local" in platforms:
            return "local", member.handle
    return "", ""


def _news(desk: Desk, claimed: Claimed) -> News | None:
    noun, _, subject = claimed.subject.partition(":")
    match noun:
        case "case":
            view = cases.views.view_by_id(desk, subject)
            ring = people.members(desk, claimed.facts.get("ring", ()))
            return CaseNews(view, ring) if view else None
        case "waiting-models":
            found = desk.books.cases.waiting_models(WAITING_SHOWN + 1)
            shown = tuple((name, count) for name, count in found[:WAITING_SHOWN])
            return WaitingNews(shown, more=len(found) > WAITING_SHOWN)
        case "integration":
            return _trouble(desk, subject)
        case "assignment":
            return _assigned(desk, subject)
    return None


def _trouble(desk: Desk, integration_id: str) -> TroubleNews | None:
    row = desk.books.integrations.by_id(integration_id)
    if row is None:
        return None
    troubles = desk.books.integrations.troubles(row.id)
    return TroubleNews(row.name, tuple((each.code, each.count, each.detail) for each in troubles))


def _assigned(desk: Desk, assignment_id: str) -> AssignedNews | None:
    row = desk.books.initiatives.assignment(assignment_id)
    initiative = desk.books.initiatives.by_id(row.initiative_id) if row else None
    if row is None or initiative is None:
        return None
    playbook = initiatives.playbook_of(desk, initiative)
    learns = learning_at(playbook, row.role, initiative.phase)
    return AssignedNews(
        initiative.key,
        initiative.name,
        initiative.question,
        playbook.role(row.role).name,
        playbook.phases[initiative.phase].name,
        ended=row.until is not None,
        learns=tuple((learn.topic, playbook.role(learn.teacher).name) for learn in learns),
    )
