"""Who can give what a list asks for, where the item itself names the role that does it."""

import re

from council.people import Member, Roster
from council.playbook import Playbook


def named_people(playbook: Playbook, who: Roster, text: str) -> tuple[Member, ...]:
    """Return whoever acts in the role that an item names as its doer; nobody if it names none."""
    return tuple(each.member for each in who.call(named(playbook, text)))


def named(playbook: Playbook, text: str) -> tuple[str, ...]:
    """Return the role that an item names as its doer; nothing if it names none.

    It does so at its beginning (`ML engineer confirms …`) or after `by` (`written by the business
    owner`); a role that is merely spoken of (`access of data scientists`) does nothing.
    """
    said = text.casefold()
    for role in playbook.roles.values():
        for name in (role.name, *role.aliases):
            called = re.escape(name.casefold())
            if re.search(rf"^{called}\s+\w+s\b|\bby (?:the )?{called}s?\b", said):
                return (role.id,)
    return ()
