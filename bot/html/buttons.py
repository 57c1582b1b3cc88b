"""A card's buttons as HTML: each carries the command to type, some a form to fill in first."""

from collections.abc import Sequence
from itertools import accumulate

from markupsafe import Markup

from bot.cards.model import Button
from bot.html.forms import form_html
from bot.html.spans import Reader, said, spelled
from bot.text import blank, clean

_MOST_READ, _MOST = 100, 25
_STANDING_OUT = 2
_LABEL, _COMMAND, _QUESTION = 75, 2_000, 300
_ROOM, _FORMS_ROOM = 64_000, 120_000


def buttons_html(buttons: Sequence[Button], reader: Reader, prefix: str) -> list[Markup]:
    """Return the row of buttons, the forms behind them, and a line that counts who had no place.

    `data-button` is a button's place on the card, counted from 0 and with those left out.
    """
    usable = [(n, b) for n, b in enumerate(buttons[:_MOST_READ]) if not blank(b.command)]
    short = [(n, b) for n, b in usable if len(_command(b)) <= _COMMAND][:_MOST]
    forms = _forms(short, reader)
    loud = [n for n, b in short if b.primary and not b.danger][:_STANDING_OUT]
    row = _within(_ROOM, [_button(b, n, loud=n in loud, opens=n in forms) for n, b in short])
    shown = {n for n, _ in short[: len(row)]}
    left = len(usable) + len(buttons[_MOST_READ:]) - len(row)
    around = Markup('<div class="buttons">\n{}\n</div>')
    return [
        *([around.format(Markup("\n").join(row))] if row else []),
        *(form for n, form in forms.items() if n in shown),
        *([_mark(left, prefix)] if left else []),
    ]


def _forms(buttons: Sequence[tuple[int, Button]], reader: Reader) -> dict[int, Markup]:
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
