"""GET /metrics after real traffic: names, labels and values that dashboards rely on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import jobqueue
from bot.messenger import DeliveryError, Failure
from tests.bot.house import BROKEN, always
from tests.bot.served import Service, serving

REFUSED = DeliveryError(Failure.AUTH, "token_revoked")


@dataclass
class Figures:
    """What was scraped, by name and labels."""

    values: dict[tuple[str, frozenset[tuple[str, str]]], float]

    def get(self, name: str, **labels: str) -> float:
        return self.values[name, frozenset(labels.items())]

    def names(self) -> set[str]:
        return {name for name, _ in self.values}

    def labels(self) -> set[str]:
        return {value for _, labels in self.values for _, value in labels}


async def scraped(service: Service) -> Figures:
    answer = await service.http.get("/metrics")
    assert answer.status_code == 200
    return Figures(
        {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }
    )


def firing(*features: str, model: str = "churn") -> dict[str, Any]:
    labels = {"alertname": "Drift", "severity": "critical", "model": model}
    about = {"status": "firing", "startsAt": "2026-11-24T09:00:00Z"}
    return {"alerts": [about | {"labels": labels | {"feature": each}} for each in features]}


@pytest.fixture
async def service(database_url: str) -> AsyncIterator[Service]:
    async with serving(database_url) as found:
        yield found


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Service]:
    async with serving(sqlite_url) as found:
        yield found


# ── what the process counts ──────────────────────────────────────────────────────────────────────


async def test_requests_are_counted_by_route_and_status(here: Service) -> None:
    await here.post(firing("age"))
    await here.post(b"{")
    found = await scraped(here)
    about = {"route": "/hooks/{integration}", "method": "POST"}
    assert found.get("council_http_requests_total", **about, status="202") == 1
    assert found.get("council_http_requests_total", **about, status="400") == 1
    assert found.get("council_http_request_duration_seconds_count", **about) == 2


async def test_an_address_that_reads_like_its_route_is_counted_under_it(here: Service) -> None:
    await here.post(firing("age"), "hooks")
    found = await scraped(here)
    about = {"route": "/hooks/{integration}", "method": "POST", "status": "401"}
    assert found.get("council_http_requests_total", **about) == 1


async def test_a_method_that_nobody_knows_gets_no_series_of_its_own(here: Service) -> None:
    for method in ("BREW", "WHEN"):
        await here.http.request(method, "/nowhere")
    found = await scraped(here)
    about = {"route": "unmatched", "method": "other", "status": "404"}
    assert found.get("council_http_requests_total", **about) == 2


async def test_items_of_hooks_are_counted_by_what_became_of_them(here: Service) -> None:
    await here.post(firing("age", "income"))
    await here.post({"alerts": [*firing("age")["alerts"], "nonsense"]})
    found = await scraped(here)
    items = {
        status: found.get("council_hook_items_total", kind="alertmanager", status=status)
        for status in ("accepted", "duplicate", "quarantined")
    }
    assert items == {"accepted": 2, "duplicate": 1, "quarantined": 1}


async def test_commands_are_counted_by_verb_and_outcome(here: Service) -> None:
    for text in ("mine", "ack C-9", "s3cret"):
        await here.say("mei", text)
    found = await scraped(here)
    counted = {
        (verb, outcome): found.get(
            "council_commands_total", verb=verb, outcome=outcome, platform="api"
        )
        for verb, outcome in [("mine", "done"), ("ack", "refused"), ("unknown", "not_understood")]
    }
    assert set(counted.values()) == {1}


async def test_what_is_delivered_is_counted_with_the_time_it_took(here: Service) -> None:
    await here.drain()
    before = await scraped(here)
    await here.post(firing("age"))
    here.clock.move(seconds=20)
    await here.drain()
    after = await scraped(here)

    def more(name: str, **labels: str) -> float:
        return after.get(name, **labels) - before.get(name, **labels)

    sent = {"platform": "local", "outcome": "sent", "failure": ""}
    assert more("council_deliveries_total", **sent) == 1
    assert more("council_notice_latency_seconds_sum") == 20
    assert more("council_delivery_duration_seconds_count", platform="local") == 1


async def test_what_fails_is_counted_by_the_kind_of_failure(here: Service) -> None:
    here.chat.fail = always("post", REFUSED)
    await here.wired.courier.drain()
    found = await scraped(here)
    labels = {"platform": "local", "outcome": "dead", "failure": "auth"}
    assert found.get("council_deliveries_total", **labels) > 0
    assert found.get("council_chat_failing", platform="local") == 1
    assert found.get("council_degraded", what="chat") == 1


async def test_refusals_for_want_of_room_are_counted(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobqueue, "QUEUE_JOBS", 0)
    assert (await here.post(firing("age"))).status_code == 503
    await here.say("mei", "flag late-order it looks odd")
    found = await scraped(here)
    busy = {who: found.get("council_clerk_busy_total", who=who) for who in ("machine", "person")}
    assert busy == {"machine": 1, "person": 1}


async def test_the_clerk_tells_its_batches_and_questions(here: Service) -> None:
    await here.post(firing("age"))
    found = await scraped(here)
    assert found.get("council_clerk_batch_jobs_sum") >= 1
    assert found.get("council_clerk_batch_duration_seconds_count") >= 1
    assert found.get("council_reader_duration_seconds_count") >= 1
    assert found.get("council_clerk_queue_jobs") == 0


async def test_what_came_due_is_counted(here: Service) -> None:
    await here.post(firing("age"))
    here.clock.move(days=4)
    await here.round()
    found = await scraped(here)
    labels = {"kind": "case.acknowledge", "outcome": "done"}
    assert found.get("council_agenda_items_total", **labels) == 1


async def test_the_program_and_the_process_are_described(here: Service) -> None:
    found = await scraped(here)
    names = {"process_resident_memory_bytes", "council_event_loop_lag_seconds"}
    assert names | {"council_build_info"} <= found.names()


async def test_services_of_one_process_count_apart(sqlite_url: str, here: Service) -> None:
    await here.post(firing("age"))
    async with serving(sqlite_url) as other:
        found = await scraped(other)
    assert "council_hook_items_total" not in found.names()


# ── what the database tells ──────────────────────────────────────────────────────────────────────


async def test_what_waits_is_told_with_its_age(service: Service) -> None:
    await service.drain()
    await service.post(firing("age"))
    service.clock.move(minutes=7)
    found = await scraped(service)
    assert found.get("council_outbox_notices", state="pending") == 1
    assert found.get("council_outbox_oldest_pending_age_seconds") == 420
    assert found.get("council_degraded", what="queue_age") == 1


async def test_dead_letters_are_told(service: Service) -> None:
    await service.drain()
    await service.post(firing("age"))
    service.chat.fail = always("post", BROKEN)
    await service.wired.courier.drain()
    found = await scraped(service)
    assert found.get("council_dead_letters") == 1
    assert found.get("council_outbox_oldest_pending_age_seconds") == 0
    assert found.get("council_degraded", what="dead_letters") == 1


async def test_open_cases_are_told_by_severity_and_status(service: Service) -> None:
    await service.post(firing("age"))
    assert (await service.say("mei", "ack C-1"))["outcome"] == "done"
    (case,) = await service.listed("cases")
    found = await scraped(service)
    labels = {"severity": case["severity"], "status": "acknowledged"}
    assert found.get("council_open_cases", **labels) == 1


async def test_a_resolved_case_is_told_no_more(service: Service) -> None:
    await service.post(firing("age"))
    await service.say("mei", "close C-1 fixed")
    assert "council_open_cases" not in (await scraped(service)).names()


async def test_what_is_overdue_is_told_with_its_age(service: Service) -> None:
    await service.post(firing("age"))
    (case,) = await service.listed("cases")
    service.clock.move(days=4)
    found = await scraped(service)
    late = service.clock.moment.isoformat() > case["acknowledge_by"]
    # Nobody has answered, and nobody has met.
    assert (late, found.get("council_agenda_overdue")) == (True, 2)
    assert found.get("council_agenda_oldest_due_age_seconds") > 0
    assert found.get("council_scheduler_last_round_age_seconds") == 4 * 86_400


async def test_without_a_database_the_process_tells_what_it_knows(here: Service) -> None:
    await here.post(firing("age"))
    with here.wired.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO lost")
    found = await scraped(here)
    assert found.get("council_database_up") == 0
    assert found.get("council_hook_items_total", kind="alertmanager", status="accepted") == 1
    assert "council_outbox_notices" not in found.names()


# ── who may read what ────────────────────────────────────────────────────────────────────────────


async def test_no_label_names_an_initiative_a_person_or_a_sender(service: Service) -> None:
    await service.post(firing("age"))
    await service.say("mei", "status late-order")
    await service.drain()
    found = " ".join((await scraped(service)).labels())
    assert not [name for name in ("late", "mei", "churn", "monitor", "C-1") if name in found]


async def test_openmetrics_is_spoken_to_those_who_ask_for_it(here: Service) -> None:
    headers = {"Accept": "application/openmetrics-text; version=1.0.0"}
    answer = await here.http.get("/metrics", headers=headers)
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
