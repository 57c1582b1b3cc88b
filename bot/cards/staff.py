"""Words for an initiative's people: who does what, what each learns from whom, who is missing."""

from collections.abc import Sequence

from bot.cards import phase, phrases, rota
from bot.cards.model import Block, Bold, Bullets, Divider, Note, Paragraph, Text
from council.people import Member
from council.standing import Lesson, Part, Standing, StepStanding, Zone

_RELATIONS = {
    "lead": "Leads",
    "oversee": "Oversees",
    "support": "Supports",
    "consult": "Is consulted",
    "concerned": "Is concerned",
    "inform": "Is informed",
}
# The same, of a role and within a sentence.
VERBS = {
    "lead": "leads",
    "oversee": "oversees",
    "support": "supports",
    "consult": "is consulted",
    "concerned": "is concerned",
    "inform": "is informed",
}
_LESSONS_SHOWN = 6
_STEPS_SHOWN = 8


def people(parts: tuple[Part, ...]) -> list[tuple[str, Text]]:
    """Return who is what in each relation; a role that nobody holds says so."""
    by_relation: dict[str, list[Text]] = {}
    for part in parts:
        names: Text = phrases.people(part.members) if part.members else ("nobody yet",)
        by_relation.setdefault(part.relation, []).append(
            (*names, f" ({phrases.role(part.role_name)})")
        )
    return [
        (_RELATIONS.get(relation, relation), phrases.row(texts, ", "))
        for relation, texts in by_relation.items()
    ]


def learning(lessons: tuple[Lesson, ...]) -> list[Block]:
    """Return what people learn here, a line per learner and teacher.

    A role that nobody holds has nobody to learn.
    """
    topics: dict[tuple[str, str], list[str]] = {}
    heads: dict[tuple[str, str], Text] = {}
    for lesson in (one for one in lessons if one.learners):
        pair = (lesson.role, lesson.teacher_name)
        topics.setdefault(pair, []).append(lesson.topic)
        teacher = phrases.people(lesson.teachers) or (
            f"the {phrases.role(lesson.teacher_name)} (nobody yet)",
        )
        heads[pair] = (*phrases.people(lesson.learners), " with ", *teacher)
    if not topics:
        return []
    lines: list[Text] = [(*heads[pair], ": ", "; ".join(said)) for pair, said in topics.items()]
    more = max(0, len(lines) - _LESSONS_SHOWN)
    items = tuple(lines[:_LESSONS_SHOWN])
    return [Divider(), Paragraph((Bold("Learning here"),)), Bullets(items, more)]


def gaps(found: Standing) -> list[Block]:
    """Return who stands in for the roles that nobody holds, and which rotas fill none."""
    idle = rota.idle_notes(found.idle)
    if not found.gaps:
        return idle
    lead = phrases.people(found.leads) if found.leads else ("nobody: the council has no lead yet",)
    names = phrases.words([phrases.role(name) for name in found.gaps], " or ")
    return [Note((f"Nobody is {names} yet. Until then it falls to ", *lead, ".")), *idle]


def yours(found: Sequence[Lesson], asker: str) -> list[Block]:
    """Return what whoever asks learns here, from whom, and how to begin."""
    lessons = [one for one in found if any(who.id == asker for who in one.learners)]
    blocks: list[Block] = []
    for teacher in dict.fromkeys(one.teacher_name for one in lessons):
        mine = [one for one in lessons if one.teacher_name == teacher]
        teachers = [each for each in mine[0].teachers if each.id != asker]
        if teachers:
            topics = "; ".join(one.topic for one in mine)
            names = phrases.people(teachers)
            blocks.append(Paragraph((Bold("You: "), "learning with ", *names, f": {topics}.")))
            blocks.append(Note(("Ask ", *names, " for 20 minutes; a short message is enough.")))
    return blocks


def steps(found: Sequence[StepStanding]) -> list[Block]:
    """Return who does what at each step of the phase."""
    if not found:
        return []
    lines: tuple[Text, ...] = tuple(
        (f"{each.step_name}{' (now)' if each.now else ''}: ", *_at(each)) for each in found
    )
    more = max(0, len(lines) - _STEPS_SHOWN)
    return [Paragraph((Bold("Step by step"),)), Bullets(lines[:_STEPS_SHOWN], more)]


def at_step(found: Standing) -> list[Block]:
    """Return who does what at the present step."""
    now = next((each for each in found.steps if each.now), None)
    return [Paragraph((Bold("This step: "), *_at(now), "."))] if now else []


def _at(step: StepStanding) -> Text:
    """Return who does what at a step, each person where they weigh most: Ana leads, Bo supports."""
    held: dict[str, list[Member]] = {}
    seen: set[str] = set()
    for part in step.parts:
        fresh = [one for one in part.members if one.id not in seen]
        seen |= {one.id for one in fresh}
        held.setdefault(part.relation, []).extend(fresh)
    leads = held.pop("lead", [])
    said = phase.at_step(leads, [(relation, those) for relation, those in held.items() if those])
    return said if leads else phrases.row([("nobody yet leads",), *((said,) if said else ())], ", ")


def zones(found: Sequence[Zone]) -> list[Block]:
    """Return what each role is at home in, so that people know whom to ask."""
    if not found:
        return []
    lines: tuple[Text, ...] = tuple(
        (
            *phrases.people(each.members),
            f" ({phrases.role(each.role_name)}): ",
            phrases.words(each.comfort),
        )
        for each in found
    )
    return [Paragraph((Bold("At home in"),)), Bullets(lines)]
