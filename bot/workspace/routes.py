"""The workspace over HTTP: the page, what is in it, what happens, and what people do.

Only the demo includes these routes, and only a browser on this machine is let in (`guard.py`).
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta
from importlib.resources import files
from typing import Annotated, TypeVar

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from jinja2 import Environment
from pydantic import BaseModel, Field

from bot.cards.forms import Unfilled
from bot.clerk import Clerk, Unavailable
from bot.completions import known_to
from bot.grammar.completion import complete
from bot.html import CARD_CSS
from bot.workspace import guard
from bot.workspace.crowd import abouts, crowd
from bot.workspace.front import Front, NoSuchButton, Spot
from bot.workspace.room import LONGEST_WORDS, PLATFORM, Message, NotHere, Workspace
from bot.workspace.stream import stream
from bot.workspace.view import Drawer, Json, Window, iso

TITLE = "ML council"
_ROOM = files("bot.workspace")
_ASSET = re.compile(r"[a-z][a-z0-9-]{0,40}\.(css|js)")
_TYPES = {"css": "text/css", "js": "text/javascript"}
_NUMBER = re.compile(r"[0-9]{1,18}")
_FRESH = {"Cache-Control": "no-cache"}
_UNKEPT = {"Cache-Control": "no-store"}
_MOST_MINUTES = 31 * 24 * 60

Name = Annotated[str, Field(max_length=100)]
Line = Annotated[str, Query(max_length=LONGEST_WORDS)]
Who = Annotated[str, Query(alias="as", max_length=64)]


class _By(BaseModel):
    """Who does something (by handle), and the page's own id of it."""

    as_: str = Field(alias="as", min_length=1, max_length=64)
    id: Name = ""


class _Said(_By):
    place: Name
    thread: Name = ""
    text: str = Field(min_length=1, max_length=LONGEST_WORDS)


class _Pointed(_By):
    message: Name


class _Pressed(_Pointed):
    command: str = Field(max_length=LONGEST_WORDS)


class _Filled(_Pressed):
    button: int = Field(ge=0)
    values: dict[Name, Annotated[str, Field(max_length=20_000)]]


class _Passed(BaseModel):
    minutes: int = Field(ge=1, le=_MOST_MINUTES)


Asked = TypeVar("Asked", bound=_By)
Act = Callable[[Window, Asked], Awaitable[Message | None]]
T = TypeVar("T")


def routes(
    clerk: Clerk, workspace: Workspace, drawer: Drawer, move_clock: Callable[[timedelta], None]
) -> APIRouter:
    """Return everything under /workspace; `move_clock` lets time pass at once."""
    router = APIRouter(prefix="/workspace", route_class=guard.Guarded, include_in_schema=False)
    _looking(router, clerk, workspace, drawer)
    _doing(router, clerk, workspace)

    @router.post("/clock")
    async def clock(request: Request) -> Json:
        """Let time pass."""
        passed = await guard.body(request, _Passed)
        move_clock(timedelta(minutes=passed.minutes))
        workspace.clock_moved()
        return {"now": iso(workspace.clock.now())}

    return router


def _looking(router: APIRouter, clerk: Clerk, workspace: Workspace, drawer: Drawer) -> None:
    @router.get("")
    async def page() -> Response:
        """Show the page; everything else it asks for itself."""
        text = _ROOM.joinpath("page.html").read_text(encoding="utf-8")
        shown = Environment(autoescape=True).from_string(text).render(title=TITLE)
        return HTMLResponse(shown, headers=_FRESH)

    @router.get("/assets/{name}")
    async def asset(name: str) -> Response:
        """Return a style sheet or a script."""
        known = _ASSET.fullmatch(name)
        found = CARD_CSS if name == "card.css" else _ROOM.joinpath("assets", name)
        if known is None or not found.is_file():
            raise HTTPException(404, "There is no such file.")
        return Response(found.read_bytes(), media_type=_TYPES[known[1]], headers=_FRESH)

    @router.get("/state")
    async def state(as_: Who = "") -> Response:
        """Return everything that somebody sees; without a name, the council lead."""
        about = await _ask(clerk, abouts)
        window = await _window(clerk, workspace, as_)
        return JSONResponse(window.state(about, drawer), headers=_UNKEPT)

    @router.get("/events")
    async def events(
        request: Request, as_: Who, after: Annotated[int, Query(ge=0)] = 0
    ) -> Response:
        """Tell what happens from here on."""
        resumed = request.headers.get("last-event-id", "")
        window = await _window(clerk, workspace, as_)
        told = stream(window, int(resumed) if _NUMBER.fullmatch(resumed) else after)
        return StreamingResponse(told, media_type="text/event-stream", headers=_UNKEPT)

    @router.get("/complete")
    async def completed(as_: Who, place: Line, text: Line) -> Json:
        """Return ways on from what somebody is typing."""
        window = await _window(clerk, workspace, as_)
        known = await _ask(clerk, known_to, window.member.id, f"{PLATFORM}:{place}")
        return {"items": [asdict(each) for each in complete(text, known)]}


def _doing(router: APIRouter, clerk: Clerk, workspace: Workspace) -> None:
    front = Front(clerk, workspace)

    async def say(window: Window, asked: _Said) -> Message | None:
        spot = Spot(asked.place, asked.thread)
        return await front.say(window.member, spot, asked.text, asked.id)

    async def press(window: Window, asked: _Pressed) -> Message | None:
        message = window.found(asked.message)
        return await front.press(window.member, message, asked.command, asked.id)

    async def fill(window: Window, asked: _Filled) -> Message | None:
        message, at, said = window.found(asked.message), asked.button, asked.command
        return await front.fill(window.member, message, at, said, asked.values, asked.id)

    async def share(window: Window, asked: _Pointed) -> Message | None:
        return front.share(window.member, window.found(asked.message))

    async def dismiss(window: Window, asked: _Pointed) -> Message | None:
        front.dismiss(window.found(asked.message))
        return None

    def at(path: str, shape: type[Asked], act: Act[Asked]) -> None:
        @router.post(path, name=path[1:])
        async def endpoint(request: Request) -> Response:
            asked = await guard.body(request, shape)
            return await _answered(await _window(clerk, workspace, asked.as_), act, asked)

    at("/say", _Said, say)
    at("/press", _Pressed, press)
    at("/fill", _Filled, fill)
    at("/share", _Pointed, share)
    at("/dismiss", _Pointed, dismiss)


async def _answered(window: Window, act: Act[Asked], asked: Asked) -> Response:
    """Do something, and return the message that came of it, or why it was not done."""
    try:
        message = await act(window, asked)
    except NotHere as error:
        raise HTTPException(422, "That is not here, or not any more.") from error
    except NoSuchButton as error:
        raise HTTPException(422, "This button is not there any more.") from error
    except Unfilled as error:
        return JSONResponse({"faults": dict(error.faults)}, 422)
    return JSONResponse({"message": window.message(message) if message else None})


async def _window(clerk: Clerk, workspace: Workspace, handle: str) -> Window:
    """Return what somebody sees; raises HTTPException (422) for a stranger."""
    everybody = await _ask(clerk, crowd)
    handle = handle or everybody.lead
    if handle not in everybody.members:
        raise HTTPException(422, f"There is no person called {handle}.")
    return Window(workspace, everybody, handle)


async def _ask(clerk: Clerk, question: Callable[..., T], *given: object) -> T:
    try:
        return await clerk.read(question, *given)
    except Unavailable as error:
        raise HTTPException(503, "Just a moment. Please try again.") from error
