"""What a person can ask for: one frozen form per command, holding checked text and no rows."""

from dataclasses import dataclass
from typing import ClassVar

from bot.grammar.verb import Command


@dataclass(frozen=True, slots=True)
class Help(Command):
    """Show what can be typed, or how one built verb is used."""

    verb: str = ""


@dataclass(frozen=True, slots=True)
class New(Command):
    """Open an initiative; what is empty is derived or takes the council's default."""

    name: str
    key: str = ""
    playbook: str = ""
    phase: str = ""
    tier: int | None = None
    models: tuple[str, ...] = ()
    channel: str = ""
    question: str = ""
    objective: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class ListInitiatives(Command):
    """List initiatives, of one phase if `phase` is given; archived ones only with `archived`."""

    phase: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Mine(Command):
    """Show what waits for the person who asks."""


@dataclass(frozen=True, slots=True)
class Status(Command):
    """Show where an initiative stands; without a key, the place decides."""

    keyless: ClassVar[bool] = True

    key: str = ""


@dataclass(frozen=True, slots=True)
class Assign(Command):
    """Give a role to a person, or take it back.

    `role` is as typed: an id, a name or an alias. `handle` has no `@`; it is `me` for the person
    who asks, and `<@U123>` where only the platform's id is known. It may also be a group of the
    platform (`<!subteam^S123>`) or the address of a calendar that says whose turn it is.
    """

    key: str
    role: str
    handle: str
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Flag(Command):
    """Report by hand what no monitor saw; an empty class or band is left to the council."""

    key: str
    what: str
    signal_class: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class ShowCase(Command):
    """Show a case; without a key, the place decides."""

    case: str = ""


@dataclass(frozen=True, slots=True)
class Ack(Command):
    """Take a case in hand."""

    shown: ClassVar[bool] = True

    case: str


@dataclass(frozen=True, slots=True)
class NotMe(Command):
    """Say that a case belongs to somebody else; `to` is the handle of whom to ask instead."""

    shown: ClassVar[bool] = True

    case: str
    reason: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Close(Command):
    """End a case; an empty outcome is still to be asked for."""

    shown: ClassVar[bool] = True

    case: str
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Simulate(Command):
    """Tell who would be called, when and why, without calling anybody."""

    key: str
    signal_class: str
    band: str


BANDS = ("watch", "act")
OUTCOMES = ("noise", "fixed", "expected", "other")
TIERS = ("1", "2", "3", "4")
