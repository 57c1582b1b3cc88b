"""Who is on duty by a rota: the people of a chat group, or whose turn it is by a calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from council.desk import Desk
from council.tables import Person, Rota

GROUP, ICAL = "slack_group", "ical"
# For so long turns that were read are believed when they cannot be read anew.
BELIEVED = timedelta(hours=24)


def on_duty(desk: Desk, initiative_id: str) -> list[tuple[str, Person]]:
    """Return (role, person) for everybody whom a rota puts into a role here now."""
    duties = desk.books.absences.on_duty(initiative_id)
    if not duties:
        return []
    now = desk.now()
    turns = [(role, holders(rota, now)) for role, rota in duties]
    persons = desk.books.people.by_ids(one for _, ids in turns for one in ids)
    return [
        (role, persons[one])
        for role, ids in turns
        for one in ids
        if one in persons and persons[one].left_at is None
    ]


@dataclass(frozen=True, slots=True)
class Idle:
    """A rota that puts nobody on duty: `why` is `rota` or `unread`, since when.

    `rota`: it names nobody who is known here; `unknown` are names on it. `unread`: it could not be
    read for so long that what was read is believed no more.
    """

    name: str
    why: str
    since: datetime
    unknown: tuple[str, ...] = ()


def idle(desk: Desk, initiative_id: str) -> Mapping[str, Idle]:
    """Return, by role, the rotas that put nobody on duty here, now and later.

    Not where another rota in the role does, nor where one was not read yet.
    """
    now = desk.now()
    found: dict[str, list[Idle | None]] = {}
    for role, rota in desk.books.absences.on_duty(initiative_id):
        found.setdefault(role, []).append(_idle(rota, now))
    return {
        role: max((each for each in rotas if each), key=lambda each: each.since)
        for role, rotas in found.items()
        if all(rotas)
    }


def _idle(rota: Rota, now: datetime) -> Idle | None:
    if rota.checked_at is None:
        return Idle(rota.name, "unread", rota.failing_since) if rota.failing_since else None
    if now - rota.checked_at > BELIEVED:
        return Idle(rota.name, "unread", rota.checked_at + BELIEVED)
    if since := rota.members.get("nobody_since"):
        unknown = tuple(str(one) for one in rota.members.get("unknown", ()))
        return Idle(rota.name, "rota", datetime.fromisoformat(since), unknown)
    return None


def holders(rota: Rota, now: datetime) -> tuple[str, ...]:
    """Return the ids of those who are on duty now; nobody where it was not read for too long."""
    if rota.checked_at is None or now - rota.checked_at > BELIEVED:
        return ()
    if rota.kind == GROUP:
        return tuple(str(one) for one in rota.members.get("people", ()))
    turns: list[Mapping[str, Any]] = list(rota.members.get("turns", ()))
    return tuple(
        dict.fromkeys(
            str(turn["person"])
            for turn in turns
            if datetime.fromisoformat(turn["from"]) <= now < datetime.fromisoformat(turn["until"])
        )
    )
