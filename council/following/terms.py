"""What is compared before and after a change: what is open, whom it asks, and by whose hours."""

from collections.abc import Mapping
from dataclasses import dataclass

from council.notices import Audience
from council.people import Roster


@dataclass(frozen=True, slots=True)
class Clock:
    """What comes due by the working hours of `holders`, the slowest of them (nobody: the usual).

    It is the rows of this `kind` on the agenda, or a `column` that cards read.
    """

    holders: tuple[str, ...]
    kind: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """Something open: whom it asks (person ids), who else stands on its card, where that belongs.

    `why` is what a reply says to whoever is asked now. A card that is `posted` is read by all
    where it belongs; another one is somebody's own.
    """

    noun: str
    id: str
    asked: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    lanes: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()
    why: str = "yours"
    posted: bool = True
    audience: Audience = Audience.OWNERS

    @property
    def subject(self) -> str:
        """What notices and the ledger call it."""
        return f"{self.noun}:{self.id}"


@dataclass(frozen=True, slots=True)
class Before:
    """An initiative before a change: its name, playbook and place, who was who, what asks whom."""

    name: str
    playbook: tuple[str, int]
    place: tuple[str, bool]
    who: Roster
    open: Mapping[str, Open]
