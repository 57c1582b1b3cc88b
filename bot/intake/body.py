"""The bytes of a request, read within limits, and the strict JSON in them.

Unreadable
├── TooLarge      more bytes than allowed, as sent or once unpacked
├── Unsupported   a Content-Encoding that is neither identity nor gzip
└── Malformed     not what it claims to be; knows why
"""

import json
import zlib
from collections.abc import AsyncIterator
from typing import Any, NoReturn

MAX_DEPTH = 32
MAX_RATIO = 10
# Honest alerts repeat themselves and shrink forty times; only what grows large is suspect.
FREE_OF_RATIO = 256 << 10

_NESTING = frozenset({dict, list})
_GZIP_ONLY = 31  # zlib's code for "a gzip header, largest window"


class Unreadable(Exception):
    """A body that cannot be taken in; nothing of it is kept."""


class TooLarge(Unreadable):
    """More than `limit` bytes, or, above 256 KiB, more than ten times what was sent."""

    def __init__(self, limit: int) -> None:
        """Remember the limit in bytes."""
        super().__init__(limit)
        self.limit = limit


class Unsupported(Unreadable):
    """A Content-Encoding that is not spoken here."""

    def __init__(self, encoding: str) -> None:
        """Remember the encoding that was asked for."""
        super().__init__(encoding)
        self.encoding = encoding


class Malformed(Unreadable):
    """Not strict JSON, or damaged gzip.

    `why` is not_gzip, not_utf8, not_json, duplicate_key, not_finite, too_deep or not_an_object.
    """

    def __init__(self, why: str) -> None:
        """Remember the reason as a code."""
        super().__init__(why)
        self.why = why


async def read_body(stream: AsyncIterator[bytes], limit: int, encoding: str) -> bytes:
    """Return the whole body, unpacked; never holds more than `limit` bytes of it.

    `encoding` is the Content-Encoding header, empty if there is none.
    Raises TooLarge, Unsupported, or Malformed (damaged gzip).
    """
    match encoding.strip().lower():
        case "" | "identity":
            return await _read_plain(stream, limit)
        case "gzip" | "x-gzip":
            return await _read_gzip(stream, limit)
    raise Unsupported(encoding)


def parse_json(raw: bytes) -> dict[str, object]:
    """Return the object in `raw`; raises Malformed on anything lax readers would let through."""
    try:
        value = _STRICT.decode(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise Malformed("not_utf8") from None
    except RecursionError:
        raise Malformed("too_deep") from None
    except ValueError:  # also numbers of more digits than Python will read
        raise Malformed("not_json") from None
    if not isinstance(value, dict):
        raise Malformed("not_an_object")
    _check_depth(value)
    return value


async def _read_plain(stream: AsyncIterator[bytes], limit: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in stream:
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
        chunks.append(chunk)
    return b"".join(chunks)


async def _read_gzip(stream: AsyncIterator[bytes], limit: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP_ONLY)
    body = bytearray()
    sent = 0
    async for chunk in stream:
        sent += len(chunk)
        if sent > limit:
            raise TooLarge(limit)
        try:
            # One byte beyond the limit is enough to know; a bomb is never unpacked.
            body += unpacker.decompress(chunk, limit - len(body) + 1)
        except zlib.error:
            raise Malformed("not_gzip") from None
        if len(body) > limit:
            raise TooLarge(limit)
        if unpacker.unused_data:
            raise Malformed("not_gzip")
    if not unpacker.eof:
        raise Malformed("not_gzip")
    if len(body) > max(MAX_RATIO * sent, FREE_OF_RATIO):
        raise TooLarge(limit)
    return bytes(body)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("duplicate_key")
    return made


def _refuse_constant(_literal: str) -> NoReturn:
    raise Malformed("not_finite")


_STRICT = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)


def _check_depth(value: dict[str, object]) -> None:
    """Walk level by level, keeping only what can hold more; most values are text."""
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for parent in level
            for child in (parent.values() if type(parent) is dict else parent)
            if type(child) is not str and type(child) in _NESTING
        ]
        if not level:
            return
    raise Malformed("too_deep")
