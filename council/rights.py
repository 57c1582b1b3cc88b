"""Who may do what: pure questions over playbook roles; asked by use cases, never by edges.

Anyone in the council creates an initiative and raises a concern. The people in a role of an
initiative, and council leads, change it. Its creator may staff it until every role that leads its
phase is held, because a new initiative has nobody else who could.
"""

from collections.abc import Iterable

from council.errors import NotAllowed
from council.people import Roster
from council.tables import Initiative


def may_change(who: Roster, person_id: str) -> bool:
    """Whether a person may edit an initiative and answer its cases."""
    return bool(who.roles_of(person_id))


def require_staffing(
    initiative: Initiative, who: Roster, person_id: str, leading: Iterable[str]
) -> None:
    """Raise NotAllowed unless the person may staff the initiative.

    Its creator may, besides those who may change it, until every role that leads is held.
    """
    unled = any(not who.holders(role) for role in leading)
    if not (unled and initiative.created_by == person_id):
        require_change(initiative, who, person_id, "assign")


def may_see(initiative: Initiative, who: Roster, person_id: str) -> bool:
    """Whether an initiative exists for a person: a private one only for those who have a part."""
    return (
        not initiative.private
        or initiative.created_by == person_id
        or bool(who.roles_of(person_id))
    )


def require_any(
    initiative: Initiative, who: Roster, person_id: str, roles: Iterable[str], deed: str
) -> tuple[str, ...]:
    """Return those of these roles for which the person may act; raise NotAllowed if there is none.

    A council lead stands in for a role that nobody holds.
    """
    wanted = tuple(roles)
    called = {each.member.id: each for each in who.call(wanted)}
    mine = called.get(person_id)
    if mine is None:
        needs = " or ".join(wanted)
        able = tuple(each.member.handle for each in called.values())
        raise NotAllowed(person_id, deed, initiative.key, needs, able[:5])
    return (*mine.roles, *(role for role, _ in mine.stands_in))


def require_change(initiative: Initiative, who: Roster, person_id: str, deed: str) -> None:
    """Raise NotAllowed, with the people who can, unless the person may change the initiative."""
    if not may_change(who, person_id):
        able = [each.handle for members in who.by_role.values() for each in members]
        able += [each.handle for each in who.leads]
        raise NotAllowed(
            person_id, deed, initiative.key, "a role here", tuple(dict.fromkeys(able))[:5]
        )
