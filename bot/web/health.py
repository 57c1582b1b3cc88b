"""Is the process alive, is it ready, how much waits."""

from collections.abc import Callable, Collection

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot.clerk import Clerk
from bot.web import pulse
from bot.web.pulse import Pulse

log = structlog.get_logger()


def routes(clerk: Clerk, migrated: Callable[[], bool], platforms: Collection[str]) -> APIRouter:
    """Return the health routes; `migrated` says whether tables and program agree."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Say that the process runs."""
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """Say whether the database answers and fits; other trouble is told and stops nothing."""
        try:
            current = await clerk.read(lambda _desk: migrated())
            seen = await pulse.taken(clerk)
        except Exception as error:  # noqa: BLE001 -- any failure means not ready
            log.warning("not_ready", error=type(error).__name__)
            return JSONResponse({"status": "unavailable", "database": "unreachable"}, 503)
        return JSONResponse(_told(clerk, seen, platforms, current=current), 200 if current else 503)

    return router


def _told(
    clerk: Clerk, seen: Pulse, platforms: Collection[str], *, current: bool
) -> dict[str, object]:
    vitals = clerk.metrics.vitals
    asleep = clerk.means.clock.now() - vitals.round_at
    return {
        "status": "ok" if current else "unavailable",
        "database": "ok",
        "migrations": "current" if current else "behind",
        "platforms": list(platforms),
        "degraded": list(pulse.ailments(clerk, seen, platforms).values()),
        "outbox": dict(seen.notices),
        "oldest_pending_seconds": round(seen.waiting_seconds, 1),
        "chat": {name: _state(vitals.chat.get(name)) for name in platforms},
        "scheduler": {"last_round_seconds": round(asleep.total_seconds(), 1)},
        "queue": clerk.waiting,
    }


def _state(trouble: str | None) -> str:
    """Return how a platform took the last delivery; unknown before the first."""
    return "unknown" if trouble is None else trouble or "ok"
