"""What is checked off in a phase, and how its steps follow each other."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from council import changes, initiatives, ledger, people, rights
from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.moves import going, lists, rules
from council.moves.lists import ListItem
from council.moves.stays import PhaseView, describe_visit, onward_from
from council.moves.use import found, require_open, settle_if_agreed
from council.moves.visits import visit_of
from council.people import LEAD_ROLE, Member, Roster
from council.playbook import Playbook, UnknownName
from council.tables import Checkmark, Initiative

_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that an item is done: a web address, a line."""

    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the present phase; `place` is `before`, `now` or `later`."""

    id: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class PhaseLists:
    """All lists of the present phase; `supply` are those who lead there, and can tell of most.

    `open` is what its phase card counts: what is still to be done before it goes on.
    `next_phase` is the id of the phase that follows, `next_name` its name; empty where none does.
    `changed` is the item that was just checked off, or opened again. `went_on` is the phase that
    was entered because it was the last thing missing. `last_step` says that no step follows.
    """

    initiative: str
    initiative_name: str
    phase_name: str
    items: tuple[ListItem, ...]
    steps: tuple[StepLine, ...]
    supply: tuple[Member, ...]
    next_name: str
    next_phase: str
    open: tuple[ListItem, ...] = ()
    changed: ListItem | None = None
    went_on: PhaseView | None = None
    last_step: bool = False


def phase_lists(desk: Desk, actor: str, key: str) -> PhaseLists:
    """Return what is open and done in the present phase; raises NotFound."""
    initiative, playbook, who = found(desk, actor, key)
    return _lists(desk, playbook, initiative, who)


def _lists(desk: Desk, playbook: Playbook, initiative: Initiative, who: Roster) -> PhaseLists:
    phase = playbook.phases[initiative.phase]
    order = list(phase.steps)
    at = order.index(initiative.step) if initiative.step in order else -1
    onward, items = onward_from(playbook, phase.id), lists.items(desk, playbook, initiative)
    return PhaseLists(
        initiative.key,
        initiative.name,
        phase.name,
        items,
        tuple(
            StepLine(each.id, each.name, "now" if n == at else "before" if n < at else "later")
            for n, each in enumerate(phase.steps.values())
        ),
        tuple(each.member for each in who.call(phase.lead)),
        playbook.phases[onward.target].name if onward else "",
        onward.target if onward else "",
        tuple(each for each in lists.at_the_door(items, onward) if not each.done),
    )


def check(
    desk: Desk, actor: str, key: str, text: str, shown: Evidence | None = None
) -> PhaseLists | PhaseView:
    """Check an item off; the name of the present step finishes that, and the next begins.

    Raises NotFound with what is near, NotAllowed, Invalid for a link that is no web address,
    Conflict for what is done already.
    """
    initiative, playbook, _ = found(desk, actor, key)
    shown = shown or Evidence()
    item = lists.find_item(lists.items(desk, playbook, initiative), text)
    step = "" if item else _step(playbook, initiative, text)
    if step:
        return _finish(desk, actor, initiative, step)
    _require_link(shown.link)
    item = _changeable(desk, actor, initiative, text)
    _mark(desk, actor, initiative, item, shown)
    return _followed(desk, actor, initiative, item, settle_if_agreed(desk, actor, initiative))


def uncheck(desk: Desk, actor: str, key: str, text: str) -> PhaseLists:
    """Take the mark of an item back; raises NotFound, NotAllowed, Conflict for what is open."""
    initiative, _, _ = found(desk, actor, key)
    item = _changeable(desk, actor, initiative, text, done=True)
    _unmark(desk, actor, initiative, item)
    return _followed(desk, actor, initiative, item, None)


def _changeable(
    desk: Desk, actor: str, initiative: Initiative, text: str, *, done: bool = False
) -> ListItem:
    playbook, who = initiatives.playbook_of(desk, initiative), people.roster(desk, initiative)
    items = lists.items(desk, playbook, initiative)
    item = lists.find_item(items, text, done=done)
    if item is None:
        raise NotFound("item", text, _near(playbook, initiative, items, text))
    rights.require_change(initiative, who, actor, "check off items of")
    require_open(initiative)
    return item


def _followed(
    desk: Desk, actor: str, initiative: Initiative, item: ListItem, went_on: PhaseView | None
) -> PhaseLists:
    if went_on is None:
        going.follow_lists(desk, initiative)
    after = phase_lists(desk, actor, initiative.key)
    now = next((each for each in after.items if each.key == item.key), item)
    return replace(after, changed=now, went_on=went_on)


def _near(
    playbook: Playbook, initiative: Initiative, items: tuple[ListItem, ...], text: str
) -> tuple[str, ...]:
    steps = rules.nearest_steps(playbook, initiative.phase, text)
    near = (*lists.nearest_items(items, text), *steps)
    return near[:3] or tuple(each.key for each in items if not each.done)[:3]


def _require_link(link: str) -> None:
    if not link:
        return
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in _SCHEMES or not parts.netloc:
        raise Invalid("link", link, "link")


def _mark(desk: Desk, actor: str, initiative: Initiative, item: ListItem, shown: Evidence) -> None:
    link, note = shown.link, shown.note
    visit = visit_of(desk, initiative).number
    row = desk.books.moves.checkmark(initiative.id, visit, item.key)
    same = row is not None and (row.link, row.note) == (link or row.link, note or row.note)
    if item.done and (row is None or same):
        raise Conflict(item.key, "checked", item.done.by.handle if item.done.by else "")
    before = {"visit": visit, "item": item.key, "done": row is not None}
    if row is not None:
        before |= {"link": row.link, "note": row.note, "done_by": row.done_by}
        before["done_at"] = row.done_at.isoformat()
    row = row or Checkmark(
        initiative_id=initiative.id,
        visit=visit,
        item=item.key,
        council_id=desk.council_id,
        done_by=actor,
        done_at=desk.now(),
    )
    row.done_by, row.done_at = actor, desk.now()
    row.link, row.note = link or row.link, note or row.note
    desk.books.add(row)
    texts = {name: (text, actor) for name, text in (("link", link), ("note", note)) if text}
    _write(desk, actor, initiative, "item.checked", (visit, item.key), texts)
    changes.note(desk, actor, "item.checked", f"initiative:{initiative.id}", before)


def _unmark(desk: Desk, actor: str, initiative: Initiative, item: ListItem) -> None:
    visit = visit_of(desk, initiative).number
    row = desk.books.moves.checkmark(initiative.id, visit, item.key)
    if row is None:  # it may have been done at the door, before this phase was entered
        at_door = lists.key_at_door(initiative.phase, item.key)
        row = desk.books.moves.checkmark(initiative.id, visit - 1, at_door)
    if row is None:
        by_packet = item.done is not None and item.handoff
        raise Conflict(item.key, "by_handoff" if by_packet else "open")
    before = {
        "visit": row.visit,
        "item": row.item,
        "done": True,
        "link": row.link,
        "note": row.note,
        "done_by": row.done_by,
        "done_at": row.done_at.isoformat(),
    }
    place = (row.visit, row.item)
    desk.books.moves.uncheck(row)
    _write(desk, actor, initiative, "item.unchecked", place, {})
    changes.note(desk, actor, "item.unchecked", f"initiative:{initiative.id}", before)


def _write(
    desk: Desk,
    actor: str,
    initiative: Initiative,
    kind: str,
    place: tuple[int, str],
    texts: dict[str, tuple[str, str]],
) -> None:
    facts = {"initiative": initiative.id, "visit": place[0], "item": place[1]}
    facts["state"] = initiative.state
    ledger.append(desk, [ledger.Entry(kind, actor, f"initiative:{initiative.id}", facts, texts)])


def _step(playbook: Playbook, initiative: Initiative, text: str) -> str:
    try:
        return playbook.find_step(initiative.phase, text)
    except UnknownName:
        return ""


def _finish(desk: Desk, actor: str, initiative: Initiative, step: str) -> PhaseLists | PhaseView:
    """Finish the present step, so that the next begins; the last one leaves all as it is."""
    _, playbook, who = found(desk, actor, initiative.key)
    order = list(playbook.phases[initiative.phase].steps)
    if step != initiative.step:
        raise Conflict(step, "another_step", initiative.step)
    later = order[order.index(step) + 1 :]
    if later:
        return go_to_step(desk, actor, initiative.key, later[0])
    _require_steps(desk, actor, initiative, step)
    return replace(_lists(desk, playbook, initiative, who), last_step=True)


def _require_steps(desk: Desk, actor: str, initiative: Initiative, step: str) -> None:
    phase = initiatives.phase_of(desk, initiative)
    steps = [phase.steps[each] for each in (initiative.step, step) if each in phase.steps]
    leading = [role for part in (phase, *steps) for role in part.lead]
    who = people.roster(desk, initiative)
    rights.require_any(
        initiative, who, actor, (*dict.fromkeys(leading), LEAD_ROLE), "lead a step of"
    )
    require_open(initiative)


def go_to_step(desk: Desk, actor: str, key: str, text: str) -> PhaseView:
    """Begin any step of the present phase, by whoever leads there.

    Raises UnknownName for what is no step, NotAllowed, Conflict where it is the present one.
    """
    initiative, playbook, _ = found(desk, actor, key)
    step = playbook.find_step(initiative.phase, text)
    _require_steps(desk, actor, initiative, step)
    if step == initiative.step:
        raise Conflict(step, "this_step")
    visit, before = visit_of(desk, initiative), initiative.step
    initiative.step = step
    desk.books.add(initiative)
    facts = {
        "initiative": initiative.id,
        "phase": initiative.phase,
        "step": step,
        "visit": visit.number,
        "state": initiative.state,
    }
    subject = f"initiative:{initiative.id}"
    ledger.append(desk, [ledger.Entry("step.entered", actor, subject, facts)])
    was = {"phase": initiative.phase, "step": before, "visit": visit.number}
    changes.note(desk, actor, "step.entered", subject, was)
    going.announce_visit(desk, initiative, visit.number, "worked_on")
    return describe_visit(desk, initiative)
