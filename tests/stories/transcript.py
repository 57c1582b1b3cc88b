"""A story as a conversation to read: who typed or pressed what where, and what each then sees."""

import fcntl
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.cards.model import Button, Card
from bot.text import render
from tests.fakes import SetClock
from tests.stories.alerts import Alert

PAGE = Path(__file__).parents[2] / "docs" / "stories.md"
_STANDING_OUT = 2
_WIDTH = 96


class Transcript:
    """Notes what happens, once it is `open`; what is delivered together is told together."""

    def __init__(self, clock: SetClock, zone: ZoneInfo) -> None:
        self._clock = clock
        self._zone = zone
        self._lines: list[str] = []
        self._heard: list[tuple[str, str, Card]] = []
        self._said_at: datetime | None = None
        self.open = False

    def tells(self, *said: str) -> None:
        """Begin, or say what happens beside the chat."""
        self.open = True
        self._note(f"*{' '.join(said)}*")

    def typed(self, who: str, line: str, where: str) -> None:
        self._note(f"**{who.capitalize()}** types {_place(where)}: `/council {line}`")

    def pressed(self, who: str, label: str, where: str, values: Mapping[str, str]) -> None:
        given = "; ".join(f"{name}: “{said}”" for name, said in values.items())
        more = f", and fills in {given}" if given else ""
        self._note(f"**{who.capitalize()}** presses ▢ {label} {_place(where)}{more}")

    def alerted(self, alert: Alert, *, ended: bool) -> None:
        """Note what a monitor sends."""
        verb = "is well again" if ended else "fires"
        self._note(f"**Alertmanager** posts to the hook: {alert.says}; it {verb}")

    def answered(self, who: str, card: Card | None) -> None:
        if card:
            self._note(f"Only {who.capitalize()} sees:")
            self._card(card)

    def hears(self, where: str, how: str, card: Card) -> None:
        """Note what the council says by itself: `how` is posted, changed or threaded."""
        if self.open:
            self._heard.append((where, how, card))

    def delivered(self) -> None:
        """Tell what was said since: conversations do not wait for one another, so one by one."""
        heard, self._heard = self._heard, []
        for where, how, card in sorted(heard, key=lambda each: (each[0][0] == "@", each[0])):
            self._note(f"{_public(where)} {_HOW[how]}:")
            self._card(card)

    def _note(self, line: str) -> None:
        if not self.open:
            return
        now = self._clock.now().astimezone(self._zone)
        if self._said_at is None or now.strftime("%F %H:%M") != self._said_at.strftime("%F %H:%M"):
            self._lines.append(f"#### {now:%a} {now.day} {now:%b}, {now:%H:%M}")
            self._said_at = now
        self._lines.append(line)

    def _card(self, card: Card) -> None:
        if self.open:
            self._lines.append(shown(card))

    @property
    def text(self) -> str:
        """Return all of it as Markdown."""
        return "\n\n".join(self._lines) + "\n"


_HOW = {
    "posted": "sees",
    "changed": "sees the same message, changed in place",
    "threaded": "sees, in the thread",
}


def shown(card: Card) -> str:
    """Return a card in a frame of text, its buttons as they stand: two out, the rest in a menu."""
    text = render(replace(card, buttons=()))
    lines = [part for line in text.splitlines() for part in _wrapped(line)]
    if card.buttons:
        lines += ["", *_wrapped(_row(card.buttons))]
    body = "\n".join(f"│ {line}".rstrip() for line in lines)
    return f"```text\n{body}\n```"


def _wrapped(line: str) -> list[str]:
    indent = "  " if line.startswith(("• ", "· ")) else ""
    found, rest = [], line
    while len(rest) > _WIDTH and (at := rest.rfind(" ", len(indent) + 1, _WIDTH)) > 0:
        found.append(rest[:at])
        rest = indent + rest[at + 1 :]
    return [*found, rest]


def _row(buttons: tuple[Button, ...]) -> str:
    order = sorted(buttons, key=lambda each: not each.primary)
    out = " ".join(f"▢ {_label(each)}" for each in order[:_STANDING_OUT])
    rest = " · ".join(_label(each) for each in order[_STANDING_OUT:])
    return f"{out}  (⋯ {rest})" if rest else out


def _label(button: Button) -> str:
    return f"{button.label.rstrip('…')}…" if button.form else button.label


def _place(where: str) -> str:
    return f"in {where}" if where.startswith("#") else "in their direct messages"


def _public(where: str) -> str:
    if where.startswith("#"):
        return f"Everybody in {where}"
    return f"{where[1:].capitalize()}, alone and unasked,"


def same_as_told(number: int | str, title: str, text: str) -> None:
    """Assert that `docs/stories.md` tells it so; with UPDATE_GOLDEN=1, make it so."""
    told = tell(number, title, text)
    found = _pattern(number).search(PAGE.read_text(encoding="utf-8"))
    assert found is not None, f"story {number} is not in docs/stories.md: UPDATE_GOLDEN=1"
    assert found[0] == told


def tell(number: int | str, title: str, text: str) -> str:
    """Return a part of `docs/stories.md`; with UPDATE_GOLDEN=1, put it there."""
    part = f"<!-- story {number} -->\n\n## {title}\n\n{text}\n<!-- end of story {number} -->"
    if os.environ.get("UPDATE_GOLDEN"):
        with PAGE.open("r+", encoding="utf-8") as page:
            fcntl.flock(page, fcntl.LOCK_EX)
            whole = page.read()
            assert _pattern(number).search(whole), f"no place for story {number}"
            page.seek(0)
            page.write(_pattern(number).sub(lambda _: part, whole))
            page.truncate()
    return part


def _pattern(number: int | str) -> re.Pattern[str]:
    return re.compile(f"<!-- story {number} -->.*?<!-- end of story {number} -->", re.DOTALL)
