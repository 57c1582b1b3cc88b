"""What people and machines do in the demo, through the front doors, under the story's clock."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.commands import Answer, Asker, Outcome, answer
from bot.courier import PER_MESSAGE
from bot.shell.demo import town
from bot.shell.demo.clock import StoryClock
from bot.text import render
from bot.wiring import Service
from bot.workspace.room import Message, Workspace
from council import cases, integrations, people
from council.desk import Desk

SENDER = "prometheus"
# The metric of a captured request speaks of the model's output as a whole.
_METRICS = {"drifted_columns_share": "prediction_drift"}
_SETTLE_SECONDS = 60.0
_LOOK_SECONDS = 0.005


class BrokenStory(Exception):
    """The story asks for something that the council does not do."""


@dataclass
class Scene:
    """A served council with its chat, its sender and a clock that can be moved."""

    service: Service
    workspace: Workspace
    clock: StoryClock
    http: httpx.AsyncClient
    secret: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    cards: dict[str, Message] = field(default_factory=dict)

    async def furnish(self) -> None:
        """Open the channels, and make people and sender known."""
        for name, topic in town.channels().items():
            self.workspace.open_channel(name, topic)
        self.workspace.watch(self._remember)
        await self.service.clerk.write(people.import_csv, town.people_table())
        self.ids = await self.service.clerk.read(_ids)
        self.secret = await self.service.clerk.write(
            integrations.add, "demo", "alertmanager", SENDER, _METRICS
        )

    async def do(self, handle: str, text: str) -> Answer:
        """Type a command as somebody; raises BrokenStory if it is not done."""
        found = await answer(self.service.clerk, Asker(self.ids[handle]), text)
        if found.outcome is not Outcome.DONE:
            said = render(found.card) if found.card else found.outcome
            raise BrokenStory(f"@{handle} {text}: {said}")
        return found

    async def open(self, by: str, key: str) -> None:
        """Open an initiative and put people into its roles."""
        project = town.projects()[key]
        for line in (project.opening, *project.staffing):
            await self.do(by, line)

    async def post(self, body: Mapping[str, Any] | str) -> httpx.Response:
        """Send a request to the front door, as its sender would."""
        answered = await self.http.post(
            integrations.path_of(SENDER),
            content=body if isinstance(body, str) else json.dumps(body),
            headers={"Authorization": f"Bearer {self.secret}"},
        )
        if not answered.is_success:
            raise BrokenStory(f"the hook answered {answered.status_code}: {answered.text}")
        return answered

    async def let_time_run_out(self, case: str) -> None:
        """Move to just after the time until when somebody must answer a case."""
        view = await self.service.clerk.read(cases.view, case)
        if view.acknowledge_by is None:
            raise BrokenStory(f"no clock runs for {case}")
        await self.live_until(view.acknowledge_by + timedelta(minutes=1))

    async def live_until(self, moment: datetime) -> None:
        """Let time pass until a moment, doing on the way what comes due."""
        while (due := await self.service.clerk.read(_next_due)) and due <= moment:
            self.clock.move_to(due)
            await self.service.jobs.round()
            await self.settle()
        self.clock.move_to(moment)

    async def settle(self) -> None:
        """Let everything be said; rests between two messages of a conversation pass at once.

        Raises TimeoutError if it comes to no end.
        """
        service = self.service
        async with asyncio.timeout(_SETTLE_SECONDS):
            while True:
                await service.courier.drain()
                waiting, on_their_way = await service.clerk.read(_unsaid)
                if on_their_way:
                    await asyncio.sleep(_LOOK_SECONDS)
                elif waiting:
                    self.clock.move(PER_MESSAGE)
                else:
                    return

    def _remember(self, message: Message, changed: bool) -> None:
        """Keep where the card of each case stands, so that people can answer under it."""
        if (
            message.card
            and not changed
            and not message.thread
            and not message.place.startswith("@")
        ):
            self.cards.setdefault(message.card.fallback.partition(" ")[0], message)


def _next_due(desk: Desk) -> datetime | None:
    return desk.books.agenda.next_due()


def _ids(desk: Desk) -> dict[str, str]:
    return {handle: people.find(desk, handle).id for handle in town.names()}


def _unsaid(desk: Desk) -> tuple[int, int]:
    """Return how many notices wait, and how many are on their way."""
    count = desk.books.outbox.count
    return count("pending") + count("failed"), count("claimed")
