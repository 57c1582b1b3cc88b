"""A council that people talk to, on a desk: lines in, cards out, notices as they would be read.

It goes the way that every surface goes (grammar, use case or question, card), without the clerk
and the courier around it; those have tests of their own.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from bot import commands
from bot.cards import failure
from bot.cards.compose import compose
from bot.cards.misread import not_understood_card
from bot.cards.model import Card
from bot.commands import Asker, Outcome
from bot.grammar.parsing import NotUnderstood, parse
from bot.text import render
from council import agenda, announcements, outbox, rounds
from council.announcements import Unsaid
from council.desk import Desk
from council.errors import CouncilError
from council.outbox import Claimed, Place, Settled
from council.playbook import UnknownName
from tests.fakes import SetClock

_LEASE = timedelta(seconds=25)
PLATFORMS = ("local",)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was answered, in private."""

    outcome: Outcome
    card: Card | None

    @property
    def text(self) -> str:
        """The card in plain words."""
        return render(self.card) if self.card else ""

    def button(self, label: str) -> str:
        """Return the command that a button carries."""
        buttons = self.card.buttons if self.card else ()
        return next(each.command for each in buttons if each.label == label)


@dataclass(frozen=True, slots=True)
class Heard:
    """A notice that was delivered: where, whether as a card or a reply, and its words.

    `to` is `local:here` of a channel, `@mei` of a person. `state` is `sent`, or how it ended
    otherwise, with `reason`; then there is no card.
    """

    to: str
    kind: str
    form: str
    subject: str
    state: str
    reason: str = ""
    card: Card | None = None

    @property
    def text(self) -> str:
        """The card in plain words."""
        return render(self.card) if self.card else ""


@dataclass
class Talk:
    """People who talk to a council on a desk; `clock` is moved, never slept."""

    desk: Desk
    clock: SetClock
    heard: list[Heard] = field(default_factory=list)

    def say(self, handle: str, line: str, place: str = "") -> Said:
        """Have somebody type a line, and return what they are answered; nothing is delivered."""
        person = self.desk.books.people.by_handle(handle)
        assert person is not None, f"nobody is called {handle}"
        return self._answer(Asker(person.id, place), line)

    def _answer(self, asker: Asker, line: str) -> Said:
        place = commands._place(self.desk, asker)
        try:
            form = commands._complete(parse(line, place.here, place.keys), place)
            run = {**commands.WRITES, **commands.READS}[type(form)]
            with self.desk.books.session.begin_nested():
                return Said(Outcome.DONE, run(self.desk, asker.person_id, form))
        except NotUnderstood as error:
            return Said(Outcome.NOT_UNDERSTOOD, not_understood_card(error))
        except (CouncilError, UnknownName) as error:
            return Said(Outcome.REFUSED, failure.refusal_card(error))

    def does(self, handle: str, line: str, place: str = "") -> Said:
        """Have somebody type a line that is done, and deliver what follows."""
        said = self.say(handle, line, place)
        assert said.outcome is Outcome.DONE, said.text
        self.deliver()
        return said

    def refused(self, handle: str, line: str, place: str = "") -> str:
        """Have somebody type a line that is refused, and return what they read."""
        said = self.say(handle, line, place)
        assert said.outcome is not Outcome.DONE, said.text
        return said.text

    def wait(self, **length: float) -> list[Heard]:
        """Let time pass, doing on the way what comes due; return what is heard meanwhile."""
        before = len(self.heard)
        until = self.clock.moment + timedelta(**length)
        for _ in range(10_000):
            found = [each for each in self.desk.books.agenda.due(until, 1) if each.due_at <= until]
            if not found:
                break
            self.clock.moment = max(self.clock.moment, found[0].due_at)
            for item in agenda.due(self.desk):
                rounds.run(self.desk, item)
            self.deliver()
        self.clock.moment = until
        self.deliver()
        return self.heard[before:]

    def deliver(self) -> list[Heard]:
        """Deliver everything that may be sent, as the courier would; return what was heard."""
        before = len(self.heard)
        while claimed := outbox.claim(self.desk, "talk", _LEASE, 200):
            for each in claimed:
                self._deliver(each)
        return self.heard[before:]

    def _deliver(self, claimed: Claimed) -> None:
        spoken = announcements.prepare(self.desk, claimed, PLATFORMS)
        if isinstance(spoken, Unsaid):
            self._note(claimed, claimed.lane, spoken.state, spoken.reason)
            how = Settled(claimed, spoken.state, timedelta(0), spoken.reason)
            announcements.settle(self.desk, [how])
            return
        to = f"@{spoken.address}" if spoken.direct else f"{spoken.platform}:{spoken.address}"
        card = compose(claimed.kind, claimed.facts, spoken.view)
        self._note(claimed, to, "sent", "", card)
        place = claimed.card or Place(spoken.platform, to, claimed.mid)
        how = Settled(claimed, "sent", timedelta(0), spoken.reason, place)
        announcements.settle(self.desk, [how])

    def _note(
        self, claimed: Claimed, to: str, state: str, reason: str, card: Card | None = None
    ) -> None:
        self.heard.append(
            Heard(to, claimed.kind, str(claimed.form), claimed.subject, state, reason, card)
        )

    def last(self, to: str, kind: str = "") -> Heard:
        """Return the last notice that was sent there, of a kind that begins so."""
        return next(
            each
            for each in reversed(self.heard)
            if each.to == to and each.state == "sent" and each.kind.startswith(kind)
        )

    def said_to(self, handle: str) -> list[Heard]:
        """Return everything that was sent to somebody directly."""
        return [each for each in self.heard if each.to == f"@{handle}" and each.state == "sent"]
