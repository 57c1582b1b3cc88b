"""Which version serves, as far as anybody has told: a monitor, a decision, a packet that came."""

from datetime import datetime

from council.desk import Desk
from council.initiatives.finding import playbook_of
from council.tables import Initiative

_KEPT = frozenset({"opened", "back", "switched"})


def in_production(desk: Desk, initiative: Initiative) -> bool:
    """Whether a version serves: where the initiative is, or while a later one is being made."""
    phase = playbook_of(desk, initiative).phases.get(initiative.phase)
    return bool(initiative.serving) or (phase is not None and phase.production)


def running_version(desk: Desk, initiative: Initiative) -> str:
    """Return the version in production, such as `7`; empty if none serves, or nobody told.

    Whatever was told last counts. A version that went into production without its number makes
    what was known before old; so does falling back to a rule.
    """
    if not in_production(desk, initiative):
        return ""
    books = desk.books.running
    told: list[tuple[datetime, str]] = []  # of what is told at one time, the first counts
    if fell := books.fell_back(initiative.id):
        rolled = fell.kind == "roll_back"
        told.append((fell.decided_at, str(fell.fields.get("target_version", "")) if rolled else ""))
    if seen := books.seen(initiative.id):
        told.append((seen[1], seen[0]))
    told += _launches(desk, initiative)
    return max(told, key=lambda each: each[0])[1].removeprefix("v") if told else ""


def _launches(desk: Desk, initiative: Initiative) -> list[tuple[datetime, str]]:
    """Return when versions went into production; each as its packet called it, else empty."""
    phases = playbook_of(desk, initiative).phases
    handed = desk.books.running.handed(initiative.id)
    found: list[tuple[datetime, str]] = []
    came: datetime | None = None  # since when the version is made that goes into production next
    inside = False
    for visit in desk.books.moves.visits(initiative.id):
        phase = phases.get(visit.phase)
        produces = phase is not None and phase.production
        if produces and not inside and visit.kind not in _KEPT:
            since = came
            version = next(
                (
                    name
                    for name, at in handed
                    if at <= visit.entered_at and (since is None or at >= since)
                ),
                "",
            )
            found.append((visit.entered_at, version))
        if not produces and (inside or came is None):
            came = visit.entered_at
        inside = produces
    return found
