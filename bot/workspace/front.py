"""What a person does in the workspace: speak, press, fill in, show to others, clear away.

Every command goes the way of all commands; what comes back is a private answer.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.cards.forms import filled
from bot.cards.model import Button, Card, Mention, Note
from bot.clerk import Clerk
from bot.commands import Answer, Asker, Outcome, answer
from bot.text import blank
from bot.workspace.room import PLATFORM, Message, NotHere, Workspace, direct
from council.people import Member

_COMMAND = re.compile(r"/council(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_EVENTS_KEPT = 1_000


class NoSuchButton(Exception):
    """A button that is not on the message, or not any more."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is said: a place, and the thread in it, if any."""

    place: str
    thread: str = ""


class Front:
    """Runs what people ask for; `event` is made by the page, and a repeat of it does nothing."""

    def __init__(self, clerk: Clerk, workspace: Workspace) -> None:
        """Hold the means."""
        self._clerk = clerk
        self._workspace = workspace
        self._heard: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def say(self, member: Member, spot: Spot, text: str, event: str) -> Message | None:
        """Say plain words, or run a command and return its answer; raises NotHere."""
        private = spot.place == direct(member.handle)
        if (not private and spot.place not in self._workspace.channels) or blank(text):
            raise NotHere(spot.place)
        self._workspace.thread(spot.place, spot.thread)  # before anything is done
        if self._repeated(member, event):
            return None
        command = _COMMAND.fullmatch(text.strip())
        if command is None:
            said = self._workspace.say(member.handle, spot.place, text, spot.thread)
            if not private:
                return said
        line = (command[1] or "help") if command else text
        found = await self._run(member, spot.place, line, event)
        return self._whisper(member, spot, found)

    async def press(
        self, member: Member, message: Message, command: str, event: str
    ) -> Message | None:
        """Press a button; raises NoSuchButton."""
        if command not in {each.command for each in _buttons(message)}:
            raise NoSuchButton(command)
        return await self._press(member, message, command, event)

    async def fill(
        self,
        member: Member,
        message: Message,
        button: int,
        command: str,
        values: Mapping[str, str],
        event: str,
    ) -> Message | None:
        """Send the form of a button; raises NoSuchButton, Unfilled."""
        buttons = _buttons(message)
        pressed = buttons[button] if button < len(buttons) else None
        form = pressed.form if pressed and pressed.command == command else None
        if form is None or not values.keys() <= {each.name for each in form.fields}:
            raise NoSuchButton(str(button))  # the card changed while its form was open
        return await self._press(member, message, filled(form, values), event)

    def share(self, member: Member, message: Message) -> Message:
        """Show a private answer to everybody in its place; raises NotHere if it is not private."""
        if not message.only_for or message.card is None:
            raise NotHere(message.id)
        shown = ("Shown by ", Mention(member.name, {PLATFORM: member.handle}))
        card = replace(message.card, blocks=(*message.card.blocks, Note(shown)))
        return self._workspace.share(message, card)

    def dismiss(self, message: Message) -> None:
        """Clear a private answer away; raises NotHere if it is not private."""
        if not message.only_for:
            raise NotHere(message.id)
        self._workspace.remove(message)

    async def _press(
        self, member: Member, message: Message, line: str, event: str
    ) -> Message | None:
        if self._repeated(member, event):
            return None
        found = await self._run(member, message.place, line, event, press=True)
        if message.only_for:
            return self._replace(member, message, found.card)
        if found.outcome is Outcome.DONE and found.changed:
            return None  # the card under the button is the answer: everybody sees it change
        return self._whisper(member, Spot(message.place, message.thread), found)

    async def _run(
        self, member: Member, place: str, line: str, event: str, *, press: bool = False
    ) -> Answer:
        key = f"{PLATFORM}:{member.handle}:{event}" if event else ""
        asker = Asker(member.id, f"{PLATFORM}:{place}", key, press, PLATFORM)
        return await answer(self._clerk, asker, line)

    def _whisper(self, member: Member, spot: Spot, found: Answer) -> Message | None:
        if found.card is None:
            return None
        return self._workspace.whisper(member.handle, spot.place, found.card, spot.thread)

    def _replace(self, member: Member, message: Message, card: Card | None) -> Message | None:
        if card is None:
            return None
        try:
            return self._workspace.change(message.id, card)
        except NotHere:  # cleared away while the command ran
            return self._workspace.whisper(member.handle, message.place, card)

    def _repeated(self, member: Member, event: str) -> bool:
        """Whether this was asked for before; questions are not claimed in the database."""
        if not event:
            return False
        if (member.handle, event) in self._heard:
            return True
        self._heard[member.handle, event] = None
        if len(self._heard) > _EVENTS_KEPT:
            self._heard.popitem(last=False)
        return False


def _buttons(message: Message) -> tuple[Button, ...]:
    return message.card.buttons if message.card else ()
