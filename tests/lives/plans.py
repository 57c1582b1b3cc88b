"""The five lives as plans: who is there, which way they go, and who has a say at each turn.

Everything is written down from the frameworks' own tables, not read from the playbooks, so that a
playbook that calls the wrong people fails here. People are called as their roles.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leg:
    """A way forward: who proposes, who decides, and the packet that changes hands before."""

    to: str
    proposes: str
    decide: tuple[str, ...]
    handoff: str = ""
    gives: str = ""
    takes: str = ""
    packet: int = 0


@dataclass(frozen=True, slots=True)
class Drift:
    """A drift in production: who is asked, who huddles, who decides, who only hears of it."""

    asked: tuple[str, ...]
    huddle: tuple[str, ...]
    decide: tuple[str, ...]
    informed: tuple[str, ...]
    choice: str
    back_to: str


@dataclass(frozen=True, slots=True)
class Life:
    """One playbook's complete life; `others` have a role and no say at any turn of it."""

    playbook: str
    roles: Mapping[str, str]
    begins: str
    legs: tuple[Leg, ...]
    drift: Drift
    end: Leg
    tier: int = 2

    @property
    def production(self) -> str:
        """The phase in which it works for others."""
        return self.legs[-1].to

    def legs_from(self, phase: str) -> tuple[Leg, ...]:
        """Return the ways from a phase to production."""
        phases = (self.begins, *(leg.to for leg in self.legs))
        return self.legs[phases.index(phase) :]


LIVES = (
    Life(
        "lead-support-learn",
        {
            "rui": "business_owner",
            "ana": "data_scientist",
            "bo": "data_engineer",
            "mei": "ml_engineer",
            "dev": "devops_engineer",
        },
        "data_features",
        (
            Leg("development", "ana", ("ana", "bo"), "h_data", "bo", "ana", 5),
            Leg("operations", "ana", ("ana", "mei"), "h_model", "ana", "mei", 11),
        ),
        Drift(
            ("mei", "ana"),
            ("mei", "ana"),
            ("mei", "ana"),
            ("bo", "rui"),
            "re_engineer_features",
            "data_features",
        ),
        Leg("retired", "mei", ("mei", "ana", "rui")),
    ),
    Life(
        "who-does-this-concern",
        {
            "sam": "sme",
            "ali": "data_analyst",
            "bo": "data_engineer",
            "ana": "data_scientist",
            "sol": "software_engineer",
            "max": "ml_architect",
            "dev": "devops_engineer",
        },
        "business_questions",
        (
            Leg("data_transformation", "sam", ("sam", "ali"), "h1", "sam", "ali", 4),
            Leg("model_development", "ali", ("ali", "ana"), "h2", "ali", "ana", 4),
            Leg("model_packaging", "ana", ("ana", "sam"), "h3", "ana", "sol", 5),
            Leg("to_production", "sol", ("sol", "max"), "h4", "sol", "dev", 5),
            Leg("monitoring", "dev", ("dev", "ana"), "h5", "dev", "ana", 4),
        ),
        Drift(
            ("ana", "dev"), ("ana", "dev"), ("ana", "dev"), ("sam",), "retrain", "model_development"
        ),
        Leg("retired", "ana", ("sam", "ana", "dev")),
    ),
    Life(
        "production-handoff",
        {
            "ana": "data_scientist",
            "mei": "ml_engineer",
            "ito": "itops_manager",
            "eve": "developer",
            "bo": "data_engineer",
        },
        "data_features",
        (
            Leg("development", "ana", ("ana", "bo")),
            Leg("catalogue", "ana", ("ana", "mei"), "h_model", "ana", "mei", 7),
            Leg("selection", "mei", ("mei",)),
            Leg("operations", "mei", ("mei", "ana"), "h_host", "mei", "ito", 6),
        ),
        Drift(("mei", "ana"), ("mei", "ana"), ("mei", "ana"), ("ito",), "retrain", "development"),
        Leg("retired", "mei", ("mei", "ana")),
    ),
    Life(
        "three-personas",
        {"bo": "data_engineer", "ana": "data_scientist", "mei": "ml_engineer", "sam": "sme"},
        "data_engineering",
        (
            Leg("data_science", "bo", ("bo", "ana"), "h1", "bo", "ana", 5),
            Leg("production", "ana", ("ana", "mei"), "h2", "ana", "mei", 6),
        ),
        Drift(
            ("mei",), ("mei", "ana"), ("mei", "ana"), ("sam",), "change_technique", "data_science"
        ),
        Leg("retired", "mei", ("mei", "ana")),
        tier=1,
    ),
    Life(
        "six-specialists",
        {
            "bo": "data_engineer",
            "ana": "data_scientist",
            "mo": "mlops_engineer",
            "sol": "ml_software_engineer",
            "ali": "analyst",
            "wen": "report_writer",
        },
        "data_infrastructure",
        (
            Leg("analysis_modelling", "bo", ("bo", "ana"), "h1", "bo", "ana", 4),
            Leg("package_release", "ana", ("ana", "mo"), "h2", "ana", "mo", 5),
            Leg("integration", "mo", ("mo", "sol"), "h3", "mo", "sol", 5),
            Leg("production_insight", "sol", ("sol", "mo")),
        ),
        Drift(
            ("mo", "ana"),
            ("mo", "ana"),
            ("mo", "ana"),
            ("ali", "wen"),
            "change_input_data",
            "data_infrastructure",
        ),
        Leg("retired", "mo", ("mo", "ana", "ali")),
    ),
)
