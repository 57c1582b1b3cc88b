"""A card's buttons as HTML: two stand in the row, the rest under "More".

Each carries the command to type, some a form to fill in first.
"""

from collections.abc import Sequence
from itertools import accumulate

from markupsafe import Markup

from bot.cards.model import Button
from bot.html.forms import form_html
from bot.html.spans import Reader, said, spelled
from bot.text import blank, clean

_MOST_READ, _MOST = 100, 25
_STANDING_OUT = 2
_WORTH_HIDING = 2  # a menu of one would hide it for nothing
_LABEL, _COMMAND, _QUESTION = 75, 2_000, 300
_ROOM, _FORMS_ROOM = 64_000, 120_000

# A button, and its place on the card.
Numbered = tuple[int, Button]


def buttons_html(buttons: Sequence[Button], reader: Reader, prefix: str) -> list[Markup]:
    """Return the row of buttons, the forms behind them, and a line that counts who had no place.

    `data-button` is a button's place on the card, counted from 0 and with those left out.
    """
    usable = [(n, b) for n, b in enumerate(buttons[:_MOST_READ]) if not blank(b.command)]
    front, rest = _parted([(n, b) for n, b in usable if len(_command(b)) <= _COMMAND][:_MOST])
    short = [*front, *rest]
    forms = _forms(short, reader)
    loud = [n for n, b in short if b.primary and not b.danger][:_STANDING_OUT]
    made = _within(_ROOM, [_button(b, n, loud=n in loud, opens=n in forms) for n, b in short])
    shown = {n for n, _ in short[: len(made)]}
    left = len(usable) + len(buttons[_MOST_READ:]) - len(made)
    return [
        *_row(made[: len(front)], made[len(front) :]),
        *(form for n, form in forms.items() if n in shown),
        *([_mark(left, prefix)] if left else []),
    ]


def _parted(buttons: Sequence[Numbered]) -> tuple[list[Numbered], list[Numbered]]:
    """Part what stands in the row from what waits under "More"; both in the card's order."""
    wanted = sorted(buttons, key=lambda each: not each[1].primary)  # stable
    standing = {n for n, _ in wanted[:_STANDING_OUT]}
    rest = [each for each in buttons if each[0] not in standing]
    if len(rest) < _WORTH_HIDING:
        return list(buttons), []
    return [each for each in buttons if each[0] in standing], rest


def _row(front: Sequence[Markup], rest: Sequence[Markup]) -> list[Markup]:
    if not front:
        return []
    lines = Markup("\n")
    more = Markup("")
    if rest:
        menu = Markup(
            '\n<details class="more"><summary class="button">More</summary>'
            '<div class="buttons">\n{}\n</div></details>'
        )
        more = menu.format(lines.join(rest))
    return [Markup('<div class="buttons">\n{}{}\n</div>').format(lines.join(front), more)]


def _forms(buttons: Sequence[Numbered], reader: Reader) -> dict[int, Markup]:
    """Return the forms there is room for; without its form, a button runs its command."""
    found: dict[int, Markup] = {}
    room = _FORMS_ROOM
    for n, button in buttons:
        form = button.form and form_html(button.form, n, reader.people, danger=button.danger)
        room -= len(form or "")
        if room < 0:
            break
        if form:
            found[n] = form
    return found


def _within(room: int, parts: Sequence[Markup]) -> list[Markup]:
    """Return the first parts that fit."""
    ends = accumulate(len(part) for part in parts)
    return [part for part, end in zip(parts, ends, strict=True) if end <= room]


def _mark(left: int, prefix: str) -> Markup:
    typed = spelled("/council help", prefix)
    more = Markup('<p class="note">… {} more buttons: type <code>{}</code></p>')
    return more.format(left, typed)


def _command(button: Button) -> str:
    return clean(button.command).strip()


def _button(button: Button, place: int, *, loud: bool, opens: bool) -> Markup:
    command = _command(button)
    label = said(command if blank(button.label) else button.label, _LABEL).strip()
    classes = "button" + " primary" * loud + " danger" * button.danger
    question = said(button.confirm, _QUESTION).strip()
    asks = Markup("") if blank(question) else Markup(' data-confirm="{}"').format(question)
    form = Markup(' data-opens="form"') if opens else Markup("")
    whole = Markup(
        '<button type="button" class="{}" data-button="{}" data-command="{}"{}{}>{}</button>'
    )
    return whole.format(classes, place, command, asks, form, label)
