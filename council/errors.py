"""Refusals, drawn as a tree; each carries facts, never a status and never a sentence.

CouncilError
├── NotFound      no such thing; knows the nearest names
├── NotAllowed    the actor lacks the right; knows who has it
├── Conflict      the thing has moved on since; knows where it stands now
├── Invalid       a field holds what it must not; knows what it may hold
└── Faults        a table holds several of these; knows each with its line
"""

from dataclasses import dataclass, field


class CouncilError(Exception):
    """A use case said no; the transaction's savepoint is rolled back."""


@dataclass(eq=False)
class NotFound(CouncilError):
    """There is no `noun` called `given`; `nearest` holds close names, best first."""

    noun: str
    given: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class NotAllowed(CouncilError):
    """`actor` may not `deed` on `subject`; `needs` names the right, `who` those who have it."""

    actor: str
    deed: str
    subject: str
    needs: str
    who: tuple[str, ...] = ()


@dataclass(eq=False)
class Conflict(CouncilError):
    """`subject` is already `state`, by `by` if a person did it; `more` holds codes and keys."""

    subject: str
    state: str
    by: str = ""
    more: tuple[str, ...] = ()


@dataclass(eq=False)
class Invalid(CouncilError):
    """`field` cannot be `given` because of `why` (a code, not a sentence)."""

    name: str
    given: str
    why: str
    allowed: tuple[str, ...] = field(default=())


@dataclass(eq=False)
class Faults(CouncilError):
    """A table cannot be taken: every cell that does not fit, in the order of the lines."""

    faults: tuple[Invalid, ...]
