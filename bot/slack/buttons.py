"""A card's buttons: two stand out, the rest waits in a menu; each carries the command to type."""

from collections.abc import Sequence
from itertools import accumulate

from bot.cards.model import Button
from bot.slack.fit import weight
from bot.slack.spans import Json, plain_text
from bot.text import blank, clean, cut

MOST_ELEMENTS = 25
_MOST_READ = 100
_STANDING_OUT = 2
_MENU = range(2, 6)  # a menu of one would hide it for nothing; Slack takes five
_LABEL, _COMMAND, _MENU_COMMAND = 75, 2_000, 150
_QUESTION_TITLE, _QUESTION, _ANSWER = 100, 300, 30
_ROOM, _MENU_ROOM = 4_000, 2_000


def actions(buttons: Sequence[Button]) -> list[Json]:
    """Return the row of buttons, and a line that counts those that had no place."""
    usable = [button for button in buttons[:_MOST_READ] if not blank(button.command)]
    shown, hidden = _sorted([b for b in usable if len(_command(b)) <= _COMMAND])
    options = _within(_MENU_ROOM, [_option(button) for button in hidden])
    menu = [{"type": "overflow", "options": options}] if options else []
    row = _within(_ROOM - weight(menu), [_button(b, n) for n, b in enumerate(shown)])
    row = row[: MOST_ELEMENTS - len(menu)]
    left = len(usable) + len(buttons[_MOST_READ:]) - len(row) - len(options)
    named = [{"action_id": f"command:{n}"} | e for n, e in enumerate([*row, *menu])]
    return [{"type": "actions", "elements": named}] * bool(named) + [_mark(left)] * bool(left)


def _mark(left: int) -> Json:
    said = f"… {left} more buttons: type /council help"
    return {"type": "context", "elements": [plain_text(said)]}


def _within(room: int, parts: Sequence[Json]) -> list[Json]:
    """Return the first parts that fit."""
    ends = accumulate(weight(part) for part in parts)
    return [part for part, end in zip(parts, ends, strict=True) if end <= room]


def _sorted(buttons: list[Button]) -> tuple[list[Button], list[Button]]:
    """Part what stands in the row from what waits in the menu."""
    wanted = sorted(buttons, key=lambda button: not button.primary)  # stable: the card's order
    front, rest = wanted[:_STANDING_OUT], wanted[_STANDING_OUT:]
    waiting = [n for n, button in enumerate(rest) if _may_wait(button)][: _MENU.stop - 1]
    if len(waiting) not in _MENU:
        return front + rest, []
    row = front + [button for n, button in enumerate(rest) if n not in waiting]
    return row, [rest[n] for n in waiting]


def _may_wait(button: Button) -> bool:
    """Tell whether a menu can hold a button: it has no red, one question for all, short values."""
    short = len(_command(button)) <= _MENU_COMMAND
    return short and not button.danger and blank(button.confirm)


def _command(button: Button) -> str:
    return clean(button.command).strip()


def _label(button: Button) -> str:
    return _command(button) if blank(button.label) else clean(button.label).strip()


def _button(button: Button, place: int) -> Json:
    found: Json = {
        "type": "button",
        "text": plain_text(cut(_label(button), _LABEL)),
        "value": _command(button),
    }
    if button.danger or (button.primary and place < _STANDING_OUT):
        found["style"] = "danger" if button.danger else "primary"
    if not blank(button.confirm):
        found["confirm"] = _question(button)
    return found


def _question(button: Button) -> Json:
    return {
        "title": plain_text(cut(_label(button), _QUESTION_TITLE)),
        "text": plain_text(cut(clean(button.confirm).strip(), _QUESTION)),
        "confirm": plain_text(cut(_label(button), _ANSWER)),
        "deny": plain_text("Cancel"),
        "style": "danger" if button.danger else "primary",
    }


def _option(button: Button) -> Json:
    return {"text": plain_text(cut(_label(button), _LABEL)), "value": _command(button)}
