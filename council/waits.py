"""What is open and waits for people: the shape in which every noun tells of it."""

from dataclasses import dataclass
from datetime import datetime

from council.people import Member


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a move still needs, and who can supply it.

    `code` is `item`, `handoff`, `condition`, `answer` or `role`; `key` is what it is called by in
    commands (`exit:o1`, `H-12`, `M-3`); `origin` is `seed` or `added`, of items only. `bars` says
    that the move waits for it, rather than that it is only noted.
    """

    code: str
    key: str
    text: str
    origin: str = ""
    people: tuple[Member, ...] = ()
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something open on an initiative that waits for these people, until `due` if it has a clock.

    `code` says what is asked of them: `answer_handoff`, `fill_handoff`, `close_condition`,
    `answer_move`, `choose`, `confirm`, `do_decision`, `say_outcome`, `stand_in`, `look_back`.
    `key` is that of the handoff, move, huddle, decision, absence or review; `text` its own name or
    title.
    """

    code: str
    key: str
    initiative: str
    text: str
    people: tuple[Member, ...]
    due: datetime | None = None
