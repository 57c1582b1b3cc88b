"""A printer: what people would read in the workspace, in the terminal."""

from dataclasses import dataclass, field

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.cards.model import Tone
from bot.shell.demo import town
from bot.text import render
from bot.workspace.room import Message

_COLOURS = {Tone.GOOD: "green", Tone.WARN: "yellow", Tone.BAD: "red", Tone.NEUTRAL: "blue"}


@dataclass
class Terminal:
    """Hears messages of the workspace, and prints what it heard."""

    console: Console
    _heard: list[tuple[Message, bool]] = field(default_factory=list)

    def hear(self, message: Message, changed: bool) -> None:
        """Note a message, new or changed in place; what only its asker reads is left out."""
        if message.card and not message.only_for:
            self._heard.append((message, changed))

    def show(self) -> None:
        """Print what was heard since: channels, then direct messages, then threads.

        Conversations do not wait for one another; a story is told in one order.
        """
        heard = sorted(
            self._heard, key=lambda each: (each[0].thread != "", each[0].place[0] == "@")
        )
        self._heard.clear()
        for message, changed in heard:
            self._print(message, changed=changed)

    def _print(self, message: Message, *, changed: bool) -> None:
        card = message.card
        if card is None:
            return
        where = _place(message.place)
        if changed:
            where = f"{where} · the same message, changed in place"
        elif message.thread:
            where = f"{where} · reply in the thread"
        colour = _COLOURS[card.tone]
        self.console.print(
            Panel(Text(render(card)), title=where, title_align="left", border_style=colour)
        )


def _place(place: str) -> str:
    if place.startswith("@"):
        return f"direct message to {town.names()[place[1:]]}"
    return f"#{place}"
