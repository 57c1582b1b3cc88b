"""Where somebody has a part now: roles held, roles of those they stand in for, turns of a rota."""

from council.desk import Desk
from council.people.away import away_now
from council.people.duty import holders
from council.tables import Initiative


def parts_of(desk: Desk, person_id: str) -> list[tuple[Initiative, str]]:
    """Return (initiative, role) for everything in which a person may act now, each once."""
    found = list(desk.books.initiatives.roles_of(person_id))
    for absent in stands_in_for(desk, person_id):
        found += desk.books.initiatives.roles_of(absent)
    now = desk.now()
    on_duty = [
        rota.id for rota in desk.books.absences.rotas_in_use() if person_id in holders(rota, now)
    ]
    found += desk.books.absences.duties_of(on_duty)
    return list({(one.id, role): (one, role) for one, role in found}.values())


def stands_in_for(desk: Desk, person_id: str) -> tuple[str, ...]:
    """Return the ids of those for whom a person acts now, along chains of deputies too."""
    now = desk.now()
    found: dict[str, None] = {}
    fresh = [person_id]
    while fresh:
        rows = [
            row
            for each in fresh
            for row in desk.books.absences.live_for(each, ["accepted"])
            if row.starts_at <= now
        ]
        fresh = [one for one in dict.fromkeys(row.person_id for row in rows) if one not in found]
        found.update(dict.fromkeys(fresh))
    away = away_now(desk, found)
    return tuple(one for one, gone in away.items() if gone.deputy and gone.deputy.id == person_id)
