"""The ledger read as a story: what each entry says of the state that follows from it; pure.

A subject is what the ledger calls it, such as `case:<id>`. What an entry does not say is unknown,
and stays so until another one says it: entries of an older program say less.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

Facts = Mapping[str, Any]

# What may be said of each noun; anything else in an entry is no state.
SAID: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "initiative": (
            *("playbook", "version", "phase", "step", "state", "serving", "visit"),
            *("tier", "private", "decision_lead", "back", "within", "staff", "checked"),
        ),
        "case": ("state",),
        "move": ("state",),
        "handoff": ("state", "open"),
        "huddle": ("state", "round"),
        "decision": ("decision", "state"),
        "review": ("state",),
        "absence": ("state", "deputy", "answer"),
    }
)
_CASE_STATES = {
    "case.opened": "open",
    "case.worse": "open",
    "case.resolved": "resolved",
    "case.acknowledged": "acknowledged",
    "case.closed": "resolved",
}


class Link(Protocol):
    """An entry of the chain."""

    kind: str
    subject: str
    facts: dict[str, Any]


Known = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """What the entries so far imply: by subject, what is known of it."""

    subjects: Mapping[str, Known] = field(default_factory=dict)


def fold(state: State, links: Iterable[Link]) -> State:
    """Return the state after these entries; the one given stays as it was."""
    subjects = dict(state.subjects)
    fresh: set[str] = set()

    def known(subject: str) -> Known:
        """Return what is known of a subject, to be changed."""
        if subject not in fresh:
            fresh.add(subject)
            subjects[subject] = dict(subjects.get(subject, {}))
        return subjects[subject]

    for link in links:
        noun = link.subject.partition(":")[0]
        if noun in SAID:
            kind = link.kind.removesuffix(".undone")
            undone = kind != link.kind
            reader = _READERS.get(kind, _ignore) if not undone else _undone(kind)
            _plain(known(link.subject), noun, link)
            reader(known(link.subject), link.facts, link.kind)
    return State(subjects)


def _plain(of: Known, noun: str, link: Link) -> None:
    """Take over what an entry says in so many words."""
    said = {"state"} if noun != "initiative" else set(SAID["initiative"])
    for name in said & link.facts.keys():
        of[name] = link.facts[name]


def _ignore(_of: Known, _facts: Facts, _kind: str) -> None:
    """Learn nothing more from an entry."""


# ── initiatives ──────────────────────────────────────────────────────────────────────────────────


def _opened(of: Known, _facts: Facts, _kind: str) -> None:
    of.update(visit=1, back=0, within=0, staff=frozenset(), checked=frozenset())
    of.setdefault("serving", "")
    of.setdefault("decision_lead", "")


def _entered(of: Known, facts: Facts, _kind: str) -> None:
    way = facts.get("kind")
    if way in {"back", "within"} and way in of:
        of[way] += 1


def _switched(of: Known, facts: Facts, _kind: str) -> None:
    if "checked" in of:
        of["checked"] |= {(facts["visit"], item) for item in facts.get("kept", ())}


def _staffed(of: Known, facts: Facts, _kind: str) -> None:
    if "staff" in of:
        of["staff"] |= {(facts["role"], facts["person"])}


def _unstaffed(of: Known, facts: Facts, _kind: str) -> None:
    if "staff" in of:
        of["staff"] -= {(facts["role"], facts["person"])}


def _checked(of: Known, facts: Facts, _kind: str) -> None:
    if "checked" in of:
        of["checked"] |= {(facts["visit"], facts["item"])}


def _unchecked(of: Known, facts: Facts, _kind: str) -> None:
    if "checked" in of:
        of["checked"] -= {(facts["visit"], facts["item"])}


def _item_undone(of: Known, facts: Facts, kind: str) -> None:
    """Mark an item as it was before: a mark that was only changed stays one."""
    (_checked if facts["done"] else _unchecked)(of, facts, kind)


# ── the other nouns ──────────────────────────────────────────────────────────────────────────────


def _case(of: Known, facts: Facts, kind: str) -> None:
    if "state" in facts:
        return
    if kind in _CASE_STATES:
        of["state"] = _CASE_STATES[kind]
    elif kind == "case.not_me":  # an older entry does not tell whether it is open again
        of.pop("state", None)


def _conditions(of: Known, facts: Facts, _kind: str) -> None:
    of["open"] = frozenset(int(number) for number in facts.get("conditions", ()))


def _no_conditions(of: Known, _facts: Facts, _kind: str) -> None:
    of["open"] = frozenset()


def _condition_closed(of: Known, facts: Facts, _kind: str) -> None:
    if "open" in of:
        of["open"] -= {facts["condition"]}


def _condition_open(of: Known, facts: Facts, _kind: str) -> None:
    if "open" in of:
        of["open"] |= {facts["condition"]}


def _huddle(of: Known, facts: Facts, _kind: str) -> None:
    if "round" in facts:
        of["round"] = facts["round"]


def _decision(of: Known, facts: Facts, _kind: str) -> None:
    if "decision" in facts:
        of["decision"] = facts["decision"]


def _absence(of: Known, facts: Facts, kind: str) -> None:
    """Take an absence's course, and what the deputy said, apart."""
    if kind == "absence.planned":
        of.update(state="planned", deputy="", answer="")
    elif kind == "absence.ended":
        of["state"] = "ended"
    else:
        of["state"] = "planned"
        of["answer"] = facts.get("state", "")
        of["deputy"] = facts.get("deputy", of.get("deputy", ""))


Reader = Callable[[Known, Facts, str], None]

_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "initiative.opened": _opened,
        "phase.entered": _entered,
        "playbook.switched": _switched,
        "assignment.made": _staffed,
        "assignment.ended": _unstaffed,
        "item.checked": _checked,
        "item.unchecked": _unchecked,
        **dict.fromkeys((*_CASE_STATES, "case.not_me"), _case),
        "handoff.drafted": _no_conditions,
        "handoff.offered": _no_conditions,
        "handoff.accepted_with_conditions": _conditions,
        "condition.closed": _condition_closed,
        "condition.reopened": _condition_open,
        **dict.fromkeys(
            ("huddle.convened", "huddle.chose", "huddle.second_round", "huddle.decided"), _huddle
        ),
        "decision.recorded": _decision,
        **dict.fromkeys(
            (
                *("absence.planned", "absence.accepted", "absence.declined"),
                *("absence.deputy_asked", "absence.ended"),
            ),
            _absence,
        ),
    }
)
_OPPOSITES: Mapping[str, Reader] = MappingProxyType(
    {
        "assignment.made": _unstaffed,
        "assignment.ended": _staffed,
        "item.checked": _item_undone,
        "item.unchecked": _item_undone,
    }
)


def _undone(kind: str) -> Reader:
    return _OPPOSITES.get(kind, _ignore)
