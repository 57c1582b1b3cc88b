"""Is the process alive, is it ready, how much waits."""

from collections.abc import Callable

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot.clerk import Clerk
from council.desk import Desk

log = structlog.get_logger()


def routes(clerk: Clerk, migrated: Callable[[], bool], platforms: tuple[str, ...]) -> APIRouter:
    """Return the health routes; `migrated` says whether tables and program agree."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Say that the process runs."""
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """Say whether the database answers and fits; chat trouble is told and stops nothing."""
        try:
            counts = await clerk.read(_counts)
            current = await clerk.read(lambda _desk: migrated())
        except Exception as error:  # noqa: BLE001 -- any failure means not ready
            log.warning("not_ready", error=repr(error))
            return JSONResponse({"status": "unavailable", "database": "unreachable"}, 503)
        degraded = [] if platforms else ["no chat platform is configured"]
        if counts["dead"]:
            degraded.append(f"{counts['dead']} dead letters")
        body = {
            "status": "ok" if current else "unavailable",
            "database": "ok",
            "migrations": "current" if current else "behind",
            "platforms": list(platforms),
            "degraded": degraded,
            "outbox": counts,
            "queue": clerk.waiting,
        }
        return JSONResponse(body, 200 if current else 503)

    return router


def _counts(desk: Desk) -> dict[str, int]:
    return {state: desk.books.outbox.count(state) for state in ("pending", "failed", "dead")}
