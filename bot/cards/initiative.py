"""Words for initiatives: opened, staffed, where they stand, who does what, and what waits."""

from bot.cards import phrases
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Divider,
    Facts,
    Note,
    Paragraph,
    Text,
    Tone,
)
from council.initiatives import Opened, Staffed
from council.standing import Lesson, Listed, MyDay, OpenCase, Part, Standing

_RELATIONS = {
    "lead": "Leads",
    "oversee": "Oversees",
    "support": "Supports",
    "consult": "Is consulted",
    "concerned": "Is concerned",
    "inform": "Is informed",
}
_LESSONS_SHOWN = 6


def opened_card(opened: Opened) -> Card:
    """Return the answer to `new`."""
    blocks: list[Block] = [
        Facts(
            (
                ("Key", (Code(opened.key),)),
                ("Playbook", (opened.playbook_title,)),
                ("Phase", (opened.phase_name,)),
                ("Tier", (str(opened.tier),)),
                ("Models", _models(opened.models)),
            )
        )
    ]
    if opened.adopted:
        waited = phrases.count(opened.adopted, "condition")
        blocks.append(Paragraph((f"{waited} had been waiting for it and came to it now.",)))
    buttons = [Button("Where it stands", f"status {opened.key}")]
    if opened.vacant:
        names = phrases.words([phrases.role(name) for name in opened.vacant])
        blocks.append(Paragraph((f"Next: say who is {names}.",)))
        blocks.append(
            Note((Code(f"/council assign {opened.key} {phrases.role(opened.vacant[0])} @handle"),))
        )
    return Card(
        title=f"{opened.name} is open",
        fallback=f"{opened.name} ({opened.key}) is open",
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        tone=Tone.GOOD,
    )


def _models(models: tuple[str, ...]) -> Text:
    if not models:
        return ("none yet; signals find it by a model's name",)
    return phrases.row([(Code(name),) for name in models])


def staffed_card(staffed: Staffed) -> Card:
    """Return the answer to `assign`."""
    person, role = phrases.person(staffed.member), phrases.role(staffed.role_name)
    if staffed.removed:
        said = (person, f" is not {role} of {staffed.name} any more.")
        if not staffed.changed:
            said = (person, f" was not {role} of {staffed.name}; nothing changed.")
    else:
        said = (person, f" is {role} of {staffed.name} now.")
        if not staffed.changed:
            said = (person, f" was {role} of {staffed.name} already; nothing changed.")
    blocks: list[Block] = [Paragraph(said)]
    if staffed.gap:
        blocks.append(
            Note((f"Nobody is {phrases.role(staffed.gap)} now; the council lead stands in.",))
        )
    undo = "" if staffed.removed else " --remove"
    buttons = [Button("Who is who", f"who {staffed.key}")]
    if staffed.changed:
        take = f'assign {staffed.key} "{role}" @{staffed.member.handle}{undo}'
        buttons.append(Button("Take back", take))
    return Card(
        title=f"{staffed.role_name} of {staffed.name}",
        fallback="".join(part if isinstance(part, str) else part.name for part in said),
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        tone=Tone.WARN if staffed.gap else Tone.GOOD,
    )


def status_card(found: Standing) -> Card:
    """Return where an initiative stands, with one next action."""
    blocks: list[Block] = []
    if found.question:
        blocks.append(Paragraph((Bold("Question: "), found.question)))
    if found.objective:
        blocks.append(Paragraph((Bold("Objective: "), found.objective)))
    blocks.append(Paragraph((Bold("Next: "), *_next(found))))
    blocks.append(Facts(tuple(_people(found.parts))))
    if found.open_cases:
        blocks.append(Bullets(tuple(_case_line(case) for case in found.open_cases)))
    blocks += _learning(found.lessons)
    blocks += _gaps(found)
    blocks.append(Note((f"{found.playbook_title} · models: ", *_models(found.models))))
    return Card(
        title=found.name,
        subtitle=_where(found),
        blocks=tuple(blocks),
        buttons=_status_buttons(found),
        tone=_tone(found),
        fallback=f"{found.name}: {found.phase_name}",
    )


def who_card(found: Standing) -> Card:
    """Return who does what in this phase, and what each learns there from whom."""
    blocks: list[Block] = [Facts(tuple(_people(found.parts)))]
    blocks += _learning(found.lessons)
    blocks += _gaps(found)
    if found.open_cases:
        blocks.append(Bullets(tuple(_case_line(case) for case in found.open_cases)))
    blocks.append(Paragraph((Bold("Next: "), *_next(found))))
    return Card(
        title=f"Who is who: {found.name}",
        subtitle=_where(found),
        blocks=tuple(blocks),
        buttons=(Button("Where it stands", f"status {found.key}"),),
        fallback=f"Who is who in {found.name}",
    )


def _where(found: Standing) -> Text:
    step = f" · {found.step_name}" if found.step_name else ""
    phase = f"phase {found.phase_number} of {found.phase_count}, {found.phase_name}"
    return (Code(found.key), f" · tier {found.tier} · {phase}{step}")


def _tone(found: Standing) -> Tone:
    waiting = [case for case in found.open_cases if case.status == "open"]
    if any(case.severity in {"S1", "S2"} for case in waiting):
        return Tone.BAD
    return Tone.WARN if waiting or found.gaps else Tone.NEUTRAL


def _next(found: Standing) -> Text:
    names = phrases.people(found.next_people)
    if found.next_action == "answer_case":
        return (
            (*names, " to answer ", Bold(found.next_subject))
            if names
            else (
                "somebody to answer ",
                Bold(found.next_subject),
            )
        )
    if found.next_action == "fill_role":
        return (f"name the {phrases.role(found.next_subject)}",)
    doing = found.step_name.lower() if found.step_name else found.phase_name.lower()
    return (*names, f" with: {doing}") if names else (doing,)


def _people(parts: tuple[Part, ...]) -> list[tuple[str, Text]]:
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


def _learning(lessons: tuple[Lesson, ...]) -> list[Block]:
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


def _gaps(found: Standing) -> list[Block]:
    if not found.gaps:
        return []
    lead = phrases.people(found.leads) if found.leads else ("nobody: the council has no lead yet",)
    names = phrases.words([phrases.role(name) for name in found.gaps], " or ")
    return [Note((f"Nobody is {names} yet. Until then it falls to ", *lead, "."))]


def _case_line(case: OpenCase) -> Text:
    about = phrases.class_name(case.signal_class)
    names = phrases.people(case.people) if case.people else ("nobody",)
    verb = " has it" if case.status == "acknowledged" else " asked"
    return (Bold(case.key), f" {about} · {case.severity} · ", *names, verb)


def _status_buttons(found: Standing) -> tuple[Button, ...]:
    buttons = [Button("Who is who", f"who {found.key}")]
    if found.next_action == "answer_case":
        buttons.insert(
            0, Button(f"Open {found.next_subject}", f"case {found.next_subject}", primary=True)
        )
    return tuple(buttons)


def list_card(listed: tuple[Listed, ...], more: str, phase: str) -> Card:
    """Return the answer to `list`."""
    if not listed:
        return Card(
            title="No initiatives yet" if not phase else "No initiatives in this phase",
            fallback="No initiatives",
            blocks=(
                Paragraph(
                    ("Open one: ", Code('/council new "Late order prediction" --model late-order'))
                ),
            ),
        )
    items: list[Text] = []
    for one in listed:
        cases = f" · {phrases.count(one.open_cases, 'open case')}" if one.open_cases else ""
        items.append((Code(one.key), f" {one.name} · {one.phase_name} · tier {one.tier}{cases}"))
    blocks: list[Block] = [Bullets(tuple(items))]
    if more:
        blocks.append(
            Note(("There are more; narrow it: ", Code("/council list --phase operations")))
        )
    return Card(title="Initiatives", fallback=f"{len(listed)} initiatives", blocks=tuple(blocks))


def mine_card(day: MyDay) -> Card:
    """Return what waits for a person."""
    blocks: list[Block] = []
    buttons: list[Button] = []
    if day.to_answer:
        blocks.append(Paragraph((Bold("Waiting for your answer"),)))
        blocks.append(Bullets(tuple(_my_case(case) for case in day.to_answer)))
        first = day.to_answer[0].key
        buttons = [Button(f"Open {first}", f"case {first}", primary=True)]
    if day.in_hand:
        blocks.append(Paragraph((Bold("In your hands"),)))
        blocks.append(Bullets(tuple(_my_case(case) for case in day.in_hand)))
    if not blocks:
        blocks.append(Paragraph(("Nothing waits for you.",)))
    if day.roles:
        blocks.append(Divider())
        items = tuple(
            (Code(key), f" {name}: you are {phrases.role(role)}, in {phase}")
            for key, name, role, phase in day.roles
        )
        blocks.append(Bullets(items))
    if day.lead:
        blocks.append(Note(("You are a council lead: what nobody holds comes to you.",)))
    return Card(
        title=f"{day.member.name}, your part",
        fallback=f"{phrases.count(len(day.to_answer), 'case')} waiting for you",
        blocks=tuple(blocks),
        buttons=tuple(buttons),
    )


def _my_case(case: OpenCase) -> Text:
    about = phrases.class_name(case.signal_class)
    return (Bold(case.key), f" {about} · {case.severity} · ", Code(case.initiative))
