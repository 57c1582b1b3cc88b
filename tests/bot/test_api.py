"""The read API, the command API and health, over HTTP."""

from typing import Any

import pytest

from council import integrations
from council.desk import Desk
from tests.bot.served import Json, Service, serving
from tests.builders import a_person, an_initiative
from tests.fakes import START

LISTS = ("initiatives", "people", "cases", "signals", "notices", "ledger")
CASE = {
    *("key", "initiative", "signal_class", "severity", "status", "occurrences", "opened_at"),
    *("acknowledged_at", "resolved_at", "owners", "informed", "reason"),
}
NOTICE = {"kind", "subject", "audience", "conversation", "state", "attempts", "reason"}


async def furnish(service: Service) -> None:
    """Put several things on every list."""
    for number, model in enumerate(("one", "two", "three")):

        def open_one(desk: Desk, key: str = f"other-{number}", name: str = model) -> None:
            an_initiative(desk, key, models=(name,))

        await service.do(open_one)
        labels = {"alertname": "Drift", "model": model, "feature": "age"}
        alert = {"status": "firing", "labels": labels, "startsAt": START.isoformat()}
        await service.post({"alerts": [alert]})


# ── who may ask ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic x", "Bearer é"])
async def test_without_a_token_nothing_is_told(sqlite_url: str, header: str) -> None:
    headers = [(b"authorization", header.encode())] if header else []
    async with serving(sqlite_url) as service:
        answers = [await service.http.get(f"/api/v1/{name}", headers=headers) for name in LISTS]
    assert [answer.status_code for answer in answers] == [401] * len(LISTS)


async def test_without_a_token_no_command_is_run(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        said = {"as": "mei", "text": 'new "Returns"'}
        answer = await service.http.post("/api/v1/commands", json=said)
        keys = [one["key"] for one in await service.listed("initiatives")]
    assert (answer.status_code, keys) == (401, ["late-order"])


async def test_a_token_that_was_revoked_is_good_for_nothing_at_once(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.do(integrations.revoke_token, "shell", "tests")
        assert (await service.get("cases")).status_code == 401


async def test_the_secret_of_a_sender_is_no_token(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        service.token = service.secrets["monitor"]
        assert (await service.get("cases")).status_code == 401


# ── the lists ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_holds_items_and_the_next_cursor(sqlite_url: str, name: str) -> None:
    async with serving(sqlite_url, bare=True) as service:
        service.token = await service.do(integrations.create_token, "shell", "tests")
        page = (await service.get(name)).json()
    # Only the ledger has something to say: that the token was made.
    assert (set(page), len(page["items"]), page["next"]) == (
        {"items", "next"},
        int(name == "ledger"),
        None,
    )


@pytest.mark.parametrize(("name", "fields"), [("cases", CASE), ("notices", NOTICE)])
async def test_an_item_has_the_fields_that_scripts_rely_on(
    database_url: str, name: str, fields: set[str]
) -> None:
    async with serving(database_url) as service:
        await furnish(service)
        items = await service.listed(name)
    assert all(fields <= set(item) for item in items)


async def test_a_case_says_how_it_stands(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post_sample("alertmanager-firing")
        [case] = await service.listed("cases")
    assert {name: case[name] for name in CASE} == {
        "key": "C-1",
        "initiative": "late-order",
        "signal_class": "data_drift",
        "severity": "S3",
        "status": "open",
        "occurrences": 2,
        "opened_at": START.isoformat(),
        "acknowledged_at": None,
        "resolved_at": None,
        "owners": ["mei", "ana"],
        "informed": ["bo", "rui"],
        "reason": "repeated",
    }


async def test_a_notice_says_where_it_went_and_how(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await service.post_sample("alertmanager-firing")
        await service.drain()
        [notice] = [n for n in await service.listed("notices") if n["kind"] == "case_opened"]
        [case] = [e for e in await service.listed("ledger") if e["kind"] == "case.opened"]
    assert {name: notice[name] for name in NOTICE} == {
        "kind": "case_opened",
        "subject": case["subject"],
        "audience": "owners",
        "conversation": "local:council",
        "state": "sent",
        "attempts": 1,
        "reason": "",
    }


async def test_a_person_is_listed_with_their_ids(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await service.do(lambda desk: a_person(desk, "zoe", slack_id="U0ZOE00001").id)
        [zoe] = [one for one in await service.listed("people") if one["handle"] == "zoe"]
    assert zoe["identities"] == {"slack": "U0ZOE00001"}


async def test_an_initiative_is_listed_with_its_models_and_open_cases(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await service.post_sample("alertmanager-firing")
        [one] = await service.listed("initiatives")
    assert (one["key"], one["phase"], one["tier"], one["models"], one["open_cases"]) == (
        *("late-order", "operations", 2),
        ["churn"],
        1,
    )


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", LISTS)
async def test_pages_cover_everything_once(database_url: str, name: str) -> None:
    async with serving(database_url) as service:
        await furnish(service)
        whole = await service.listed(name)
        parts: list[Json] = []
        page: Json = {"next": ""}
        while page["next"] is not None:
            page = (await service.get(name, cursor=page["next"], limit=1)).json()
            assert len(page["items"]) == 1
            parts += page["items"]
    assert (parts, len(whole) > 2) == (whole, True)


@pytest.mark.parametrize("limit", [0, -1, 201, "many"])
async def test_a_limit_that_no_page_has_is_refused(sqlite_url: str, limit: Any) -> None:
    async with serving(sqlite_url) as service:
        assert (await service.get("cases", limit=limit)).status_code == 422


@pytest.mark.parametrize("name", ["cases", "signals", "notices", "ledger"])
async def test_a_cursor_that_does_not_come_from_here_is_refused(
    database_url: str, name: str
) -> None:
    bad = ["x", "-1", "1.5", "9" * 40, "٣", "x@slack:C1", f"{9**20}@slack:C1", "9" * 5_000]
    async with serving(database_url) as service:
        found = [(await service.get(name, cursor=cursor)).status_code for cursor in bad]
    assert found == [422] * len(bad)


@pytest.mark.parametrize("name", ["initiatives", "people"])
async def test_any_text_may_stand_where_a_list_by_name_goes_on(
    database_url: str, name: str
) -> None:
    async with serving(database_url) as service:
        found = [(await service.get(name, cursor=c)).status_code for c in ("zzz", "٣", "\x00")]
    assert found == [200, 200, 422]


async def test_a_database_that_is_down_is_said_to_be_so(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        with service.wired.engine.begin() as connection:
            connection.exec_driver_sql('ALTER TABLE "case" RENAME TO lost')
        answer = await service.get("cases")
    assert (answer.status_code, answer.headers.get("retry-after")) == (503, "1")


# ── commands ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_command_is_run_for_the_person_it_names(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post_sample("alertmanager-firing")
        said = await service.say("mei", "ack C-1")
        [case] = await service.listed("cases")
    assert (said["outcome"], case["acknowledged_by"]) == ("done", "mei")


async def test_an_answer_carries_its_text_and_what_can_be_pressed(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await service.post_sample("alertmanager-firing")
        said = await service.say("mei", "case C-1")
    assert set(said) == {"outcome", "title", "text", "buttons"}
    assert {"label": "I have it", "command": "ack C-1"} in said["buttons"]


async def test_a_command_without_the_right_is_refused(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await service.do(lambda desk: a_person(desk, "zoe").id)
        await service.post_sample("alertmanager-firing")
        assert (await service.say("zoe", "ack C-1"))["outcome"] == "refused"


async def test_a_command_that_cannot_be_read_says_so(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        assert (await service.say("mei", "statsu"))["outcome"] == "not_understood"


@pytest.mark.parametrize(
    "body",
    [
        {"as": "nobody", "text": "mine"},
        {"as": "mei\x00", "text": "mine"},
        {"as": "mei", "text": "flag late-order \x00"},
        {"as": "", "text": "mine"},
        {"text": "mine"},
        {"as": "mei"},
    ],
)
async def test_a_command_that_nobody_can_have_said_is_refused(
    sqlite_url: str, body: dict[str, str]
) -> None:
    async with serving(sqlite_url) as service:
        headers = {"Authorization": f"Bearer {service.token}"}
        answer = await service.http.post("/api/v1/commands", json=body, headers=headers)
    assert answer.status_code == 422


async def test_a_lead_has_a_day_of_their_own(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post_sample("alertmanager-firing")
        assert (await service.say("carla", "mine"))["outcome"] == "done"


# ── health ───────────────────────────────────────────────────────────────────────────────────────


async def test_the_process_says_that_it_runs(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        answer = await service.http.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


async def test_a_council_whose_database_answers_is_ready(database_url: str) -> None:
    async with serving(database_url) as service:
        answer = await service.http.get("/readyz")
    assert (answer.status_code, answer.json()["database"], answer.json()["migrations"]) == (
        200,
        "ok",
        "current",
    )


async def test_a_council_whose_database_is_down_is_not_ready(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        with service.wired.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE outbox RENAME TO lost")
        assert (await service.http.get("/readyz")).status_code == 503


async def test_a_council_whose_tables_are_old_is_not_ready(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        with service.wired.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
        answer = await service.http.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "behind")


async def test_a_council_without_a_chat_is_ready_and_says_what_is_missing(
    sqlite_url: str,
) -> None:
    async with serving(sqlite_url) as service:
        service.wired.messengers.clear()
        answer = await service.http.get("/readyz")
    assert answer.status_code == 200
