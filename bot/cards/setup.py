"""Words for a council lead's first ten minutes: one question a card, each an ordinary command."""

import re

from bot.cards import forms, phrases, rota
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Field,
    Form,
    Kind,
    Note,
    Paragraph,
    Text,
    Tone,
)
from bot.grammar.words import argument
from council.initiatives import Gap, Guide, Leading, Vocabulary, Wish

# How a title ends that counts roles or phases.
_COUNTS = re.compile(r" \([^)]*\)$|, \w+ phases$")


def setup_card(found: Guide) -> Card:
    """Return the next step of setting up."""
    match found.step:
        case "words":
            return _words(found)
        case "first":
            return _first(found)
        case "lead":
            return _lead(found)
    return _done(found)


def _words(found: Guide) -> Card:
    items = tuple((Bold(_short(each.title)), f" · {_named(each)}") for each in found.choices)
    buttons = tuple(
        Button(_label(each), f"setup --playbook {each.id}", primary=place == 0)
        for place, each in enumerate(found.choices)
    )
    return Card(
        title="Which words does your team use?",
        subtitle=("Step 1 of 3",),
        fallback="Set up: which words does your team use?",
        blocks=(
            Paragraph(("Each of these names the roles and phases in its own way.",)),
            Bullets(items),
            Note(("Another initiative may use other words, and they can be changed later.",)),
        ),
        buttons=buttons,
    )


def _label(choice: Vocabulary) -> str:
    return f"{_short(choice.title)} ({choice.roles} roles, {len(choice.phases)} phases)"


def _short(title: str) -> str:
    """Return a playbook's title without the counts that stand beside it here."""
    return _COUNTS.sub("", title)


def _named(choice: Vocabulary) -> str:
    return ", ".join(name for _, name in choice.phases)


def _first(found: Guide) -> Card:
    chosen = found.chosen
    if chosen is None:
        return _words(found)
    command = f"new --playbook {chosen.id}"
    form = Form(
        "The first initiative",
        command,
        (
            Field("name", "Name", required=True, hint="Such as: Late-order predictor"),
            Field("phase", "Where is it now?", Kind.CHOICE, "--phase", chosen.phases),
            Field("model", "Model", option="--model", hint="Its name in your monitoring; may wait"),
        ),
        "Open it",
    )
    example = f'/council new "Late-order predictor" --playbook {chosen.id}'
    return Card(
        title="What is your first initiative?",
        subtitle=("Step 2 of 3 · ", _short(chosen.title)),
        fallback="Set up: what is your first initiative?",
        blocks=(
            Paragraph(("One that people work on already is a good one to begin with.",)),
            Note(("Or type ", Code(f"{example} --phase {chosen.phases[0][0]}"))),
        ),
        buttons=(
            Button("Name it", command, primary=True, form=form),
            Button("Other words", "setup"),
        ),
    )


def _lead(found: Guide) -> Card:
    unled = [each for each in found.leading if not each.members]
    jointly = " jointly" if len(found.leading) > 1 else ""
    items: tuple[Text, ...] = tuple(
        (Bold(each.role_name), ": ", *(phrases.people(each.members) or ("nobody yet",)))
        for each in found.leading
    )
    buttons = tuple(_name_one(found, each, place) for place, each in enumerate(unled))
    role = phrases.role(unled[0].role_name)
    return Card(
        title=f"Who leads {found.name}{jointly}?",
        subtitle=("Step 3 of 3 · ", Code(found.key), f" in {found.phase_name}"),
        fallback=f"Set up: who leads {found.name}?",
        blocks=(
            Bullets(items),
            *rota.idle_notes(found.idle),
            Note(("Or type ", Code(f"/council assign {found.key} {role} @handle"))),
        ),
        buttons=buttons,
    )


def _name_one(found: Guide, each: Leading, place: int) -> Button:
    form = forms.assign_form(found.key, found.roles, each.role_name)
    label = f"Name the {phrases.role(each.role_name)}"
    return Button(label, f"assign {found.key}", primary=place == 0, form=form)


def _done(found: Guide) -> Card:
    led = phrases.people([one for each in found.leading for one in each.members])
    said = f" {_leads(found)} {found.name}, in {found.phase_name}."
    blocks: list[Block] = [Paragraph((*led, said))]
    blocks += [*_gaps(found), *rota.idle_notes(found.idle)]
    steps = _next_steps(found)
    if steps:
        blocks += [Paragraph((Bold("Whenever you like"),)), Bullets(steps)]
    buttons = [Button("Where it stands", f"status {found.key}")]
    if found.gaps:
        form = forms.assign_form(found.key, found.roles, found.gaps[0].role_name)
        buttons.insert(0, Button("Name someone", f"assign {found.key}", primary=True, form=form))
        buttons[1:1] = [_later(found.key, each) for each in found.gaps if not each.near][:1]
    return Card(
        title="Your council is set up",
        fallback="Your council is set up",
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        tone=Tone.GOOD,
    )


def _later(key: str, gap: Gap) -> Button:
    role = argument(phrases.role(gap.role_name))
    label = f"Remind me when phase {gap.number} comes near"
    return Button(label, f"setup {key} --remind {role}")


def wished_card(wish: Wish) -> Card:
    """Return the answer to whoever wants to be reminded of a role that nobody holds."""
    role = phrases.role(wish.role_name)
    when = "the next working morning" if wish.near else f"when {wish.before} begins"
    text = f"Nobody is {role} yet; {wish.phase_name} needs one. I will remind you {when}."
    return Card(
        title="Noted",
        subtitle=(Code(wish.key),),
        fallback=text,
        blocks=(Paragraph((text,)),),
        buttons=(Button("Where it stands", f"status {wish.key}"),),
        tone=Tone.GOOD,
    )


def _leads(found: Guide) -> str:
    people = {one.id for each in found.leading for one in each.members}
    return "leads" if len(people) == 1 else "lead"


def _gaps(found: Guide) -> list[Block]:
    if not found.gaps:
        return []
    head = "One gap" if len(found.gaps) == 1 else phrases.count(len(found.gaps), "gap")
    items: tuple[Text, ...] = tuple(
        (
            f"nobody is {phrases.role(each.role_name)}; ",
            "needed now" if each.now else f"needed from phase {each.number}, {each.phase_name}",
        )
        for each in found.gaps
    )
    return [Paragraph((Bold(f"{head}: "), "a council lead stands in until then.")), Bullets(items)]


def _next_steps(found: Guide) -> tuple[Text, ...]:
    steps: list[Text] = []
    if not found.senders:
        steps.append(
            (
                "connect your monitoring; whoever runs this types ",
                Code("council integration add alertmanager --name prometheus"),
            )
        )
    if found.alone:
        steps.append(("make your people known: ", Code("council people import people.csv")))
    steps.append(
        ("bring the others at once: ", Code("council initiative import initiatives.csv --dry-run"))
    )
    return tuple(steps)
