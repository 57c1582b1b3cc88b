"""What whoever takes on the part of somebody who left reads: once, everything that is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from council import people
from council.desk import Desk
from council.leaving.open import open_with
from council.news import News
from council.people import Member
from council.waits import Waiting


@dataclass(frozen=True, slots=True)
class LeftNews(News):
    """Who left, to whom their part went, and what of it is still open with that person."""

    gone: Member
    heir: Member
    open: tuple[Waiting, ...]

    @property
    def moot(self) -> bool:
        """Nothing of it is open any more."""
        return not self.open


def left_news(desk: Desk, subject: str, facts: Mapping[str, Any]) -> LeftNews | None:
    """Return what somebody took on, as it stands; `subject` is who left, and to whom it went."""
    gone, _, heir = subject.partition("/")
    found = {each.id: each for each in people.members(desk, [gone, heir])}
    if gone not in found or heir not in found:
        return None
    keys = frozenset(facts.get("keys", ()))
    still = tuple(each for each in open_with(desk, heir) if each.key in keys)
    return LeftNews(found[gone], found[heir], still)
