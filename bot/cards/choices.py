"""Words for what can be decided: what each option is called, means and must state; its form."""

from collections.abc import Collection, Iterable, Mapping

from bot.cards import phrases
from bot.cards.model import (
    Block,
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
    Tone,
)
from bot.grammar.nouns.decisions import STATED
from council.errors import Invalid
from council.huddles import DecisionView, Option

# What the button says, what it means, and how it goes on from "Decision: ".
_OPTIONS: Mapping[str, tuple[str, str, str]] = {
    "keep_watching": ("Keep watching", "look again on a day that you name", "keep watching"),
    "fix_data": ("Fix the data", "mend what feeds the model", "fix the data"),
    "roll_back": ("Roll back", "serve an earlier version", "roll back"),
    "fall_back": ("Fall back", "serve a rule or the baseline", "fall back"),
    "recalibrate": ("Recalibrate", "adjust or throttle what it puts out", "recalibrate"),
    "retrain": ("Retrain", "learn anew from newer data", "retrain"),
    "re_engineer_features": (
        "Re-engineer features",
        "build features whose meaning changed anew",
        "re-engineer the features",
    ),
    "change_input_data": (
        "Change input data",
        "feed it from other sources",
        "change the input data",
    ),
    "change_technique": ("Change technique", "try another way to learn", "change the technique"),
    "retire": ("Retire", "end it; the council agrees to that", "retire it"),
}
# The label of what a choice states, how it is filled in, and a hint.
_FIELDS: Mapping[str, tuple[str, Kind, str]] = {
    "reason": ("Why", Kind.TEXT, "One line, in your own words"),
    "hypothesis": ("Hypothesis", Kind.TEXT, "What you think happened"),
    "data_window": ("Data window", Kind.LINE, "Such as: August to October"),
    "features": ("Features", Kind.LINE, "Their names, with commas"),
    "sources": ("Sources", Kind.LINE, "Which data comes or goes"),
    "target_version": ("Version to serve", Kind.LINE, "Such as: 6"),
    "fallback": ("Fall back to", Kind.LINE, "Such as: the mean of the last four weeks"),
    "owner": ("Who does it", Kind.PERSON, ""),
    "replacement_or_none": ("What replaces it", Kind.LINE, "none, if nothing does"),
    "approval_sponsor": ("The sponsor who agreed", Kind.PERSON, ""),
    "expected_effect": ("Expected effect", Kind.LINE, "Such as: MAE back under 6 min"),
    "effect_check_date": ("Ask on", Kind.LINE, "2026-12-12, or in 3 weeks"),
    "next_check": ("Look again on", Kind.LINE, "2026-12-12, or in 2 weeks"),
}
OUTCOMES: Mapping[str, str] = {
    "worked": "Worked",
    "partly": "Partly",
    "did_not_work": "Did not work",
    "cannot_tell": "Cannot tell",
}
# The same, where a sentence says that it is missing.
_MISSING: Mapping[str, str] = {
    "reason": "a line why",
    "hypothesis": "a hypothesis",
    "data_window": "a data window",
    "features": "the features",
    "sources": "the sources",
    "target_version": "the version to serve",
    "fallback": "what to fall back to",
    "owner": "who does it",
    "replacement_or_none": "what replaces it",
    "approval_sponsor": "the sponsor who agreed",
    "expected_effect": "the expected effect",
    "effect_check_date": "a day on which I ask",
    "next_check": "a day to look again",
}
_OPTION_FOR = {name: option for option, name in STATED.items()}


def label(kind: str) -> str:
    """Return an option as a button says it."""
    known = _OPTIONS.get(kind)
    return known[0] if known else kind.replace("_", " ").capitalize()


def doing(kind: str) -> str:
    """Return an option as it stands within a sentence: roll back, re-engineer the features."""
    known = _OPTIONS.get(kind)
    return known[2] if known else kind.replace("_", " ")


def plainly(kind: str) -> str:
    """Return an option's name as it stands within a sentence: roll back, retrain."""
    name = label(kind)
    return name[:1].lower() + name[1:]


def meaning(option: Option) -> Text:
    """Return a line on an option: what it is called, what it means, whether one may decide it."""
    known = _OPTIONS.get(option.kind)
    alone = "; one of you may decide" if option.alone else ""
    return (label(option.kind), f": {known[1]}{alone}" if known else "")


def precisely(view: DecisionView) -> Text:
    """Return what was decided with what makes it exact: re-engineer `basket_size`."""
    said = view.fields
    exact: dict[str, Text] = {
        "re_engineer_features": ("re-engineer ", *_codes(said.get("features", ""))),
        "roll_back": (f"roll back to version {said.get('target_version', '')}",),
        "fall_back": (f"fall back to {said.get('fallback', '')}",),
        "retrain": (f"retrain on {said.get('data_window', '')}",),
        "change_input_data": (f"change the input data ({said.get('sources', '')})",),
    }
    needs = {
        "re_engineer_features": "features",
        "roll_back": "target_version",
        "fall_back": "fallback",
        "retrain": "data_window",
        "change_input_data": "sources",
    }
    if view.kind in exact and said.get(needs[view.kind]):
        return exact[view.kind]
    return (doing(view.kind),)


def _codes(names: str) -> tuple[Span, ...]:
    parts = [each.strip() for each in names.split(",") if each.strip()]
    return phrases.row([(Code(each),) for each in parts])


def field_name(name: str) -> str:
    """Return what a choice must state, as people say it: a hypothesis, what replaces it."""
    return _MISSING.get(name, name.replace("_", " "))


def option_form(ref: str, option: Option, *, known: bool = False) -> Form:
    """Ask everything that an option must state, and when to look whether it worked.

    Where it is `known` already, because somebody chose it in the first round, only a line is asked.
    """
    if known:
        line = _field("reason", required=True)
        return Form(label(option.kind), f"decide {ref} {option.kind}", (line,), "Choose this")
    names = [name for name in _FIELDS if name in option.requires]
    fields = [_field(name, required=True) for name in names]
    if not {"effect_check_date", "next_check"} & set(option.requires):
        fields.append(_field("effect_check_date", required=False))
    return Form(label(option.kind), f"decide {ref} {option.kind}", tuple(fields), "Choose this")


def _field(name: str, *, required: bool) -> Field:
    words, kind, hint = _FIELDS[name]
    option = _OPTION_FOR.get(name, "")
    return Field(name, words, kind, option, (), "", required, hint)


def option_buttons(
    ref: str, options: Iterable[Option], chosen: Collection[str] = ()
) -> tuple[Button, ...]:
    """Return a button for each option, with the form that it needs; first what was `chosen`."""
    ordered = sorted(options, key=lambda each: each.kind not in chosen)
    return tuple(
        Button(
            label(each.kind),
            f"decide {ref} {each.kind}",
            form=option_form(ref, each, known=each.kind in chosen),
        )
        for each in ordered
    )


def lacking_card(error: Invalid) -> Card:
    """Return the private answer to a choice that must state more; the form asks for the rest."""
    missing = phrases.words([field_name(name) for name in error.allowed])
    text = f"Nearly there. This choice also needs: {missing}."
    options = [_OPTION_FOR[name] for name in error.allowed if name in _OPTION_FOR]
    typed = ['"why, in a line"'] if "reason" in error.allowed else []
    typed += [f"{option} …" for option in options]
    fields = tuple(_field(name, required=True) for name in error.allowed if name in _FIELDS)
    form = Form("What is still missing", error.given, fields, "Choose this")
    blocks: list[Block] = [Paragraph((text,))]
    blocks.append(Note(("Add to the line: ", Code(" ".join(typed)))))
    button = Button("Fill it in", error.given, primary=True, form=form)
    return Card("One thing more", text, tuple(blocks), (button,), Tone.WARN)


def options_list(options: Iterable[Option]) -> Bullets:
    """Return what each option means, the most easily undone first."""
    return Bullets(tuple(meaning(each) for each in options))
