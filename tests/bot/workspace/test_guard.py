"""Who may come in, and what every answer carries."""

import httpx
import pytest

from tests.bot.workspace.chat import CHANNEL, Chat

WORDS = {"as": "mei", "place": CHANNEL, "text": "hello"}


@pytest.mark.parametrize(
    "host", ["localhost:8000", "LOCALHOST", "127.0.0.1:8000", "[::1]:8000", "127.0.0.1"]
)
async def test_a_name_of_this_machine_is_let_in(chat: Chat, host: str) -> None:
    answer = await chat.http.get("/workspace/state", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host", ["council.example.org", "localhost.example.org", "127.0.0.1.test", "me@localhost", ""]
)
async def test_another_name_for_this_machine_is_refused(chat: Chat, host: str) -> None:
    answer = await chat.http.get("/workspace/state", headers={"Host": host})
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.4", "fe80::1", "elsewhere"])
async def test_another_machine_is_refused(chat: Chat, address: str) -> None:
    way = httpx.ASGITransport(chat.wired.web, client=(address, 4_711))
    async with httpx.AsyncClient(transport=way, base_url="http://localhost:8000") as http:
        assert (await http.get("/workspace")).status_code == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
async def test_this_machine_is_let_in(chat: Chat, address: str) -> None:
    way = httpx.ASGITransport(chat.wired.web, client=(address, 4_711))
    async with httpx.AsyncClient(transport=way, base_url="http://localhost:8000") as http:
        assert (await http.get("/workspace")).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:9000", "https://localhost:8000", "null"]
)
async def test_another_page_does_not_speak_here(chat: Chat, origin: str) -> None:
    answer = await chat.http.post("/workspace/say", json=WORDS, headers={"Origin": origin})
    assert answer.status_code == 403
    assert await chat.messages("mei") == []


async def test_the_own_page_speaks_here(chat: Chat) -> None:
    headers = {"Origin": "http://localhost:8000"}
    answer = await chat.http.post("/workspace/say", json=WORDS, headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["state?as=mei", "events?as=mei", "assets/main.js"])
async def test_another_page_loads_nothing_from_here(chat: Chat, path: str, site: str) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
    assert (await chat.http.get(f"/workspace/{path}", headers=headers)).status_code == 403


async def test_a_link_on_another_page_leads_here(chat: Chat) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert (await chat.http.get("/workspace", headers=headers)).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_what_a_plain_form_could_send_is_refused(chat: Chat, kind: str) -> None:
    raw = b'{"as": "mei", "place": "ml-council", "text": "hello"}'
    answer = await chat.http.post("/workspace/say", content=raw, headers={"Content-Type": kind})
    assert answer.status_code == 403


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"as": "mei"}', b'{"as": 7, "text": "x"}'])
async def test_what_is_no_request_is_refused(chat: Chat, raw: bytes) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    answer = await chat.http.post("/workspace/say", content=raw, headers=headers)
    assert answer.status_code == 422


async def test_what_is_too_large_is_not_read(chat: Chat) -> None:
    answer = await chat.http.post("/workspace/say", json=WORDS | {"text": "x" * 70_000})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/workspace", 200),
        ("/workspace/state", 200),
        ("/workspace/state?as=nobody", 422),
        ("/workspace/events", 422),
        ("/workspace/assets/workspace.css", 200),
        ("/workspace/assets/nothing.js", 404),
    ],
)
async def test_every_answer_lets_the_page_load_nothing_from_elsewhere(
    chat: Chat, path: str, status: int
) -> None:
    answer = await chat.http.get(path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_refusal_carries_the_headers_too(chat: Chat) -> None:
    answer = await chat.http.get("/workspace", headers={"Host": "evil.example"})
    assert "content-security-policy" in answer.headers
