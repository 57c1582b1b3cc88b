"""Single values from outside, brought to plain text, numbers, moments and addresses.

Each function is total: what cannot be read becomes None, empty or shorter, and a code is put
into `notes`, the list that ends as the warnings of the signal.
"""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime

MAX_ADDRESS = 2_000
MAX_COUNT = 2**31 - 1  # what a database integer holds; more samples are no better evidence

_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
# Controls, bidirectional overrides and half characters: none of them is text.
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]"
)
_HIDDEN_IN_BLOCK = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]"
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:\.([0-9]{1,9}))?([Zz]|[+-][0-9]{2}:?[0-9]{2})"
)
# No user part (it may be a password, and it disguises the host) and nothing that ends a link.
_ADDRESS = re.compile(r"https?://[^\s/?#@\\<>\"|`]+(?:[/?#][^\s\\<>\"|`]*)?", re.IGNORECASE)


def line(text: str, limit: int, notes: list[str]) -> str:
    """Return one line of at most `limit` characters, without controls or bidi overrides."""
    if not text.isprintable():
        text = _HIDDEN.sub("", _BREAKS.sub(" ", text)).strip()
    return text if len(text) <= limit else _cut(text, limit, notes)


def block(text: str, limit: int, notes: list[str]) -> str:
    """Return text of at most `limit` characters; tabs and line ends stay, controls do not."""
    if not text.isprintable():
        text = _HIDDEN_IN_BLOCK.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if len(text) <= limit else _cut(text, limit, notes)


def texts(given: Mapping[str, object], notes: list[str], dropped: str) -> dict[str, str]:
    """Return the scalars of a JSON object as text; null is absent, the rest noted as `dropped`."""
    kept: dict[str, str] = {}
    for name, value in given.items():
        match value:
            case str():
                kept[name] = value
            case None:
                notes.append("type_coerced")
            case bool():
                kept[name] = "true" if value else "false"
                notes.append("type_coerced")
            case int() | float() if (text := canonical(value)) is not None:
                kept[name] = text
                notes.append("type_coerced")
            case _:
                notes.append(dropped)
    return kept


def number(raw: str, notes: list[str]) -> float | None:
    """Read a plain decimal number; NaN, infinities, `<0.05` and `0,05` are none."""
    text = raw.strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        value = float(text)
        if math.isfinite(value):
            return value
    notes.append("value_not_numeric")
    return None


def count(raw: str, notes: list[str]) -> int | None:
    """Read a whole number of samples, also written `4.2e+03`; more than the maximum is cut."""
    value = number(raw, notes)
    if value is None:
        return None
    if value < 0 or not value.is_integer():
        notes.append("value_not_numeric")
        return None
    if value > MAX_COUNT:
        notes.append("value_truncated")
        return MAX_COUNT
    return int(value)


def moment(raw: str) -> datetime | None:
    """Read an RFC 3339 moment as UTC, cut to microseconds; year 1 is Go's word for "none"."""
    found = _MOMENT.fullmatch(raw)
    if not found or raw.startswith("0001-"):
        return None
    day, clock, fraction, zone = found.groups()
    try:
        at = datetime.fromisoformat(f"{day}T{clock}.{(fraction or '0')[:6]:0<6}{zone.upper()}")
        return at.astimezone(UTC)
    except (ValueError, OverflowError):  # the 31st of February; year 9999 west of Greenwich
        return None


def is_address(raw: str) -> bool:
    """Say whether `raw` is an http(s) address of sane length that hides nothing."""
    return len(raw) <= MAX_ADDRESS and raw.isprintable() and bool(_ADDRESS.fullmatch(raw))


def canonical(value: object) -> str | None:
    """Return JSON text that is the same for the same value; None if Python will not write it."""
    try:
        return json.dumps(value, sort_keys=True)
    except (ValueError, RecursionError):  # integers of thousands of digits; bottomless nesting
        return None


def excerpt(value: object, limit: int) -> str:
    """Return the start of the JSON of `value`, readable and safe to store."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""
    return text[:limit].encode("utf-8", "replace").decode("utf-8")


def _cut(text: str, limit: int, notes: list[str]) -> str:
    notes.append("value_truncated")
    return text[: limit - 1] + "…"
