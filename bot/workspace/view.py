"""What is in the workspace as JSON, for one reader: their zone, their name, what they may see."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.cards.model import Bullets, Card, Facts, Mention, Note, Paragraph, Text, Tone, When
from bot.html import Reader, card_html
from bot.text import clean, cut, line, moment
from bot.workspace.crowd import Crowd
from bot.workspace.room import PLATFORM, Message, Workspace, direct
from bot.workspace.words import mentioned, words_html
from council.people import Member

COUNCIL = "Council"
_DIRECT_TOPIC = "Between you and the Council. Whatever you type here is a command"
_LONGEST_LINE = 300

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Model:
    """A model that the drawer can make drift, and the channel in which its case will stand."""

    model: str
    initiative: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """What the drawer needs to post a real alert: the hook's path, its secret, and models."""

    path: str
    secret: str
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """One person's view of the workspace."""

    workspace: Workspace
    crowd: Crowd
    handle: str

    @property
    def reader(self) -> Reader:
        """Return what cards must know of this person."""
        return self.crowd.reader(self.handle)

    @property
    def member(self) -> Member:
        """Return this person as the council knows them."""
        return self.crowd.members[self.handle]

    def found(self, name: str) -> Message:
        """Return a message that this person can see; raises NotHere."""
        return self.workspace.message(name, self.handle)

    def state(self, abouts: dict[str, str], drawer: Drawer) -> Json:
        """Return everything at once, and the number of the last happening that is in it."""
        room = self.workspace
        persons = {
            each.handle: {
                "handle": each.handle,
                "name": each.name,
                "zone": each.timezone,
                "about": abouts.get(each.handle, ""),
            }
            for each in self.crowd.members.values()
        }
        return {
            "me": persons[self.handle],
            "people": list(persons.values()),
            "places": self._places(),
            "messages": self.messages(room.seen_by(self.handle)),
            "event": room.journal.last,
            "now": iso(room.clock.now()),
            "drawer": asdict(drawer),
        }

    def messages(self, found: list[Message]) -> list[Json]:
        """Return messages."""
        reader = self.reader
        return [self._message(each, reader) for each in found]

    def message(self, found: Message) -> Json:
        """Return one message."""
        return self._message(found, self.reader)

    def _places(self) -> list[Json]:
        channels = [
            {"id": name, "kind": "channel", "name": name, "topic": topic}
            for name, topic in self.workspace.channels.items()
        ]
        mine = {"id": direct(self.handle), "kind": "direct", "name": COUNCIL}
        return [*channels, mine | {"topic": _DIRECT_TOPIC}]

    def _message(self, found: Message, reader: Reader) -> Json:
        day, _, rest = moment(When(found.at, reader.zone)).partition(", ")
        author = self.crowd.name(found.author) if found.author else COUNCIL
        return {
            "id": found.id,
            "place": found.place,
            "thread": found.thread,
            "author": {
                "kind": "person" if found.author else "council",
                "handle": found.author,
                "name": author,
            },
            "at": iso(found.at),
            "time": rest.partition(" ")[0],
            "day": day,
            "changed": iso(found.changed_at) if found.changed_at else None,
            "private": bool(found.only_for),
            **self._content(found, reader),
        }

    def _content(self, found: Message, reader: Reader) -> Json:
        if found.card is not None:
            return {
                "mentions_me": _rings(found.card, self.handle),
                "tone": str(found.card.tone),
                "text": line(found.card),
                "html": card_html(found.card, reader),
            }
        return {
            "mentions_me": self.handle in mentioned(found.text),
            "tone": str(Tone.NEUTRAL),
            "text": cut(clean(found.text).strip(), _LONGEST_LINE),
            "html": words_html(found.text, self.handle, self.crowd, self.workspace.channels),
        }


def iso(at: datetime) -> str:
    """Return a moment as programs read it, to the second."""
    return at.isoformat(timespec="seconds")


def _rings(card: Card, handle: str) -> bool:
    """Whether a card calls for somebody; being named in it is not being called."""
    return any(
        isinstance(span, Mention) and span.ring and span.ids.get(PLATFORM) == handle
        for text in _texts(card)
        for span in text
    )


def _texts(card: Card) -> Iterator[Text]:
    yield card.subtitle
    for block in card.blocks:
        match block:
            case Paragraph() | Note():
                yield block.text
            case Bullets():
                yield from block.items
            case Facts():
                yield from (value for _, value in block.pairs)
