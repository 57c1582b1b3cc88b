"""Who may post to a hook: bearer, basic, rotation; everybody else gets the same 401."""

import base64
from datetime import timedelta

import httpx
import pytest

from council import integrations
from council.desk import Desk
from tests.bot.served import Service, serving
from tests.builders import a_sample

BODY = a_sample("alertmanager-firing")["body_raw"].encode()


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


async def knock(
    service: Service, headers: dict[str, str], integration: str = "monitor"
) -> httpx.Response:
    return await service.http.post(f"/hooks/{integration}", content=BODY, headers=headers)


def rotate(desk: Desk) -> str:
    return integrations.rotate(desk, "shell", "monitor")


def another(desk: Desk) -> str:
    return integrations.add(desk, "shell", "alertmanager", "another")


async def test_the_secret_as_bearer_lets_in(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        answer = await knock(service, bearer(service.secrets["monitor"]))
    assert answer.status_code == 202


async def test_the_integrations_name_and_secret_as_basic_let_in(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        answer = await knock(service, basic("monitor", service.secrets["monitor"]))
    assert answer.status_code == 202


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="nothing"),
        pytest.param(bearer("wrong"), id="another secret"),
        pytest.param(bearer(""), id="an empty secret"),
        pytest.param(basic("monitor", "wrong"), id="another secret as basic"),
        pytest.param({"Authorization": "Basic !!"}, id="no base64"),
        pytest.param({"Authorization": "Digest x"}, id="another scheme"),
    ],
)
async def test_without_the_secret_nobody_is_let_in(
    sqlite_url: str, headers: dict[str, str]
) -> None:
    async with serving(sqlite_url) as service:
        answer = await knock(service, headers)
        assert (answer.status_code, await service.listed("signals")) == (401, [])


async def test_basic_with_another_name_is_refused(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        answer = await knock(service, basic("another", service.secrets["monitor"]))
    assert answer.status_code == 401


async def test_the_secret_of_another_integration_is_refused(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        secret = await service.do(another)
        assert (await knock(service, bearer(secret))).status_code == 401


async def test_an_unknown_integration_is_answered_like_a_wrong_secret(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        unknown = await knock(service, bearer("wrong"), "nobody")
        wrong = await knock(service, bearer("wrong"))
    assert (unknown.status_code, unknown.content) == (wrong.status_code, wrong.content)


async def test_a_stranger_is_refused_whatever_the_body(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        answer = await service.http.post("/hooks/monitor", content=b"{", headers=bearer("wrong"))
    assert answer.status_code == 401


async def test_a_stranger_tells_the_operator_nothing(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await knock(service, bearer("wrong"))
        kinds = {notice["kind"] for notice in await service.listed("notices")}
    assert "integration_trouble" not in kinds


# ── rotation ─────────────────────────────────────────────────────────────────────────────────────


async def test_during_a_rotation_the_old_and_the_new_secret_let_in(database_url: str) -> None:
    async with serving(database_url) as service:
        old, new = service.secrets["monitor"], await service.do(rotate)
        answers = [await knock(service, bearer(secret)) for secret in (old, new)]
    assert [answer.status_code for answer in answers] == [202, 202]


async def test_a_new_secret_lets_in_at_once(database_url: str) -> None:
    async with serving(database_url) as service:
        await knock(service, bearer(service.secrets["monitor"]))
        answer = await knock(service, bearer(await service.do(rotate)))
    assert answer.status_code == 202


async def test_the_secret_from_before_ends_a_week_after_the_rotation(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.do(rotate)
        service.clock.move(days=7)
        answer = await knock(service, bearer(service.secrets["monitor"]))
    assert answer.status_code == 401


async def test_a_second_rotation_ends_the_oldest_secret(database_url: str) -> None:
    async with serving(database_url) as service:
        oldest = service.secrets["monitor"]
        for _ in range(2):
            service.clock.move(minutes=1)
            await service.do(rotate)
        assert (await knock(service, bearer(oldest))).status_code == 401


async def test_a_second_rotation_leaves_the_one_before_it(database_url: str) -> None:
    async with serving(database_url) as service:
        service.clock.move(minutes=1)
        before = await service.do(rotate)
        service.clock.move(minutes=1)
        await service.do(rotate)
        assert (await knock(service, bearer(before))).status_code == 202


async def test_no_secret_is_kept_in_the_clear(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        secret = service.secrets["monitor"]

        def kept(desk: Desk) -> list[str]:
            [row] = desk.books.integrations.all()
            return [each.secret_hash for each in desk.books.integrations.secrets(row.id)]

        hashes = await service.do(kept)
    assert hashes == [integrations.hash_secret(secret)]


def test_the_overlap_of_two_secrets_is_a_week() -> None:
    assert timedelta(days=7) == integrations.OVERLAP
