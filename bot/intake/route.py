"""POST /hooks/{integration}: limit, who sent it, strict JSON, signals; 202 after the commit.

A caller who is not known gets 401, a body that is not JSON 400, one too large 413. Everything else
is kept: a bad alert is quarantined, because senders repeat what we refuse until the alert dies.
Overload is 503 with Retry-After, the one answer that every sender retries.
"""

import asyncio
import hashlib
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import orjson
import structlog
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.routing import Route

from bot.clerk import RETRY_AFTER_SECONDS, Busy, Clerk, Unavailable
from bot.intake.body import Malformed, TooLarge, Unsupported, parse_json, read_body
from bot.intake.native import alertmanager
from bot.intake.transports import matches, presented
from bot.logs import TOLD, correlation
from council import cases, integrations
from council.cases import Accepted
from council.desk import Desk
from council.integrations import Sender
from council.signal import Delivery

BODY_LIMIT = 1 << 20
# More alerts than any sender groups; each would leave a record of its own.
ENDLESS = 10_000
# A larger body is read on a thread, so that acks to people do not wait for it.
_ASIDE = 64 << 10
# So long a sender's secrets may be used without looking; a revoked one is refused after this.
_REMEMBER_SECONDS = 1.0
_REMEMBERED = 1_000
# Of a body that touched more, the log names the first.
_CASES_TOLD = 20

log = structlog.get_logger()


@dataclass(slots=True)
class _Known:
    sender: Sender
    until: float


class Door:
    """Lets requests in; remembers for a second who may come, and nothing else."""

    def __init__(self, clerk: Clerk) -> None:
        """Hold the clerk."""
        self._clerk = clerk
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, asyncio.Task[Sender | None]] = {}
        # A counter's child: to look one up takes longer than to count.
        self._items = cache(clerk.metrics.hook_items.labels)

    async def sender(self, name: str, headers: Mapping[str, str]) -> Sender | None:
        """Return the integration whose secret the request carries, else None.

        Only a match is remembered: a secret that does not fit is looked up afresh, so that a new
        one works at once.
        """
        claim = presented(headers)
        if claim is None or not claim.is_for(name):
            return None
        known = self._known.get(name)
        if known and matches(claim.secret, known.sender.hashes):
            if known.until > time.monotonic():
                return known.sender
            # Hundreds may come while one look-up is under way; they wait for it together.
            found = await asyncio.shield(self._look_up(name))
        else:
            found = await self._clerk.read(integrations.sender, name)
        if found is None or not matches(claim.secret, found.hashes):
            return None
        self._remember(name, found)
        return found

    def _look_up(self, name: str) -> "asyncio.Task[Sender | None]":
        task = self._asking.get(name)
        if task is None:
            task = asyncio.ensure_future(self._clerk.read(integrations.sender, name))
            self._asking[name] = task
            task.add_done_callback(lambda _: self._asking.pop(name, None))
        return task

    def _remember(self, name: str, found: Sender) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[name] = _Known(found, time.monotonic() + _REMEMBER_SECONDS)

    async def receive(self, request: Request, name: str) -> Response:
        """Take one request from its bytes to its answer."""
        try:
            sender = await self.sender(name, request.headers)
        except Unavailable:
            return _busy()
        if sender is None:
            # A name that none could have may be a secret in the wrong place.
            named = name if integrations.NAME.fullmatch(name) else ""
            log.info("hook_refused", integration=named)
            return _problem(401, "unauthorized", "Send the secret as Bearer or Basic.")
        return await self._known_sender(request, sender)

    async def _known_sender(self, request: Request, sender: Sender) -> Response:
        try:
            encoding = request.headers.get("content-encoding", "")
            body = await read_body(request.stream(), BODY_LIMIT, encoding)
            delivery = (
                await asyncio.to_thread(self._delivery, sender, body)
                if len(body) > _ASIDE
                else self._delivery(sender, body)
            )
            taken = await self._clerk.submit(cases.receive, delivery, max(1, len(delivery.items)))
        except TooLarge as error:
            said = f"The limit is {error.limit} bytes."
            return await self._trouble(sender, 413, "too_large", said)
        except Unsupported:
            return await self._trouble(sender, 415, "encoding", "Send plain or gzip.")
        except Malformed as error:
            said = "The body must be one strict JSON object."
            return await self._trouble(sender, 400, error.why, said)
        except (Busy, Unavailable):
            return _busy()
        self._tell(request, sender, taken)
        return _accepted(taken)

    def _tell(self, request: Request, sender: Sender, taken: Accepted) -> None:
        """Count, and have the request's own line say it: two lines are too many for each hook."""
        counts = {
            "accepted": taken.accepted,
            "duplicate": taken.duplicate,
            "quarantined": taken.quarantined,
        }
        for status, count in counts.items():
            if count:
                self._items(sender.kind, status).inc(count)
        request.scope[TOLD] = {
            "integration": sender.name,
            **counts,
            "cases": sorted({item.case for item in taken.items if item.case})[:_CASES_TOLD],
            **({"joined": taken.joined} if taken.joined else {}),
        }

    def _delivery(self, sender: Sender, body: bytes) -> Delivery:
        payload = parse_json(body)
        alerts = payload.get("alerts")
        if isinstance(alerts, list) and len(alerts) > ENDLESS:
            raise TooLarge(BODY_LIMIT)
        now = self._clerk.means.clock.now()
        items, truncated = alertmanager(
            payload,
            integration_id=sender.id,
            metric_classes=sender.settings.get("metric_classes", {}),
            settings=sender.settings,
            received_at=now,
        )
        digest = hashlib.sha256(body).hexdigest()
        return Delivery(sender.id, now, body, digest, items, truncated, correlation())

    async def _trouble(self, sender: Sender, status: int, code: str, help_line: str) -> Response:
        """Refuse, and let the operator know; nothing of the body is kept."""
        try:
            await self._clerk.submit(note_troubles, (sender.id, code, correlation()))
        except (Busy, Unavailable):
            return _busy()
        self._clerk.metrics.hook_items.labels(sender.kind, "refused").inc()
        log.info("hook_unreadable", integration=sender.name, code=code)
        return _problem(status, code, help_line)


def note_troubles(desk: Desk, found: Sequence[tuple[str, str, str]]) -> list[None]:
    """Count what senders got wrong (integration, code, correlation), in one set."""
    counts = Counter((integration, code) for integration, code, _ in found)
    causes = {integration: correlation for integration, _, correlation in found}
    cases.report_trouble(desk, counts, causes=causes)
    return [None] * len(found)


def routes(clerk: Clerk) -> APIRouter:
    """Return the door's routes."""
    router = APIRouter()
    door = Door(clerk)

    async def hook(request: Request) -> Response:
        """Take a monitoring system's request; answered after the commit."""
        request.scope["route"] = route  # as FastAPI's own routes do, for logs and metrics
        return await door.receive(request, request.path_params["integration"])

    # A plain route: FastAPI's reading of parameters costs more than our reading of the alert.
    route = Route("/hooks/{integration}", hook, methods=["POST"])
    router.routes.append(route)
    return router


def _accepted(taken: Accepted) -> Response:
    body = {
        "accepted": taken.accepted,
        "duplicate": taken.duplicate,
        "quarantined": taken.quarantined,
        "items": [
            {"index": item.index, "status": item.status, "case": item.case, "reason": item.reason}
            for item in taken.items
        ],
    }
    return Response(orjson.dumps(body) + b"\n", 202, media_type="application/json")


def _problem(status: int, code: str, help_line: str) -> Response:
    body = json.dumps({"error": code, "help": help_line})
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None  # noqa: PLR2004 -- HTTP's own number
    return Response(body, status, headers, "application/json")


def _busy() -> Response:
    body = json.dumps({"error": "busy", "help": "Send it again; nothing was kept."})
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return Response(body, 503, headers, "application/json")
