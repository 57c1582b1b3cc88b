"""One id can be followed from what came in to what was said."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.commands import Asker, answer
from council.desk import Desk
from tests.bot.lines import Lines, logged
from tests.bot.served import Service, serving

# Longer than any clock of a case.
LONG = {"days": 4}
GIVEN = {"X-Request-ID": "pager-7"}
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def lines() -> Iterator[Lines]:
    with logged() as found:
        yield found


def firing(feature: str = "age") -> dict[str, Any]:
    labels = {"alertname": "Drift", "severity": "critical", "model": "churn", "feature": feature}
    alert = {"status": "firing", "labels": labels, "startsAt": "2026-11-24T09:00:00Z"}
    return {"alerts": [alert]}


async def about_cases(service: Service) -> list[tuple[str, str]]:
    """Return (kind, correlation) of the notices on cases."""
    found = await service.listed("notices")
    return [(n["kind"], n["correlation"]) for n in found if n["kind"].startswith("case_")]


async def asked(service: Service, **headers: str) -> str:
    """Return the id under which a request was answered."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = await service.http.get("/healthz", headers=given)
    return answer.headers["X-Request-ID"]


# ── which id ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("given", ["a", "A.b_c-9", "x" * 64])
async def test_an_id_that_came_with_the_request_is_kept(sqlite_url: str, given: str) -> None:
    async with serving(sqlite_url, bare=True) as service:
        assert await asked(service, X_Request_ID=given) == given


@pytest.mark.parametrize("given", [b"", b"x" * 65, b"two words", b"a\tb", b"a;b", "ü".encode()])
async def test_an_id_that_may_not_stand_in_a_log_is_replaced(sqlite_url: str, given: bytes) -> None:
    async with serving(sqlite_url, bare=True) as service:
        answer = await service.http.get("/healthz", headers=[(b"X-Request-ID", given)])
    assert len(answer.headers["X-Request-ID"]) == 16
    assert answer.headers["X-Request-ID"].isalnum()


async def test_the_trace_of_the_sender_is_the_second_choice(sqlite_url: str) -> None:
    trace = f"00-{TRACE}-00f067aa0ba902b7-01"
    async with serving(sqlite_url, bare=True) as service:
        assert await asked(service, traceparent=trace) == TRACE
        assert await asked(service, traceparent=trace, X_Request_ID="mine") == "mine"


@pytest.mark.parametrize("trace", [f"00-{'0' * 32}-00f067aa0ba902b7-01", "00-short-1-01"])
async def test_a_trace_that_names_nothing_is_not_taken(sqlite_url: str, trace: str) -> None:
    async with serving(sqlite_url, bare=True) as service:
        assert len(await asked(service, traceparent=trace)) == 16


# ── from a hook ──────────────────────────────────────────────────────────────────────────────────


async def test_one_id_goes_from_the_hook_to_the_message(database_url: str, lines: Lines) -> None:
    async with serving(database_url) as service:
        answer = await service.post(firing(), headers=GIVEN)
        await service.drain()
        notices = await about_cases(service)
    assert answer.headers["X-Request-ID"] == "pager-7"
    assert notices == [("case_opened", "pager-7")]
    assert lines.ids("request", route="/hooks/{integration}") == ["pager-7"]
    assert lines.ids("notice", kind="case_opened") == ["pager-7"]


async def test_a_hooks_line_tells_what_became_of_it(sqlite_url: str, lines: Lines) -> None:
    async with serving(sqlite_url) as service:
        await service.post(firing())
        await service.post(firing())
    first, second = lines.of("request", route="/hooks/{integration}", integration="monitor")
    assert (first["accepted"], first["duplicate"], first["cases"]) == (1, 0, ["C-1"])
    assert (second["accepted"], second["duplicate"], second["cases"]) == (0, 1, ["C-1"])


async def test_a_hook_whose_card_waits_already_says_under_which_id_it_will_be_told(
    database_url: str, lines: Lines
) -> None:
    async with serving(database_url) as service:
        await service.post(firing("age"), headers={"X-Request-ID": "first"})
        await service.post(firing("income"), headers={"X-Request-ID": "second"})
        notices = await about_cases(service)
    assert notices == [("case_opened", "first")]
    assert [line.get("joined") for line in lines.of("request", status=202)] == [None, "first"]


async def test_what_a_later_hook_changes_is_told_under_its_own_id(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post(firing("age"), headers={"X-Request-ID": "first"})
        await service.drain()
        await service.post(firing("income"), headers={"X-Request-ID": "second"})
        notices = await about_cases(service)
    assert notices == [("case_opened", "first"), ("case_changed", "second")]


async def test_trouble_with_a_sender_is_told_under_the_id_of_its_request(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await service.post(b"{", headers=GIVEN)
        found = [n for n in await service.listed("notices") if n["kind"] == "integration_trouble"]
    assert [notice["correlation"] for notice in found] == ["pager-7"]


# ── from a command ───────────────────────────────────────────────────────────────────────────────


async def test_one_id_goes_from_the_command_api_to_the_message(
    database_url: str, lines: Lines
) -> None:
    async with serving(database_url) as service:
        headers = {"Authorization": f"Bearer {service.token}"} | GIVEN
        said = {"as": "mei", "text": "flag late-order it looks odd"}
        await service.http.post("/api/v1/commands", json=said, headers=headers)
        await service.drain()
        notices = await about_cases(service)
    assert notices == [("case_opened", "pager-7")]
    assert lines.ids("command", verb="flag", platform="api", outcome="done") == ["pager-7"]
    assert lines.ids("notice", kind="case_opened") == ["pager-7"]


async def test_a_command_that_no_request_brought_gets_an_id_of_its_own(
    sqlite_url: str, lines: Lines
) -> None:
    async with serving(sqlite_url) as service:
        person = await service.wired.clerk.read(person_id, "mei")
        asker = Asker(person, surface="shell")
        await answer(service.wired.clerk, asker, "flag late-order it looks odd")
        notices = await about_cases(service)
    assert notices == [("case_opened", lines.ids("command", platform="shell")[0])]


def person_id(desk: Desk, handle: str) -> str:
    found = desk.books.people.by_handle(handle)
    assert found is not None
    return found.id


# ── from a round ─────────────────────────────────────────────────────────────────────────────────


async def test_an_escalation_carries_the_id_of_its_round(database_url: str, lines: Lines) -> None:
    async with serving(database_url) as service:
        await service.post(firing(), headers=GIVEN)
        await service.drain()
        service.clock.move(**LONG)
        assert await service.round() >= 1  # besides, people should have met by now
        await service.drain()
        escalations = {i for kind, i in await about_cases(service) if "escalated" in kind}
    assert escalations == {*lines.ids("round", kind="case.acknowledge")}
    assert len(escalations) == 1
    assert "pager-7" not in escalations
    assert escalations == {*lines.ids("notice", kind="case_escalated_reply")}


# ── the line of a request ────────────────────────────────────────────────────────────────────────


async def test_a_request_is_named_by_its_route_and_never_by_what_was_asked_for(
    sqlite_url: str, lines: Lines
) -> None:
    async with serving(sqlite_url) as service:
        await service.http.get("/hooks/s3cret/deeper?token=s3cret")
        await service.http.put("/hooks/s3cret?token=s3cret")
        await service.get("cases", cursor="s3cret")
    routes = [line["route"] for line in lines.of("request")]
    assert routes == ["unmatched", "unmatched", "/api/v1/cases"]
    assert "s3cret" not in str(lines.all)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_probes_are_logged_for_debugging_only(
    sqlite_url: str, lines: Lines, path: str
) -> None:
    async with serving(sqlite_url, bare=True) as service:
        await service.http.get(path)
    assert [line["log_level"] for line in lines.of("request", route=path)] == ["debug"]


async def test_what_breaks_is_answered_with_the_id_that_stands_in_the_log(
    sqlite_url: str, lines: Lines
) -> None:
    async def breaks() -> None:
        raise ValueError("s3cret")

    async with serving(sqlite_url, bare=True) as service:
        service.wired.web.add_api_route("/breaks", breaks)
        answer = await service.http.get("/breaks", headers=GIVEN)
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (500, "pager-7")
    assert lines.ids("request_broke") == ["pager-7"]
    assert lines.ids("request", status=500) == ["pager-7"]


async def test_an_answer_that_breaks_on_its_way_is_not_answered_twice(
    sqlite_url: str, lines: Lines
) -> None:
    async def halves(_scope: object, _receive: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("s3cret")

    async with serving(sqlite_url, bare=True) as service:
        service.wired.web.mount("/halves", halves)
        with pytest.raises((httpx.HTTPError, AssertionError)):
            await service.http.get("/halves/one")
    assert [line["status"] for line in lines.of("request")] == [200]
