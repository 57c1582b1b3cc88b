"""What a person can ask for: one frozen form per command, holding checked text and no rows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Help:
    """Show what can be typed, or how one built verb is used."""

    verb: str = ""


@dataclass(frozen=True, slots=True)
class New:
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


@dataclass(frozen=True, slots=True)
class ListInitiatives:
    """List initiatives, of one phase if `phase` is given."""

    phase: str = ""


@dataclass(frozen=True, slots=True)
class Mine:
    """Show what waits for the person who asks."""


@dataclass(frozen=True, slots=True)
class Status:
    """Show where an initiative stands; without a key, the place decides."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Show who leads, supports and learns; without a key, the place decides."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class Assign:
    """Give a role to a person, or take it back.

    `role` is as typed: an id, a name or an alias. `handle` has no `@`; it is `me` for the person
    who asks, and `<@U123>` where only the platform's id is known.
    """

    key: str
    role: str
    handle: str
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """Report by hand what no monitor saw; an empty class or band is left to the council."""

    key: str
    what: str
    signal_class: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class ShowCase:
    """Show a case; without a key, the place decides."""

    case: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """Take a case in hand."""

    case: str


@dataclass(frozen=True, slots=True)
class NotMe:
    """Say that a case belongs to somebody else."""

    case: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """End a case; an empty outcome is still to be asked for."""

    case: str
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Simulate:
    """Tell who would be called, when and why, without calling anybody."""

    key: str
    signal_class: str
    band: str


Command = (
    Help
    | New
    | ListInitiatives
    | Mine
    | Status
    | Who
    | Assign
    | Flag
    | ShowCase
    | Ack
    | NotMe
    | Close
    | Simulate
)

BANDS = ("watch", "act")
OUTCOMES = ("noise", "fixed", "expected", "other")
TIERS = ("1", "2", "3", "4")
