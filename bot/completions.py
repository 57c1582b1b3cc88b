"""What there is to name where somebody types: the council's own words for completion."""

from bot.cards import phrases
from bot.grammar.completion import Known
from council import cases
from council.desk import Desk
from council.initiatives import seen_by
from council.playbook import DEFAULT_PLAYBOOK, Playbook, phases_in_order
from council.tables import Case, Initiative

MOST = 200
_NEWEST = (1 << 31) - 1


def known_to(desk: Desk, person_id: str, place: str) -> Known:
    """Return what a person can name in a conversation (`platform:id`): their own first.

    At most 200 of each kind; of cases those that are not resolved.
    """
    with seen_by(desk, person_id):
        return _known_to(desk, person_id, place)


def _known_to(desk: Desk, person_id: str, place: str) -> Known:
    here = desk.books.initiatives.by_channel(place) if place else None
    mine = [initiative for initiative, _ in desk.books.initiatives.roles_of(person_id)]
    near = {row.key: row.name for row in ([here] if here else []) + mine}
    others = {row.key: row.name for row in desk.books.initiatives.page("", MOST)}
    playbooks = _playbooks(desk, here)
    return Known(
        keys=tuple((near | others).items())[:MOST],
        cases=_open_cases(desk, set(near)),
        people=tuple((row.handle, row.name) for row in desk.books.people.page("", MOST)),
        roles=tuple(dict.fromkeys(r.name for each in playbooks for r in each.roles.values())),
        phases=_phases(playbooks),
        playbooks=tuple({each.id: each.title for each in desk.playbooks.playbooks}.items()),
        here=here.key if here else "",
    )


def _playbooks(desk: Desk, here: Initiative | None) -> tuple[Playbook, ...]:
    """Return the playbook of the place, or else all."""
    if here:
        return (desk.playbooks.get(here.playbook_id, here.playbook_version),)
    return desk.playbooks.playbooks


def _phases(playbooks: tuple[Playbook, ...]) -> tuple[tuple[str, str], ...]:
    """Return each phase's id once, with the name that it has in the default, if it has one."""
    found: dict[str, str] = {}
    for each in sorted(playbooks, key=lambda playbook: playbook.id != DEFAULT_PLAYBOOK):
        for phase in phases_in_order(each):
            found.setdefault(phase.id, phase.name)
    return tuple(found.items())


def _open_cases(desk: Desk, near: set[str]) -> tuple[tuple[str, str], ...]:
    rows: list[Case] = []
    for status in ("open", "acknowledged"):
        rows += desk.books.cases.page(_NEWEST, MOST - len(rows), status)
    owners = desk.books.initiatives.by_ids(row.initiative_id for row in rows)
    rows.sort(key=lambda row: owners[row.initiative_id].key not in near)  # stable: newest first
    return tuple((cases.views.case_key(row.number), _words(row, owners)) for row in rows)


def _words(row: Case, owners: dict[str, Initiative]) -> str:
    return f"{phrases.class_name(row.signal_class)}: {owners[row.initiative_id].name}"
