"""A plain round robin over HTTP, in a thread: each request goes to the next server that takes it.

A server that takes no connection is passed over; one that hangs up in the middle is a 502, because
nobody knows what it had done. Nothing is checked, nothing is sticky: what a council must stand.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.standins.threads import passing_on

_OWN = {"host", "content-length", "connection", "transfer-encoding"}


@dataclass
class RoundRobin:
    """Where it listens, and how many requests each server has answered."""

    origins: Sequence[str]
    origin: str = ""
    answered: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._turn = itertools.cycle(range(len(self.origins)))

    async def pass_on(self, client: httpx.AsyncClient, request: Request) -> Response:
        """Hand a request to the next server that takes it."""
        body = await request.body()
        headers = {name: value for name, value in request.headers.items() if name not in _OWN}
        for _ in self.origins:
            origin = self.origins[next(self._turn)]
            try:
                answer = await client.request(
                    request.method, origin + request.url.path, content=body, headers=headers
                )
            except httpx.ConnectError:
                continue
            except httpx.TransportError:
                return Response("hung up", 502)
            self.answered[origin] += 1
            kept = {n: v for n, v in answer.headers.items() if n.lower() not in _OWN}
            return Response(answer.content, answer.status_code, kept)
        return Response("nobody is there", 503)


@contextmanager
def balancing(origins: Sequence[str]) -> Iterator[RoundRobin]:
    """Serve a round robin over these origins for as long as it is needed."""
    found = RoundRobin(origins)

    async def any_request(request: Request) -> Response:
        return await found.pass_on(request.app.state.client, request)

    route = Route("/{path:path}", any_request, methods=["GET", "POST"])
    with passing_on([route]) as found.origin:
        yield found
