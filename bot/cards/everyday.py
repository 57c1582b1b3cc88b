"""Words for keeping initiatives in order: edited, put away, taken out, live."""

from collections.abc import Mapping

from bot.cards import phrases
from bot.cards.model import (
    Block,
    Bold,
    Button,
    Card,
    Code,
    Facts,
    Field,
    Form,
    Kind,
    Note,
    Paragraph,
    Text,
    Tone,
)
from bot.grammar.forms import TIERS
from bot.grammar.verbs import MEANINGS
from council.initiatives import Edited, Kept

# What was changed, as people call it.
NAMES = {
    "name": "name",
    "tier": "tier",
    "models": "models",
    "channel": "channel",
    "private": "who may see it",
    "question": "question",
    "objective": "objective",
    "decision_lead": "who has the last word",
}
STATES = {
    "watching": "watching, not live yet",
    "paused": "paused",
    "retired": "retired",
    "archived": "archived",
}


# ── edit ─────────────────────────────────────────────────────────────────────────────────────────


def edited_card(found: Edited) -> Card:
    """Return the answer to `edit`: what changed, or what can be."""
    blocks: list[Block] = []
    if found.changed:
        names = phrases.words([NAMES[name] for name in found.changed])
        blocks.append(Paragraph((Bold("Changed: "), f"{names}.")))
        blocks += [Note(text) for text in _consequences(found)]
    blocks.append(Facts(_facts(found)))
    edit = Button("Edit", f"edit {found.key}", primary=not found.changed, form=_edit_form(found))
    seen = "public" if found.private else "private"
    turn = Button(
        f"Make it {seen}",
        f"edit {found.key} --{seen}",
        confirm="Everybody in the council will see it." if found.private else "",
    )
    undo = (Button("Undo", "undo"),) if found.changed else ()
    return Card(
        title=found.name,
        subtitle=(
            Code(found.key),
            *((f" · {STATES[found.state]}",) if found.state in STATES else ()),
        ),
        fallback=f"{found.name} was changed" if found.changed else f"{found.name}: edit",
        blocks=tuple(blocks),
        buttons=(*undo, edit, turn),
        tone=Tone.GOOD if found.changed else Tone.NEUTRAL,
    )


def _facts(found: Edited) -> tuple[tuple[str, Text], ...]:
    models = phrases.row([(Code(name),) for name in found.models]) or ("none yet",)
    lead: Text = ("whoever leads the phase first",)
    if found.decision_lead:
        lead = (phrases.person(found.decision_lead),)
    pairs: list[tuple[str, Text]] = [
        ("Name", (found.name,)),
        ("Tier", (f"{found.tier}: {MEANINGS[str(found.tier)]}",)),
        ("Models", models),
        ("Channel", _channel(found.channel)),
        ("Who sees it", ("its people and council leads" if found.private else "everybody",)),
        ("Last word", lead),
    ]
    pairs += [("Question", (found.question,))] if found.question else []
    pairs += [("Objective", (found.objective,))] if found.objective else []
    return tuple(pairs)


def _channel(channel: str) -> Text:
    return (Code(channel.partition(":")[2]),) if channel else ("none of its own",)


def _consequences(found: Edited) -> list[Text]:
    """Say what a change means for what is on its way, where people may wonder."""
    said: list[Text] = []
    if found.adopted:
        waited = phrases.count(found.adopted, "condition")
        said.append((f"{waited} had been waiting for its models and came to it now.",))
    if "tier" in found.changed:
        said.append(("New signals are judged by the new tier; open cases stay as they are.",))
    if "channel" in found.changed:
        said.append(("Cards go there from now on; those that are open are shown there too.",))
    if "private" in found.changed and found.private:
        said.append(("Its cards go to its own channel, or directly to its people.",))
    return said


def edit_form(key: str = "", found: Edited | None = None) -> Form:
    """Ask what is to be different, holding what it is."""
    tiers = tuple((each, f"{each}: {MEANINGS[each]}") for each in TIERS)
    asked = () if key else (Field("key", "Initiative", required=True, hint="Its key"),)
    models = tuple((name, name) for name in (found.models if found else ()))
    channel = found.channel.partition(":")[2] if found else ""
    without = Field("remove-model", "Take a model away", Kind.CHOICE, "--remove-model", models)
    lead = found.decision_lead.handle if found and found.decision_lead else ""
    return Form(
        f"Edit {found.name}" if found else "Edit an initiative",
        f"edit {key}".strip(),
        (
            *asked,
            Field("name", "Name", option="--name", value=found.name if found else ""),
            Field("tier", "Tier", Kind.CHOICE, "--tier", tiers, str(found.tier) if found else ""),
            Field("model", "One more model", option="--model", hint="Its name in your monitoring"),
            *((without,) if models else ()),
            Field("channel", "Channel", option="--channel", value=channel, hint="none: no channel"),
            _text("question", "Question", found.question if found else ""),
            _text("objective", "Objective", found.objective if found else ""),
            Field("decision-lead", "Last word", Kind.PERSON, "--decision-lead", value=lead),
        ),
        "Save",
    )


def _edit_form(found: Edited) -> Form:
    return edit_form(found.key, found)


def _text(name: str, label: str, value: str) -> Field:
    return Field(name, label, Kind.TEXT, f"--{name}", value=value)


# ── put away, taken out, live ────────────────────────────────────────────────────────────────────


def would_archive_card(found: Kept) -> Card:
    """Return what would rest if an initiative were put away, and the press that does it."""
    title = f"Archive {found.name}?"
    text = "Nothing is changed yet. It would leave the list; nothing of it is lost."
    form = archive_form({"key": found.key})
    return Card(
        title=title,
        fallback=title,
        subtitle=_place(found),
        blocks=(Paragraph((text,)), *(Note(text) for text in _resting(found, "would"))),
        buttons=(Button("Archive it", f"archive {found.key} --yes", primary=True, form=form),),
    )


def _place(found: Kept) -> Text:
    state = f" · {STATES[found.state]}" if found.state in STATES else ""
    return (Code(found.key), f" · {found.phase_name}{state}")


def archived_card(found: Kept) -> Card:
    """Return the answer to `archive`."""
    text = f"{found.name} is out of the list, and nothing of it is lost."
    return Card(
        title=f"{found.name} is archived",
        fallback=f"{found.name} is archived",
        blocks=(Paragraph((text,)), *(Note(text) for text in _resting(found, "will"))),
        buttons=(Button("Take it out again", f"archive {found.key} --undo"),),
    )


def _resting(found: Kept, will: str) -> list[Text]:
    """Say what rests with an initiative."""
    notes: list[Text] = []
    if found.clocks:
        notes.append((f"{phrases.count(found.clocks, 'reminder')} {will} not come any more.",))
    if found.cases:
        notes.append((f"{phrases.count(found.cases, 'case')} {will} stay open, without a clock.",))
    if found.models:
        models = phrases.row([(Code(name),) for name in found.models])
        notes.append(("What monitors say of ", *models, f" {will} reach council leads only."))
    return notes


def taken_out_card(found: Kept) -> Card:
    """Return the answer to `archive --undo`."""
    state = STATES.get(found.state, "live")
    text: Text = (f"{found.name} is back in the list: {state}.",)
    if found.clocks:
        run = "runs" if found.clocks == 1 else "run"
        text = (*text, f" {phrases.count(found.clocks, 'reminder')} {run} again.")
    if found.meanwhile:
        came = phrases.words(found.meanwhile)
        text = (*text, f" {came} came up meanwhile; whoever must act is asked now.")
    return Card(
        title=f"{found.name} is back",
        fallback=f"{found.name} is back",
        blocks=(Paragraph(text),),
        buttons=(Button("Where it stands", f"status {found.key}", primary=True),),
        tone=Tone.GOOD,
    )


def live_card(found: Kept) -> Card:
    """Return the answer to `live`."""
    said = "From now on its signals call its people, and the clocks run."
    blocks: list[Block] = [Paragraph((said,))]
    if found.cases:
        blocks.append(
            Paragraph((f"{phrases.count(found.cases, 'case')} that came up before went to them.",))
        )
    return Card(
        title=f"{found.name} is live",
        fallback=f"{found.name} is live",
        blocks=tuple(blocks),
        buttons=(
            Button("Where it stands", f"status {found.key}", primary=True),
            Button("Undo", "undo"),
        ),
        tone=Tone.GOOD,
    )


def live_button(key: str, *, primary: bool = True) -> Button:
    """Return the button that makes a watching initiative live."""
    confirm = "From then on its signals call its people, and clocks run."
    return Button("Go live", f"live {key}", primary=primary, confirm=confirm)


def archive_form(known: Mapping[str, str]) -> Form:
    """Ask what is to be put away, and why."""
    key = known.get("key", "")
    asked = () if key else (Field("key", "Initiative", required=True, hint="Its key"),)
    why = Field("reason", "Why", Kind.TEXT, hint="A line for whoever looks for it later")
    command = " ".join(part for part in ("archive", key, "--yes") if part)
    return Form("Put an initiative away", command, (*asked, why), "Archive it")
