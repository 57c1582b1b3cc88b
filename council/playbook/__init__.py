"""Playbooks: who leads, supports and learns in a life cycle, and whom its signals call; as data.

`load` reads and checks them, `routing` and `moves` answer questions about them. Pure.
"""

from council.playbook.load import (
    DEFAULT_PLAYBOOK,
    Library,
    UnknownPlaybook,
    load_file,
    load_library,
)
from council.playbook.moves import (
    asked_in,
    comfort_zone,
    entry_items,
    exit_items,
    first_phase,
    first_step,
    learning_at,
    packet_items,
    phases_in_order,
    production_phases,
    relations,
    transition_for,
    transitions_from,
)
from council.playbook.names import UnknownName
from council.playbook.parts import (
    ChecklistItem,
    Handoff,
    Learn,
    MoveKind,
    PacketItem,
    Phase,
    Quorum,
    Relation,
    Role,
    Route,
    Step,
    Transition,
)
from council.playbook.policy import (
    DEPUTY,
    NEXT_DIGEST,
    Band,
    ClockRule,
    DecisionType,
    Origin,
    Severity,
    SystemRole,
)
from council.playbook.problems import PlaybookError, Problem
from council.playbook.routing import band_for, clock_for, enough_evidence, route, severity_for
from council.playbook.schema import json_schema
from council.playbook.spans import Span
from council.playbook.types import Playbook, walk

__all__ = [
    "DEFAULT_PLAYBOOK",
    "DEPUTY",
    "NEXT_DIGEST",
    "Band",
    "ChecklistItem",
    "ClockRule",
    "DecisionType",
    "Handoff",
    "Learn",
    "Library",
    "MoveKind",
    "Origin",
    "PacketItem",
    "Phase",
    "Playbook",
    "PlaybookError",
    "Problem",
    "Quorum",
    "Relation",
    "Role",
    "Route",
    "Severity",
    "Span",
    "Step",
    "SystemRole",
    "Transition",
    "UnknownName",
    "UnknownPlaybook",
    "asked_in",
    "band_for",
    "clock_for",
    "comfort_zone",
    "enough_evidence",
    "entry_items",
    "exit_items",
    "first_phase",
    "first_step",
    "json_schema",
    "learning_at",
    "load_file",
    "load_library",
    "packet_items",
    "phases_in_order",
    "production_phases",
    "relations",
    "route",
    "severity_for",
    "transition_for",
    "transitions_from",
    "walk",
]
