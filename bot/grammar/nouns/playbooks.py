"""What people say to bring an initiative to another playbook."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.grammar.line import Fault, Line
from bot.grammar.verb import Command, Verb
from bot.grammar.words import Word, argument

RoleMap = tuple[str, tuple[str, ...]]

# What stands in a mapping without quotes.
_PLAIN = re.compile(r"[A-Za-z0-9_.:-]+(=[A-Za-z0-9_.:,-]+)?")
_LARGEST = 9_999


@dataclass(frozen=True, slots=True)
class Playbook(Command):
    """Show which playbook an initiative follows; without a key, the place decides."""

    keyless: ClassVar[bool] = True

    key: str = ""


@dataclass(frozen=True, slots=True)
class PreviewSwitch(Command):
    """Show what another playbook, or version, would change; an empty one is the present one.

    `roles` holds what roles become there, each (role, roles there) as typed.
    """

    key: str
    playbook: str = ""
    version: int | None = None
    phase: str = ""
    roles: tuple[RoleMap, ...] = ()


@dataclass(frozen=True, slots=True)
class Switch(PreviewSwitch):
    """Do what was shown."""

    shown: ClassVar[bool] = True


VERBS = (
    Verb(
        "playbook",
        ("switch",),
        "playbook [key] [playbook] [--version N] [--phase P] [--map OLD=NEW]… [--yes]",
        "playbook late-order six-specialists --map ml_engineer=mlops_engineer",
        "Which playbook an initiative follows, and how to another one",
    ),
)


def _playbook(line: Line) -> Command:
    words, options = line.options(("--version", "--phase"), bare=("--yes",), many=("--map",))
    key, playbook = _named(line, words)
    asks = bool(playbook or options)
    line = line.knowing(key=key, playbook=playbook)
    if not asks:
        return Playbook(key)
    if not key:
        raise line.missing("key")
    form = Switch if "--yes" in options else PreviewSwitch
    return form(
        key,
        playbook,
        _version(line, options.get("--version", [""])[0]),
        options.get("--phase", [""])[0],
        tuple(_mapping(line, each) for each in options.get("--map", ())),
    )


def _named(line: Line, words: Sequence[Word]) -> tuple[str, str]:
    """Return the key and the playbook; in an initiative's own place the key may be left out."""
    line.end(words[2:])
    if not words:
        return line.here, ""
    if len(words) == 1 and line.here and line.keys is not None:
        said = words[0].text.lower()
        if said != line.here and said not in line.keys:
            return line.here, words[0].text
    return line.key(words[0]), words[1].text if len(words) > 1 else ""


def _version(line: Line, given: str) -> int | None:
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or not 0 < int(given) <= _LARGEST:
        raise line.refuse(Fault.BAD_VALUE, "--version", given)
    return int(given)


def _mapping(line: Line, given: str) -> RoleMap:
    role, equals, rest = given.partition("=")
    targets = tuple(each.strip() for each in rest.split(","))
    if not role.strip() or not equals or not all(targets):
        raise line.refuse(Fault.BAD_VALUE, "--map", given)
    return role.strip(), targets


def _show_parts(form: Playbook) -> tuple[str, ...]:
    return "playbook", form.key


def _switch_parts(form: PreviewSwitch) -> tuple[str, ...]:
    return (
        "playbook",
        form.key,
        argument(form.playbook) if form.playbook else "",
        f"--version {form.version}" if form.version else "",
        f"--phase {argument(form.phase)}" if form.phase else "",
        *(f"--map {_written(each)}" for each in form.roles),
        "--yes" if isinstance(form, Switch) else "",
    )


def _written(roles: RoleMap) -> str:
    text = f"{roles[0]}={','.join(roles[1])}"
    return text if _PLAIN.fullmatch(text) else argument(text)


READERS: Mapping[str, Callable[[Line], Command]] = {"playbook": _playbook}
PARTS: Mapping[type[Command], Callable[[Any], tuple[str, ...]]] = {
    Playbook: _show_parts,
    PreviewSwitch: _switch_parts,
    Switch: _switch_parts,
}
