"""Words for initiatives: opened, staffed, where they stand, who does what, and what waits."""

from bot.cards import everyday, forms, links, next_step, phase, phrases, staff, waiting
from bot.cards.case import condition_line
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Facts,
    Note,
    Paragraph,
    Text,
    Tone,
)
from council.initiatives import Opened, Staffed
from council.playbook import DEFAULT_PLAYBOOK
from council.standing import Listed, OpenCase, Standing


def opened_card(opened: Opened, *, setting_up: bool = False) -> Card:
    """Return the answer to `new`; `setting_up` leads back to the guide."""
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
    if opened.namesake:
        twice: Text = (Code(opened.namesake), f" is called {opened.name} too; if you meant that, ")
        blocks.append(Note((*twice, Code("/council undo"), " takes this one back.")))
    if opened.private:
        blocks.append(Note(("Private: only its people and the council leads know of it.",)))
    buttons = [Button("Where it stands", f"status {opened.key}")]
    if setting_up:
        buttons.insert(0, Button("Go on setting up", "setup", primary=True))
    elif opened.vacant:
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


def staffed_card(staffed: Staffed, *, setting_up: bool = False) -> Card:
    """Return the answer to `assign`; `setting_up` leads back to the guide."""
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
    if setting_up:
        buttons.insert(0, Button("Go on setting up", "setup", primary=True))
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
    blocks.append(Paragraph((Bold("Next: "), *next_line(found))))
    blocks += phase.progress(found.stay)
    blocks.append(Facts(tuple(staff.people(found.parts))))
    blocks += staff.at_step(found) if found.stay.working else []
    if found.open_cases:
        blocks.append(Bullets(tuple(case_line(case) for case in found.open_cases)))
    blocks += [Note(("Nobody is asked: ", *condition_line(each))) for each in found.unsure]
    blocks += waiting.on_initiative(found.waiting)
    blocks += staff.learning(found.lessons)
    blocks += staff.gaps(found)
    blocks.append(Note((f"{found.playbook_title} · models: ", *_models(found.models))))
    blocks += links.links_line(found.links)
    return Card(
        title=found.name,
        subtitle=where_line(found),
        blocks=tuple(blocks),
        buttons=_status_buttons(found),
        tone=_tone(found),
        fallback=f"{found.name}: {found.phase_name}",
    )


def where_line(found: Standing) -> Text:
    """Return where an initiative stands, as a subtitle."""
    step = f" · {phase.step_line(found.stay)}" if found.step_name and found.stay.working else ""
    number = f"phase {found.phase_number} of {found.phase_count}, " if found.phase_number else ""
    state = f" · {everyday.STATES[found.state]}" if found.state in everyday.STATES else ""
    if found.state == found.phase_name.lower():
        state = ""  # the last phase is called so
    return (Code(found.key), f" · tier {found.tier} · {number}{found.phase_name}{step}{state}")


def _tone(found: Standing) -> Tone:
    unanswered = [case for case in found.open_cases if case.status == "open"]
    if any(case.severity in {"S1", "S2"} for case in unanswered):
        return Tone.BAD
    return Tone.WARN if unanswered or found.gaps else Tone.NEUTRAL


def next_line(found: Standing) -> Text:
    """Return what is next, and by whom; where nothing else is urgent, in the phase card's words."""
    names = phrases.people(found.next_people) or ("somebody",)
    if found.next_action == "answer_case":
        return (*names, " to answer ", Bold(found.next_subject))
    if waiting.knows(found.next_action):
        return (*names, f" {waiting.asked(found.next_action)}, ", Bold(found.next_subject))
    if found.next_action == "nothing":
        return ("nothing; it has ended",)
    if found.stay.next:
        return next_step.said(found.stay.next)
    if found.next_action == "rest":
        return (f"nothing, while it is {found.state}",)
    return ("nothing; all is done here",)


def case_line(case: OpenCase) -> Text:
    """Return an open case in a line, with who has it or was asked."""
    about = phrases.class_name(case.signal_class)
    names = phrases.people(case.people) if case.people else ("nobody",)
    verb = " has it" if case.status == "acknowledged" else " asked"
    return (Bold(case.key), f" {about} · {case.severity} · ", *names, verb)


def _status_buttons(found: Standing) -> tuple[Button, ...]:
    buttons = [Button("Who is who", f"who {found.key}")]
    if found.state == "archived":
        return (*buttons, Button("Take it out again", f"archive {found.key} --undo"))
    if found.state == "watching":
        buttons.insert(0, everyday.live_button(found.key))
    buttons = [*_first_button(found), *buttons]
    if found.state == "active":
        buttons.append(Button("Move…", f"move {found.key}"))
    if found.gaps:
        is_next = found.next_action == "fill_role"
        give = _give_a_role(found.key, found.roles, found.gaps, primary=is_next)
        buttons.insert(0 if is_next else len(buttons), give)
    if found.state == "retired":
        return tuple(buttons)
    concern = Button("Raise a concern", f"flag {found.key}", form=forms.flag_form(found.key))
    return (*buttons, concern)


def _first_button(found: Standing) -> list[Button]:
    """Return the press that belongs to what is to be done next, if there is one."""
    if found.next_action == "answer_case":
        key = found.next_subject
        return [Button(f"Open {key}", f"case {key}", primary=True)]
    if asked := [each for each in found.waiting if each.key == found.next_subject]:
        return [waiting.opening(asked[0], primary=True)]
    press = next_step.button(found.stay) if found.next_action == "work" else None
    return [press] if press else []


def list_card(listed: tuple[Listed, ...], more: str, phase: str, archived: int = 0) -> Card:
    """Return the answer to `list`; `archived` are those that it leaves out."""
    phases = next((one.phases for one in listed if one.playbook == DEFAULT_PLAYBOOK), ())
    new = Button("New initiative", "new", primary=not listed, form=forms.new_form(phases))
    away = [Note((f"{archived} archived: ", Code("/council list --all")))] if archived else []
    if not listed:
        none = "No initiatives yet" if not archived else "No initiatives that are not archived"
        example = Code('/council new "Late order prediction" --model late-order')
        return Card(
            title="No initiatives in this phase" if phase else none,
            fallback="No initiatives",
            blocks=(Paragraph(("Open one: ", example)), *away),
            buttons=(new,),
        )
    items: list[Text] = []
    for one in listed:
        cases = f" · {phrases.count(one.open_cases, 'open case')}" if one.open_cases else ""
        state = f" · {everyday.STATES[one.state]}" if one.state in everyday.STATES else ""
        said = f" {one.name} · {one.phase_name} · tier {one.tier}{state}{cases}"
        items.append((Code(one.key), said))
    blocks: list[Block] = [Bullets(tuple(items))]
    if more:
        blocks.append(
            Note(("There are more; narrow it: ", Code("/council list --phase operations")))
        )
    said = phrases.count(len(listed), "initiative")
    return Card(title="Initiatives", fallback=said, blocks=(*blocks, *away), buttons=(new,))
