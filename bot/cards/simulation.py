"""Words for simulations: who would be called, when, where, who comes next, and why."""

from bot.cards import phrases
from bot.cards.model import Block, Bold, Bullets, Card, Code, Note, Paragraph, Text, When
from council.simulate import Simulation


def simulation_card(found: Simulation) -> Card:
    """Return who would be called, when, where, who comes next, and why."""
    about = phrases.class_name(found.signal_class).lower()
    title = f"If {about} came now: {found.initiative_name}"
    blocks: list[Block] = [Paragraph(_would_call(found)), Note(_where(found))]
    if found.informed:
        names = phrases.people([each.member for each in found.informed])
        blocks.append(Paragraph(("Informed, nothing to do: ", *names, ".")))
    if found.rungs:
        blocks.append(Paragraph(("If nobody answers:",)))
        blocks.append(
            Bullets(
                tuple(
                    (
                        When(rung.at, found.zone),
                        ": ",
                        *phrases.people(rung.members),
                        f" ({phrases.role(rung.role_name)}), directly",
                    )
                    for rung in found.rungs
                )
            )
        )
    blocks.append(Note(_why(found)))
    if found.page:
        blocks.append(
            Note(("This severity asks for a page; none is configured: nobody is paged.",))
        )
    return Card(
        title=title,
        subtitle=(Bold("Only a rehearsal"), " · nothing was sent"),
        blocks=tuple(blocks),
        fallback=f"{title}: {found.severity}",
    )


def _would_call(found: Simulation) -> Text:
    if not found.owners:
        return ("Nobody would be called: no role is filled, and the council has no lead yet.",)
    names = phrases.row([phrases.called(each, found.role_names) for each in found.owners])
    if found.deadline is None:
        return ("Asked: ", *names, ", without a clock.")
    return ("Asked: ", *names, ", to answer by ", When(found.deadline, found.zone), ".")


def _where(found: Simulation) -> Text:
    if all(lane.startswith("person:") for lane in found.lanes):
        return ("Where: a direct message to each, because no channel is set.",)
    if found.lanes == ("nobody",):
        return ("Where: nowhere; set a channel or name a council lead.",)
    return ("Where: ", Code(", ".join(found.lanes)))


def _why(found: Simulation) -> Text:
    vacant = [
        phrases.role(found.role_names.get(role, role))
        for each in found.owners
        for role, why in each.stands_in
        if why == "nobody"
    ]
    band = "in the act band" if found.band == "act" else "in the watch band"
    because = f"Why: {found.severity}, because it is {band} and the tier is {found.tier}; "
    route = f"the playbook sends {phrases.class_name(found.signal_class).lower()} to these roles."
    gap = (
        f" Nobody is {phrases.words(vacant, ' or ')}, so the council lead steps in."
        if vacant
        else ""
    )
    return (because + route + gap,)
