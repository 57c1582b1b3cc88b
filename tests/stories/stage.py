"""The language in which stories are told: people type, press and fill in; time passes; alerts come.

A story is told once and played twice: in the local workspace over its HTTP (`local.py`) and
through signed Slack requests (`slacked.py`). What people read comes back as `Seen`.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from bot import wiring
from bot.cards.model import Button, Card
from bot.commands import Asker, Outcome, answer
from bot.text import render
from council import ledger, replay
from council.desk import Desk
from tests.fakes import SetClock
from tests.stories.alerts import Alert
from tests.stories.transcript import Transcript

ZONE = ZoneInfo("Europe/Berlin")
SENDER = "monitor"
_LOOKS = 2_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as somebody sees it now: `where` is `#late-order`, or `@mei` between two.

    `words` are all of it on one line. `thread` is the key of the message it answers, if any.
    """

    key: str
    where: str
    words: str
    buttons: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""
    private: bool = False
    card: Card | None = None

    def says(self, *parts: str) -> "Seen":
        """Assert that all of these can be read here."""
        for part in parts:
            assert squeezed(part) in self.words, f"{part!r} is not in {self.text}"
        return self

    def leaves_out(self, *parts: str) -> "Seen":
        """Assert that none of these can be read here."""
        for part in parts:
            assert squeezed(part) not in self.words, f"{part!r} is in {self.text}"
        return self

    def offers(self, *labels: str) -> "Seen":
        """Assert that there are buttons with these labels."""
        for label in labels:
            assert label in self.buttons, f"no ▢ {label} in {self.text}"
        return self

    @property
    def text(self) -> str:
        """Return it as somebody who looks for a fault wants to read it."""
        return f"{self.where}:\n{render(self.card) if self.card else self.words}\n"

    def button(self, label: str) -> Button | None:
        """Return a button as the card has it."""
        found = (each for each in (self.card.buttons if self.card else ()) if each.label == label)
        return next(found, None)


class Stage(ABC):
    """A served council with people in a chat; `quiet` while what came before is set up."""

    name: str

    def __init__(self, wired: wiring.Service, http: httpx.AsyncClient, clock: SetClock) -> None:
        self.wired = wired
        self.http = http
        self.clock = clock
        self.secret = ""
        self.transcript = Transcript(clock, ZONE)
        self.ids: dict[str, str] = {}

    # ── what a surface does ──────────────────────────────────────────────────────────────────────

    @abstractmethod
    async def visible(self, who: str) -> list[Seen]:
        """Return everything that somebody can see now, in the order in which it was said."""

    @abstractmethod
    async def typed(self, who: str, line: str, where: str) -> Seen | None:
        """Type `/council <line>` somewhere; return the private answer."""

    @abstractmethod
    async def pressed(self, who: str, on: Seen, label: str) -> Seen | None:
        """Press a button; return the private answer, if there is one."""

    @abstractmethod
    async def filled_in(
        self, who: str, on: Seen, label: str, values: Mapping[str, str]
    ) -> Seen | None:
        """Send a button's form; return the private answer, if there is one."""

    @abstractmethod
    def spelled(self, line: str) -> str:
        """Return a line with `#channel` as this surface writes channels in set-up commands."""

    @abstractmethod
    def called(self, who: str) -> list[Seen]:
        """Return what was posted since `listen` that reached somebody: sent or mentioning."""

    @abstractmethod
    def listen(self) -> None:
        """Forget who was reached so far."""

    # ── what people do ───────────────────────────────────────────────────────────────────────────

    async def given(self, *lines: tuple[str, str]) -> None:
        """Have (who, line) done before the story begins; all must be done."""
        for who, line in lines:
            found = await answer(self.wired.clerk, Asker(self.ids[who]), self.spelled(line))
            said = render(found.card) if found.card else ""
            assert found.outcome is Outcome.DONE, f"@{who} {line}: {said}"
            await self.deliver()

    async def types(self, who: str, line: str, where: str = "#late-order") -> Seen:
        """Have somebody type a command; return what they alone are answered."""
        self.transcript.typed(who, line, where)
        found = await self.typed(who, line, where)
        assert found is not None, f"@{who} {line}: no answer"
        self.transcript.answered(who, found.card)
        await self.deliver()
        return found

    async def presses(self, who: str, label: str, on: str = "", **values: str) -> Seen | None:
        """Have somebody press the button of the last card that has it, filling in its form.

        `on` are words of the card that is meant. Returns the private answer, if there is one.
        """
        card = await self.last(who, on, having=label)
        self.transcript.pressed(who, label, card.where, _as_asked(card.button(label), values))
        if values:
            found = await self.filled_in(who, card, label, values)
        else:
            found = await self.pressed(who, card, label)
        if found is not None:
            self.transcript.answered(who, found.card)
        await self.deliver()
        return found

    # ── what happens ─────────────────────────────────────────────────────────────────────────────

    async def alert(self, alert: Alert, *, ended: bool = False) -> dict[str, Any]:
        """Send a real alert to the real hook; return what it answered."""
        self.transcript.alerted(alert, ended=ended)
        answered = await self.http.post(
            f"/hooks/{SENDER}",
            content=json.dumps(alert.body(self.clock.now(), ended=ended)),
            headers={"Authorization": f"Bearer {self.secret}"},
        )
        assert answered.status_code == 202, answered.text
        await self.deliver()
        found: dict[str, Any] = answered.json()
        return found

    async def passes(self, **length: float) -> None:
        """Let time pass, doing on the way what comes due."""
        await self.until(self.clock.now() + timedelta(**length))

    async def until(self, moment: datetime | str) -> None:
        """Let time pass until a moment; text is the time on the council's wall."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=ZONE).astimezone(UTC)
        for _ in range(_LOOKS):
            due = await self.wired.clerk.read(_next_due)
            if due is None or due > moment:
                break
            self.clock.moment = max(self.clock.moment, due)
            await self.wired.jobs.round()
            await self.deliver()
        self.clock.moment = max(self.clock.moment, moment)
        await self.deliver()

    async def deliver(self) -> None:
        """Deliver everything that may be sent now; rests between two messages pass at once."""
        for _ in range(_LOOKS):
            await self.wired.courier.drain()
            if not await self.wired.clerk.read(_unsent):
                break
            self.clock.move(seconds=1)
        else:
            raise AssertionError("something is never sent")
        self.transcript.delivered()

    # ── what is to be seen ───────────────────────────────────────────────────────────────────────

    async def last(self, who: str, words: str = "", *, where: str = "", having: str = "") -> Seen:
        """Return the last message with these words, in this place, having this button."""
        seen = await self.visible(who)
        for each in reversed(seen):
            fits = squeezed(words) in each.words and where in {"", each.where}
            if fits and (not having or having in each.buttons):
                return each
        tail = "\n".join(each.text for each in seen[-6:])
        raise AssertionError(f"@{who} sees no {words!r} ▢ {having!r} in {where or 'any'}:\n{tail}")

    async def card(self, who: str, words: str = "", where: str = "#late-order") -> Seen:
        """Return the last card in a channel, what stands in threads left out."""
        seen = [
            each
            for each in await self.visible(who)
            if each.where == where and not each.thread and not each.private
        ]
        found = [each for each in seen if squeezed(words) in each.words]
        assert found, f"@{who} sees no card {words!r} in {where}: {[e.text for e in seen]}"
        return found[-1]

    async def replies(self, who: str, where: str = "#late-order") -> list[Seen]:
        """Return what stands in threads of a channel."""
        return [
            each
            for each in await self.visible(who)
            if each.where == where and each.thread and not each.private
        ]

    async def direct(self, who: str) -> list[Seen]:
        """Return what the council told somebody unasked, between the two."""
        return [e for e in await self.visible(who) if e.where == f"@{who}" and not e.private]

    def undisturbed(self, *people: str) -> None:
        """Assert that nothing reached these people since `listen`."""
        for who in people:
            assert not self.called(who), f"@{who}: {[each.text for each in self.called(who)]}"

    async def whole(self) -> None:
        """Assert that the history verifies, nothing is dead and nothing due broke."""
        _, faults = await self.wired.clerk.read(ledger.verify)
        assert faults == [], faults
        assert await self.wired.clerk.read(replay.compare) == ()
        assert await self.wired.clerk.read(_dead) == []
        assert self._broke() == []

    def _broke(self) -> list[str]:
        return [
            str(sample.labels)
            for metric in self.wired.clerk.metrics.agenda_items.collect()
            for sample in metric.samples
            if sample.labels.get("outcome", sample.labels.get("result")) == "broke" and sample.value
        ]


def squeezed(text: str) -> str:
    """Return text on one line with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


def labels(buttons: Sequence[Button]) -> dict[str, str]:
    """Return the commands of buttons by label."""
    return {each.label: each.command for each in buttons}


def _as_asked(button: Button | None, values: Mapping[str, str]) -> dict[str, str]:
    """Return what is filled in by the form's own questions."""
    fields = button.form.fields if button and button.form else ()
    names = {each.name: each.label for each in fields}
    return {names.get(name, name): value for name, value in values.items()}


def _next_due(desk: Desk) -> datetime | None:
    return desk.books.agenda.next_due()


def _unsent(desk: Desk) -> int:
    return sum(desk.books.outbox.count(state) for state in ("pending", "claimed", "failed"))


def _dead(desk: Desk) -> list[str]:
    return [
        f"{each.kind} {each.subject} {each.lane}: {each.reason}"
        for each in desk.books.outbox.page("dead", 100)
    ]
