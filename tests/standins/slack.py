"""A Slack Web API of our own, small and honest about what it keeps.

Run it with `python -m tests.standins.slack --port 8400`, or in a thread with `served()`. It keeps
messages in memory, answers with Slack's own error codes, refuses what our rule pass refuses, and
misbehaves on request. It limits no rate: it records when each call came, tests look at that.

Beside `/api/<method>` and `/response/<id>` (response addresses) it has `POST /_faults`,
`POST /_reset`, `GET /_messages` and `GET /_calls`.
"""

import argparse
import asyncio
import itertools
import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.slack.legal import problems

Json = dict[str, Any]

TEAM, BOT = "T0COUNCIL1", "U0COUNCIL1"
_YES = {True, "1", "true"}


@dataclass
class Faults:
    """How often calls of `only` (all, if empty) go wrong; `errors` maps a method to its answer."""

    status_429: float = 0.0
    status_500: float = 0.0
    drop_after_accept: float = 0.0
    retry_after: int = 1
    delay: float = 0.0
    only: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    seed: int = 0


class RefusedError(Exception):
    """One of Slack's error codes."""


class Dropped(Response):
    """An answer that never comes: the connection ends after the headers."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


class Slack:
    """A workspace: conversations, messages with their metadata, and what was asked of it."""

    def __init__(self) -> None:
        self.reset(Faults())

    def reset(self, faults: Faults) -> None:
        """Forget everything."""
        self.messages: list[Json] = []
        self.calls: list[Json] = []
        self.groups: list[Json] = []
        self._clock = itertools.count(1)
        self.fault(faults)

    def fault(self, faults: Faults) -> None:
        """Misbehave from now on."""
        self.faults = faults
        self._chance = random.Random(faults.seed)

    # ── one call ─────────────────────────────────────────────────────────────────────────────────

    async def answer(self, method: str, given: Json, token: str) -> Response:
        """Answer a call, or misbehave."""
        call = {"at": time.time(), "method": method, "channel": given.get("channel")}
        call |= {"given": given, "outcome": "ok"}
        self.calls.append(call)
        faults = self.faults
        if faults.delay:
            await asyncio.sleep(faults.delay)
        if self._happens(method, faults.status_429):
            return self._limited(call)
        if self._happens(method, faults.status_500):
            call["outcome"] = "500"
            return PlainTextResponse("Internal Server Error", 500)
        body = self._body(method, given, token)
        if not body["ok"]:
            call["outcome"] = body["error"]
        elif self._happens(method, faults.drop_after_accept):
            call["outcome"] = "dropped"
            return Dropped()
        return JSONResponse(body)

    def _happens(self, method: str, chance: float) -> bool:
        if self.faults.only and method not in self.faults.only:
            return False
        return self._chance.random() < chance

    def _limited(self, call: Json) -> Response:
        call["outcome"] = "ratelimited"
        headers = {"Retry-After": str(self.faults.retry_after)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)

    def _body(self, method: str, given: Json, token: str) -> Json:
        try:
            self._admit(method, token)
            return {"ok": True} | METHODS[method](self, given)
        except RefusedError as refused:
            return {"ok": False, "error": str(refused)}

    def _admit(self, method: str, token: str) -> None:
        if method not in METHODS:
            raise RefusedError("unknown_method")
        if not token.startswith("xoxb-"):
            raise RefusedError("not_authed" if not token else "invalid_auth")
        if error := self.faults.errors.get(method):
            raise RefusedError(error)

    # ── what it can do ───────────────────────────────────────────────────────────────────────────

    def post_message(self, given: Json) -> Json:
        """Add a message."""
        channel = _channel(given)
        _legal(given)
        thread = given.get("thread_ts")
        if thread and not self._message(channel, thread):
            raise RefusedError("thread_not_found")
        now = time.time()
        message = {"ts": f"{int(now)}.{next(self._clock):06d}", "channel": channel, "at": now}
        message |= {"thread_ts": thread, "edits": [], **_content(given)}
        self.messages.append(message)
        return {"channel": channel, "ts": message["ts"], "message": _shown(message)}

    def post_ephemeral(self, given: Json) -> Json:
        """Show something to one person; nothing is kept."""
        _channel(given)
        _legal(given)
        return {"message_ts": f"{int(time.time())}.{next(self._clock):06d}"}

    def update(self, given: Json) -> Json:
        """Replace a message's content; what it said before stays under `edits`."""
        message = self._message(_channel(given), given.get("ts"))
        if message is None:
            raise RefusedError("message_not_found")
        _legal(given)
        before = {key: message[key] for key in ("text", "blocks", "metadata")}
        message["edits"].append(before | {"until": time.time()})
        message.update(_content(given))
        return {"channel": message["channel"], "ts": message["ts"], "text": message["text"]}

    def history(self, given: Json) -> Json:
        """List a conversation, newest first, without replies."""
        channel = _channel(given)
        found = [m for m in self.messages if m["channel"] == channel and not m["thread_ts"]]
        return _page(found[::-1], given)

    def replies(self, given: Json) -> Json:
        """List a thread, oldest first, its root always."""
        root = self._message(_channel(given), given.get("ts"))
        if root is None:
            raise RefusedError("thread_not_found")
        found = [m for m in self.messages if m["thread_ts"] == root["ts"]]
        return _page([root, *found], given, always=root)

    def open(self, given: Json) -> Json:
        """Open the conversation with a person."""
        return {"channel": {"id": "D" + _person(given.get("users"))[1:]}}

    def users_info(self, given: Json) -> Json:
        """Tell about a person; ids that end in GUEST or BOT are one."""
        user = _person(given.get("user"))
        name = f"Person {user[-4:]}"
        profile = {"real_name": name, "email": f"{user.lower()}@example.org"}
        marks = {"is_restricted": user.endswith("GUEST"), "is_bot": user.endswith("BOT")}
        return {"user": {"id": user, "tz": "Europe/Berlin", "profile": profile, **marks}}

    def usergroups(self, given: Json) -> Json:
        """List the groups, with their people and those switched off only if this is asked for."""
        every = given.get("include_disabled") in _YES
        shown = [g for g in self.groups if every or not g["date_delete"]]
        if given.get("include_users") not in _YES:
            shown = [{k: v for k, v in group.items() if k != "users"} for group in shown]
        return {"usergroups": shown}

    def auth_test(self, given: Json) -> Json:
        """Say who the token is."""
        del given
        ids = {"team_id": TEAM, "user_id": BOT, "bot_id": "B0COUNCIL1"}
        return ids | {"team": "Acme", "user": "council"}

    def _message(self, channel: str, ts: object) -> Json | None:
        found = (m for m in self.messages if m["channel"] == channel and m["ts"] == ts)
        return next(found, None)


METHODS: dict[str, Callable[[Slack, Json], Json]] = {
    "auth.test": Slack.auth_test,
    "chat.postEphemeral": Slack.post_ephemeral,
    "chat.postMessage": Slack.post_message,
    "chat.update": Slack.update,
    "conversations.history": Slack.history,
    "conversations.open": Slack.open,
    "conversations.replies": Slack.replies,
    "usergroups.list": Slack.usergroups,
    "users.info": Slack.users_info,
}


def _channel(given: Json) -> str:
    """Return the conversation; C0GONE… does not exist, C0ARCHIVED… is closed."""
    channel = str(given.get("channel", ""))
    if not re.fullmatch(r"[CDG][A-Z0-9]+", channel) or channel.startswith("C0GONE"):
        raise RefusedError("channel_not_found")
    if channel.startswith("C0ARCHIVED"):
        raise RefusedError("is_archived")
    return channel


def _person(given: object) -> str:
    if not re.fullmatch(r"[UW][A-Z0-9]+", str(given)) or str(given).startswith("U0GONE"):
        raise RefusedError("user_not_found")
    return str(given)


def _legal(given: Json) -> None:
    if not given.get("text") and not given.get("blocks"):
        raise RefusedError("no_text")
    if problems({key: given[key] for key in ("text", "blocks") if key in given}, "message"):
        raise RefusedError("invalid_blocks")


def _content(given: Json) -> Json:
    return {key: given.get(key) for key in ("text", "blocks", "metadata")}


def _shown(message: Json) -> Json:
    shown = {key: message[key] for key in ("ts", "text", "blocks", "metadata")}
    thread = message["thread_ts"]
    return shown | {"type": "message", "user": BOT} | ({"thread_ts": thread} if thread else {})


def _page(found: list[Json], given: Json, always: Json | None = None) -> Json:
    oldest = float(given.get("oldest") or 0)
    found = [m for m in found if float(m["ts"]) > oldest or m is always]
    start, size = int(given.get("cursor") or 0), int(given.get("limit") or 100)
    more = start + size < len(found)
    shown = [_shown(message) for message in found[start : start + size]]
    if given.get("include_all_metadata") not in _YES:
        shown = [{k: v for k, v in message.items() if k != "metadata"} for message in shown]
    cursor = {"next_cursor": str(start + size) if more else ""}
    return {"messages": shown, "has_more": more, "response_metadata": cursor}


# ── over HTTP ────────────────────────────────────────────────────────────────────────────────────


def create_app(slack: Slack) -> Starlette:
    """Return the workspace as a web application."""

    async def call(request: Request) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        return await slack.answer(request.path_params["method"], await _given(request), token)

    async def respond(request: Request) -> Response:
        given = await request.json()
        if request.path_params["id"] == "expired":
            return PlainTextResponse("expired_url", 404)
        slack.calls.append({"at": time.time(), "method": "response_url", "given": given})
        return PlainTextResponse("ok")

    return Starlette(
        routes=[
            Route("/api/{method}", call, methods=["GET", "POST"]),
            Route("/response/{id}", respond, methods=["POST"]),
            *_controls(slack),
        ]
    )


def _controls(slack: Slack) -> list[Route]:
    """Return what tests steer and look at."""

    async def faults(request: Request) -> Response:
        slack.fault(Faults(**await request.json()))
        return JSONResponse(asdict(slack.faults))

    async def reset(request: Request) -> Response:
        del request
        slack.reset(Faults())
        return JSONResponse({"ok": True})

    async def messages(request: Request) -> Response:
        wanted = request.query_params.get("channel")
        return JSONResponse([m for m in slack.messages if wanted in {None, m["channel"]}])

    async def calls(request: Request) -> Response:
        wanted = request.query_params.get("method")
        return JSONResponse([c for c in slack.calls if wanted in {None, c["method"]}])

    return [
        Route("/_faults", faults, methods=["POST"]),
        Route("/_reset", reset, methods=["POST"]),
        Route("/_messages", messages),
        Route("/_calls", calls),
    ]


async def _given(request: Request) -> Json:
    """Return the arguments, in whichever of the three ways Slack takes they came."""
    given: Json = dict(request.query_params)
    raw = await request.body()
    if raw and request.headers.get("content-type", "").startswith("application/json"):
        body: Json = json.loads(raw)
        return given | body
    return given | dict(await request.form()) if raw else given


@dataclass(frozen=True)
class Served:
    """A stand-in that runs, and where."""

    slack: Slack
    port: int

    @property
    def origin(self) -> str:
        """Return the address without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        """Return what SLACK_API_URL is to be."""
        return f"{self.origin}/api/"


@contextmanager
def served() -> Iterator[Served]:
    """Serve a workspace from a thread of this process, on any free port."""
    slack = Slack()
    server = uvicorn.Server(_config(slack, 0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the stand-in did not start")
            time.sleep(0.01)
        yield Served(slack, server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(5)


def _config(slack: Slack, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(slack), host="127.0.0.1", port=port, log_level="critical", lifespan="off"
    )


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="A stand-in for Slack's Web API.")
    parser.add_argument("--port", type=int, default=8400)
    uvicorn.Server(_config(Slack(), parser.parse_args().port)).run()


if __name__ == "__main__":
    main()
