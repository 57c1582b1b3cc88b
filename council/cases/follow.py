"""What follows from a changed case: people called, the clock set, the ledger and the card."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from council import initiatives, ledger, outbox
from council.cases import clocks, paging
from council.cases.routing import QUIET, Calling, calling, lanes, ringing
from council.cases.rules import Reason
from council.desk import Desk
from council.notices import Audience, CaseCard, CaseReply, IntegrationTrouble, Notice, WaitingModels
from council.people import acting_leads, rosters_ahead
from council.playbook import Band, severity_for
from council.store import Routed
from council.tables import Case, Initiative, Trouble

ACKNOWLEDGE = clocks.ACKNOWLEDGE
COUNCIL = "council"

Row = dict[str, Any]


@dataclass(slots=True)
class Work:
    """A case while a batch changes it: its row, and what happened to it.

    `correlation` is that of the request which touched it last, where there are several. `by` is the
    person who changed it; they know, and are not rung.
    """

    row: Row
    initiative: Initiative | Routed
    opened: bool = False
    worse: bool = False
    recovered: bool = False
    resolved: bool = False
    keys: list[str] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    correlation: str = ""
    by: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.keys)

    def note(self, dedup_key: str, reason: Reason, correlation: str = "") -> None:
        """Count a signal that touched the case."""
        self.keys.append(dedup_key)
        self.correlation = correlation
        self.reasons[str(reason)] = self.reasons.get(str(reason), 0) + 1
        self.row["reason"] = str(reason)
        self.recovered = self.recovered or reason is Reason.RECOVERED

    def worsen(self, severity: str, band: str) -> None:
        """Raise the case; somebody has to answer anew."""
        self.row.update(severity=severity, band=band, status="open")
        self.row.update(acknowledged_at=None, acknowledged_by=None, escalation=0)
        self.row["snoozed_until"] = None
        self.worse = not self.opened

    def resolve(self, now: datetime) -> None:
        """Close the case, because nothing in it holds any more."""
        self.row.update(status="resolved", resolved_at=now, outcome="recovered")
        self.row.update(acknowledge_by=None, huddle_by=None, decide_by=None, snoozed_until=None)
        self.resolved = True

    @property
    def silent(self) -> bool:
        """Whether it disturbs nobody: it is put off, or its initiative is paused."""
        return self.row["status"] == "snoozed" or self.initiative.state == "paused"


def new_case(
    desk: Desk, initiative: Initiative | Routed, signal_class: str, band: str, severity: str
) -> Work:
    """Return a case that is to be opened."""
    return Work(
        {
            "id": desk.ids.new(),
            "council_id": desk.council_id,
            "number": desk.books.registry.next_number("case"),
            "initiative_id": initiative.id,
            "signal_class": signal_class,
            "severity": severity,
            "band": band,
            "status": "open",
            "reason": str(Reason.FIRST),
            "occurrences": 0,
            "firing": 0,
            "opened_at": desk.now(),
            "acknowledge_by": None,
            "acknowledged_at": None,
            "acknowledged_by": None,
            "resolved_at": None,
            "resolved_by": None,
            "outcome": "",
            "escalation": 0,
            "huddle_by": None,
            "decide_by": None,
            "snoozed_until": None,
        },
        initiative,
        opened=True,
    )


def settle(desk: Desk, works: Sequence[Work]) -> None:
    """Write changed cases, with everything that follows, in one set per table."""
    if not works:
        return
    anew = [work for work in works if work.opened or work.worse]
    with rosters_ahead(desk, {work.initiative.id for work in anew}):
        called = {work.row["id"]: _call(desk, work) for work in anew}
    new = [w.row for w in works if w.opened]
    turned = [w.row for w in works if not w.opened and (w.worse or w.resolved)]
    counted = [w.row for w in works if not (w.opened or w.worse or w.resolved)]
    desk.books.cases.save_cases(new, turned, counted)
    clocks.keep(
        desk,
        begun=[w.row for w in anew if not w.resolved],
        stopped=[row["id"] for row in turned],
        over=[w.row["id"] for w in works if w.resolved],
        asleep=[row for row in new if row["status"] == "snoozed"],
    )
    ledger.append(desk, [_entry(work) for work in works])
    told = desk.books.outbox.told(f"case:{row['id']}" for row in (*turned, *counted))
    notices = [each for w in works for each in _cards(desk, w, called.get(w.row["id"]), told)]
    outbox.put(desk, notices, {f"case:{w.row['id']}": w.correlation for w in works})


def _call(desk: Desk, work: Work) -> Calling:
    row = work.row
    answers = {} if work.opened else desk.books.cases.answers(row["id"])
    who = calling(desk, work.initiative, row["signal_class"], answers)
    if not work.resolved and row["status"] != "snoozed":
        row.update(clocks.fresh(desk, work.initiative, who, row["severity"]))
    return who


def _entry(work: Work) -> ledger.Entry:
    change = _change(work)
    return ledger.Entry(
        f"case.{change}",
        COUNCIL,
        f"case:{work.row['id']}",
        {
            "initiative": work.initiative.id,
            "number": work.row["number"],
            "signal_class": work.row["signal_class"],
            "state": work.row["status"],
            "severity": work.row["severity"],
            "band": work.row["band"],
            "firing": work.row["firing"],
            "signals": len(work.keys),
            "reasons": work.reasons,
            "digest": hashlib.sha256("\n".join(work.keys).encode()).hexdigest(),
        },
    )


def _change(work: Work) -> str:
    if work.resolved:
        return "resolved"
    if work.opened:
        return "opened"
    return "worse" if work.worse else "changed"


def _cards(
    desk: Desk, work: Work, who: Calling | None, told: set[tuple[str, str, str]]
) -> list[tuple[str, Notice]]:
    case_id, change = work.row["id"], _change(work)
    subject = f"case:{case_id}"
    main = lanes(desk, work.initiative, who.owners) if who else ()
    if work.silent:
        main = tuple(lane for lane in main if not lane.startswith("person:")) or (outbox.NOBODY,)
    notices: list[tuple[str, Notice]] = [
        (lane, CaseCard(case_id, change, facts={"by": work.by} if work.by else {})) for lane in main
    ]
    notices += [
        (lane, CaseCard(case_id, change, Audience(audience)))
        for lane, about, audience in sorted(told)
        if about == subject and not (lane in main and audience == Audience.OWNERS)
    ]
    if who and not work.resolved:
        notices += _beside(desk, work)
    heard = not work.silent and work.initiative.state not in QUIET
    if work.worse and who and not work.resolved and heard:
        ring = tuple(each.member.id for each in who.owners if each.member.id != work.by)
        notices += [(lane, CaseReply(case_id, "worse", ring)) for lane in ringing(main, ring)]
    return notices


def _beside(desk: Desk, work: Work) -> list[tuple[str, Notice]]:
    """Return who hears besides: pagers, and of a paused initiative's worst the council leads."""
    quiet = work.initiative.state in QUIET
    if quiet or not paging.pages(desk, work.initiative, work.row["severity"]):
        return []
    case_id = work.row["id"]
    if work.initiative.state == "paused":
        return [(lane, CaseCard(case_id, "opened", Audience.LEAD)) for lane in lead_lanes(desk)]
    return [] if work.silent else paging.page(desk, case_id)


def announce(desk: Desk, case: Case, change: str) -> None:
    """Bring every card on a case up to date, wherever it was shown."""
    subject = f"case:{case.id}"
    outbox.put(
        desk,
        [
            (lane, CaseCard(case.id, change, Audience(audience)))
            for lane, _, audience in sorted(desk.books.outbox.told([subject]))
        ],
    )


def keep_kept(desk: Desk, signals: Sequence[Row]) -> None:
    """Write the acceptance of signals that belong to no case."""
    kept = [row["dedup_key"] for row in signals if row["case_id"] is None]
    if kept:
        digest = hashlib.sha256("\n".join(kept).encode()).hexdigest()
        facts = {"signals": len(kept), "digest": digest}
        ledger.append(desk, [ledger.Entry("signals.kept", COUNCIL, "council", facts)])


def tell_of_models(desk: Desk, correlation: str = "") -> None:
    """Tell the leads that signals of models wait, or wait no more, for an initiative."""
    notice = WaitingModels()
    causes = {notice.subject: correlation}
    outbox.put(desk, [(lane, notice) for lane in lead_lanes(desk)], causes)


def lead_lanes(desk: Desk) -> tuple[str, ...]:
    """Return where who leads the council now is told: directly, else in the council's channel."""
    persons = tuple(f"person:{lead.id}" for lead in acting_leads(desk))
    channel = desk.books.registry.council().channel
    return persons or ((channel,) if channel else (outbox.NOBODY,))


def report_trouble(
    desk: Desk,
    counts: Mapping[tuple[str, str], int],
    detail: str = "",
    causes: Mapping[str, str] | None = None,
) -> None:
    """Count what an integration gets wrong; tell a lead at the 1st, 10th, 100th … time.

    `causes` holds, by integration, the correlation of the request that brought it up.
    """
    for (integration_id, code), more in sorted(counts.items()):
        row = desk.books.integrations.trouble(integration_id, code) or Trouble(
            council_id=desk.council_id, integration_id=integration_id, code=code
        )
        digits = len(str(row.count)) if row.count else 0
        row.count += more
        row.last_at = desk.now()
        row.detail = detail or row.detail
        desk.books.add(row)
        if len(str(row.count)) > digits:
            notice = IntegrationTrouble(integration_id)
            lanes_of_leads = [(lane, notice) for lane in lead_lanes(desk)]
            outbox.put(
                desk, lanes_of_leads, {notice.subject: (causes or {}).get(integration_id, "")}
            )


def adopt_models(desk: Desk, initiative: Initiative, models: Iterable[str]) -> int:
    """Open cases for what already waits under these models; return how many conditions did.

    Each class is one case, as if its conditions had come in one delivery now.
    """
    waiting = desk.books.cases.waiting(models)
    playbook = initiatives.playbook_of(desk, initiative)
    works: dict[str, Work] = {}
    changed: list[Row] = []
    for found in waiting:
        row = {**found, "initiative_id": initiative.id}
        severity = str(
            severity_for(playbook, Band(row["band"]), initiative.tier, row["signal_class"])
        )
        work = works.get(row["signal_class"])
        if work is None:
            work = new_case(desk, initiative, row["signal_class"], row["band"], severity)
            works[row["signal_class"]] = work
        elif severity < work.row["severity"]:
            work.row.update(severity=severity, band=row["band"])
        row["case_id"] = work.row["id"]
        work.row["firing"] += 1
        work.row["occurrences"] += 1
        work.note(row["condition_key"], Reason.FIRST)
        changed.append(row)
    settle(desk, list(works.values()))
    desk.books.cases.save_conditions([], changed)
    if changed:
        tell_of_models(desk)
    return len(changed)
