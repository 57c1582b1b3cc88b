"""What people say to keep an initiative in order, and to have the council treat them well."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Fault, Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument, as_case, as_channel, as_handle, quote

# What somebody may set for themselves, in the order in which it is shown.
SETTINGS = ("hear", "quiet", "hours", "days", "country", "digest", "learning")
_TIERS = ("1", "2", "3", "4")
_CASE = re.compile(r"#?[cC].*")
_ADDRESS = re.compile(r"<?[a-zA-Z][a-zA-Z0-9+.-]*:.*")


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
    """Put an initiative away, or with `undo` take it out again."""

    key: str
    why: str = ""
    undo: bool = False


@dataclass(frozen=True, slots=True)
class Live(Command):
    """Let an imported initiative call its people from now on."""

    key: str


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take back what the person who asks changed last."""


@dataclass(frozen=True, slots=True)
class ShowLinks(Command):
    """Show the links of an initiative or, if `key` is such as `C-31`, of a case."""

    keyless: ClassVar[bool] = True

    key: str = ""


@dataclass(frozen=True, slots=True)
class AddLink(Command):
    """Add a link; an empty label is guessed from the address."""

    key: str
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class RemoveLink(Command):
    """Remove a link, named by its address or its label."""

    key: str
    link: str


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
        "archive <key> [reason] [--undo]",
        'archive late-order "the shop closed"',
        "Put an initiative away; nothing is lost",
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
        "link",
        ("links",),
        "link <key|case> [address] [label] [--remove LINK]",
        'link late-order https://example.atlassian.net/browse/ML-7 "the ticket"',
        "Add a link to Jira, GitHub, anything; alone, see them",
    ),
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
        "setup [--playbook ID]",
        "setup --playbook lead-support-learn",
        "A council lead's first ten minutes, step by step",
    ),
)


def _edit(line: Line) -> Edit:
    valued = ("--name", "--tier", "--channel", "--question", "--objective", "--decision-lead")
    bare = ("--private", "--public")
    words, options = line.options(valued, bare, ("--model", "--remove-model"))
    given = {name.lstrip("-"): values[0] for name, values in options.items()}
    line.end(words[1:])
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


def _archive(line: Line) -> Archive:
    given, options = line.options((), bare=("--undo",))
    key, words = line.split_key(given, left_out=line.names_here(given, 0))
    return Archive(key, _joined(words), undo="--undo" in options)


def _live(line: Line) -> Live:
    key, words = line.split_key(line.words, left_out=not line.words and bool(line.here))
    line.end(words)
    return Live(key)


def _undo(line: Line) -> Undo:
    line.end(line.words)
    return Undo()


def _link(line: Line) -> Command:
    given, options = line.options(("--remove",))
    key, words = _subject(line, given)
    if "--remove" in options:
        line.end(words)
        return RemoveLink(key or _needed(line), options["--remove"][0])
    if not words:
        return ShowLinks(key)
    if not words[0].text:
        raise line.missing("address")
    return AddLink(key or _needed(line), words[0].text, _joined(words[1:]))


def _subject(line: Line, words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """Return the key of an initiative or case, and what follows; an address leaves it out."""
    if not words or _ADDRESS.fullmatch(words[0].text):
        return line.here, words
    case = as_case(words[0].text) if _CASE.fullmatch(words[0].text) else ""
    return case or line.key(words[0]), words[1:]


def _needed(line: Line) -> str:
    raise line.missing("key")


def _settings(line: Line) -> Command:
    if not line.words:
        return ShowSettings()
    name = line.one_of(SETTINGS, "setting", line.words[0].text)
    value = _joined(line.words[1:])
    return Setting(name, value) if value else ShowSettings(name)


def _setup(line: Line) -> Setup:
    words, options = line.options(("--playbook",))
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
    return "archive", form.key, why, "--undo" if form.undo else ""


def _add_parts(form: AddLink) -> tuple[str, ...]:
    return "link", form.key, argument(form.url), quote(form.label) if form.label else ""


READERS: Mapping[str, Callable[[Line], Command]] = {
    "archive": _archive,
    "edit": _edit,
    "link": _link,
    "live": _live,
    "settings": _settings,
    "setup": _setup,
    "undo": _undo,
}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    AddLink: _add_parts,
    Archive: _archive_parts,
    Edit: _edit_parts,
    Live: lambda form: ("live", form.key),
    RemoveLink: lambda form: ("link", form.key, f"--remove {argument(form.link)}"),
    Setting: lambda form: ("settings", form.name, argument(form.value)),
    Setup: lambda form: ("setup", _option("--playbook", form.playbook)),
    ShowLinks: lambda form: ("link", form.key),
    ShowSettings: lambda form: ("settings", form.name),
    Undo: lambda _: ("undo",),
}
