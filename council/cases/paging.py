"""Paging: what its severity asks a page for goes to the pagers that are configured, and only there.

A page is a card like another, on a lane of its own: it is retried, kept in order and brought up to
date like one, so that whoever takes a case in chat takes the page, and its end ends it.
"""

from dataclasses import dataclass
from datetime import datetime

from council import initiatives, outbox
from council.desk import Desk
from council.notices import Audience, CaseCard, Notice
from council.playbook import clock_for
from council.store import Routed
from council.tables import Case, Initiative

_OPEN = ("pending", "claimed", "failed")


@dataclass(frozen=True, slots=True)
class Page:
    """How a page fared: `through` names the pager.

    `state` is `sent`, `waits` or `failed`; `none` where nothing was put for a pager that is there.
    """

    through: str
    state: str
    at: datetime | None = None


def pages(desk: Desk, initiative: Initiative | Routed, severity: str) -> bool:
    """Whether a case of this severity asks for a page."""
    return clock_for(initiatives.playbook_of(desk, initiative), severity).page


def page(desk: Desk, case_id: str) -> list[tuple[str, Notice]]:
    """Return the notices that page: one for each pager, on a lane of the case's own."""
    card = CaseCard(case_id, "paged", Audience.PAGED)
    return [(f"{pager}:{case_id}", card) for pager in desk.pagers]


def anew(desk: Desk, initiative: Initiative, case: Case) -> list[tuple[str, Notice]]:
    """Return the notices that page for a case that asks as if it came up now, if it asks for one.

    A case that was put off, paused or only watched may never have paged before.
    """
    asks = case.status == "open" and pages(desk, initiative, case.severity)
    return page(desk, case.id) if asks else []


def paged(desk: Desk, case_id: str) -> tuple[Page, ...]:
    """Return how the pages on a case fared, one for each pager."""
    found = {pager: Page(pager, "none") for pager in desk.pagers}
    for row in desk.books.outbox.of_audience(f"case:{case_id}", str(Audience.PAGED)):
        through = row.lane.partition(":")[0]
        known = found.get(through)
        if known is not None and known.state == "sent":
            continue  # what came later only brought it up to date
        found[through] = Page(through, *_fared(row.state, row.settled_at))
    return tuple(found.values())


def _fared(state: str, at: datetime | None) -> tuple[str, datetime | None]:
    if state == "sent":
        return "sent", at
    return ("waits" if state in _OPEN else "failed"), at


def settled(desk: Desk, case_id: str) -> None:
    """Bring the cards on a case up to date: its page went out, or could not."""
    subject = f"case:{case_id}"
    told = sorted(desk.books.outbox.told([subject]))
    outbox.put(
        desk,
        [
            (lane, CaseCard(case_id, "changed", Audience(audience)))
            for lane, _, audience in told
            if audience != Audience.PAGED
        ],
    )
