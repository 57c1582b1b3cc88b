"""The bytes of a request: limits, unpacking, and strict JSON."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterable

import pytest

from bot.intake.body import Malformed, TooLarge, Unsupported, parse_json, read_body

LIMIT = 1_000


class Wire:
    """Chunks as they come in; `taken` counts those that were asked for."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = chunks
        self.taken = 0

    async def flow(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            self.taken += 1
            yield chunk


def read(*chunks: bytes, encoding: str = "", limit: int = LIMIT) -> bytes:
    return asyncio.run(read_body(Wire(chunks).flow(), limit, encoding))


def why(raw: bytes) -> str:
    with pytest.raises(Malformed) as refusal:
        parse_json(raw)
    return refusal.value.why


def nested(depth: int) -> bytes:
    return b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)


def test_chunks_are_joined() -> None:
    assert read(b"ab", b"", b"cd") == b"abcd"


@pytest.mark.parametrize("encoding", ["", "identity", " Identity "])
def test_a_body_may_come_as_it_is(encoding: str) -> None:
    assert read(b"ab", encoding=encoding) == b"ab"


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_a_body_may_come_gzipped(encoding: str) -> None:
    packed = gzip.compress(b"abc")
    assert read(packed[:7], packed[7:], b"", encoding=encoding) == b"abc"


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip"])
def test_another_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(Unsupported) as refusal:
        read(b"ab", encoding=encoding)
    assert refusal.value.encoding == encoding


def test_a_body_of_just_the_limit_is_read() -> None:
    assert len(read(b"x" * LIMIT)) == LIMIT


def test_one_byte_more_than_the_limit_is_too_large() -> None:
    with pytest.raises(TooLarge) as refusal:
        read(b"x" * LIMIT, b"x")
    assert refusal.value.limit == LIMIT


def test_reading_stops_at_the_chunk_that_is_too_much() -> None:
    wire = Wire([b"x" * 600] * 100)
    with pytest.raises(TooLarge):
        asyncio.run(read_body(wire.flow(), LIMIT, ""))
    assert wire.taken == 2


def test_a_packed_body_of_just_the_limit_is_read() -> None:
    noise = bytes(i * i % 251 for i in range(LIMIT))
    assert read(gzip.compress(noise), encoding="gzip") == noise


def test_a_body_that_unpacks_beyond_the_limit_is_too_large() -> None:
    with pytest.raises(TooLarge):
        read(gzip.compress(b"x" * 10_000_000), encoding="gzip", limit=100_000)


def test_a_large_body_that_unpacks_to_more_than_ten_times_is_too_large() -> None:
    with pytest.raises(TooLarge):
        read(gzip.compress(b"x" * 300_000), encoding="gzip", limit=1_000_000)


def test_a_small_body_may_have_shrunk_by_any_ratio() -> None:
    assert len(read(gzip.compress(b"x" * 200_000), encoding="gzip", limit=1_000_000)) == 200_000


def test_packed_bytes_beyond_the_limit_are_too_large() -> None:
    with pytest.raises(TooLarge):
        read(gzip.compress(b"x") + b"x" * LIMIT, encoding="gzip")


@pytest.mark.parametrize(
    "packed",
    [b"", b"not gzip", gzip.compress(b"abc")[:-1], gzip.compress(b"abc") + b"more"],
    ids=["empty", "plain", "cut short", "followed by more"],
)
def test_damaged_gzip_is_malformed(packed: bytes) -> None:
    with pytest.raises(Malformed) as refusal:
        read(packed, encoding="gzip")
    assert refusal.value.why == "not_gzip"


def test_an_object_is_read() -> None:
    assert parse_json(b'{"a": [1, 2.5, null, true, "\xc3\xa9"]}') == {
        "a": [1, 2.5, None, True, "é"]
    }


@pytest.mark.parametrize("raw", [b"", b"{", b"{'a': 1}", b'{"a": 01}', b'{"a": 1} x', b"\x00"])
def test_what_is_not_json_is_malformed(raw: bytes) -> None:
    assert why(raw) == "not_json"


def test_a_byte_order_mark_is_malformed() -> None:
    assert why(b"\xef\xbb\xbf{}") == "not_json"


def test_a_number_of_more_digits_than_can_be_read_is_malformed() -> None:
    assert why(b'{"a":' + b"1" * 5_000 + b"}") == "not_json"


@pytest.mark.parametrize("raw", [b'{"a": "\xff"}', '{"a": 1}'.encode("utf-16")])
def test_only_utf8_is_read(raw: bytes) -> None:
    assert why(raw) == "not_utf8"


@pytest.mark.parametrize("raw", [b'{"a": 1, "a": 1}', b'{"x": [{"a": 1, "a": 2}]}'])
def test_a_key_that_comes_twice_is_malformed(raw: bytes) -> None:
    assert why(raw) == "duplicate_key"


@pytest.mark.parametrize("literal", [b"NaN", b"Infinity", b"-Infinity"])
def test_a_literal_that_is_no_number_is_malformed(literal: bytes) -> None:
    assert why(b'{"a": ' + literal + b"}") == "not_finite"


def test_the_text_nan_is_only_text() -> None:
    assert parse_json(b'{"a": "NaN"}') == {"a": "NaN"}


@pytest.mark.parametrize("raw", [b"[]", b"1", b'"a"', b"null"])
def test_the_top_must_be_an_object(raw: bytes) -> None:
    assert why(raw) == "not_an_object"


def test_thirty_two_levels_are_read() -> None:
    assert parse_json(nested(32))


def test_thirty_three_levels_are_too_deep() -> None:
    assert why(nested(33)) == "too_deep"


def test_lists_count_as_levels() -> None:
    assert why(b'{"a":' + b"[" * 32 + b"]" * 32 + b"}") == "too_deep"


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_bottomless_nesting_is_too_deep(opening: bytes) -> None:
    assert why(opening * 100_000) == "too_deep"


def test_brackets_in_text_are_no_levels() -> None:
    assert parse_json(b'{"a": "' + b"[" * 100 + b'"}')
