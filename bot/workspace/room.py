"""The room itself: channels, direct conversations and threads, held in memory and bounded.

For the courier it is one more chat platform behind the Messenger port, and treats it like any
other: messages are looked for, changed in place, and may be gone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards.model import Card
from bot.messenger import DeliveryError, Destination, Failure, Receipt
from bot.workspace.events import Journal, Kind
from council.clock import Clock

PLATFORM = "local"
MOST_MESSAGES = 600
LONGEST_WORDS = 4_000
"""Characters in what a person says at once."""

_DIRECT = "@"


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said: a card of the Council, or a person's plain words.

    `author` is a handle, empty for the Council. `thread` is the message that it answers, if any.
    With `only_for`, nobody but this person sees it.
    """

    id: str
    place: str
    at: datetime
    thread: str = ""
    author: str = ""
    card: Card | None = None
    text: str = ""
    mid: str = ""
    changed_at: datetime | None = None
    only_for: str = ""


Listener = Callable[[Message, bool], None]


class NotHere(Exception):
    """A message that is not in this place, or not any more."""


class Workspace:
    """One workspace; all calls come from one event loop.

    Call `close` before the server waits for its connections to end: windows listen without end.
    """

    platform = PLATFORM

    def __init__(self, clock: Clock, most: int = MOST_MESSAGES) -> None:
        """Begin empty; beyond `most` messages the oldest go."""
        self.clock = clock
        self.journal = Journal()
        self.channels: dict[str, str] = {}
        self._most = most
        self._count = 0
        self._messages: dict[str, Message] = {}
        self._listeners: list[Listener] = []

    # ── the port ─────────────────────────────────────────────────────────────────────────────────

    async def post(self, to: Destination, card: Card, mid: str) -> Receipt:
        """Say something new; a channel that nobody has opened is opened."""
        return _receipt(self._say(replace(self._draft(_place(to)), card=card, mid=mid)))

    async def update(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Replace a message in place."""
        self._change(self._delivered(at), card, mid)
        return at

    async def reply(self, at: Receipt, card: Card, mid: str) -> Receipt:
        """Answer in the thread of a message."""
        parent = self._delivered(at)
        draft = self._draft(parent.place, _root(parent))
        return _receipt(self._say(replace(draft, card=card, mid=mid)))

    async def find(
        self, to: Destination, mid: str, since: datetime, thread: Receipt | None
    ) -> Receipt | None:
        """Look for a message that carries `mid`."""
        place = _place(to)
        for each in self._messages.values():
            within = thread is None or each.thread == thread.message
            if each.mid == mid and each.place == place and each.at >= since and within:
                return _receipt(each)
        return None

    # ── people ───────────────────────────────────────────────────────────────────────────────────

    def open_channel(self, name: str, topic: str = "") -> None:
        """Make a channel, or change its topic."""
        if self.channels.get(name) != topic:
            self.channels[name] = topic
            self.journal.add(Kind.RELOAD)

    def say(self, handle: str, place: str, text: str, thread: str = "") -> Message:
        """Say a person's plain words.

        Raises NotHere if `thread` is no message of this place.
        """
        draft = self._draft(place, self.thread(place, thread))
        return self._say(replace(draft, author=handle, text=text))

    def whisper(self, handle: str, place: str, card: Card, thread: str = "") -> Message:
        """Answer one person where they are.

        Raises NotHere if `thread` is no message of this place.
        """
        draft = self._draft(place, self.thread(place, thread))
        return self._say(replace(draft, card=card, only_for=handle))

    def thread(self, place: str, name: str) -> str:
        """Return the thread to which a message belongs, empty for none; raises NotHere."""
        if not name:
            return ""
        answered = self._messages.get(name)
        root = self._messages.get(_root(answered)) if answered else None
        if root is None or root.place != place:
            raise NotHere(name)
        if root.only_for and not place.startswith(_DIRECT):
            raise NotHere(name)  # others would see an answer to what they cannot see
        return root.id

    def message(self, name: str, handle: str) -> Message:
        """Return a message that a person can see; raises NotHere."""
        found = self._messages.get(name)
        if found is None or not concerns(handle, found.place, found.only_for):
            raise NotHere(name)
        return found

    def seen_by(self, handle: str) -> list[Message]:
        """Return everything that a person can see, oldest first."""
        return [m for m in self._messages.values() if concerns(handle, m.place, m.only_for)]

    def change(self, name: str, card: Card) -> Message:
        """Replace a card in place; raises NotHere."""
        if name not in self._messages:
            raise NotHere(name)
        return self._change(self._messages[name], card)

    def share(self, message: Message, card: Card) -> Message:
        """Say to all, where it stands, what was said to one."""
        self.remove(message)
        return self._say(replace(self._draft(message.place, message.thread), card=card))

    def remove(self, message: Message) -> None:
        """Take a message away, with everything in its thread."""
        for each in [message, *(m for m in self._messages.values() if m.thread == message.id)]:
            if self._messages.pop(each.id, None):
                self.journal.add(Kind.GONE, each.id, each.place, each.only_for)

    # ── windows ──────────────────────────────────────────────────────────────────────────────────

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener each message that is new (False) or changed (True), until it is stopped.

        Private answers are told too; `only_for` tells them apart.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def clock_moved(self) -> None:
        """Tell every window that time has passed at once."""
        self.journal.add(Kind.CLOCK)

    def close(self) -> None:
        """Let every window go."""
        self.journal.close()

    # ── how ──────────────────────────────────────────────────────────────────────────────────────

    def _draft(self, place: str, thread: str = "") -> Message:
        return Message("", place, self.clock.now(), thread)

    def _say(self, draft: Message) -> Message:
        """Give a message its number, and make room for it."""
        if not draft.place.startswith(_DIRECT) and draft.place not in self.channels:
            self.open_channel(draft.place)
        self._count += 1
        new = replace(draft, id=f"m{self._count}")
        self._keep(new, changed=False)
        while len(self._messages) > self._most:
            self.remove(next(iter(self._messages.values())))
        return new

    def _change(self, message: Message, card: Card, mid: str = "") -> Message:
        changed = replace(message, card=card, mid=mid, changed_at=self.clock.now())
        self._keep(changed, changed=True)
        return changed

    def _keep(self, message: Message, *, changed: bool) -> None:
        self._messages[message.id] = message
        self.journal.add(Kind.MESSAGE, message.id, message.place, message.only_for)
        for listener in tuple(self._listeners):
            listener(message, changed)

    def _delivered(self, at: Receipt) -> Message:
        found = self._messages.get(at.message)
        if found is None:
            raise DeliveryError(Failure.GONE, "message_not_found")
        return found


def direct(handle: str) -> str:
    """Return the place where the Council and one person talk."""
    return f"{_DIRECT}{handle}"


def concerns(handle: str, place: str, only_for: str) -> bool:
    """Tell whether a person may see what is said in a place, to everybody or to one person."""
    if place.startswith(_DIRECT) and place != direct(handle):
        return False
    return only_for in {"", handle}


def _place(to: Destination) -> str:
    return direct(to.id) if to.direct else to.id


def _root(message: Message) -> str:
    """Return the message that a thread hangs on: answers to an answer stand in the same one."""
    return message.thread or message.id


def _receipt(message: Message) -> Receipt:
    return Receipt(PLATFORM, message.place, message.id)
