"""Open an initiative: a free key, a frozen playbook version, models that are its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from council import changes, ledger, people
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.initiatives.finding import playbook_of, role_names, vacancies
from council.playbook import DEFAULT_PLAYBOOK, Playbook, first_phase
from council.tables import Initiative, InitiativeModel, PlaybookVersion

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
    private: bool = False
    state: str = "active"


@dataclass(frozen=True, slots=True)
class Opened:
    """A new initiative; `adopted` is the number of waiting conditions that its models brought.

    `roles` are the names of those that its playbook has, `vacant` of those that nobody holds.
    `namesake` is the key of another that is called alike.
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
    private: bool = False
    namesake: str = ""


def open_initiative(desk: Desk, actor: str, opening: Opening) -> Initiative:
    """Open an initiative on a playbook version, which is frozen from its first use on.

    Raises Conflict for a key that is taken, Invalid or the playbook's own error for what does
    not fit.
    """
    name = opening.name.strip()
    if not name:
        raise Invalid("name", opening.name, "empty")
    playbook = desk.playbooks.get(opening.playbook or DEFAULT_PLAYBOOK)
    freeze(desk, playbook)
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
        state=opening.state,
        private=opening.private,
        created_by=actor,
        created_at=desk.now(),
    )
    desk.books.add(initiative)
    claim_models(desk, initiative, opening.models)
    _write_opening(desk, actor, initiative)
    if opening.state == "active":  # a table is not taken back
        changes.note(desk, actor, "initiative.opened", f"initiative:{initiative.id}", {})
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
        initiative.private,
        _namesake(desk, initiative),
    )


def _namesake(desk: Desk, initiative: Initiative) -> str:
    """Return the key of another initiative of this name, whose key this one would have had."""
    stem, _, number = initiative.key.rpartition("-")
    other = desk.books.initiatives.by_key(stem) if number.isdecimal() else None
    alike = other is not None and other.name.casefold() == initiative.name.casefold()
    return stem if alike else ""


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
                    "initiative": initiative.id,
                    "step": initiative.step,
                    "state": initiative.state,
                    "private": initiative.private,
                },
                {name: (text, "") for name, text in texts.items() if text},
            )
        ],
    )


def freeze(desk: Desk, playbook: Playbook) -> None:
    """Note what a playbook version says at its first use; raises Conflict if it changed since."""
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
        if desk.books.initiatives.is_taken(key):
            raise Conflict(key, "taken")
        return key
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:36].rstrip("-")
    stem = stem if KEY.fullmatch(stem) else "initiative"
    key, number = stem, 1
    while desk.books.initiatives.is_taken(key):
        number += 1
        key = f"{stem}-{number}"
    return key


def claim_models(desk: Desk, initiative: Initiative, models: Sequence[str]) -> None:
    """Give models to an initiative; raises Conflict for one that is another's already."""
    names = list(dict.fromkeys(name.strip() for name in models if name.strip()))
    taken = desk.books.initiatives.by_models(names)
    for name in names:
        if name in taken:
            owner = desk.books.initiatives.by_id(taken[name].id)  # whose key not everybody may see
            raise Conflict(f"model {name}", "taken", owner.key if owner else "")
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
