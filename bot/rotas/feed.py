"""Calendars over HTTPS: from allowed hosts only, in time, not too much, and no further on."""

from urllib.parse import urljoin, urlsplit

import httpx

from bot.rotas import Read, Unread

LARGEST = 1 << 20
_TIMEOUT = httpx.Timeout(10.0)
_HOPS = 3
_CODES = {401: "refused", 403: "refused", 404: "not_found", 410: "not_found"}
_UNCHANGED, _OK = 304, 200


class HttpFeed:
    """Reads calendars; `hosts` are those that an operator allows."""

    def __init__(
        self, hosts: tuple[str, ...], transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """Prepare; `transport` stands in for the network in tests."""
        self._hosts = hosts
        self._client = httpx.AsyncClient(
            timeout=_TIMEOUT,
            follow_redirects=False,
            transport=transport,
            headers={"accept": "text/calendar", "user-agent": "ml-council-coordinator"},
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def read(self, address: str, etag: str) -> Read | None:
        """Return what stands at an address; None if it is still what `etag` names.

        Raises Unread with a code. An address may hold a secret: it is never said or logged.
        """
        headers = {"if-none-match": etag} if etag else {}
        for _ in range(_HOPS):
            self._allow(address)
            try:
                async with self._client.stream("GET", address, headers=headers) as answer:
                    if answer.has_redirect_location:
                        address = self._onward(address, answer.headers.get("location", ""))
                        continue
                    return await _body(answer)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Unread("unreachable") from error
        raise Unread("redirected")

    def _allow(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" or (parts.hostname or "").lower() not in self._hosts:
            raise Unread("host")

    def _onward(self, address: str, location: str) -> str:
        """Return where a redirect leads, if it stays on the host."""
        onward = urljoin(address, location)
        if urlsplit(onward).netloc != urlsplit(address).netloc:
            raise Unread("redirected")
        return onward


async def _body(answer: httpx.Response) -> Read | None:
    if answer.status_code == _UNCHANGED:
        return None
    if answer.status_code != _OK:
        raise Unread(_CODES.get(answer.status_code, "unreachable"))
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > LARGEST:
            raise Unread("too_large")
    return Read(bytes(body), answer.headers.get("etag", ""))
