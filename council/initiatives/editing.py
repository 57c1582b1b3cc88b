"""Edit an initiative: what it is called, its tier, models, channel, and who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from council import changes, ledger, people, rights
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.initiatives.finding import get, require_out
from council.initiatives.opening import TIERS, claim_models, conversation
from council.people import Member
from council.tables import Initiative

EDITED = "initiative.edited"
_TEXTS = ("name", "question", "objective")


@dataclass(frozen=True, slots=True)
class Editing:
    """What is to be different; what is None stays. An empty channel gives the channel up."""

    name: str | None = None
    tier: int | None = None
    models: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    channel: str | None = None
    private: bool | None = None
    question: str | None = None
    objective: str | None = None
    decision_lead: str | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """An initiative as it is now, and the names of what was changed just now.

    `adopted` is the number of waiting conditions that its new models brought.
    """

    key: str
    name: str
    question: str
    objective: str
    tier: int
    models: tuple[str, ...]
    channel: str
    private: bool
    decision_lead: Member | None
    state: str
    changed: tuple[str, ...] = ()
    adopted: int = 0


def editable(desk: Desk, actor: str, key: str, deed: str = "edit") -> Initiative:
    """Return an initiative that the actor may change; an archived one rests until it is back.

    Raises NotFound, NotAllowed, or Conflict (`resting`; `archived_already` if that is the deed).
    """
    initiative = get(desk, key)
    require_keeping(desk, initiative, actor, deed)
    if deed == "archive" and initiative.state == "archived":
        raise Conflict(initiative.key, "archived_already")
    require_out(initiative)
    return initiative


def require_keeping(desk: Desk, initiative: Initiative, actor: str, deed: str) -> None:
    """Raise NotAllowed unless the actor has a role here, leads the council, or keeps it so far.

    Whoever opened it keeps it until somebody holds a role.
    """
    who = people.roster(desk, initiative)
    if not (initiative.created_by == actor and not any(who.by_role.values())):
        rights.require_change(initiative, who, actor, deed)


def edit(desk: Desk, actor: str, key: str, wanted: Editing) -> tuple[Initiative, tuple[str, ...]]:
    """Change what is wanted; return the initiative and the names of what really changed.

    Raises Invalid, Conflict (a model that is another's), or what `editable` raises.
    """
    initiative = editable(desk, actor, key)
    new = _checked(desk, wanted)
    was = {name: getattr(initiative, name) for name in new}
    before = {name: value for name, value in was.items() if value != new[name]}
    for name in before:
        setattr(initiative, name, new[name])
    desk.books.add(initiative)
    added, removed = _models(desk, initiative, wanted.models, wanted.without)
    changed = (*before, *(["models"] if added or removed else []))
    if changed:
        note = {"fields": before, "added": added, "removed": removed}
        changes.note(desk, actor, EDITED, f"initiative:{initiative.id}", note)
        write_edit(desk, actor, initiative, changed)
    return initiative, changed


def write_edit(
    desk: Desk, actor: str, initiative: Initiative, changed: Sequence[str], kind: str = EDITED
) -> None:
    """Write into the ledger what an initiative is like after these were changed."""
    facts: dict[str, Any] = {"initiative": initiative.id, "changed": sorted(changed)}
    facts |= {"state": initiative.state, "tier": initiative.tier, "private": initiative.private}
    facts["decision_lead"] = initiative.decision_lead
    texts = {name: (getattr(initiative, name), "") for name in _TEXTS if name in changed}
    if "models" in changed:
        texts["models"] = ("\n".join(desk.books.initiatives.models(initiative.id)), "")
    if "channel" in changed:
        texts["channel"] = (initiative.channel, "")
    ledger.append(desk, [ledger.Entry(kind, actor, f"initiative:{initiative.id}", facts, texts)])


def describe_edit(
    desk: Desk, initiative: Initiative, changed: Sequence[str] = (), adopted: int = 0
) -> Edited:
    """Return an initiative as it is now, for the answer to `edit`."""
    lead = people.members(desk, [initiative.decision_lead] if initiative.decision_lead else [])
    own = {"models", "decision_lead", "changed", "adopted"}
    names = [one.name for one in fields(Edited) if one.name not in own]
    plain = {name: getattr(initiative, name) for name in names}
    return Edited(
        **plain,
        models=desk.books.initiatives.models(initiative.id),
        decision_lead=lead[0] if lead else None,
        changed=tuple(changed),
        adopted=adopted,
    )


def _checked(desk: Desk, wanted: Editing) -> dict[str, Any]:
    """Return the columns that are wanted, each as it would be kept."""
    plain = ("name", "tier", "private", "question", "objective")
    new = {name: getattr(wanted, name) for name in plain if getattr(wanted, name) is not None}
    if "name" in new and not new["name"].strip():
        raise Invalid("name", new["name"], "empty")
    if "tier" in new and new["tier"] not in TIERS:
        raise Invalid("tier", str(new["tier"]), "not_one_of", tuple(map(str, TIERS)))
    if wanted.channel is not None:
        new["channel"] = conversation(wanted.channel)
    if wanted.decision_lead is not None:
        lead = wanted.decision_lead
        new["decision_lead"] = people.find(desk, lead).id if lead else ""
    return {name: each.strip() if name == "name" else each for name, each in new.items()}


def _models(
    desk: Desk, initiative: Initiative, models: Sequence[str], without: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Give models to an initiative and take others; return which came and which went."""
    have = desk.books.initiatives.models(initiative.id)
    removed = [name for name in dict.fromkeys(without) if name in have]
    unknown = [name for name in without if name not in have]
    if unknown:
        raise Invalid("model", unknown[0], "not_one_of", have)
    release_models(desk, removed)
    added = [name for name in dict.fromkeys(each.strip() for each in models) if name not in have]
    claim_models(desk, initiative, added)
    return [name for name in added if name], removed


def release_models(desk: Desk, names: Sequence[str]) -> None:
    """Free models, so that another initiative may claim them."""
    for name in names:
        row = desk.books.initiatives.model(name)
        if row is not None:
            desk.books.remove(row)
