"""A command as the text that a person would type; what buttons and forms carry."""

from functools import singledispatch

from bot.grammar import nouns
from bot.grammar.forms import (
    Ack,
    Assign,
    Close,
    Flag,
    Help,
    ListInitiatives,
    Mine,
    New,
    NotMe,
    ShowCase,
    Simulate,
    Status,
)
from bot.grammar.verb import Command
from bot.grammar.words import argument, as_rota, quote


def render(command: Command) -> str:
    """Return the canonical text of a command; `parse` reads it back to an equal one."""
    return " ".join(part for part in _parts(command) if part)


def _option(name: str, value: str) -> str:
    return f"{name} {argument(value)}" if value else ""


def _text(value: str) -> str:
    return quote(value) if value else ""


@singledispatch
def _parts(command: Command) -> tuple[str, ...]:
    """Return the parts of the line; empty ones are left out."""
    parts = nouns.PARTS.get(type(command))
    if parts is None:
        raise TypeError(command)
    return parts(command)


@_parts.register
def _help(command: Help) -> tuple[str, ...]:
    return "help", command.verb


@_parts.register
def _new(command: New) -> tuple[str, ...]:
    return (
        "new",
        quote(command.name),
        _option("--key", command.key),
        _option("--playbook", command.playbook),
        _option("--phase", command.phase),
        _option("--tier", str(command.tier or "")),
        *(_option("--model", model) for model in command.models),
        _option("--channel", command.channel),
        _option("--question", command.question),
        _option("--objective", command.objective),
        "--private" if command.private else "",
    )


@_parts.register
def _list(command: ListInitiatives) -> tuple[str, ...]:
    return "list", _option("--phase", command.phase), "--all" if command.archived else ""


@_parts.register
def _mine(_: Mine) -> tuple[str, ...]:
    return ("mine",)


@_parts.register
def _status(command: Status) -> tuple[str, ...]:
    return "status", command.key


@_parts.register
def _assign(command: Assign) -> tuple[str, ...]:
    is_name = not (command.handle.startswith("<@") or as_rota(command.handle))
    person = "@" + command.handle if is_name else command.handle
    remove = "--remove" if command.remove else ""
    return "assign", command.key, argument(command.role), person, remove


@_parts.register
def _flag(command: Flag) -> tuple[str, ...]:
    return "flag", command.key, command.signal_class, command.band, quote(command.what)


@_parts.register
def _case(command: ShowCase) -> tuple[str, ...]:
    return "case", command.case


@_parts.register
def _ack(command: Ack) -> tuple[str, ...]:
    return "ack", command.case


@_parts.register
def _decline(command: NotMe) -> tuple[str, ...]:
    to = command.to if command.to.startswith("<@") or not command.to else "@" + command.to
    return "decline", command.case, to, _text(command.reason)


@_parts.register
def _close(command: Close) -> tuple[str, ...]:
    return "close", command.case, command.outcome, _text(command.reason)


@_parts.register
def _simulate(command: Simulate) -> tuple[str, ...]:
    return "simulate", command.key, command.signal_class, command.band
