"""Words for a stay in a phase: how it came there, who leads now, how far it is, what it left."""

from collections.abc import Sequence

from bot.cards import next_step, phrases, stay_over
from bot.cards.model import (
    Block,
    Bold,
    Button,
    Card,
    Code,
    Note,
    Paragraph,
    Text,
    Tone,
)
from bot.cards.ways import change_name, heading, left_open, sentence
from council.moves import Loops, PhaseView, VisitNews
from council.people import Member

# While it rests nothing is next, and nobody is asked.
_RESTING = {
    "paused": "It is paused: nothing is asked until it goes on.",
    "archived": "It is archived: nothing is asked until it is taken out again.",
    "watching": "It only watches: nothing is asked until it goes live.",
}
# How people stand to a phase, after their names; for one, for several.
_RELATIONS = {
    "oversee": ("oversees", "oversee"),
    "support": ("supports", "support"),
    "consult": ("is consulted", "are consulted"),
    "concerned": ("is concerned", "are concerned"),
    "inform": ("is informed", "are informed"),
}


def visit_card(news: VisitNews) -> Card:
    """Return the card that shows the channel in which phase an initiative is, and who leads."""
    view = news.phase
    if news.gone:
        return _taken_back(view)
    ring = {each.id for each in news.ring}
    blocks: list[Block]
    if view.ended:
        blocks = stay_over.blocks(view.ended)
    else:
        blocks = [Paragraph(_came(view)), Paragraph(_who(view, ring))]
        if view.state in _RESTING:
            blocks.append(Paragraph((_RESTING[view.state],)))
        elif view.state != "retired":
            blocks += _work(view)
    return Card(
        title=f"{view.initiative_name}: {view.phase_name}",
        subtitle=(*_subtitle(view), *((" · over",) if view.ended else ())),
        fallback=f"{view.initiative_name} is in {view.phase_name}",
        blocks=tuple(block for block in blocks if not isinstance(block, Paragraph) or block.text),
        buttons=_buttons(view) if view.now else (),
    )


def _taken_back(view: PhaseView) -> Card:
    still = f"This move was taken back; it is still in {view.phase_name}."
    return Card(
        title=f"{view.initiative_name}: {view.phase_name}",
        subtitle=_subtitle(view),
        fallback=f"{view.initiative_name} is still in {view.phase_name}",
        blocks=(Paragraph((still,)),),
    )


def elsewhere_card(news: VisitNews) -> Card:
    """Return what stands where an initiative lived before, with nothing to press."""
    view = news.phase
    platform, _, channel = news.channel.partition(":")
    place = f"#{channel}" if platform == "local" else "another channel"
    said = f"It goes on in {place}." if channel else "It has no channel of its own any more."
    return Card(
        title=view.initiative_name,
        subtitle=(Code(view.initiative),),
        fallback=f"{view.initiative_name}: {said}",
        blocks=(Paragraph((said,)),),
    )


def _subtitle(view: PhaseView) -> Text:
    place = f" · phase {view.number} of {view.count}" if view.number else ""
    return (Code(view.initiative), place)


def _came(view: PhaseView) -> Text:
    """Return how it came here: on, back and why, or not at all."""
    if view.kind == "end":
        return (f"It has ended, after {view.came_from}. Thanks to everybody who carried it.",)
    if view.kind == "forward":
        return (f"On from {view.came_from}.",)
    if view.kind not in {"back", "within"}:
        return ()
    why = f": {view.trigger}" if view.trigger else ""
    change = f" To change: {change_name(view.change).lower()}." if view.change else ""
    if view.kind == "within":
        return (f"Again at {view.step_name or view.phase_name}{why}.{change}",)
    return (f"Back from {view.came_from}{why}.{change} {loop_line(view.loops)}",)


def loop_line(loops: Loops) -> str:
    """Return how often it went back, beside what is usual in the council; never a judgement."""
    if loops.usual is None:
        return f"Loop {loops.back}." if loops.back else ""
    return f"Median first loop in our council: {loops.usual:g}. You are at {loops.back}."


def _who(view: PhaseView, ring: set[str]) -> Text:
    if view.state == "retired":
        return ()
    if not view.leads:
        return ("Nobody leads here yet.",)
    leading = phrases.row(
        [
            (phrases.person(each.member, ring=each.member.id in ring), *_stand_in(each.roles))
            for each in view.leads
        ]
    )
    verb = " lead here" if len(view.leads) > 1 else " leads here"
    text: Text = (*leading, verb, ".")
    for relation, members in view.others:
        text = (*text, " ", *_stand(relation, members), ".")
    if view.informed:
        is_are = " are" if len(view.informed) > 1 else " is"
        text = (*text, " ", *phrases.people(view.informed), f"{is_are} informed, nothing to do.")
    return text


def _stand_in(roles: Sequence[str]) -> Text:
    return () if roles else (" (standing in)",)


def _stand(relation: str, members: Sequence[Member]) -> Text:
    """Return how people stand there: Bo and Mei support."""
    one, several = _RELATIONS.get(relation, (relation, relation))
    return (*phrases.people(members), f" {several if len(members) > 1 else one}")


def at_step(leads: Sequence[Member], others: Sequence[tuple[str, Sequence[Member]]]) -> Text:
    """Return who does what at a step: Ana leads, Bo supports."""
    said = [(*phrases.people(leads), " lead" if len(leads) > 1 else " leads")] if leads else []
    said += [_stand(relation, members) for relation, members in others]
    return phrases.row(said, ", ")


def _work(view: PhaseView) -> list[Block]:
    blocks: list[Block] = []
    if view.step_name and view.working:
        step = f"{view.step_number} of {view.step_count}, {view.step_name}"
        who = at_step(view.step_leads, view.step_others)
        blocks.append(Paragraph((Bold("Step: "), step, *((" · ", *who) if who else ()))))
    blocks += _open_items(view)
    if view.next:
        blocks.append(Paragraph((Bold("Next: "), *next_step.said(view.next))))
    if small := _small(view):
        blocks.append(Note((small,)))
    return blocks


def _small(view: PhaseView) -> str:
    said = serving_line(view)
    # Once all is done here, the step is no more than where the last mark was set.
    if view.step_name and not view.working:
        said = f"{said} Last step noted: {view.step_number} of {view.step_count}, {view.step_name}."
    return said.strip()


def _open_items(view: PhaseView) -> list[Block]:
    """Return how much is to be done before the next phase; in the last one, while it lasts."""
    if not view.asked:
        return []
    head = f"Before {view.next_name}: " if view.next_name else f"In {view.phase_name}: "
    head = "At the end: " if view.state == "retired" else head
    return [Paragraph((Bold(head), open_line(view.open, view.asked)))]


def open_line(left: int, asked: int) -> str:
    """Return how much is left to do: 3 of 7 items open."""
    return f"{left} of {phrases.count(asked, 'item')} open" if left else "all items are done"


def serving_line(view: PhaseView) -> str:
    """Say which version runs in production: here, or still, while work goes on in another phase."""
    if view.serving_name:
        which = (
            f"Version {view.version}, in production," if view.version else "What is in production"
        )
        return f"{which} serves on ({view.serving_name})."
    return f"Version {view.version} runs in production." if view.version else ""


def step_line(view: PhaseView) -> str:
    """Return the present step in a line: step 2 of 4, Transform input data."""
    return f"step {view.step_number} of {view.step_count}, {view.step_name}"


def progress(view: PhaseView) -> list[Block]:
    """Return how far a stay is: what is open before the next phase, loops, what serves on."""
    blocks = _open_items(view)
    small = []
    if view.kind in {"back", "within"}:
        how = "Back from" if view.kind == "back" else "Again in"
        small.append(f"{how} {view.came_from}{f': {view.trigger}' if view.trigger else ''}")
    if view.loops.back:
        small.append(f"loop {view.loops.back}")
    if runs := serving_line(view):
        small.append(runs.removesuffix("."))
    return [*blocks, Note((" · ".join(small),))] if small else blocks


def _buttons(view: PhaseView) -> tuple[Button, ...]:
    key = view.initiative
    if view.state == "retired" or view.state in _RESTING:
        return (Button("Where it stands", f"status {key}"),)
    first = next_step.button(view)
    rest = [Button("Move…", f"move {key}"), Button("Who is who", f"who {key}")]
    if view.open and view.working:
        rest.insert(0, Button("Check off…", f"done {key}"))
    if first is None:
        return tuple(rest)
    return (first, *(each for each in rest if each.command != first.command))


def moved_card(view: PhaseView, actor: str) -> Card:
    """Return the answer to whoever moved an initiative."""
    others = [each.member for each in view.leads if each.member.id != actor]
    with_whom: Text = (", with ", *phrases.people(others)) if others else ()
    where = sentence(heading(view.kind, view.phase_name, view.step_name))
    text: Text = (where, *with_whom, ".")
    if view.kind == "end":
        text = (f"{view.initiative_name} has ended.",)
    elif view.kind == "back" and (loops := loop_line(view.loops)):
        text = (*text, " ", loops)
    blocks: list[Block] = [Paragraph(text)]
    if view.step_name and view.kind != "within":
        blocks.append(Paragraph((Bold("First step: "), view.step_name)))
    if view.left_open:
        blocks.append(Note((left_open(view.left_open),)))
    if view.serving_name:
        blocks.append(Note((serving_line(view),)))
    return Card(
        title=f"{view.initiative_name}: {view.phase_name}",
        subtitle=_subtitle(view),
        fallback=f"{view.initiative_name} is in {view.phase_name} now",
        blocks=tuple(blocks),
        buttons=_buttons(view),
        tone=Tone.GOOD,
    )


def step_card(view: PhaseView) -> Card:
    """Return the answer when a step begins."""
    who = at_step(view.step_leads, view.step_others)
    step = f"Step {view.step_number} of {view.step_count}: {view.step_name}."
    return Card(
        title=f"{view.initiative_name}: {view.step_name}",
        subtitle=_subtitle(view),
        fallback=f"{view.initiative_name}: {view.step_name}",
        blocks=(Paragraph((step, *((" ", *who, ".") if who else ()))),),
        buttons=_buttons(view),
        tone=Tone.GOOD,
    )
