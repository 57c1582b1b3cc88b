"""Words for initiatives: opened, staffed, where they stand, who does what, and what waits."""

from bot.cards import forms, phrases, staff
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
from council.playbook import DEFAULT_PLAYBOOK
from council.standing import Listed, MyDay, OpenCase, Standing


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
        buttons.insert(0, _give_a_role(opened.key, opened.roles, opened.vacant, primary=True))
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


def _give_a_role(
    key: str, roles: tuple[str, ...], vacant: tuple[str, ...], *, primary: bool
) -> Button:
    form = forms.assign_form(key, roles, vacant[0])
    return Button("Give a role", f"assign {key}", primary=primary, form=form)


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
        buttons.append(Button("Give back" if staffed.removed else "Take back", take))
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
    blocks.append(Facts(tuple(staff.people(found.parts))))
    if found.open_cases:
        blocks.append(Bullets(tuple(_case_line(case) for case in found.open_cases)))
    blocks += staff.learning(found.lessons)
    blocks += staff.gaps(found)
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
    blocks: list[Block] = [Facts(tuple(staff.people(found.parts)))]
    blocks += staff.learning(found.lessons)
    blocks += staff.gaps(found)
    if found.open_cases:
        blocks.append(Bullets(tuple(_case_line(case) for case in found.open_cases)))
    blocks.append(Paragraph((Bold("Next: "), *_next(found))))
    buttons = [Button("Where it stands", f"status {found.key}")]
    if found.gaps:
        buttons.append(_give_a_role(found.key, found.roles, found.gaps, primary=False))
    return Card(
        title=f"Who is who: {found.name}",
        subtitle=_where(found),
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        fallback=f"Who is who in {found.name}",
    )


def _where(found: Standing) -> Text:
    step = f" · {found.step_name}" if found.step_name else ""
    number = f"phase {found.phase_number} of {found.phase_count}, " if found.phase_number else ""
    phase = number + found.phase_name
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
    if found.next_action == "nothing":
        return ("nothing; it has ended",)
    doing = found.step_name.lower() if found.step_name else found.phase_name.lower()
    return (*names, f": {doing}") if names else (doing,)


def _case_line(case: OpenCase) -> Text:
    about = phrases.class_name(case.signal_class)
    names = phrases.people(case.people) if case.people else ("nobody",)
    verb = " has it" if case.status == "acknowledged" else " asked"
    return (Bold(case.key), f" {about} · {case.severity} · ", *names, verb)


def _status_buttons(found: Standing) -> tuple[Button, ...]:
    buttons = [Button("Who is who", f"who {found.key}")]
    if found.next_action == "answer_case":
        open_case = Button(f"Open {found.next_subject}", f"case {found.next_subject}", primary=True)
        buttons.insert(0, open_case)
    if found.gaps:
        is_next = found.next_action == "fill_role"
        give = _give_a_role(found.key, found.roles, found.gaps, primary=is_next)
        buttons.insert(0 if is_next else len(buttons), give)
    concern = Button("Raise a concern", f"flag {found.key}", form=forms.flag_form(found.key))
    return (*buttons, concern)


def list_card(listed: tuple[Listed, ...], more: str, phase: str) -> Card:
    """Return the answer to `list`."""
    phases = next((one.phases for one in listed if one.playbook == DEFAULT_PLAYBOOK), ())
    new = Button("New initiative", "new", primary=not listed, form=forms.new_form(phases))
    if not listed:
        return Card(
            title="No initiatives yet" if not phase else "No initiatives in this phase",
            fallback="No initiatives",
            blocks=(
                Paragraph(
                    ("Open one: ", Code('/council new "Late order prediction" --model late-order'))
                ),
            ),
            buttons=(new,),
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
    said = phrases.count(len(listed), "initiative")
    return Card(title="Initiatives", fallback=said, blocks=tuple(blocks), buttons=(new,))


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
