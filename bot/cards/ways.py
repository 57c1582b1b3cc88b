"""Words for ways: which lead on and what each still needs; what happened, and what to change."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.cards import phrases
from bot.cards.forms import begun
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
    Span,
    Text,
)
from bot.grammar.words import quote
from council.moves import MoveView, Outlook, Way
from council.people import Member
from council.waits import Missing

_SHOWN = 6
# What may be changed, as a button says it, by the decision that it is.
_CHANGES = {
    "change_input_data": "Input data",
    "re_engineer_features": "Features",
    "change_technique": "Technique",
    "retrain": "Train again",
    "roll_back": "Roll back",
}


def change_name(change: str) -> str:
    """Return what is changed, as people say it: features, input data."""
    return _CHANGES.get(change, sentence(change.replace("_", " ")))


def proposal(kind: str, target_name: str, step_name: str = "") -> str:
    """Return what is proposed, after "proposes to": go on to Model development, retire it."""
    where = heading(kind, target_name, step_name)
    return where if kind == "end" else f"go {where}"


def sentence(text: str) -> str:
    """Return a text as it begins a sentence, the rest as it is."""
    return text[:1].upper() + text[1:]


def heading(kind: str, target_name: str, step_name: str = "") -> str:
    """Return where a way leads, within a sentence: on to Model development; or to retire it."""
    if kind == "end":
        return "retire it"
    if kind == "within":
        return f"again: {step_name or target_name}"
    return f"{'on' if kind == 'forward' else 'back'} to {target_name}"


# ── which ways lead on ───────────────────────────────────────────────────────────────────────────


def outlook_card(found: Outlook) -> Card:
    """Return the ways that lead on, what each still needs, and who can supply it."""
    blocks: list[Block] = []
    if found.proposal:
        blocks += _proposed(found.proposal)
    ahead = [way for way in found.ways if way.kind == "forward"]
    ends = [way for way in found.ways if way.kind == "end"]
    for way in ahead:
        blocks += _ahead(way, found.role_names)
    if calls := triggers(found.ways):
        said = phrases.words(calls, " or ")
        blocks.append(Note((f"Going back is part of the work: {said}.",)))
    if not found.ways:
        blocks.append(Paragraph(("No way leads on from here.",)))
    elif not ahead and not found.proposal:
        blocks.insert(0, Paragraph((f"{found.phase_name} is where it stays while it is used.",)))
    return Card(
        title=f"{found.initiative_name}: where to from here?",
        subtitle=(Code(found.initiative), f" · {found.phase_name}"),
        fallback=f"{found.initiative}: the ways from {found.phase_name}",
        blocks=tuple(blocks),
        buttons=_outlook_buttons(found, ahead, ends),
    )


def _proposed(view: MoveView) -> list[Block]:
    where = heading(view.kind, view.target_name, view.step_name)
    names = phrases.people(each.member for each in view.pending)
    waits: Text = (" It waits for ", *names, ".") if names else ()
    by: Text = (" by ", phrases.person(view.proposed_by)) if view.proposed_by else ()
    said = Paragraph((Bold(view.key), " is proposed", *by, f": {where}.", *waits))
    # What a way forward still needs stands below, with the way.
    needs = [] if view.kind == "forward" else still_open(view.missing)
    return [said, *needs]


def _ahead(way: Way, role_names: Mapping[str, str]) -> list[Block]:
    deciders = phrases.row([phrases.called(each, role_names) for each in way.deciders])
    verb = " decide" if len(way.deciders) > 1 and not way.anyone else " decides"
    if way.anyone and len(way.deciders) > 1:
        deciders = ("any of ", *deciders)
    said: Text = (Bold(f"On to {way.target_name}: "), *deciders, f"{verb}.")
    if not way.missing:
        return [Paragraph((*said, " Nothing is missing."))]
    return [Paragraph(said), *still_open(way.missing)]


_WAITED_FOR = "This is still open, and it begins when it is there:"
_NOTED = "This is still open; you may go on, and it is noted:"
_NOTED_TOO = "Also open; that stops nothing, and is noted:"


def still_open(missing: Sequence[Missing], most: int = _SHOWN) -> list[Block]:
    """Return what is missing (so much at `most`), who can supply it, and what that means."""
    leading = _usual(missing)
    waited_for = [_missing(each, leading) for each in missing if each.bars]
    noted = [_missing(each, leading) for each in missing if not each.bars]
    parts = ((_WAITED_FOR, waited_for), (_NOTED_TOO if waited_for else _NOTED, noted))
    blocks: list[Block] = []
    for head, lines in parts:
        if lines:
            shown = Bullets(tuple(lines[:most]), max(0, len(lines) - most))
            blocks += [Paragraph((head,)), shown]
    if leading:
        names = phrases.row([(phrases.person(each),) for each in leading], " or ")
        blocks.append(Note((*names, " can check the items off.")))
    return blocks


def _usual(missing: Sequence[Missing]) -> tuple[Member, ...]:
    """Return who can supply most of the items; lines name others where an item does."""
    able = {tuple(one.id for one in each.people): each.people for each in missing if _item(each)}
    counts = Counter(tuple(one.id for one in each.people) for each in missing if _item(each))
    return able[counts.most_common(1)[0][0]] if counts else ()


def _item(each: Missing) -> bool:
    return each.code == "item"


_KINDS = {
    "item": ("item", "items"),
    "handoff": ("handoff", "handoffs"),
    "role": ("role that nobody fills", "roles that nobody fills"),
}


def left_open(codes: Sequence[str]) -> str:
    """Say how much was open when a move was done: 3 items and 1 handoff were open then."""
    counts = Counter(each.partition(":")[0] for each in codes)
    said = phrases.words(
        [phrases.count(counts[kind], *names) for kind, names in _KINDS.items() if counts[kind]]
    )
    return f"{said} {'was' if len(codes) == 1 else 'were'} still open then; it is noted."


def _missing(each: Missing, leading: Sequence[Member]) -> Text:
    names = phrases.row([(phrases.person(one),) for one in each.people], " or ")
    if each.code == "role":
        stand: Text = (", so ", *names, " stands in") if names else ()
        return (f"nobody is {phrases.role(each.text)}", *stand)
    if each.code == "condition":
        return ("condition ", Code(each.key), f" {each.text}", *((": ", *names) if names else ()))
    if each.code == "handoff":
        key: tuple[Span, ...] = (Code(each.key), " ") if each.key.startswith("H-") else ()
        return ("handoff ", *key, each.text, *((": ", *names) if names else ()))
    others = {one.id for one in each.people} != {one.id for one in leading}
    return (Code(each.key), f" {each.text}", *((": ", *names) if others and names else ()))


def _outlook_buttons(
    found: Outlook, ahead: Sequence[Way], ends: Sequence[Way]
) -> tuple[Button, ...]:
    key = found.initiative
    if found.proposal:
        check = Button("Check off…", f"done {key}")
        answers = answer_buttons(found.proposal)
        return answers if check.command in {b.command for b in answers} else (*answers, check)
    buttons = [
        Button(
            f"Move to {way.target_name}", f"move {key} {_typed(way, found.ways)}", primary=not place
        )
        for place, way in enumerate(ahead)
    ]
    if any(way.kind in {"back", "within"} for way in found.ways):
        buttons.append(Button("Go back…", f"move {key} back"))
    if found.ways:
        buttons.append(Button("Check off…", f"done {key}"))
    buttons += [
        Button(
            "Retire…",
            f"move {key} {_typed(way, found.ways)}",
            confirm=f"Propose that {found.initiative_name} ends, and its model is no longer used?",
        )
        for way in ends
    ]
    return tuple(buttons)


def _typed(way: Way, ways: Sequence[Way]) -> str:
    """Return a way by the phase to which it leads, or by its own id where several lead there.

    Never by its direction: pressed once more, that would be the next way.
    """
    return way.target if sum(each.target == way.target for each in ways) == 1 else way.id


def because(reason: str) -> str:
    """Return a line of why as it stands at the end of a command; nothing for none."""
    return f" --reason {quote(reason)}" if reason else ""


def which_way_card(key: str, ways: Sequence[Way], reason: str = "") -> Card:
    """Ask which of several ways is meant; the reason that was given goes with each."""
    return Card(
        title="Which way?",
        fallback=f"{key}: which way?",
        blocks=(Paragraph(("More than one leads there.",)),),
        buttons=tuple(
            Button(
                sentence(heading(way.kind, way.target_name, way.step_name)),
                f"move {key} {way.id}{because(reason)}",
                primary=not place,
            )
            for place, way in enumerate(ways)
        ),
    )


def triggers(ways: Iterable[Way]) -> list[str]:
    """Return what calls for going back, in the playbook's own words, each once."""
    back = (way.trigger for way in ways if way.kind in {"back", "within"} and way.trigger)
    return list(dict.fromkeys(back))


def answer_buttons(view: MoveView) -> tuple[Button, ...]:
    """Return what deciders press: agree, not yet, or take it back.

    Once everybody agrees, what is open is there to be supplied instead.
    """
    if not view.pending and all(each.yes for each in view.answers):
        withdraw = Button("Withdraw", f"move {view.initiative} withdraw")
        needed = [each for each in view.missing if each.bars]
        return (*_supplying(view.initiative, needed), withdraw)
    return (
        Button("Agree", f"accept {view.key}", primary=True),
        Button("Not yet…", f"decline {view.key}", form=not_yet_form(view.key)),
        Button("Withdraw", f"move {view.initiative} withdraw"),
    )


def _supplying(key: str, missing: Sequence[Missing]) -> tuple[Button, ...]:
    """Return one button for each kind of thing that is open, the first of them standing out."""
    lines: dict[str, str] = {}
    for each in missing:
        if each.code == "item":
            lines[f"done {key}"] = "Check off…"
        elif each.code in {"handoff", "condition"}:
            ref = each.key.partition("/")[0]
            packet = ref.startswith("H-")
            line = f"handoff {ref}" if packet else f"handoff {key}"
            lines[line] = f"Open {ref}" if packet else "Hand over…"
    return tuple(
        Button(label, line, primary=not place) for place, (line, label) in enumerate(lines.items())
    )


def not_yet_form(key: str) -> Form:
    """Ask what is missing before somebody agrees to a move."""
    fields = (Field("reason", "What is missing?", Kind.TEXT, required=True, hint="One line"),)
    return Form(f"Not yet: {key}", f"decline {key}", fields, "Say so")


def move_form(key: str = "") -> Form:
    """Ask where to, and why."""
    command, asked = begun("move", "key", key)
    fields = (
        *asked,
        Field("way", "Where to", required=True, hint="forward, back, a phase or a step"),
        Field("reason", "Why", Kind.TEXT, "--reason", hint="One line, if it helps"),
    )
    return Form("Move an initiative", command, fields, "Move")
