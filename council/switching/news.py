"""What is said of a switch when it is told: how the initiative stands with its other playbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from council import initiatives, people
from council.desk import Desk
from council.news import News
from council.people import Member
from council.playbook import Playbook, UnknownName
from council.tables import Initiative


@dataclass(frozen=True, slots=True)
class SwitchNews(News):
    """An initiative that follows another playbook; `holders` are (role, people) who matter there.

    `anew` says that it is another version of the same playbook. With `person` it is for them:
    `before` and `now` are the names of the roles they had and have.
    """

    key: str
    name: str
    anew: bool
    title: str
    version: int
    phase_from: str
    phase_name: str
    holders: tuple[tuple[str, tuple[Member, ...]], ...]
    vacant: tuple[str, ...]
    withdrawn: tuple[str, ...]
    roles: tuple[str, ...]
    person: Member | None = None
    before: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


def switch_news(desk: Desk, subject: str, facts: Mapping[str, Any]) -> SwitchNews | None:
    """Return how an initiative stands after it was switched; None if there is nothing to tell."""
    initiative = desk.books.initiatives.by_id(subject.partition("/")[0])
    told = people.members(desk, [facts["person"]]) if facts.get("person") else ()
    if initiative is None or (facts.get("person") and not told):
        return None
    return tell(desk, initiative, facts, told[0] if told else None)


def tell(
    desk: Desk, initiative: Initiative, facts: Mapping[str, Any], person: Member | None = None
) -> SwitchNews:
    """Return how an initiative stands with its playbook; `facts` hold what was before."""
    new = initiatives.playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    phase = new.phases[initiative.phase]
    old = _old(desk, facts)
    return SwitchNews(
        initiative.key,
        initiative.name,
        facts["playbook"] == new.id,
        new.title,
        new.version,
        old.phases[facts["phase"]].name if old else str(facts["phase"]),
        phase.name,
        tuple(
            (new.role(role).name, who.holders(role))
            for role in initiatives.needed(phase)
            if who.holders(role)
        ),
        initiatives.vacancies(new, who, phase),
        tuple(facts.get("withdrawn", ())),
        tuple(role.name for role in new.roles.values()),
        person,
        _names(old, facts.get("roles", ())),
        tuple(new.role(role).name for role in who.roles_of(person.id)) if person else (),
    )


def _old(desk: Desk, facts: Mapping[str, Any]) -> Playbook | None:
    """Return the playbook that was followed before; its file may be gone by now."""
    try:
        return desk.playbooks.get(str(facts["playbook"]), int(facts["version"]))
    except UnknownName:
        return None


def _names(playbook: Playbook | None, roles: tuple[str, ...]) -> tuple[str, ...]:
    if playbook is None:
        return tuple(roles)
    return tuple(playbook.role(role).name for role in roles)
