"""Words for a table of initiatives: what it brought, or would bring, and what does not fit."""

from collections.abc import Sequence

from bot.cards import phrases
from bot.cards.model import Block, Bullets, Card, Code, Note, Paragraph, Text, Tone
from council.errors import Faults, Invalid
from council.initiatives import Compared

_SHOWN = 50
_LISTED = 15
_WHY = {
    "empty": "is empty",
    "key": "may hold small letters, digits and dashes, 2 to 40 of them",
    "not_one_of": "is not one of those that fit",
    "missing_column": "is missing among the columns",
    "no_column": "is neither a column nor a role of any playbook",
    "twice": "stands there twice",
    "twice_at": "stands in another line too",
    "too_many_cells": "has more cells than the first line has columns",
    "unknown": "is not known",
    "no_such_role": "stands under what is no role in this line's playbook",
    "council_wide": "is one for the whole council; leads are named in COUNCIL_LEADS",
    "belongs_to": "is a model of another initiative",
    "other_playbook": "is not its playbook; the verb playbook switches it",
    "archived": "is archived; archive --undo takes it out",
}
# What the names are that follow.
_ALLOWED = {
    "twice_at": "First in line",
    "unknown": "Near",
    "no_column": "Near",
    "no_such_role": "That is",
    "belongs_to": "It belongs to",
    "other_playbook": "It has",
}


def imported_card(found: Sequence[Compared], *, dry_run: bool = False) -> Card:
    """Return what a table brought, or in a dry run what it would bring."""
    new = [each for each in found if each.status == "new"]
    changed = [each for each in found if each.status == "changed"]
    same = len(found) - len(new) - len(changed)
    would = "would be " if dry_run else ""
    parts = [f"{len(new)} {would or ('is ' if len(new) == 1 else 'are ')}new"] if new else []
    parts += [f"{len(changed)} {would}changed"] if changed else []
    parts += [f"{same} {'stays' if same == 1 else 'stay'} as before"] if same else []
    said = f"{phrases.count(len(found), 'initiative')}: {phrases.words(parts) or 'none'}."
    blocks: list[Block] = [Paragraph((said,))]
    lines = tuple(_line(each) for each in (*new, *changed))
    if lines:
        blocks.append(Bullets(lines[:_LISTED], max(0, len(lines) - _LISTED)))
    kept = [each.row.key for each in found if each.kept_phase]
    if kept:
        blocks.append(
            Note((f"In another phase than the table says, where they stay: {_few(kept)}.",))
        )
    if new and not dry_run:
        blocks.append(_watching(new[0].row.key))
    return Card(
        title="Nothing was written yet" if dry_run else "The table is in",
        fallback=said,
        blocks=tuple(blocks),
        tone=Tone.NEUTRAL if dry_run else Tone.GOOD,
    )


def _watching(key: str) -> Paragraph:
    return Paragraph(
        (
            "The new ones only watch: council leads see their cases, and nobody else is called. ",
            "When one is ready, press Go live or type ",
            Code(f"/council live {key}"),
            ".",
        )
    )


def _line(each: Compared) -> Text:
    what = f": {', '.join(_changes(each))}" if each.changed else ""
    return (Code(each.row.key), f" {each.row.name} · {each.status}{what}")


def _changes(each: Compared) -> list[str]:
    """Return what a line changes: from what to what, and who comes into which role."""
    said = []
    for name, before in each.was.items():
        after = getattr(each.row, name)
        after = {True: "yes", False: "no"}[after] if isinstance(after, bool) else after
        said.append(f"{name} {before or 'none'} → {after}")
    said += [f"model {name} comes" for name in each.models]
    said += [f"@{handle} becomes {role.replace('_', ' ')}" for role, handle in each.joins]
    return said


def _few(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def faults_card(error: Faults) -> Card:
    """Say all that does not fit in a table, so that it can be mended in one go."""
    count = phrases.count(len(error.faults), "cell does", "cells do")
    items = tuple(_misfit(each) for each in error.faults[:_SHOWN])
    return Card(
        title=f"{count} not fit",
        fallback=f"{count} not fit in the table",
        blocks=(
            Paragraph(("Nothing was written.",)),
            Bullets(items, max(0, len(error.faults) - _SHOWN)),
        ),
        tone=Tone.WARN,
    )


def _misfit(error: Invalid) -> Text:
    given: Text = (Code(error.given), " ") if error.given else ()
    text: Text = (f"{error.name}: ", *given, f"{_WHY.get(error.why, error.why)}.")
    if not error.allowed:
        return text
    names = phrases.row([(Code(name),) for name in error.allowed], " or ")
    return (*text, f" {_ALLOWED.get(error.why, 'Possible')}: ", *names, ".")
