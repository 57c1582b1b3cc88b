"""A channel as somebody reads it who reads nothing else: cards where they stand, threads below."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.cards.model import Card
from council.notices import Form
from council.outbox import Claimed
from tests.stories.stage import ZONE
from tests.stories.transcript import shown
from tests.talk import Heard, Talk


@dataclass
class Post:
    """A card in a channel: every state that it had, with when, and what stands in its thread."""

    subject: str
    states: list[tuple[datetime, Card]] = field(default_factory=list)
    thread: list[tuple[datetime, Card]] = field(default_factory=list)


@dataclass
class Listening(Talk):
    """A talk of which it is remembered when each thing was heard, and what changed a card."""

    times: list[datetime] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)

    def _note(
        self, claimed: Claimed, to: str, state: str, reason: str, card: Card | None = None
    ) -> None:
        self.times.append(self.clock.moment)
        self.changes.append(claimed.form is Form.CARD and claimed.card is not None)
        super()._note(claimed, to, state, reason, card)

    def posts(self, to: str) -> list[Post]:
        """Return the cards of a channel in the order in which they were first shown."""
        found: dict[str, Post] = {}
        for at, each in zip(self.times, self.heard, strict=True):
            if each.to == to and each.state == "sent" and each.card is not None:
                post = found.setdefault(each.subject, Post(each.subject))
                (post.thread if each.form == "reply" else post.states).append((at, each.card))
        return [post for post in found.values() if post.states]

    def direct(self) -> list[tuple[datetime, Heard, bool]]:
        """Return what was said to single people, with when, and whether it changed a card."""
        found = zip(self.times, self.heard, self.changes, strict=True)
        return [each for each in found if each[1].to.startswith("@") and each[1].card]


def as_read(posts: list[Post]) -> str:
    """Return a channel as Markdown: each card as it stands at the end, with its thread."""
    lines: list[str] = []
    for post in posts:
        first, (last, card) = post.states[0][0], post.states[-1]
        changes = len(post.states) - 1
        times = "" if changes < 2 else f", {changes} times"
        changed = f" · changed in place{times}, last on {at_the_council(last)}" if changes else ""
        lines += [f"#### {at_the_council(first)}{changed}", shown(card)]
        for at, reply in post.thread:
            lines += [f"In its thread, {at_the_council(at)}:", shown(reply)]
    return "\n\n".join(lines) + "\n"


def at_the_council(at: datetime) -> str:
    """Return a moment on the wall of the council."""
    here = at.astimezone(ZONE)
    return f"{here:%a} {here.day} {here:%b}, {here:%H:%M}"
