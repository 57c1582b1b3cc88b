"""Sixty people and thirty initiatives, drawn by chance that can be repeated."""

import random
from dataclasses import dataclass

from council.desk import Desk
from council.playbook import Playbook
from tests.builders import a_person
from tests.talk import Talk

_SYLLABLES = ("an", "be", "chi", "do", "el", "fa", "go", "hu", "in", "jo", "ka", "lu")
_ZONES = (
    *("Europe/Berlin",) * 28,
    *("America/New_York",) * 14,
    *("Asia/Kolkata",) * 9,
    *("UTC",) * 5,
    *("Asia/Kathmandu",) * 2,
    *("Australia/Lord_Howe",) * 2,
)
_PLAYBOOKS = (
    "lead-support-learn",
    "who-does-this-concern",
    "production-handoff",
    "three-personas",
    "six-specialists",
)
_TIERS = (*(1,) * 3, *(2,) * 9, *(3,) * 12, *(4,) * 6)
LEADS = ("lead1", "lead2")
# Which trade each role is; a person has one trade, and a trade holds several roles.
_TRADES = {
    "business": ("business_owner", "sme"),
    "science": ("data_scientist",),
    "data": ("data_engineer",),
    "ml": ("ml_engineer", "ml_software_engineer", "mlops_engineer"),
    "ops": ("devops_engineer", "itops_manager", "ml_architect"),
    "software": ("software_engineer", "developer"),
    "analysis": ("data_analyst", "analyst", "report_writer"),
}
_SHARES = {
    "business": 9,
    "science": 14,
    "data": 10,
    "ml": 11,
    "ops": 6,
    "software": 3,
    "analysis": 5,
}
_VACANT = 0.03


@dataclass(frozen=True, slots=True)
class Project:
    """An initiative of the simulation; `live` says that it begins in production."""

    key: str
    model: str
    tier: int
    playbook: Playbook
    live: bool


@dataclass(frozen=True, slots=True)
class Town:
    """Who is there, and what they work on; `roles` are holders by (initiative, role)."""

    people: tuple[str, ...]
    projects: tuple[Project, ...]
    roles: dict[tuple[str, str], str]


def settle(talk: Talk, chance: random.Random) -> Town:
    """Make everybody known, and open and staff everything."""
    trades = [trade for trade, share in _SHARES.items() for _ in range(share)]
    names = [_name(n) for n in range(len(trades))]
    zones = list(_ZONES)
    chance.shuffle(zones)
    for handle, zone in zip((*names, *LEADS), zones, strict=True):
        a_person(talk.desk, handle, zone=zone, lead=handle in LEADS)
    by_trade: dict[str, list[str]] = {}
    for name, trade in zip(names, trades, strict=True):
        by_trade.setdefault(trade, []).append(name)
    tiers = list(_TIERS)
    chance.shuffle(tiers)
    projects = tuple(_open(talk, n, tier) for n, tier in enumerate(tiers))
    roles: dict[tuple[str, str], str] = {}
    for project in projects:
        roles |= _staff(talk, chance, project, by_trade)
    return Town((*names, *LEADS), projects, roles)


def _name(number: int) -> str:
    return f"{_SYLLABLES[number // 12]}{_SYLLABLES[number % 12]}"


def _open(talk: Talk, number: int, tier: int) -> Project:
    playbook = talk.desk.playbooks.get(_PLAYBOOKS[number % len(_PLAYBOOKS)])
    phases = [each for each in playbook.phases.values() if not each.terminal]
    live = number % 5 < 3  # three of five are in production
    phase = phases[-1] if live else phases[number % (len(phases) - 1)]
    key, model = f"project-{number:02}", f"model-{number:02}"
    channel = "" if number % 5 == 4 else f" --channel local:{key}"
    talk.does(
        LEADS[number % 2],
        f'new "Project {number:02}" --key {key} --playbook {playbook.id} --phase {phase.id}'
        f" --tier {tier} --model {model}{channel}",
    )
    return Project(key, model, tier, playbook, live)


def _staff(
    talk: Talk, chance: random.Random, project: Project, by_trade: dict[str, list[str]]
) -> dict[tuple[str, str], str]:
    found = {}
    for role in project.playbook.roles:
        trade = next((trade for trade, roles in _TRADES.items() if role in roles), "")
        if trade and chance.random() > _VACANT:
            handle = chance.choice(by_trade[trade])
            talk.does(LEADS[0], f"assign {project.key} {role} @{handle}")
            found[project.key, role] = handle
    return found


def severity_of(desk: Desk, subject: str) -> str:
    """Return the severity of the case that a notice is about; empty if it is about none."""
    noun, _, name = subject.partition(":")
    if noun == "huddle":
        row = desk.books.huddles.by_id(name)
        noun, name = ("case", row.case_id) if row and row.case_id else ("", "")
    case = desk.books.cases.by_id(name) if noun == "case" else None
    return case.severity if case else ""
