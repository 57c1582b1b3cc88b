"""Between the council and emulate: only what Slack takes and emulate does not.

Slack reads arguments from a query as well as from a body, and a question may be a GET; emulate
reads the bodies of POSTs alone. slack_sdk asks `users.info`, `conversations.history` and
`conversations.replies` with GET, and puts the arguments of `conversations.open` into the query. So
here a call's query becomes its form, and every call a POST. Nothing else is touched, neither on the
way there nor on the way back.

Emulate has no response addresses. They are taken here, because the council follows none but those
on the host and port of its Web API.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.standins.threads import passing_on

FORM = "application/x-www-form-urlencoded"


@dataclass
class Adapter:
    """Where it listens, and the private answers that came to its response addresses."""

    behind: str
    origin: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list)

    async def call(self, request: Request) -> Response:
        """Hand a call of the Web API on."""
        body, kind = await request.body(), request.headers.get("content-type", FORM)
        if query := request.url.query.encode():
            assert not body, f"arguments in two places: {query!r} and {body!r}"
            body, kind = query, FORM
        headers = {"Content-Type": kind, "Authorization": request.headers.get("authorization", "")}
        client: httpx.AsyncClient = request.app.state.client
        url = self.behind + request.url.path
        answer = await client.post(url, content=body, headers=headers)
        return Response(answer.content, answer.status_code, media_type="application/json")

    async def respond(self, request: Request) -> Response:
        """Take a private answer."""
        self.answers.append(json.loads(await request.body()))
        return PlainTextResponse("ok")


@contextmanager
def adapting(behind: str) -> Iterator[Adapter]:
    """Stand before an emulate for as long as it is needed."""
    found = Adapter(behind)

    routes = [
        Route("/api/{method}", found.call, methods=["GET", "POST"]),
        Route("/response/{id}", found.respond, methods=["POST"]),
    ]
    with passing_on(routes) as found.origin:
        yield found
