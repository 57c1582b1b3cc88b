"""The local workspace as a stage: everything people do goes over its HTTP, as its page does it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from bot import wiring
from bot.cards.model import Card
from bot.text import render
from bot.workspace.room import Message, Workspace
from bot.workspace.routes import routes
from bot.workspace.view import Drawer, _rings
from council.store.engine import open_engine
from tests.fakes import SetClock
from tests.stories import town
from tests.stories.stage import Seen, Stage, labels, squeezed

_DRAWER = Drawer("/hooks/monitor", "", ())


class Local(Stage):
    """People at the windows of the workspace."""

    name = "local"

    def __init__(
        self,
        wired: wiring.Service,
        http: httpx.AsyncClient,
        clock: SetClock,
        workspace: Workspace,
    ) -> None:
        super().__init__(wired, http, clock)
        self.workspace = workspace
        self._asked = 0
        self._posted: list[Message] = []
        workspace.watch(self._heard)

    async def visible(self, who: str) -> list[Seen]:
        state = (await self.http.get("/workspace/state", params={"as": who})).json()
        shown = [self.workspace.message(each["id"], who) for each in state["messages"]]
        return [_seen(each) for each in shown if each.card]

    async def typed(self, who: str, line: str, where: str) -> Seen | None:
        place = where.removeprefix("#")
        return await self._do("say", who, place=place, text=f"/council {line}")

    async def pressed(self, who: str, on: Seen, label: str) -> Seen | None:
        return await self._do("press", who, message=on.key, command=on.buttons[label])

    async def filled_in(
        self, who: str, on: Seen, label: str, values: Mapping[str, str]
    ) -> Seen | None:
        assert on.card is not None
        at = [each.label for each in on.card.buttons].index(label)
        given = {"message": on.key, "button": at, "command": on.buttons[label]}
        return await self._do("fill", who, **given, values=dict(values))

    def spelled(self, line: str) -> str:
        return line.replace("--channel #", "--channel local:")

    def called(self, who: str) -> list[Seen]:
        direct = f"@{who}"
        return [
            _seen(each)
            for each in self._posted
            if each.place == direct or (each.card and _rings(each.card, who))
        ]

    def listen(self) -> None:
        self._posted.clear()

    async def _do(self, what: str, who: str, **asked: Any) -> Seen | None:
        self._asked += 1
        given = {"as": who, "id": f"e{self._asked}"} | asked
        answered = await self.http.post(f"/workspace/{what}", json=given)
        assert answered.status_code == 200, f"@{who} {what} {asked}: {answered.text}"
        message = answered.json()["message"]
        return _seen(self.workspace.message(message["id"], who)) if message else None

    def _heard(self, message: Message, changed: bool) -> None:  # noqa: FBT001 -- a listener
        if message.card is None or message.only_for:
            return
        if not changed:
            self._posted.append(message)
        how = "changed" if changed else "threaded" if message.thread else "posted"
        self.transcript.hears(_where(message), how, message.card)


def _where(message: Message) -> str:
    return message.place if message.place.startswith("@") else f"#{message.place}"


def _seen(message: Message) -> Seen:
    card = message.card or Card("", message.text)
    words = squeezed(render(replace(card, buttons=())))
    private = bool(message.only_for)
    return Seen(
        message.id, _where(message), words, labels(card.buttons), message.thread, private, card
    )


@asynccontextmanager
async def local(database: Path) -> AsyncIterator[Local]:
    """Serve the town in a workspace."""
    clock = SetClock(town.BEGINS)
    workspace = Workspace(clock)
    url = f"sqlite:///{database}"
    wired = wiring.build(
        town.settings(url, f"local:{town.COUNCIL}"),
        clock=clock,
        messengers={workspace.platform: workspace},
        engine=open_engine(url),
    )
    for name in town.CHANNELS:
        workspace.open_channel(name)

    def move(length: timedelta) -> None:
        clock.moment += length

    wired.web.include_router(routes(wired.clerk, workspace, _DRAWER, move))
    wired.clerk.start()
    way = httpx.ASGITransport(wired.web)
    try:
        async with httpx.AsyncClient(transport=way, base_url="http://localhost:8000") as http:
            stage = Local(wired, http, clock, workspace)
            stage.ids, stage.secret = await wired.clerk.write(town.furnish)
            yield stage
    finally:
        await wired.clerk.close()
        wired.engine.dispose()
