"""One verb of the grammar, and the base of what a person can ask for."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb that is built; `first` marks it as among the twelve that people remember."""

    name: str
    aliases: tuple[str, ...]
    usage: str
    example: str
    says: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """What a line asks for, checked and without rows.

    Where `keyless` is true, the `key` may be empty and the place, or the asker's only initiative,
    fills it in. `shown` says that what it changes is on a card that everybody sees anyway.
    """

    keyless: ClassVar[bool] = False
    shown: ClassVar[bool] = False

    def at(self, key: str) -> "Command":
        """Return this command for the initiative of this key; only where `key` was left out."""
        form: Any = self
        filled: Command = form if getattr(form, "key", key) else replace(form, key=key)
        return filled
