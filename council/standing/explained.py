"""An initiative in the words of whoever does not build it: what for, from what, where, what if."""

from dataclasses import dataclass
from datetime import datetime

from council import cases, initiatives, people
from council.desk import Desk
from council.people import Member
from council.playbook import phases_in_order
from council.standing.facts import Lesson
from council.standing.place import lessons_of
from council.tables import Initiative

_FEATURES_NAMED = 5
_LOOKED_BACK = 3


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong before: `decided` and `outcome` are codes, empty for none yet."""

    key: str
    signal_class: str
    opened_at: datetime
    open: bool
    decided: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Plain facts for four lines: the question, what goes in, where it is used, what went wrong.

    `features` are those that a monitor ever named, `more_features` how many are not shown.
    `since` is when the version in production went there; None while none serves.
    `data_people` lead where data is made, `asked_first` lead where it is now.
    """

    key: str
    name: str
    question: str
    objective: str
    features: tuple[str, ...]
    more_features: int
    data_phase: str
    data_people: tuple[Member, ...]
    phase_name: str
    serves_in: str
    version: str
    since: datetime | None
    troubles: tuple[Trouble, ...]
    asked_first: tuple[Member, ...]
    lessons: tuple[Lesson, ...]


def explain(desk: Desk, key: str) -> Explained:
    """Return an initiative for a reader who does not build it; raises NotFound with near keys."""
    initiative = initiatives.get(desk, key)
    playbook = initiatives.playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    here, first = playbook.phases[initiative.phase], phases_in_order(playbook)[0]
    features = desk.books.running.features(initiative.id)
    serves = initiatives.in_production(desk, initiative)
    serves_in = playbook.phases.get(initiative.serving or initiative.phase) if serves else None
    return Explained(
        key=initiative.key,
        name=initiative.name,
        question=initiative.question,
        objective=initiative.objective,
        features=tuple(features[:_FEATURES_NAMED]),
        more_features=max(0, len(features) - _FEATURES_NAMED),
        data_phase=first.name,
        data_people=tuple(each.member for each in who.call(first.lead)),
        phase_name=here.name,
        serves_in=serves_in.name if serves_in else "",
        version=initiatives.running_version(desk, initiative),
        since=_since(desk, initiative, serves_in.id) if serves_in else None,
        troubles=_troubles(desk, initiative),
        asked_first=tuple(each.member for each in who.call(here.lead)),
        lessons=lessons_of(playbook, here, who),
    )


def _since(desk: Desk, initiative: Initiative, phase: str) -> datetime:
    """Return when a version last went where it serves."""
    stays = [each for each in desk.books.moves.visits(initiative.id) if each.phase == phase]
    return stays[-1].entered_at if stays else initiative.created_at


def _troubles(desk: Desk, initiative: Initiative) -> tuple[Trouble, ...]:
    rows = desk.books.running.last_cases(initiative.id, _LOOKED_BACK)
    decided = desk.books.huddles.decided([row.id for row in rows])
    return tuple(
        Trouble(
            cases.case_key(row.number),
            row.signal_class,
            row.opened_at,
            row.status != "resolved",
            decided[row.id].kind if row.id in decided else "",
            decided[row.id].outcome if row.id in decided else "",
        )
        for row in rows
    )
