"""Words for forms: what each asks before its command is whole; and the line that it then makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards import phrases
from bot.cards.model import Field, Form, Kind
from bot.grammar.forms import BANDS, OUTCOMES, TIERS
from bot.grammar.parsing import LONGEST, NotUnderstood, parse
from bot.grammar.verbs import MEANINGS
from bot.grammar.words import argument, as_handle, clean, quote
from council.signal import DEFAULT_CLASS, SIGNAL_CLASSES

Choices = Sequence[tuple[str, str]]

_EMPTY = "Please fill this in."
_NOT_ONE = "Please choose one of these."
_NOBODY = "Please choose a person."
_MISFIT = {
    "key": "Small letters, digits and dashes, 2 to 40 of them, such as late-order.",
    "case": "A case looks like C-31.",
}
_SUBJECTS = {
    "key": ("Initiative", "Its key"),
    "case": ("Case", "Such as C-31"),
    "handoff": ("Handoff", "Such as H-12"),
    "huddle": ("Huddle", "Such as R-7"),
    "decision": ("Decision", "Such as D-9"),
}
_OUTCOMES_LIKELIEST_FIRST = sorted(OUTCOMES, key=("fixed", "expected", "noise", "other").index)


@dataclass(eq=False)
class Unfilled(Exception):
    """A form that cannot be sent yet; `faults` maps a field's name to a sentence for people."""

    faults: Mapping[str, str]


def filled(form: Form, values: Mapping[str, str]) -> str:
    """Return the line that a person would type instead; `parse` reads exactly these values.

    Values lose hidden characters and the space around them, and stand on one line. Raises
    Unfilled with a sentence for each field that is missing or does not fit.
    """
    faults: dict[str, str] = {}
    parts = [form.command]
    for field in form.fields:
        text, fault = _read(field, values.get(field.name, ""))
        if fault:
            faults[field.name] = fault
        elif text:
            parts.append(_written(field, text))
    if faults:
        raise Unfilled(faults)
    line = " ".join(parts)
    _check(form, values, line)
    return line


def _read(field: Field, given: str) -> tuple[str, str]:
    """Return what a field holds, and what is wrong with it."""
    if len(given) > LONGEST:
        return "", _too_long(len(given))
    text = clean(given).strip()
    fault = ""
    if not text:
        fault = _EMPTY if field.required else ""
    elif field.kind is Kind.CHOICE and text not in dict(field.choices):
        fault = _NOT_ONE
    elif field.kind is Kind.PERSON:
        text = as_handle(text)
        fault = "" if text else _NOBODY
    return text, fault


def _written(field: Field, text: str) -> str:
    if field.kind is Kind.PERSON:
        written = text if text.startswith("<@") else f"@{text}"
    elif field.kind is Kind.TEXT:
        written = quote(text)  # bare, a single word could be taken for an outcome or a band
    else:
        written = argument(text)
    return f"{field.option} {written}" if field.option else written


def _check(form: Form, values: Mapping[str, str], line: str) -> None:
    """Raise Unfilled if the line is no command."""
    if len(line) > LONGEST:
        longest = max(form.fields, key=lambda field: len(values.get(field.name, "")))
        raise Unfilled({longest.name: _too_long(len(line))})
    try:
        parse(line)
    except NotUnderstood as error:
        name = error.argument.lstrip("-").replace(" ", "_")
        known = {field.name for field in form.fields}
        name = name if name in known else form.fields[-1].name
        raise Unfilled({name: _MISFIT.get(name, "This does not fit.")}) from error


def _too_long(length: int) -> str:
    return f"This is too long by {length - LONGEST:,} characters."


# ── what is asked ────────────────────────────────────────────────────────────────────────────────


def close_form(case: str = "") -> Form:
    """Ask how a case ended, and why."""
    command, asked = begun("close", "case", case)
    outcomes = tuple((each, _label(each)) for each in _OUTCOMES_LIKELIEST_FIRST)
    return Form(
        f"How did {case or 'it'} end?",
        command,
        (
            *asked,
            Field("outcome", "Outcome", Kind.CHOICE, choices=outcomes, required=True),
            Field("reason", "Why", Kind.TEXT, hint="A line that helps whoever comes next"),
        ),
        "Close it",
    )


def decline_form(case: str = "") -> Form:
    """Ask why a case is not theirs; nobody has to say."""
    command, asked = begun("decline", "case", case)
    to = Field("handle", "Whose is it", Kind.PERSON, hint="Empty: whoever is next")
    reason = Field("reason", "Why", Kind.TEXT, hint="Such as: away until Thursday")
    return Form(f"{case or 'A case'}: not me", command, (*asked, to, reason), "Pass it on")


def flag_form(key: str = "", keys: Choices = ()) -> Form:
    """Ask what somebody saw that no monitor did."""
    command, asked = begun("flag", "key", key, keys)
    return Form(
        "Raise a concern",
        command,
        (
            *asked,
            *_about(BANDS[0], required=False),
            Field(
                "what",
                "What you saw",
                Kind.TEXT,
                required=True,
                hint="Such as: recall fell since Monday",
            ),
        ),
        "Raise it",
    )


def assign_form(
    key: str = "", roles: Sequence[str] = (), vacant: str = "", *, remove: bool = False
) -> Form:
    """Ask who takes a role, or gives it back; `vacant` is the role that is chosen at first."""
    command, asked = begun("unassign" if remove else "assign", "key", key)
    choices = tuple((name, name) for name in roles)
    kind = Kind.CHOICE if choices else Kind.LINE
    hint = "" if choices else "Such as: data scientist"
    return Form(
        "Take a role back" if remove else "Give a role",
        command,
        (
            *asked,
            Field("role", "Role", kind, "", choices, vacant, required=True, hint=hint),
            Field("handle", "Person", Kind.PERSON, required=True),
        ),
        "Take it back" if remove else "Give it",
    )


def simulate_form(key: str = "") -> Form:
    """Ask what would have to happen, to tell who would be called."""
    command, asked = begun("simulate", "key", key)
    fields = (*asked, *_about("act", required=True))
    return Form("Who would be called?", command, fields, "Rehearse")


def new_form(phases: Choices = ()) -> Form:
    """Ask what an initiative is; `phases` are (id, name) of those it may begin in."""
    tiers = tuple((each, f"{each}: {MEANINGS[each]}") for each in TIERS)
    kind = Kind.CHOICE if phases else Kind.LINE
    return Form(
        "New initiative",
        "new",
        (
            Field("name", "Name", required=True, hint="Such as: Late order prediction"),
            Field("key", "Key", option="--key", hint="Short; left empty, it comes from the name"),
            Field("phase", "Phase", kind, "--phase", tuple(phases), hint="Empty: the first"),
            Field("tier", "Tier", Kind.CHOICE, "--tier", tiers, "3"),
            Field("model", "Model", option="--model", hint="Its name in your monitoring"),
            Field("question", "Question", Kind.TEXT, "--question", hint="What it should answer"),
        ),
        "Open it",
    )


def begun(
    verb: str, noun: str, subject: str, choices: Choices = ()
) -> tuple[str, tuple[Field, ...]]:
    """Return how the line begins, and the question for its subject if that is not known."""
    if subject:
        return f"{verb} {subject}", ()
    label, hint = _SUBJECTS[noun]
    kind = Kind.CHOICE if choices else Kind.LINE
    hint = "" if choices else hint
    return verb, (Field(noun, label, kind, "", tuple(choices), required=True, hint=hint),)


def _about(band: str, *, required: bool) -> tuple[Field, Field]:
    """Ask what it is about, and how bad it is; `band` is chosen at first."""
    classes = tuple((name, phrases.class_name(name)) for name in SIGNAL_CLASSES)
    bands = tuple((name, _label(name)) for name in BANDS)
    return (
        Field("signal_class", "About", Kind.CHOICE, "", classes, DEFAULT_CLASS, required=required),
        Field("band", "How bad", Kind.CHOICE, "", bands, band, required=required),
    )


def _label(word: str) -> str:
    return f"{word.capitalize()}: {MEANINGS[word]}"
