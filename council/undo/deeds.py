"""What people do that is no change to be taken back: each goes its own way back, or stays.

Whoever proposed a move withdraws it; whoever accepted a packet has accepted it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from council.desk import Desk
from council.tables import LedgerEntry

_ANY = frozenset({"*"})  # whatever has become of it
_NEVER: frozenset[str] = frozenset()
# By the kind of the ledger's entry: how that to which it was done must stand for there to be a way
# back. What follows by itself from one of these, or from a change, is not among them.
DEEDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "move.proposed": frozenset({"proposed"}),
        "move.answered": frozenset({"proposed"}),
        "move.withdrawn": _ANY,
        "handoff.drafted": frozenset({"draft"}),
        "handoff.filled": frozenset({"draft"}),
        "handoff.offered": frozenset({"offered"}),
        "handoff.withdrawn": frozenset({"withdrawn"}),
        "handoff.accepted": _NEVER,
        "handoff.accepted_with_conditions": _NEVER,
        "handoff.returned": _NEVER,
        "condition.closed": frozenset({"accepted_with_conditions"}),
        "condition.reopened": frozenset({"accepted_with_conditions"}),
        "case.acknowledged": frozenset({"acknowledged"}),
        "case.not_me": frozenset({"open"}),
        "case.closed": _NEVER,
        "case.woken": frozenset({"open", "acknowledged"}),
        "concern.raised": _ANY,
        "snooze.set": _ANY,
        "snooze.ended": _ANY,
        "huddle.convened": frozenset({"open"}),
        "huddle.meeting": frozenset({"open"}),
        "huddle.chose": frozenset({"open"}),
        "huddle.cancelled": _NEVER,
        "huddle.decided": _NEVER,
        "decision.recorded": _NEVER,
        "decision.confirmed": _NEVER,
        "decision.contested": _NEVER,
        "decision.outcome": _NEVER,
        "review.done": _NEVER,
        "absence.planned": _ANY,
        "absence.accepted": _ANY,
        "absence.declined": _ANY,
        "absence.ended": _NEVER,
    }
)
_LETTERS = {"move": "M", "handoff": "H", "case": "C", "huddle": "R", "decision": "D"}
_LETTERS |= {"review": "V", "absence": "A"}


@dataclass(frozen=True, slots=True)
class Deed:
    """The last thing that somebody did: to what (`M-3`, or empty), on which initiative.

    `open` says that it has a way back of its own. `facts` are codes that its sentence needs.
    """

    kind: str
    ref: str
    key: str
    name: str
    at: datetime
    open: bool
    facts: Mapping[str, Any]


def last(desk: Desk, actor: str, after: int, since: datetime) -> Deed | None:
    """Return what somebody did last, after a link of the ledger and since a moment, if it is here.

    None too where they have taken something back since.
    """
    link = desk.books.ledger.last_of(actor, DEEDS, after, since)
    if link is None or link.kind not in DEEDS:
        return None
    link = _proposal(desk, link) or link
    noun, ref, state = _standing(desk, link)
    where = str(link.facts.get("initiative") or "")
    subjects = desk.books.everyday.owners_of([link.subject])
    initiative = desk.books.initiatives.by_id(where or subjects.get(link.subject, ""))
    can = DEEDS[link.kind]
    return Deed(
        link.kind,
        ref,
        initiative.key if initiative and noun != "absence" else "",
        initiative.name if initiative else "",
        link.at,
        can is _ANY or state in can,
        {name: link.facts[name] for name in ("answer", "condition") if name in link.facts}
        | {"about": str(link.facts.get("signal_class", ""))},
    )


def _proposal(desk: Desk, link: LedgerEntry) -> LedgerEntry | None:
    """Return the proposal with which a decider agreed to it, where an answer was no more."""
    before = desk.books.ledger.after(link.seq - 2, 1) if link.kind == "move.answered" else ()
    same = (each for each in before if each.subject == link.subject)
    return next((each for each in same if each.kind == "move.proposed"), None)


def _standing(desk: Desk, link: LedgerEntry) -> tuple[str, str, str]:
    """Return the noun of what it was done to, its key, and how that stands now."""
    noun, _, about = link.subject.partition(":")
    if case := link.facts.get("case"):  # a case that is snoozed is told of with its initiative
        noun, about = ("case", str(case)) if noun == "initiative" else (noun, about)
    number, state = desk.books.everyday.standing_of(noun, about)
    return noun, f"{_LETTERS[noun]}-{number}" if number and noun in _LETTERS else "", state
