"""A playbook as a whole, and the lookups that questions about it need.

Everything is frozen. What a playbook means for a signal is asked in `routing`, what it means for
a phase in `moves`; whether its names fit together is found out in `check`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from council.playbook.names import Names, UnknownName, nearest, plain
from council.playbook.parts import (
    Handoff,
    Phase,
    Principle,
    Right,
    Role,
    Route,
    Statement,
    Transition,
)
from council.playbook.policy import (
    Band,
    BandLimits,
    BySeverity,
    ByTier,
    ClockRule,
    Count,
    DecisionType,
    Dedupe,
    Evidence,
    HandoffRules,
    Id,
    Item,
    NamedTable,
    Part,
    Review,
    Severities,
    Severity,
    SystemRole,
    Table,
    Text,
)

SCHEMA = "council/playbook/v1"
DEFAULTS = "defaults"
TIERS = (1, 2, 3, 4)
PLAYBOOK_ID = r"^[a-z][a-z0-9-]{0,63}$"

PlaybookId = Annotated[str, StringConstraints(pattern=PLAYBOOK_ID)]
Situation = tuple[Band, int, str]


class Policy(Part):
    """What a playbook may take from the defaults, wholly or in part."""

    system_roles: NamedTable[SystemRole]
    tiers: ByTier[Text]
    signal_classes: tuple[Id, ...]
    bands: Table[BandLimits]
    evidence: Evidence
    severity: Severities
    clocks: BySeverity[ClockRule]
    dedupe: Dedupe
    decisions: Table[DecisionType]
    decision_record: tuple[Id, ...]
    outcomes: tuple[Id, ...]
    review: Review
    handoff: HandoffRules


class Playbook(Policy):
    """One version of a playbook, with everything that it takes from the defaults."""

    format: Literal["council/playbook/v1"] = Field(alias="schema")
    id: PlaybookId
    version: Count
    title: Text
    seed: str = Field("", description="The text that the playbook is drawn from.")
    extends: Literal["defaults"] | None = None
    note: str = ""
    many_hats: StrictBool = Field(default=False, description="People may well hold several roles.")
    roles: NamedTable[Role]
    access: Table[Right] = Field(
        {}, validate_default=True, description="Who may do what in a model catalogue (G-A3, G-A4)."
    )
    phases: NamedTable[Phase]
    transitions: NamedTable[Transition]
    handoffs: NamedTable[Handoff] = Field({}, validate_default=True)
    routing: tuple[Route, ...]
    artefacts: Table[Statement] = Field(
        {}, validate_default=True, description="What is made and kept."
    )
    principles: tuple[Principle, ...] = Field((), description="What the council holds to.")

    @cached_property
    def digest(self) -> str:
        """The sha256 of the content, however the file is laid out; freezes a version in use."""
        content = self.model_dump_json(by_alias=True, exclude_defaults=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def role(self, role_id: str) -> Role | SystemRole:
        """Return the playbook's or the council's role of this id; raises UnknownName."""
        found = self.roles.get(role_id) or self.system_roles.get(role_id)
        if found is None:
            raise UnknownName("role", role_id, nearest(role_id, (*self.roles, *self.system_roles)))
        return found

    def phase(self, phase_id: str) -> Phase:
        """Return the phase of this id; raises UnknownName."""
        found = self.phases.get(phase_id)
        if found is None:
            raise UnknownName("phase", phase_id, nearest(phase_id, self.phases))
        return found

    def find_role(self, text: str) -> str:
        """Return the id of the role that people call so; raises UnknownName."""
        return self._role_names.find(text)

    def find_phase(self, text: str) -> str:
        """Return the id of the phase that people call so, or number; raises UnknownName.

        The error names what is near, or all of them.
        """
        try:
            return self._phase_names.find(text)
        except UnknownName as error:
            raise UnknownName("phase", text, error.nearest or tuple(self.phases)) from None

    def find_step(self, phase_id: str, text: str) -> str:
        """Return the id of the step that people call so in this phase; raises UnknownName."""
        return self._step_names[self.phase(phase_id).id].find(text)

    def find_signal_class(self, text: str) -> str:
        """Return the signal class that people call so; raises UnknownName."""
        return self._signal_names.find(text)

    def severity_of(self, band: str, tier: int, signal_class: str) -> str:
        """Return the severity as plain text; raises UnknownName for a class not in the playbook."""
        found = self.severities.get((Band(band), tier, signal_class))
        if found is None:
            raise UnknownName("severity", f"{band}, tier {tier}, {signal_class}")
        return found.value

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """The route of each signal class."""
        return MappingProxyType({name: row for row in self.routing for name in row.signal})

    @cached_property
    def limits(self) -> Mapping[str, BandLimits]:
        """The limits of each metric, by any plain spelling of its name."""
        found = {plain(alias): each for each in self.bands.values() for alias in each.aliases}
        found |= {plain(metric): each for metric, each in self.bands.items()}
        return MappingProxyType(found)

    @cached_property
    def severities(self) -> Mapping[Situation, Severity]:
        """The severity of every band, tier and signal class, overrides included."""
        table = {Band.ACT: self.severity.act, Band.WATCH: self.severity.watch}
        return MappingProxyType(
            {
                (band, tier, name): self._overridden(band, tier, name) or by_tier[tier]
                for band, by_tier in table.items()
                for tier in by_tier
                for name in self.signal_classes
            }
        )

    def _overridden(self, band: Band, tier: int, signal_class: str) -> Severity | None:
        for each in self.severity.overrides:
            when = each.when
            fits = (
                when.signal in {None, signal_class}
                and when.band in {None, band.value}
                and when.tier in {None, tier}
            )
            if fits:
                return each.severity
        return None

    @cached_property
    def _role_names(self) -> Names:
        roles: tuple[Role | SystemRole, ...] = (
            *self.roles.values(),
            *self.system_roles.values(),
        )
        return Names("role", ((each.id, (each.name, *each.aliases)) for each in roles))

    @cached_property
    def _phase_names(self) -> Names:
        phases = self.phases.values()
        named = [(each.id, (each.name, *each.aliases)) for each in phases]
        # Whatever is called so comes first.
        counted = [(each.id, (str(each.order),)) for each in phases if not each.terminal]
        return Names("phase", [*named, *counted])

    @cached_property
    def _step_names(self) -> Mapping[str, Names]:
        return {
            phase.id: Names("step", ((each.id, (each.name,)) for each in phase.steps.values()))
            for phase in self.phases.values()
        }

    @cached_property
    def _signal_names(self) -> Names:
        return Names("signal class", ((each, ()) for each in self.signal_classes))


Place = tuple[str | int, ...]


def walk(part: BaseModel, place: Place = ()) -> Iterator[tuple[Place, Item]]:
    """Visit every item of a playbook, with its place in the file."""
    if isinstance(part, Item):
        yield place, part
    for name, field in type(part).model_fields.items():
        yield from _inside(getattr(part, name), (*place, field.alias or name))


def _inside(value: object, place: Place) -> Iterator[tuple[Place, Item]]:
    if isinstance(value, BaseModel):
        yield from walk(value, place)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _inside(each, (*place, key))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _inside(each, (*place, index))
