"""Who is on duty by a rota: the people of a chat group, or whose turn it is by a calendar."""

from collections.abc import Mapping
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
