"""Words for what another version of a playbook changes: phases, deciders, lists, handoffs."""

from collections.abc import Iterator, Sequence

from bot.cards import phrases
from bot.cards.model import Block, Bullets, Paragraph
from bot.cards.ways import heading, sentence
from council.switching import Deciding, Differences, Listed

_SHOWN = 3


def blocks(found: Differences) -> list[Block]:
    """Return what differs, the most felt first, each in a line; that nothing does, if so."""
    said = [*_people(found), *_work(found), *_rest(found)]
    if not said:
        return [Paragraph(("Phases, lists, deciders and handoffs are as they were.",))]
    return [Bullets(tuple((each,) for each in said))]


def _people(found: Differences) -> Iterator[str]:
    """Return who leads and who decides now, where that changes."""
    for phase, roles in found.leading[:_SHOWN]:
        yield f"{phase}: {_roles(roles)} now lead{_s(roles)}."
    for way in found.deciding[:_SHOWN]:
        yield _decides(way)
    more = max(len(found.leading) - _SHOWN, 0) + max(len(found.deciding) - _SHOWN, 0)
    if more:
        yield f"Other people lead or decide in {phrases.count(more, 'place')} more."


def _work(found: Differences) -> Iterator[str]:
    """Return what is asked for, where that changes."""
    for each in found.lists[:_SHOWN]:
        yield _asks(each)
    named = (
        ("Other lists", [each.phase_name for each in found.lists[_SHOWN:]]),
        ("Other steps", found.steps),
        ("Another packet, or other people", found.handoffs),
    )
    yield from (f"{what}: {_some(names)}." for what, names in named if names)


def _rest(found: Differences) -> Iterator[str]:
    """Return what else changes: phases, ways, alerts, decisions."""
    if found.phases:
        yield f"New: {_some(found.phases)}."
    if found.phases_gone:
        yield f"No longer there: {_some(found.phases_gone)}."
    if ways := _ways(found):
        yield ways
    if found.signals:
        yield "Alerts are judged, or call people, otherwise than before."
    if found.decisions:
        yield "Huddles choose between other decisions."


def _decides(way: Deciding) -> str:
    where = sentence(heading(way.kind, way.target_name, way.step_name))
    return f"{where}: {_roles(way.roles, any_of=way.anyone)} now decide{_s(way.roles)}."


def _s(roles: Sequence[str]) -> str:
    return "s" if len(roles) == 1 else ""


def _asks(listed: Listed) -> str:
    more = f"{phrases.count(listed.more, 'item')} more" if listed.more else ""
    fewer = f"{phrases.count(listed.fewer, 'item')} no longer" if listed.fewer else ""
    return (
        f"{listed.phase_name} asks for {phrases.words([each for each in (more, fewer) if each])}."
    )


def _ways(found: Differences) -> str:
    new = f"{phrases.count(found.ways, 'new way')}" if found.ways else ""
    gone = f"{phrases.count(found.ways_gone, 'way')} no longer" if found.ways_gone else ""
    said = phrases.words([each for each in (new, gone) if each])
    return sentence(f"{said} between the phases.") if said else ""


def _roles(names: Sequence[str], *, any_of: bool = False) -> str:
    said = [phrases.role(each) for each in names]
    return phrases.words(said, " or " if any_of else " and ") or "nobody"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return phrases.words([*names[:_SHOWN], *([f"{more} more"] if more > 0 else [])])
