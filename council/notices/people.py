"""What is said of people who are away, of roles that nobody fills, and of rotas."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from council.notices.base import Audience, Form


@dataclass(frozen=True, slots=True)
class AbsenceCard:
    """An absence as it stands: `change` is `asked` (the deputy), `told` (who is away) or `begun`.

    Begun is what the deputy gets when it starts: everything that is open.
    """

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    absence_id: str
    change: str
    audience: Audience
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the fact: `absence_asked` and so on."""
        return f"absence_{self.change}"

    @property
    def subject(self) -> str:
        """The absence."""
        return f"absence:{self.absence_id}"


@dataclass(frozen=True, slots=True)
class AbsenceReply:
    """Whoever is away must choose somebody: `why` is `declined` or `unanswered`; or is `back`."""

    form: ClassVar[Form] = Form.REPLY
    urgent: ClassVar[bool] = False

    absence_id: str
    why: str
    audience: Audience = Audience.PERSON

    @property
    def kind(self) -> str:
        """The name of the fact: `absence_declined_reply` and so on."""
        return f"absence_{self.why}_reply"

    @property
    def subject(self) -> str:
        """The absence."""
        return f"absence:{self.absence_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """Why."""
        return {"why": self.why}


@dataclass(frozen=True, slots=True)
class GapCard:
    """Roles of an initiative that nobody fills, found on one day; for the council lead."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    initiative_id: str
    period: str
    roles: tuple[str, ...]
    kind: str = "role_gap"
    audience: Audience = Audience.LEAD

    @property
    def subject(self) -> str:
        """The initiative, and the day."""
        return f"gap:{self.initiative_id}/{self.period}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """The roles that were found."""
        return {"roles": list(self.roles)}


@dataclass(frozen=True, slots=True)
class RotaTrouble:
    """A rota cannot be read; for the council lead, once until it can be again."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    rota_id: str
    kind: str = "rota_trouble"
    audience: Audience = Audience.LEAD
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The rota."""
        return f"rota:{self.rota_id}"


@dataclass(frozen=True, slots=True)
class Inherited:
    """Somebody left, and their part went to another person, who reads what is open: its `keys`."""

    form: ClassVar[Form] = Form.CARD
    urgent: ClassVar[bool] = False

    gone_id: str
    heir_id: str
    keys: tuple[str, ...]
    kind: str = "part_inherited"
    audience: Audience = Audience.PERSON

    @property
    def subject(self) -> str:
        """Who left, and to whom it went."""
        return f"leaving:{self.gone_id}/{self.heir_id}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was open with whoever left."""
        return {"keys": list(self.keys)}
