"""The parts of a playbook that playbooks share: severities, clocks, bands, records and manners."""

import reprlib
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    SerializerFunctionWrapHandler,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
    WrapSerializer,
)

from council.playbook.spans import PATTERN, Span


class Origin(StrEnum):
    """Whether a playbook's seed text says so, or this product adds it."""

    SEED = "seed"
    ADDED = "added"


class Severity(StrEnum):
    """How bad a case is; S1 is the worst."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


class Band(StrEnum):
    """How far a metric is off: not enough to speak of, worth watching, or time to act."""

    NONE = "none"
    WATCH = "watch"
    ACT = "act"


NEXT_DIGEST: Literal["next_digest"] = "next_digest"
DEPUTY = "deputy"
ID = r"^[a-z][a-z0-9_]{0,63}$"
REF = r"^[A-Z]-[A-Z][0-9]+$"

V = TypeVar("V")


def _span(value: object) -> Span:
    if not isinstance(value, str):
        raise ValueError(f"{reprlib.repr(value)} is not a duration such as 30m, 2h or 4bh")  # noqa: TRY004 -- pydantic gathers ValueError
    return Span.parse(value)


def _clock(value: object) -> Span | None:
    return None if value in (None, "none") else _span(value)  # the value may be a list


def _deadline(value: object) -> Span | Literal["next_digest"] | None:
    return NEXT_DIGEST if value == NEXT_DIGEST else _clock(value)


def _write(value: object) -> str:
    return "none" if value is None else str(value)


def _thaw(value: Mapping[str, object], write: SerializerFunctionWrapHandler) -> object:
    return write(dict(value))


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _named(value: object) -> object:
    """Give each entry of a mapping its key as its id."""
    if not isinstance(value, dict):
        return value
    for key, body in value.items():
        if isinstance(body, dict) and body.get("id", key) != key:
            raise ValueError(f"the id of {key!r} is its key, not {body['id']!r}")
    return {
        key: {**body, "id": key} if isinstance(body, dict) else body for key, body in value.items()
    }


def _schema(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^({pattern})$"})


Id = Annotated[str, StringConstraints(pattern=ID)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
RoleIds = tuple[str, ...]
Tier = Annotated[int, BeforeValidator(_number), Field(strict=True, ge=1, le=4)]
Count = Annotated[StrictInt, Field(ge=1)]
Limit = Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)]
Duration = Annotated[Span, PlainValidator(_span), PlainSerializer(_write), _schema(PATTERN)]
Clock = Annotated[
    Span | None, PlainValidator(_clock), PlainSerializer(_write), _schema(f"none|{PATTERN}")
]
Deadline = Annotated[
    Span | Literal["next_digest"] | None,
    PlainValidator(_deadline),
    PlainSerializer(_write),
    _schema(f"none|{NEXT_DIGEST}|{PATTERN}"),
]
Frozen = AfterValidator(MappingProxyType)
Thawed = WrapSerializer(_thaw)
OnlyIds = Field(json_schema_extra={"additionalProperties": False})
OnlyTiers = Field(json_schema_extra={"propertyNames": {"pattern": "^[1-4]$"}})
Table = Annotated[Mapping[Id, V], Frozen, Thawed, OnlyIds]
NamedTable = Annotated[Mapping[Id, V], BeforeValidator(_named), Frozen, Thawed, OnlyIds]
ByTier = Annotated[Mapping[Tier, V], Frozen, Thawed, OnlyTiers]
BySeverity = Annotated[Mapping[Severity, V], Frozen, Thawed]


class Part(BaseModel):
    """Any part of a playbook: frozen, and refusing keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Item(Part):
    """A part that says where it comes from."""

    origin: Origin = Field(
        Origin.ADDED, alias="from", description="Said by the seed text, or added by this product."
    )
    refs: tuple[Annotated[str, StringConstraints(pattern=REF)], ...] = Field(
        (), description="Rows of the analysis of the seed text that this rests on, such as P-E4."
    )


class SystemRole(Item):
    """A role of the whole council, which every playbook may name."""

    id: str
    name: Text
    aliases: tuple[Text, ...] = ()
    duties: tuple[Text, ...] = ()
    rule: str = Field("", description="A condition on who may hold the role.")


class BandLimits(Item):
    """From which value on a metric is in a band; reaching the value is enough."""

    watch: Limit
    act: Limit
    worse: Literal["higher", "lower"] = Field("higher", description="Which way is worse.")
    aliases: tuple[Text, ...] = Field((), description="Other names that senders give the metric.")


class Evidence(Item):
    """How much data a signal must rest on before it may disturb anybody."""

    min_samples_per_side: Count
    below: Literal["low_evidence"] = Field(description="What a signal with fewer samples is.")
    confirm_windows: Count = Field(description="In how many windows a watch must repeat.")


class When(Part):
    """Which signals an override is for; what is left out fits any."""

    signal: str | None = None
    band: Literal["watch", "act"] | None = None
    tier: Tier | None = None


class Override(Item):
    """A severity that goes before the table's; the first override that fits counts."""

    when: When
    severity: Severity


class Severities(Item):
    """The severity for each band and tier, and the exceptions."""

    act: ByTier[Severity]
    watch: ByTier[Severity]
    overrides: tuple[Override, ...] = ()


class ClockRule(Item):
    """Until when a case of one severity is answered, huddled on and decided; then who hears."""

    acknowledge: Clock = None
    huddle: Clock = None
    decide: Deadline = None
    escalate_to: RoleIds = Field((), description="Roles asked in turn, or `deputy`.")
    page: StrictBool = Field(default=False, description="Whether to page whoever must act.")


class Storm(Part):
    """So many alerts within so long are a storm, and become one thread."""

    alerts: Count
    within: Duration
    action: Literal["one_thread"]


class Dedupe(Item):
    """What makes signals one case."""

    key: tuple[Id, ...]
    window: Literal["until_case_closed"]
    storm: Storm


class DecisionType(Item):
    """What a decision of this type must state."""

    requires: tuple[Id, ...]
    max_repeats: Count | None = Field(None, description="How often in a row it may be taken.")


class Recurrence(Part):
    """A case that came back so many times within so many days."""

    recurrences: Count
    within_days: Count


class Review(Item):
    """After which cases the council looks back, without blame."""

    required_for: tuple[Severity, ...]
    also_when: Recurrence | None = None
    due: Duration
    blameless: StrictBool


class LightPacket(Part):
    """All that the lower tiers hand over."""

    tiers: tuple[Tier, ...]
    packet: tuple[Text, ...]


class HandoffRules(Item):
    """How a handoff goes on, and when somebody is reminded."""

    states: tuple[Id, ...]
    accept_within: Duration
    remind_at: tuple[Duration, ...]
    escalate_at: Duration
    return_reasons: tuple[Id, ...]
    light: LightPacket | None = None
