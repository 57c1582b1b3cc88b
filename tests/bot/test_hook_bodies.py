"""What a known sender may post: limits, strict JSON, bad items among good ones, overload."""

import asyncio
import gzip
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.text import render
from council.desk import Desk
from tests.bot.served import PATIENCE, Json, Service, serving, until
from tests.builders import a_sample
from tests.fakes import START

BODY = a_sample("alertmanager-firing")["body_raw"].encode()


def an_alert(feature: str = "age", **more: Any) -> Json:
    labels = {"alertname": "Drift", "model": "churn", "feature": feature}
    found: Json = {"status": "firing", "labels": labels, "startsAt": START.isoformat()}
    return found | more


def told(service: Service) -> str:
    """Return what the council lead was told directly, as text."""
    return "\n".join(render(card) for card in service.chat.cards("dm:carla"))


# ── the body ─────────────────────────────────────────────────────────────────────────────────────

REFUSED = {
    "malformed": (b"{", "not_json", "not JSON"),
    "empty": (b"", "not_json", "not JSON"),
    "a duplicate key": (b'{"alerts":[],"alerts":[]}', "duplicate_key", "a key twice"),
    "NaN": (b'{"alerts":[],"value":NaN}', "not_finite", "NaN"),
    "Infinity": (b'{"alerts":[],"value":-Infinity}', "not_finite", "NaN"),
    "no object": (b"[]", "not_an_object", "a JSON object"),
    "no UTF-8": (b'{"a":"\xff"}', "not_utf8", "not UTF-8"),
    "bottomless": (b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}", "too_deep", "too deeply"),
}


@pytest.mark.parametrize(("body", "code", "said"), REFUSED.values(), ids=REFUSED)
async def test_a_body_that_is_not_strict_json_is_refused_and_told_to_the_operator(
    sqlite_url: str, body: bytes, code: str, said: str
) -> None:
    async with serving(sqlite_url) as service:
        answer = await service.post(body)
        await service.drain()
    assert (answer.status_code, answer.json()["error"], said in told(service)) == (400, code, True)


async def test_the_operator_hears_of_the_first_and_the_tenth_on_one_card(
    database_url: str,
) -> None:
    async with serving(database_url) as service:
        await service.post(b"{")
        await service.drain()
        for _ in range(11):
            await service.post(b"{")
        await service.drain()
        found = [m for m in service.chat.messages.values() if m.conversation == "dm:carla"]
    assert [(message.updates, message.thread) for message in found] == [(1, "")]


async def test_two_mebibytes_are_refused_with_413(database_url: str) -> None:
    async with serving(database_url) as service:
        answer = await service.post(b'{"alerts":[],"x":"' + b"x" * (2 << 20) + b'"}')
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


async def test_the_operator_hears_of_a_body_that_was_too_large(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post(b'{"x":"' + b"x" * (2 << 20) + b'"}')
        await service.drain()
        assert "too large" in told(service)


async def test_a_body_is_given_up_while_it_streams_in(sqlite_url: str) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(64):
            taken += 1
            yield b" " * (64 << 10)

    async with serving(sqlite_url) as service:
        sent: list[Any] = []
        chunks = endless()

        async def receive() -> Json:
            return {"type": "http.request", "body": await anext(chunks), "more_body": True}

        async def send(message: Any) -> None:
            sent.append(message)

        await service.wired.web(_hook_scope(service), receive, send)
    assert (sent[0]["status"], taken < 20) == (413, True)


def _hook_scope(service: Service) -> Json:
    secret = f"Bearer {service.secrets['monitor']}".encode()
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/hooks/monitor",
        "raw_path": b"/hooks/monitor",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"authorization", secret)],
        "client": ("127.0.0.1", 1),
        "server": ("council.test", 80),
    }


async def test_gzip_is_unpacked(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        answer = await service.post(gzip.compress(BODY), headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["accepted"]) == (202, 2)


async def test_another_encoding_is_refused(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        answer = await service.post(BODY, headers={"Content-Encoding": "br"})
    assert answer.status_code == 415


async def test_a_trailing_slash_is_not_redirected(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        answer = await service.http.post("/hooks/monitor/", content=BODY)
    assert answer.status_code == 404


async def test_an_empty_get_is_not_taken_for_a_post(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        assert (await service.http.get("/hooks/monitor")).status_code == 405


# ── the items ────────────────────────────────────────────────────────────────────────────────────


async def test_a_repeat_is_accepted_and_counted_as_a_duplicate(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post(BODY)
        answer = await service.post(BODY)
    assert (answer.status_code, answer.json()["duplicate"]) == (202, 2)


async def test_a_bad_alert_is_quarantined_and_stops_no_other(database_url: str) -> None:
    alerts = [an_alert("age"), {"status": "firing", "labels": "none"}, an_alert("income")]
    async with serving(database_url) as service:
        answer = await service.post({"alerts": alerts})
    statuses = [item["status"] for item in answer.json()["items"]]
    assert (answer.status_code, statuses) == (202, ["accepted", "quarantined", "accepted"])


async def test_the_operator_hears_of_what_was_quarantined(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post({"alerts": [{"status": "firing", "labels": "none"}]})
        await service.drain()
        assert "could not be read" in told(service)


async def test_the_text_nan_becomes_null_with_a_warning(database_url: str) -> None:
    async with serving(database_url) as service:
        alert = an_alert(annotations={"value": "NaN"})
        answer = await service.post({"alerts": [alert]})
        [signal] = await service.listed("signals")
    assert answer.json()["accepted"] == 1
    assert (signal["value"], signal["value_raw"]) == (None, "NaN")
    assert "value_not_numeric" in signal["warnings"]


async def test_an_unknown_model_is_accepted_without_a_case(database_url: str) -> None:
    alert = an_alert(labels={"alertname": "Drift", "model": "stranger"})
    async with serving(database_url) as service:
        answer = await service.post({"alerts": [alert]})
        [item] = answer.json()["items"]
        assert (item["status"], item["case"], await service.listed("cases")) == (
            "accepted",
            None,
            [],
        )


async def test_the_lead_hears_of_a_model_that_nobody_claimed(database_url: str) -> None:
    alert = an_alert(labels={"alertname": "Drift", "model": "stranger"})
    async with serving(database_url) as service:
        await service.post({"alerts": [alert]})
        await service.drain()
        assert "stranger" in told(service)


async def test_what_waited_for_a_model_becomes_a_case_of_who_claims_it(database_url: str) -> None:
    alert = an_alert(labels={"alertname": "Drift", "model": "stranger"})
    async with serving(database_url) as service:
        await service.post({"alerts": [alert]})
        await service.say("rui", 'new "Stranger" --key stranger --model stranger')
        [case] = await service.listed("cases")
    assert (case["initiative"], case["conditions"]["firing"]) == ("stranger", 1)


# ── overload ─────────────────────────────────────────────────────────────────────────────────────


@asynccontextmanager
async def full_queue(service: Service) -> AsyncIterator[None]:
    """Hold the writer up, and let more wait than it takes."""
    gate, at_work = threading.Event(), threading.Event()

    def hold_up(_desk: Desk) -> None:
        at_work.set()
        gate.wait(PATIENCE)

    writer = service.wired.clerk
    held = asyncio.create_task(writer.write(hold_up))
    await until(at_work.is_set)
    waits = asyncio.create_task(writer.submit(lambda _desk, items: items, "much", 1_000_000))
    await until(lambda: writer.waiting)
    try:
        yield
    finally:
        gate.set()
        await asyncio.gather(held, waits)


async def test_a_full_queue_is_answered_503_with_a_time_to_come_back(database_url: str) -> None:
    async with serving(database_url) as service, full_queue(service):
        answer = await service.post(BODY)
    assert (answer.status_code, answer.headers.get("retry-after")) == (503, "1")


async def test_what_was_refused_for_overload_is_taken_when_it_comes_again(
    database_url: str,
) -> None:
    async with serving(database_url) as service:
        async with full_queue(service):
            await service.post(BODY)
        assert (await service.post(BODY)).json()["accepted"] == 2


async def test_a_person_is_told_to_try_again_when_the_queue_is_full(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await service.post(BODY)
        async with full_queue(service):
            said = await service.say("mei", "ack C-1")
    assert (said["outcome"], said["title"]) == ("refused", "Just a moment")


async def test_a_database_that_is_down_is_answered_503_with_a_time_to_come_back(
    sqlite_url: str,
) -> None:
    async with serving(sqlite_url) as service:
        await lost(service)
        answer = await service.post(BODY)
    assert (answer.status_code, answer.headers.get("retry-after")) == (503, "1")


async def test_a_database_that_is_lost_after_the_secret_was_read_is_answered_503(
    sqlite_url: str,
) -> None:
    async with serving(sqlite_url) as service:
        await service.post(BODY)
        await lost(service)
        answer = await service.post(BODY)
    assert (answer.status_code, answer.headers.get("retry-after")) == (503, "1")


async def lost(service: Service) -> None:
    """Take the tables away, as a database that answers nothing would."""

    def drop() -> None:
        with service.wired.engine.begin() as connection:
            for table in ("integration", "delivery", "signal"):
                connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO lost_{table}")

    await asyncio.to_thread(drop)
