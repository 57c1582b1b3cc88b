"""Who may do what: pure questions over playbook roles; asked by use cases, never by edges.

Anyone in the council creates an initiative and raises a concern. The people in a role of an
initiative, and council leads, change it; its creator too, until somebody holds a role, because a
new initiative has nobody else who could staff it.
"""

from council.errors import NotAllowed
from council.people import Roster
from council.tables import Initiative


def may_change(initiative: Initiative, who: Roster, person_id: str) -> bool:
    """Whether a person may edit, staff, and answer cases of an initiative."""
    if who.roles_of(person_id):
        return True
    return initiative.created_by == person_id and not any(who.by_role.values())


def require_change(initiative: Initiative, who: Roster, person_id: str, deed: str) -> None:
    """Raise NotAllowed, with the people who can, unless the person may change the initiative."""
    if not may_change(initiative, who, person_id):
        able = [each.handle for members in who.by_role.values() for each in members]
        able += [each.handle for each in who.leads]
        raise NotAllowed(
            person_id, deed, initiative.key, "a role here", tuple(dict.fromkeys(able))[:5]
        )
