"""Who is in the demo, and what they work on: its twelve people and nine initiatives, as data."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LEAD = "carla"
COUNCIL_CHANNEL = "ml-council"
ZONE = "Europe/Berlin"
_TOPICS = {COUNCIL_CHANNEL: "What concerns us all, and initiatives without a channel of their own"}


@dataclass(frozen=True, slots=True)
class Project:
    """An initiative of the demo; `staff` maps a role to a handle."""

    key: str
    name: str
    question: str
    phase: str
    tier: int
    models: tuple[str, ...] = ()
    channel: str = ""
    staff: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The channel in which its cases are shown."""
        return self.channel or COUNCIL_CHANNEL

    @property
    def opening(self) -> str:
        """The command that opens it."""
        options = [f"--key {self.key}", f'--phase "{self.phase}"', f"--tier {self.tier}"]
        options += [f"--model {model}" for model in self.models]
        if self.channel:
            options.append(f"--channel local:{self.channel}")
        return f'new "{self.name}" {" ".join(options)} --question "{self.question}"'

    @property
    def staffing(self) -> tuple[str, ...]:
        """The commands that put people into its roles."""
        return tuple(f"assign {self.key} {role} @{who}" for role, who in self.staff.items())


def text(name: str) -> str:
    """Return a file of this room."""
    return (files("bot.shell.demo") / name).read_text(encoding="utf-8")


def table(name: str) -> Any:  # noqa: ANN401 -- whatever the file says
    """Return what a YAML file of this room says."""
    return yaml.load(text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are the safe one


def people_table() -> str:
    """Return the people as `council people import` takes them."""
    return text("people.csv")


@cache
def names() -> dict[str, str]:
    """Return everybody's name by handle."""
    rows = csv.DictReader(io.StringIO(people_table()))
    return {row["handle"]: row["name"] for row in rows}


@cache
def projects() -> dict[str, Project]:
    """Return the initiatives by key."""
    rows = table("initiatives.yaml")
    found = (Project(**{**row, "models": tuple(row.get("models", ()))}) for row in rows)
    return {each.key: each for each in found}


def channels() -> dict[str, str]:
    """Return every channel with its topic."""
    own = {each.channel: f"{each.name}: {each.question}" for each in projects().values()}
    return _TOPICS | {name: topic for name, topic in own.items() if name}
