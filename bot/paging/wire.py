"""One request to a program that is told: sent once, and every failure a DeliveryError."""

from collections.abc import Mapping

import httpx

from bot.messenger import DeliveryError, Failure

# Well within the time that the courier gives a try.
SECONDS = 10.0
_LONGEST_DETAIL = 200
_KNOWN = {
    401: Failure.AUTH,
    403: Failure.AUTH,
    404: Failure.GONE,
    410: Failure.GONE,
    429: Failure.RATE_LIMITED,
}
_WORTH_A_WAIT = frozenset({408, 425})
_BAD_REQUEST, _SERVER = 400, 500


class Wire:
    """A client for one receiver; it follows no redirects and asks no proxy."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Make the client; `transport` is for tests."""
        self._client = httpx.AsyncClient(
            timeout=SECONDS, follow_redirects=False, trust_env=False, transport=transport
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Post JSON; any 2xx is taken as received. Raises DeliveryError."""
        said = {"content-type": "application/json", **headers}
        try:
            answer = await self._client.post(url, content=body, headers=said)
        except httpx.HTTPError as error:
            raise DeliveryError(Failure.UNAVAILABLE, type(error).__name__) from None
        if answer.is_success:
            return
        detail = f"{answer.status_code} {answer.text[:_LONGEST_DETAIL]}".strip()
        raise DeliveryError(_failure(answer.status_code), detail, _pause(answer))

    async def reaches(self, url: str) -> str:
        """Return what is wrong with the way to a receiver; empty if it answers at all."""
        try:
            await self._client.head(url)
        except httpx.HTTPError as error:
            return type(error).__name__
        return ""


def _failure(status: int) -> Failure:
    if status in _KNOWN:
        return _KNOWN[status]
    if status >= _SERVER or status in _WORTH_A_WAIT:
        return Failure.UNAVAILABLE
    return Failure.INVALID  # a redirect too: the address is to be set right


def _pause(answer: httpx.Response) -> float | None:
    """Return for how many seconds the receiver asks to be left alone, if it says so in seconds."""
    said = answer.headers.get("retry-after", "")
    return float(said) if said.isdecimal() and len(said) < 6 else None  # noqa: PLR2004 -- a day
