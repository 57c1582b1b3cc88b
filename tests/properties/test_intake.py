"""What holds of anything that may come in at the door."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.intake import labels as label_room
from bot.intake.body import Unreadable, parse_json, read_body
from bot.intake.native import alertmanager
from bot.intake.transports import presented
from council.signal import Quarantined, Signal

NOW = datetime(2026, 11, 21, 3, 12, tzinfo=UTC)
PASSING = ["instance", "pod", "job", "replica", "severity", "receiver"]
TELLING = ["model", "model_version", "feature", "env", "segment", "metric", "alertname", "team"]
HIDING = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]"
)

# Half characters too: JSON can spell them.
text = st.text(st.characters(exclude_categories=()))
scalars = st.none() | st.booleans() | st.integers() | st.floats() | text
long_texts = st.builds(lambda part, times: part * times, text, st.sampled_from([1, 1, 130, 600]))
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(text, inner), max_leaves=10
)
texts = text | st.sampled_from(["0.31", "NaN", "1e999", "<0.05", "https://example.com", "gt"])
moments = st.sampled_from(["2026-11-21T03:09:03.79Z", "0001-01-01T00:00:00Z", ""]) | text
names = st.sampled_from([*TELLING, *PASSING, "signal_class", "model.name"]) | text
told = st.sampled_from(
    ["summary", "description", "value", "threshold", "comparison", "n_current", "runbook_url"]
)
alerts = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["firing", "resolved"]),
        "labels": st.dictionaries(names, texts | scalars),
    },
    optional={
        "annotations": st.dictionaries(told | text, texts | scalars) | values,
        "startsAt": moments | values,
        "endsAt": moments | values,
        "generatorURL": text | values,
        "fingerprint": text | values,
    },
)
labels = st.dictionaries(st.sampled_from(TELLING), text)


def read(payload: object) -> tuple[tuple[Signal | Quarantined, ...], int]:
    return alertmanager(
        payload, integration_id="i-1", metric_classes={}, settings={}, received_at=NOW
    )


def signal(alert: dict[str, Any]) -> Signal:
    (item,) = read({"alerts": [alert]})[0]
    assert isinstance(item, Signal)
    return item


def stored(item: Signal) -> list[str]:
    """Return every text of a signal that will be stored."""
    own = (item.rule_name, item.model_name, item.model_version, item.environment, item.feature)
    raw = (item.segment, item.metric_name, item.value_raw, item.threshold_raw, item.title)
    links = [link.href for link in item.links]
    return [*own, *raw, item.description, *links, *item.labels, *item.labels.values()]


@given(st.lists(values | alerts))
def test_each_alert_of_any_shape_becomes_one_item(given_alerts: list[object]) -> None:
    assert len(read({"alerts": given_alerts})[0]) == len(given_alerts)


@given(values)
def test_any_payload_is_read_without_an_error(payload: object) -> None:
    read(payload)


@given(values, values)
def test_any_payload_with_parts_of_any_shape_is_read(many: object, left_out: object) -> None:
    assert read({"alerts": many, "truncatedAlerts": left_out})[1] >= 0


@given(st.binary() | values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused_as_declared(raw: bytes) -> None:
    try:
        found = parse_json(raw)
    except Unreadable:
        return
    assert isinstance(found, dict)


@given(st.lists(st.binary()), st.integers(0, 1_000), st.sampled_from(["", "gzip", "br"]))
def test_any_stream_is_read_within_its_limit_or_refused_as_declared(
    chunks: list[bytes], limit: int, encoding: str
) -> None:
    async def flow() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    try:
        found = asyncio.run(read_body(flow(), limit, encoding))
    except Unreadable:
        return
    assert len(found) <= limit


@given(text)
def test_any_header_presents_a_secret_or_nothing(header: str) -> None:
    found = presented({"authorization": header})
    assert found is None or found.secret


@given(alerts)
def test_a_title_hides_nothing(alert: dict[str, Any]) -> None:
    (item,) = read({"alerts": [alert]})[0]
    assert isinstance(item, Quarantined) or not HIDING.search(item.title)


@given(alerts)
def test_every_text_of_a_signal_can_be_stored(alert: dict[str, Any]) -> None:
    (item,) = read({"alerts": [alert]})[0]
    kept = [item.excerpt] if isinstance(item, Quarantined) else stored(item)
    assert "\x00" not in "".join(kept).encode().decode()


@given(alerts)
def test_reading_twice_gives_the_same(alert: dict[str, Any]) -> None:
    assert repr(read({"alerts": [alert]})) == repr(read({"alerts": [alert]}))


@given(st.dictionaries(long_texts, long_texts))
def test_the_short_cut_for_clean_labels_gives_what_the_long_way_does(given: dict[str, str]) -> None:
    short: list[str] = []
    long: list[str] = []
    assert label_room.label_texts(given, short) == label_room._careful({**given}, long)
    assert short == long


@given(labels, st.dictionaries(st.sampled_from(PASSING), text), st.none() | text)
def test_passing_labels_make_no_other_condition(
    lasting: dict[str, str], passing: dict[str, str], fingerprint: str | None
) -> None:
    plain = {"status": "firing", "labels": lasting, "fingerprint": fingerprint}
    moved = plain | {"labels": passing | lasting}
    assert signal(plain).condition_key == signal(moved).condition_key
