"""Around every request: the id that its work carries, one line in the log, and its figures."""

import re
import time
from typing import TYPE_CHECKING

import structlog
from prometheus_client import Counter, Histogram

from bot.logs import TOLD, correlated, new_id
from bot.metrics import Metrics

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = b"x-request-id"
_TRACEPARENT = b"traceparent"
_OURS = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TRACE = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
# What probes and browsers ask for all the time.
_QUIET = ("/healthz", "/readyz", "/metrics")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FAILED = 500
# Who asked had gone before there was an answer; the number is nginx's.
_LEFT = 499

log = structlog.get_logger()


class Requests:
    """An ASGI middleware; stands outside everything that may fail."""

    def __init__(self, app: "ASGIApp", metrics: Metrics) -> None:
        """Hold what is inside."""
        self._app = app
        self._metrics = metrics
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Let one request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with correlated(_given(scope["headers"]) or new_id()) as correlation:
            await _Exchange(self, scope, send, correlation).run(self._app, receive)

    def count(self, scope: "Scope", status: int, seconds: float, answered: float) -> None:
        """Count one request, and log it; `answered` is when the answer began, in seconds."""
        route = _template(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        known = self._known.get((route, method, status))
        if known is None:
            known = (
                self._metrics.requests.labels(route, method, str(status)),
                self._metrics.request_seconds.labels(route, method),
            )
            self._known[route, method, status] = known
        known[0].inc()
        known[1].observe(answered)
        quiet = route in _QUIET
        line = log.debug if quiet and status < _FAILED else log.info
        more = scope.get(TOLD, {})
        ms = round(seconds * 1_000, 1)
        line("request", method=method, route=route, status=status, ms=ms, **more)


class _Exchange:
    """One request under way, and what was answered so far."""

    __slots__ = ("_answered", "_began", "_correlation", "_outer", "_scope", "_send", "_status")

    def __init__(self, outer: Requests, scope: "Scope", send: "Send", correlation: str) -> None:
        self._outer = outer
        self._scope = scope
        self._send = send
        self._correlation = correlation.encode()
        self._began = time.perf_counter()
        self._answered = 0.0
        self._status = 0

    async def run(self, app: "ASGIApp", receive: "Receive") -> None:
        """Have it answered; what breaks is logged here, and answered with 500 if it can be."""
        try:
            await app(self._scope, receive, self._forward)
        except Exception:
            log.exception("request_broke")
            if not self._status:
                await self._apologise()
        finally:
            seconds = time.perf_counter() - self._began
            status = self._status or _LEFT
            self._outer.count(self._scope, status, seconds, self._answered or seconds)

    async def _forward(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._answered = time.perf_counter() - self._began
            headers = [*message.get("headers", ()), (HEADER, self._correlation)]
            message = {**message, "headers": headers}
        await self._send(message)

    async def _apologise(self) -> None:
        headers = [(b"content-type", b"application/json")]
        start = {"type": "http.response.start", "status": _FAILED, "headers": headers}
        await self._forward(start)
        body = b'{"error":"broken","help":"The X-Request-ID names it in the log."}'
        await self._send({"type": "http.response.body", "body": body})


def _given(headers: list[tuple[bytes, bytes]]) -> str:
    """Return the id that the sender gave, if it is one that may stand in a log."""
    own = traced = b""
    for name, value in headers:
        if name == HEADER:
            own = value
        elif name == _TRACEPARENT:
            traced = value
    if own and _OURS.fullmatch(said := own.decode("latin-1")):
        return said
    trace = _TRACE.fullmatch(traced.decode("latin-1")) if traced else None
    return trace[1] if trace and set(trace[1]) != {"0"} else ""


def _template(scope: "Scope") -> str:
    """Return the route's own path, never the one that was asked for: that may hold anything."""
    return getattr(scope.get("route"), "path", None) or "unmatched"
