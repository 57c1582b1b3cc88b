"""What huddles go by: which options there are, what a choice lacks, whether people agree; pure."""

import calendar as almanac
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from council.playbook import Playbook, UnknownName
from council.playbook.names import Names

WATCH, DATA = "keep_watching", "fix_data"
# From what is easily taken back to what hardly is.
BY_REVERSIBILITY = (
    "roll_back",
    "fall_back",
    "recalibrate",
    "retrain",
    "re_engineer_features",
    "change_input_data",
    "change_technique",
    "retire",
)
# What any decider may decide alone, at any hour.
ALONE = frozenset({"roll_back", "fall_back"})
# What a choice can state; a playbook may ask for each of them.
FIELDS = (
    "reason",
    "hypothesis",
    "data_window",
    "features",
    "sources",
    "target_version",
    "fallback",
    "owner",
    "replacement_or_none",
    "approval_sponsor",
    "expected_effect",
    "effect_check_date",
    "next_check",
)
OUTCOMES = ("worked", "partly", "did_not_work", "cannot_tell")
_SPELLINGS = {
    "keep_watching": ("watch", "wait", "keep watch"),
    "fix_data": ("fix the data", "repair data"),
    "roll_back": ("rollback", "revert"),
    "fall_back": ("fallback", "use the baseline", "baseline"),
    "recalibrate": ("throttle", "recalibrate or throttle"),
    "retrain": ("re-train", "retraining"),
    "re_engineer_features": ("reengineer features", "re-engineer", "reengineer", "new features"),
    "change_input_data": ("change input", "new input data", "change the input data"),
    "change_technique": ("new technique", "change the technique"),
    "retire": ("switch off", "decommission"),
}
_MONTHS = {
    name.lower(): number
    for names in (almanac.month_name, almanac.month_abbr)
    for number, name in enumerate(names)
    if name
}
_NAMED_DAY = re.compile(r"(?:(\d{1,2})\.? ([a-z]{3,9})|([a-z]{3,9}) (\d{1,2}))(?:,? (\d{4}))?")
_LONGEST = timedelta(days=2 * 366)
_MANY = 400


def options(playbook: Playbook, signal_class: str, *, serves: bool = True) -> tuple[str, ...]:
    """Return what can be decided, the most easily undone first, as far as the playbook knows it.

    Watching on, and seeing whether the data is broken, come before any lever; where the data is
    what is wrong, mending it comes first. Where nothing `serves`, there is nothing to go back to.
    """
    first = (DATA, WATCH) if signal_class == "data_quality" else (WATCH, DATA)
    known = [each for each in (*first, *BY_REVERSIBILITY) if each in playbook.decisions]
    own = [each for each in playbook.decisions if each not in known]
    return tuple(each for each in known + own if serves or each not in ALONE)


def find_option(playbook: Playbook, text: str) -> str:
    """Return the decision that people call so; raises UnknownName with the nearest, else all."""
    rows = ((each, _SPELLINGS.get(each, ())) for each in playbook.decisions)
    try:
        return Names("decision", rows).find(text)
    except UnknownName as error:
        near = error.nearest or tuple(playbook.decisions)
        raise UnknownName("decision", text, near) from None


def lacks(playbook: Playbook, choice: str, stated: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a choice must state and does not, in the order in which it is asked for."""
    needed = playbook.decisions[choice].requires
    return tuple(each for each in FIELDS if each in needed and not stated.get(each))


class Verdict(StrEnum):
    """How the choices of a round stand."""

    WAITING = "waiting"
    AGREED = "agreed"
    DIFFER = "differ"


def judge(choices: Mapping[str, str], deciders: Collection[str]) -> Verdict:
    """Return whether all deciders (ids) have chosen, and whether they chose the same."""
    made = {choices[each] for each in deciders if each in choices}
    if not deciders or any(each not in choices for each in deciders):
        return Verdict.WAITING
    return Verdict.AGREED if len(made) == 1 else Verdict.DIFFER


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose in a round: what they stated, what they refused, and a line why."""

    person: str
    round: int
    choice: str
    line: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def stated(choices: Sequence[Chosen], choice: str) -> dict[str, str]:
    """Return what was stated for a choice; who said it first goes before who said it later."""
    found: dict[str, str] = {}
    for each in choices:
        if each.choice == choice:
            for name, value in each.fields.items():
                if value:
                    found.setdefault(name, value)
    return found


def refused(choices: Sequence[Chosen], decided: str) -> dict[str, str]:
    """Return the options that were not taken, each with a line why not; empty if nobody said.

    What somebody said of it in any round counts; else whoever chose an option first and left it
    afterwards says by their second line why.
    """
    found: dict[str, str] = {}
    for each in choices:
        if each.choice != decided:
            found.setdefault(each.choice, "")
    for option in found:
        left = {each.person for each in choices if each.choice == option and each.round == 1}
        lines = [
            each.line
            for each in choices
            if each.round > 1 and each.person in left and each.choice == decided and each.line
        ]
        found[option] = lines[0] if lines else ""
    for each in choices:
        for option, why in each.refused.items():
            if option != decided and (why or option not in found):
                found[option] = why
    return found


def author(choices: Sequence[Chosen], text: str) -> str:
    """Return who said a text first, with a choice or against one (id); empty if nobody did."""
    for each in choices:
        if text in (each.line, *each.fields.values(), *each.refused.values()):
            return each.person
    return ""


def dissent(choices: Sequence[Chosen], decided: str) -> dict[str, dict[str, str]]:
    """Return who chose otherwise to the end, what, and why."""
    last = {each.person: each for each in choices}
    return {
        person: {"choice": each.choice, "line": each.line or each.fields.get("reason", "")}
        for person, each in last.items()
        if each.choice != decided
    }


def in_a_row(kinds: Iterable[str], kind: str) -> int:
    """Return how often a decision was the last one, again and again; newest first."""
    count = 0
    for each in kinds:
        if each != kind:
            break
        count += 1
    return count


def day(text: str, today: date) -> date | None:
    """Return the day ahead that people mean: `2026-12-12`, `in 3 weeks`, `12 Dec`, `tomorrow`.

    None if it is no day, not ahead, or further off than two years.
    """
    said = re.sub(r"\s+", " ", text.strip().lower().rstrip("."))
    found = _iso(said) or _ahead(said, today) or _named(said, today)
    return found if found and today < found <= today + _LONGEST else None


def _iso(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _ahead(said: str, today: date) -> date | None:
    if said == "tomorrow":
        return today + timedelta(days=1)
    if said in {"next week", "next month"}:
        said = f"in 1 {said.split()[1]}"
    found = re.fullmatch(r"(?:in )?(\d{1,3}|an?|one) (day|week|month)s?", said)
    if not found:
        return None
    number = int(found[1]) if found[1].isdecimal() else 1
    if number > _MANY:
        return None
    if found[2] == "month":
        months = today.year * 12 + today.month - 1 + number
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(today.day, almanac.monthrange(year, month)[1]))
    return today + timedelta(days=number * (7 if found[2] == "week" else 1))


def _named(said: str, today: date) -> date | None:
    found = _NAMED_DAY.fullmatch(said)
    month = _MONTHS.get(found[2] or found[3], 0) if found else 0
    if not found or not month:
        return None
    number = int(found[1] or found[4])
    for year in [int(found[5])] if found[5] else [today.year, today.year + 1]:
        try:
            each = date(year, month, number)
        except ValueError:
            continue
        if each > today:
            return each
    return None


def find_outcome(text: str) -> str:
    """Return the outcome that people call so; raises UnknownName."""
    rows = {
        "worked": ("yes", "it worked", "works"),
        "partly": ("partially", "a bit"),
        "did_not_work": ("no", "not", "did not", "didn't work", "failed"),
        "cannot_tell": ("can't tell", "unsure", "unknown", "cannot say"),
    }
    try:
        return Names("outcome", rows.items()).find(text)
    except UnknownName as error:
        raise UnknownName("outcome", text, error.nearest or OUTCOMES) from None


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """How decisions turned out; `share` is None where nobody could tell of any."""

    worked: int
    partly: int
    did_not_work: int
    cannot_tell: int
    unanswered: int

    @property
    def share(self) -> Fraction | None:
        """Those that worked, of those of which somebody could tell."""
        told = self.worked + self.partly + self.did_not_work
        return Fraction(self.worked, told) if told else None


def effectiveness(outcomes: Iterable[str]) -> Effectiveness:
    """Return how decisions turned out whose check date has passed (M9); empty is unanswered."""
    counts = {"": 0, **dict.fromkeys(OUTCOMES, 0)}
    for each in outcomes:
        counts[each] += 1
    return Effectiveness(*(counts[each] for each in (*OUTCOMES, "")))
