"""A database came back from a backup: what it cannot know is looked for, and the history says so.

What was told after the backup was made still stands in the chat, and the backup says that it
waits. So every open notice counts as tried, and the courier looks for it before it posts.
"""

from dataclasses import dataclass

from council import ledger
from council.desk import Desk
from council.store import restored


@dataclass(frozen=True, slots=True)
class Backup:
    """Which backup: the hash of its file, how many links its ledger held, and the last one's."""

    sha256: str
    links: int
    last: str


def restore(desk: Desk, backup: Backup, actor: str) -> int:
    """Settle into the present; return how many notices are looked for before they are sent."""
    restored.free_lanes(desk.books)
    open_notices = restored.count_as_tried(desk.books)
    facts = {"backup": backup.sha256, "links": backup.links, "last": backup.last}
    ledger.append(desk, [ledger.Entry("council.restored", actor, "council", facts)])
    return open_notices
