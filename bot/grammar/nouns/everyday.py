"""What people say to keep an initiative in order, and to have the council treat them well."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Fault, Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_channel, as_handle, as_key, quote

# What somebody may set for themselves, in the order in which it is shown.
SETTINGS = ("hear", "quiet", "hours", "days", "zone", "country", "digest", "learning")
_TIERS = ("1", "2", "3", "4")
_EDITED = ("--name", "--tier", "--channel", "--question", "--objective", "--decision-lead")
_EDITED_MODELS = ("--model", "--remove-model")
_SEEN = ("--private", "--public")
_EDITED_ALL = (*_EDITED, *_EDITED_MODELS, *_SEEN)
# What is no part of an edit, and the verb that changes it; a key stays what it is.
_ELSEWHERE = {
    "--link": "link",
    "--phase": "move",
    "--playbook": "playbook",
    "--role": "assign",
    "--version": "playbook",
}


@dataclass(frozen=True, slots=True)
class Edit(Command):
    """Change what an initiative is; empty stays, and `none` takes a channel or lead away.

    `seen` is `private` or `public`. With nothing to change it shows what there is.
    """

    keyless: ClassVar[bool] = True

    key: str = ""
    name: str = ""
    tier: int | None = None
    models: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    channel: str = ""
    seen: str = ""
    question: str = ""
    objective: str = ""
    decision_lead: str = ""


@dataclass(frozen=True, slots=True)
class Archive(Command):
    """Put an initiative away, or with `undo` take it out again.

    Without a reason, or `yes`, see first what would rest.
    """

    key: str
    why: str = ""
    undo: bool = False
    yes: bool = False


@dataclass(frozen=True, slots=True)
class Live(Command):
    """Let an imported initiative call its people from now on."""

    key: str


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take back what the person who asks changed last."""


@dataclass(frozen=True, slots=True)
class ShowSettings(Command):
    """Show how the council treats the person who asks; `name` is the setting they look for."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Setting(Command):
    """Set one thing for oneself; `usual` goes back to what most people have."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Setup(Command):
    """Show a council lead the next step of setting up; `playbook` is what was chosen so far."""

    playbook: str = ""


@dataclass(frozen=True, slots=True)
class RemindOfRole(Command):
    """Be reminded of a role that nobody holds, once its phase comes near."""

    key: str
    role: str


VERBS = (
    Verb(
        "edit",
        (),
        'edit [key] [--name "…"] [--tier 1-4] [--model NAME]… [--remove-model NAME]…'
        ' [--channel ID] [--private] [--public] [--question "…"] [--objective "…"]'
        " [--decision-lead @handle]",
        "edit late-order --tier 2 --model late-order-v2",
        "Change name, tier, models, channel; alone, see what there is",
    ),
    Verb(
        "archive",
        (),
        "archive <key> [reason] [--yes] [--undo]",
        'archive late-order "the shop closed"',
        "Put an initiative away; alone, see first what would rest",
    ),
    Verb(
        "live",
        (),
        "live <key>",
        "live late-order",
        "An imported initiative calls its people from now on",
    ),
    Verb("undo", (), "undo", "undo", "Take back your last change, for ten minutes"),
    Verb(
        "settings",
        ("setting",),
        f"settings [{'|'.join(SETTINGS)}] [value]",
        "settings quiet 19-8",
        "Where you hear, when not, your hours, digests, learning",
    ),
    Verb(
        "setup",
        ("start",),
        "setup [key] [--playbook ID] [--remind ROLE]",
        "setup --playbook lead-support-learn",
        "A council lead's first ten minutes, step by step",
    ),
)


def _edit(line: Line) -> Edit:
    _with_another_verb(line)
    words, options = line.options(_EDITED, _SEEN, _EDITED_MODELS)
    given = {name.lstrip("-"): values[0] for name, values in options.items()}
    for word in words[1:2]:  # `tier 3` is meant as `--tier 3`
        meant = tuple(each for each in _EDITED_ALL if each == f"--{word.text.lower()}")
        raise line.refuse(Fault.UNEXPECTED, word.option, word.text, meant)
    key = line.key(words[0]) if words else line.here
    line = line.knowing(key=key, **{name: value for name, value in given.items() if value})
    tier, lead = given.get("tier", ""), given.get("decision-lead", "")
    if lead and not as_handle(lead):
        raise line.refuse(Fault.BAD_VALUE, "handle", lead)
    return Edit(
        key,
        given.get("name", ""),
        int(line.one_of(_TIERS, "--tier", tier)) if tier else None,
        tuple(options.get("--model", ())),
        tuple(options.get("--remove-model", ())),
        as_channel(given.get("channel", "")),
        # Of both the careful one: what is shown by mistake cannot be taken back.
        next((each for each in ("private", "public") if each in given), ""),
        given.get("question", ""),
        given.get("objective", ""),
        as_handle(lead),
    )


def _with_another_verb(line: Line) -> None:
    """Refuse what is changed by another verb, naming it."""
    key = next((word.text for word in line.words[:1] if as_key(word.text)), line.here or "<key>")
    for word in line.words:
        if instead := _ELSEWHERE.get(word.option):
            raise line.refuse(Fault.UNEXPECTED, word.option, word.text, (f"{instead} {key}",))


def _archive(line: Line) -> Archive:
    given, options = line.options((), bare=("--undo", "--yes"))
    key, words = line.split_key(given, left_out=line.only_text(given))
    return Archive(key, _joined(words), undo="--undo" in options, yes="--yes" in options)


def _live(line: Line) -> Live:
    key, words = line.split_key(line.words, left_out=not line.words and bool(line.here))
    line.end(words)
    return Live(key)


def _undo(line: Line) -> Undo:
    line.end(line.words)
    return Undo()


def _settings(line: Line) -> Command:
    if not line.words:
        return ShowSettings()
    name = line.one_of(SETTINGS, "setting", line.words[0].text)
    value = _joined(line.words[1:])
    return Setting(name, value) if value else ShowSettings(name)


def _setup(line: Line) -> Command:
    words, options = line.options(("--playbook", "--remind"))
    if role := options.get("--remind", [""])[0]:
        key, rest = line.split_key(words, left_out=line.only_text(words))
        line.end(rest)
        return RemindOfRole(key, role)
    line.end(words)
    return Setup(options.get("--playbook", [""])[0])


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _option(name: str, value: str) -> str:
    return f"{name} {argument(value)}" if value else ""


def _edit_parts(form: Edit) -> tuple[str, ...]:
    lead = form.decision_lead
    if lead and not lead.startswith("<@"):
        lead = f"@{lead}"
    return (
        "edit",
        form.key,
        _option("--name", form.name),
        _option("--tier", str(form.tier or "")),
        *(_option("--model", each) for each in form.models),
        *(_option("--remove-model", each) for each in form.without),
        _option("--channel", form.channel),
        f"--{form.seen}" if form.seen else "",
        _option("--question", form.question),
        _option("--objective", form.objective),
        f"--decision-lead {lead}" if lead else "",
    )


def _archive_parts(form: Archive) -> tuple[str, ...]:
    why = quote(form.why) if form.why else ""
    flags = ("--undo" if form.undo else "", "--yes" if form.yes else "")
    return "archive", form.key, why, *flags


READERS: Mapping[str, Callable[[Line], Command]] = {
    "archive": _archive,
    "edit": _edit,
    "live": _live,
    "settings": _settings,
    "setup": _setup,
    "undo": _undo,
}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    Archive: _archive_parts,
    Edit: _edit_parts,
    Live: lambda form: ("live", form.key),
    RemindOfRole: lambda form: ("setup", form.key, f"--remind {argument(form.role)}"),
    Setting: lambda form: ("settings", form.name, argument(form.value)),
    Setup: lambda form: ("setup", _option("--playbook", form.playbook)),
    ShowSettings: lambda form: ("settings", form.name),
    Undo: lambda _: ("undo",),
}
