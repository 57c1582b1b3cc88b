"""An initiative goes live: what already holds there is told as if it came up now."""

from collections.abc import Sequence

from council import changes, initiatives, ledger, outbox
from council.cases import paging, restarting
from council.cases.routing import lanes
from council.desk import Desk
from council.errors import Conflict
from council.initiatives import Kept
from council.notices import CaseCard, Notice
from council.tables import Case, Initiative, LedgerEntry

LIVE = "initiative.live"
# What calls people anew.
_ANEW = frozenset({"case.opened", "case.worse"})


def go_live(desk: Desk, actor: str, key: str) -> Kept:
    """Let an imported initiative call its people from now on; raises Conflict if it does already.

    Cases that are open there get their clocks, and their cards go where they belong.
    """
    initiative = initiatives.get(desk, key)
    initiatives.require_keeping(desk, initiative, actor, "go_live")
    if initiative.state != "watching":
        raise Conflict(initiative.key, "live" if initiative.state == "active" else initiative.state)
    initiative.state = "active"
    desk.books.add(initiative)
    facts = {"initiative": initiative.id, "state": initiative.state}
    ledger.append(desk, [ledger.Entry(LIVE, actor, f"initiative:{initiative.id}", facts)])
    changes.note(desk, actor, LIVE, f"initiative:{initiative.id}", {})
    shown = wake(desk, actor, initiative, desk.books.cases.open_of(initiative.id))
    initiatives.tell_shelf(desk, initiative)
    return initiatives.kept(desk, initiative, shown)


def missed(desk: Desk, initiative: Initiative, since: LedgerEntry) -> list[Case]:
    """Return the open cases that came up or got worse after that link, and are not put off."""
    found = desk.books.cases.open_of(initiative.id)
    subjects = [f"case:{case.id}" for case in found]
    entries = desk.books.everyday.entries_since(subjects, since.at)
    anew = {each.subject for each in entries if each.kind in _ANEW and each.seq > since.seq}
    return [case for case in found if f"case:{case.id}" in anew and case.status != "snoozed"]


def wake(desk: Desk, actor: str, initiative: Initiative, found: Sequence[Case]) -> int:
    """Tell of cases as if they came up now, with their clocks; return how many cards that takes."""
    notices: list[tuple[str, Notice]] = []
    for case in found:
        notices += _wake(desk, actor, initiative, case)
    outbox.put(desk, notices)
    return len(notices)


def _wake(desk: Desk, actor: str, initiative: Initiative, case: Case) -> list[tuple[str, Notice]]:
    """Start the clocks of an open case, and return where its card is shown now."""
    who = restarting.restart(desk, case, initiative)
    card = CaseCard(case.id, "opened", facts={"by": actor})
    told = desk.books.outbox.told([card.subject])
    shown = [lane for lane, _, audience in sorted(told) if audience == str(card.audience)]
    places = dict.fromkeys((*lanes(desk, initiative, who.owners), *shown))
    notices: list[tuple[str, Notice]] = [(lane, card) for lane in places]
    return notices + paging.anew(desk, initiative, case)
