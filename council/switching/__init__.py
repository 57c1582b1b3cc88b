"""An initiative comes to another playbook, or to another version of its own; only when told to.

`matching` finds what phases and roles are there, `plan` says what would change, `perform` does it.
"""

from council.switching.differences import Deciding, Differences, Listed
from council.switching.news import SwitchNews, switch_news
from council.switching.perform import switch
from council.switching.plan import NONE, followed, plan
from council.switching.terms import Edition, Followed, Named, Plan, RoleChange, Wish

__all__ = [
    "NONE",
    "Deciding",
    "Differences",
    "Edition",
    "Followed",
    "Listed",
    "Named",
    "Plan",
    "RoleChange",
    "SwitchNews",
    "Wish",
    "followed",
    "plan",
    "switch",
    "switch_news",
]
