"""What is said of playbooks: that an initiative follows another one now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from council.notices.base import Audience, Form


@dataclass(frozen=True, slots=True)
class Switched:
    """An initiative came to a stay (its number) with another playbook; to all, or to a person.

    With `person` it tells them, who have other roles there, which. `told` holds what was: the
    playbook, its version, the phase, what was withdrawn, and the person's roles.
    """

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    initiative_id: str
    number: int
    told: Mapping[str, Any]
    person: str = ""
    kind: str = "playbook_switched"

    @property
    def subject(self) -> str:
        """The stay that began with it."""
        return f"switch:{self.initiative_id}/{self.number}"

    @property
    def audience(self) -> Audience:
        """Everybody on the initiative, or one person."""
        return Audience.PERSON if self.person else Audience.OWNERS

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was before, and whose roles to tell."""
        return {**self.told, "person": self.person}
