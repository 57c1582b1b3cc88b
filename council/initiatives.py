"""Open an initiative, staff it, and say where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from council import ledger, outbox, people, rights
from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.notices import Assigned
from council.people import Member, Roster
from council.playbook import DEFAULT_PLAYBOOK, Phase, Playbook, first_phase
from council.store import Routed
from council.tables import Assignment, Initiative, InitiativeModel, Person, PlaybookVersion

KEY = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
TIERS = (1, 2, 3, 4)
_DEFAULT_TIER = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """What a person says of a new initiative; what is left empty gets a sensible default."""

    name: str
    key: str = ""
    playbook: str = ""
    phase: str = ""
    tier: int | None = None
    models: tuple[str, ...] = ()
    channel: str = ""
    question: str = ""
    objective: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new initiative; `adopted` is the number of waiting conditions that its models brought.

    `roles` are the names of those that its playbook has, `vacant` of those that nobody holds.
    """

    key: str
    name: str
    phase_name: str
    playbook_title: str
    tier: int
    models: tuple[str, ...]
    vacant: tuple[str, ...]
    adopted: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Staffed:
    """An assignment that was made or taken back; `changed` is false if it stood so before."""

    key: str
    name: str
    role_name: str
    member: Member
    removed: bool
    changed: bool
    gap: str = ""


def get(desk: Desk, key: str) -> Initiative:
    """Return the initiative of this key; raises NotFound with near keys."""
    found = desk.books.initiatives.by_key(key.lower())
    if found is None:
        near = get_close_matches(key.lower(), desk.books.initiatives.keys(), n=3, cutoff=0.4)
        raise NotFound("initiative", key, tuple(near))
    return found


def playbook_of(desk: Desk, initiative: Initiative | Routed) -> Playbook:
    """Return the playbook version to which the initiative is pinned."""
    return desk.playbooks.get(initiative.playbook_id, initiative.playbook_version)


def phase_of(desk: Desk, initiative: Initiative) -> Phase:
    """Return the phase in which the initiative is."""
    return playbook_of(desk, initiative).phases[initiative.phase]


def open_initiative(desk: Desk, actor: str, opening: Opening) -> Initiative:
    """Open an initiative on a playbook version, which is frozen from its first use on.

    Raises Conflict for a key that is taken, Invalid or the playbook's own error for what does
    not fit.
    """
    name = opening.name.strip()
    if not name:
        raise Invalid("name", opening.name, "empty")
    playbook = desk.playbooks.get(opening.playbook or DEFAULT_PLAYBOOK)
    _freeze(desk, playbook)
    phase = playbook.find_phase(opening.phase) if opening.phase else first_phase(playbook).id
    tier = opening.tier or _DEFAULT_TIER
    if tier not in TIERS:
        raise Invalid("tier", str(tier), "not_one_of", tuple(map(str, TIERS)))
    initiative = Initiative(
        id=desk.ids.new(),
        council_id=desk.council_id,
        key=_free_key(desk, opening.key, name),
        name=name,
        question=opening.question,
        objective=opening.objective,
        tier=tier,
        playbook_id=playbook.id,
        playbook_version=playbook.version,
        playbook_digest=playbook.digest,
        phase=phase,
        step=next(iter(playbook.phases[phase].steps), ""),
        channel=conversation(opening.channel),
        created_by=actor,
        created_at=desk.now(),
    )
    desk.books.add(initiative)
    _claim_models(desk, initiative, opening.models)
    _write_opening(desk, actor, initiative)
    return initiative


def describe_opening(desk: Desk, initiative: Initiative, adopted: int) -> Opened:
    """Return what to say of an initiative that was opened just now."""
    playbook = playbook_of(desk, initiative)
    phase = playbook.phases[initiative.phase]
    return Opened(
        initiative.key,
        initiative.name,
        phase.name,
        playbook.title,
        initiative.tier,
        desk.books.initiatives.models(initiative.id),
        vacancies(playbook, people.roster(desk, initiative), phase),
        adopted,
        role_names(playbook),
    )


def _write_opening(desk: Desk, actor: str, initiative: Initiative) -> None:
    texts = {"name": initiative.name, "question": initiative.question}
    texts["objective"] = initiative.objective
    ledger.append(
        desk,
        [
            ledger.Entry(
                "initiative.opened",
                actor,
                f"initiative:{initiative.id}",
                {
                    "playbook": initiative.playbook_id,
                    "version": initiative.playbook_version,
                    "phase": initiative.phase,
                    "tier": initiative.tier,
                },
                {name: (text, "") for name, text in texts.items() if text},
            )
        ],
    )


def changed_playbooks(desk: Desk) -> list[str]:
    """Return playbook versions in use that are missing now, or say something else than then."""
    found = {(each.id, each.version): each.digest for each in desk.playbooks.playbooks}
    return [
        f"{row.playbook_id} version {row.version}"
        for row in desk.books.initiatives.frozen()
        if found.get((row.playbook_id, row.version)) != row.digest
    ]


def _freeze(desk: Desk, playbook: Playbook) -> None:
    frozen = desk.books.initiatives.frozen_digest(playbook.id, playbook.version)
    if frozen is None:
        desk.books.add(
            PlaybookVersion(
                council_id=desk.council_id,
                playbook_id=playbook.id,
                version=playbook.version,
                digest=playbook.digest,
            )
        )
    elif frozen != playbook.digest:
        raise Conflict(f"{playbook.id} version {playbook.version}", "changed_after_use")


def _free_key(desk: Desk, wanted: str, name: str) -> str:
    if wanted:
        key = wanted.lower()
        if not KEY.fullmatch(key):
            raise Invalid("key", wanted, "key")
        if desk.books.initiatives.by_key(key):
            raise Conflict(key, "taken")
        return key
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:36].rstrip("-")
    stem = stem if KEY.fullmatch(stem) else "initiative"
    key, number = stem, 1
    while desk.books.initiatives.by_key(key):
        number += 1
        key = f"{stem}-{number}"
    return key


def _claim_models(desk: Desk, initiative: Initiative, models: Sequence[str]) -> None:
    names = list(dict.fromkeys(name.strip() for name in models if name.strip()))
    taken = desk.books.initiatives.by_models(names)
    for name in names:
        if name in taken:
            raise Conflict(f"model {name}", "taken", taken[name].key)
        desk.books.add(
            InitiativeModel(
                council_id=desk.council_id, model_name=name, initiative_id=initiative.id
            )
        )


def conversation(channel: str) -> str:
    """Return `platform:id` for a channel id as people paste it; the id's own form tells which."""
    text = channel.strip()
    if not text or text.partition(":")[0] in {"slack", "teams", "local"}:
        return text
    mention = re.fullmatch(r"<#([A-Z0-9]+)(?:\|[^>]*)?>", text)
    if mention or re.fullmatch(r"[CG][A-Z0-9]{2,}", text):
        return f"slack:{mention.group(1) if mention else text}"
    return f"teams:{text}" if text.startswith("19:") else f"local:{text.lstrip('#')}"


def assign(
    desk: Desk, actor: str, key: str, role: str, handle: str, *, remove: bool = False
) -> Staffed:
    """Put a person into a role, or take them out; the person hears of it from the council.

    Raises NotFound, Invalid (two people of one name), NotAllowed, or the playbook's UnknownName.
    """
    initiative = get(desk, key)
    playbook = playbook_of(desk, initiative)
    who = people.roster(desk, initiative)
    rights.require_staffing(initiative, who, actor, playbook.phases[initiative.phase].lead)
    role_id = playbook.find_role(role)
    if role_id == people.LEAD_ROLE:
        raise Invalid("role", role, "council_wide")
    person = people.find(desk, handle)
    live = desk.books.initiatives.live(initiative.id, role_id, person.id)
    changed = (live is not None) is remove
    if changed:
        row = live or _new_assignment(desk, initiative, role_id, person)
        row.until = desk.now() if remove else None
        desk.books.add(row)
        _announce_staff(desk, actor, initiative, row)
    after = people.roster(desk, initiative)
    return Staffed(
        initiative.key,
        initiative.name,
        playbook.role(role_id).name,
        people.members(desk, [person.id])[0],
        remove,
        changed,
        "" if after.holders(role_id) else playbook.role(role_id).name,
    )


def _new_assignment(desk: Desk, initiative: Initiative, role_id: str, person: Person) -> Assignment:
    return Assignment(
        id=desk.ids.new(),
        council_id=desk.council_id,
        initiative_id=initiative.id,
        person_id=person.id,
        role=role_id,
        since=desk.now(),
    )


def _announce_staff(desk: Desk, actor: str, initiative: Initiative, row: Assignment) -> None:
    kind = "assignment.ended" if row.until else "assignment.made"
    facts = {"initiative": initiative.id, "role": row.role, "person": row.person_id}
    ledger.append(desk, [ledger.Entry(kind, actor, f"initiative:{initiative.id}", facts)])
    if row.person_id != actor:
        outbox.put(desk, [(f"person:{row.person_id}", Assigned(row.id))])


def role_names(playbook: Playbook) -> tuple[str, ...]:
    """Return the names of the roles that people of an initiative may hold."""
    return tuple(role.name for role in playbook.roles.values())


def vacancies(playbook: Playbook, who: Roster, phase: Phase) -> tuple[str, ...]:
    """Return the names of roles that the phase needs and nobody holds."""
    return tuple(playbook.role(role).name for role in needed(phase) if not who.holders(role))


def needed(phase: Phase) -> tuple[str, ...]:
    """Return the roles that lead, oversee or support a phase or one of its steps, in order."""
    roles: dict[str, None] = {}
    for part in (phase, *phase.steps.values()):
        for role in (*part.lead, *part.oversee, *part.support, *part.concerned):
            roles.setdefault(role)
    return tuple(roles)
