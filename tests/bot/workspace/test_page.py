"""The page and what it is made of."""

import re
from importlib.resources import files

import pytest

from tests.bot.workspace.chat import Chat

SCRIPTS = sorted(
    each.name for each in files("bot.workspace").joinpath("assets").iterdir() if each.is_file()
)


async def test_the_page_is_shown(chat: Chat) -> None:
    answer = await chat.http.get("/workspace", params={"as": "mei"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!doctype html>")


async def test_everything_that_the_page_asks_for_is_there(chat: Chat) -> None:
    page = (await chat.http.get("/workspace")).text
    asked = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert asked
    assert {(await chat.http.get(each)).status_code for each in asked} == {200}


@pytest.mark.parametrize("name", ["card.css", *SCRIPTS])
async def test_a_file_of_the_page_says_what_it_is(chat: Chat, name: str) -> None:
    answer = await chat.http.get(f"/workspace/assets/{name}")
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["../page.html", "..%2froom.py", "room.py", ".css", "x.css"])
async def test_nothing_else_is_handed_out(chat: Chat, name: str) -> None:
    answer = await chat.http.get(f"/workspace/assets/{name}")
    assert answer.status_code == 404


async def test_the_workspace_is_not_part_of_the_public_interface(chat: Chat) -> None:
    described = (await chat.http.get("/api/openapi.json")).json()["paths"]
    assert [path for path in described if path.startswith("/workspace")] == []
