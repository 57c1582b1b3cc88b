"""Who may come in: browsers on this very machine, looking at this very page.

The workspace has no passwords, so what other pages, other machines and other names for this
machine (DNS rebinding) ask for is refused, and the page itself may load nothing from elsewhere.
"""

import re
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any, TypeVar

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from bot.intake.body import TooLarge, read_body

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
LARGEST_BODY = 64 << 10
_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.IGNORECASE)

Asked = TypeVar("Asked", bound=BaseModel)


class Guarded(APIRoute):
    """A route that looks at the request before anything else, and marks every answer."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """Return the handler with a guard before it."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            response: Response
            try:
                admit(request)
                response = await handle(request)
            except HTTPException as refused:
                response = JSONResponse({"detail": refused.detail}, refused.status_code)
            except RequestValidationError as error:
                response = JSONResponse({"detail": _faults(error.errors())}, 422)
            response.headers.update(HEADERS)
            return response

        return guarded


def admit(request: Request) -> None:
    """Raise HTTPException (403) for whoever does not come from this machine and this page."""
    host = request.headers.get("host", "")
    if not (_near(request.client.host if request.client else "") and _HOST.fullmatch(host)):
        raise HTTPException(403, "The workspace is only for this machine.")
    # An address that somebody follows may come from anywhere; what a page loads may not.
    foreign = request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}
    if foreign and request.headers.get("sec-fetch-mode") != "navigate":
        raise HTTPException(403, "Another page may not look in here.")
    if request.method == "POST":
        origin = request.headers.get("origin")
        if origin is not None and origin != f"{request.url.scheme}://{host}":
            raise HTTPException(403, "Another page may not speak here.")
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise HTTPException(403, "Send application/json.")


async def body(request: Request, shape: type[Asked]) -> Asked:
    """Return what was sent; raises HTTPException (413, 422)."""
    try:
        return shape.model_validate_json(await read_body(request.stream(), LARGEST_BODY, ""))
    except TooLarge as error:
        raise HTTPException(413, "That is too long.") from error
    except ValidationError as error:
        raise HTTPException(422, _faults(error.errors())) from error


def _near(address: str) -> bool:
    try:
        return ip_address(address.removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False


def _faults(errors: Any) -> str:  # noqa: ANN401 -- pydantic's own list
    """Return what is wrong with a request in one line, without what was sent."""
    return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in errors)
