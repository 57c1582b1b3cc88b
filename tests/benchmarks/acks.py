"""Slash commands, 50 a second, each signed: how soon they are acknowledged while much is gathered.

What is gathered is where each of 2,000 initiatives stands, asked by one program over the API for as
long as the commands come: the longest gathering there is, until digests are built.
"""

import asyncio
import hashlib
import hmac
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import aiohttp
import uvloop
from sqlmodel import Session

from bot.settings import Settings
from bot.wiring import means, one_desk, open_database
from council import integrations
from tests.benchmarks import ground
from tests.benchmarks.table import Line, percentile
from tests.e2e.processes import Slack, a_slack

INITIATIVES = 2_000
PER_SECOND = 50
TARGET_MS = 50
SECRET = "bench"
_USERS = 20


def acks(*, quick: bool) -> Iterator[Line]:
    """Measure on both engines, first alone and then while much is gathered."""
    seconds = 4 if quick else 20
    for engine in ground.ENGINES:
        with ground.database(engine) as url, a_slack(random.Random()) as chat:
            ground.settle(url, 50 if quick else INITIATIVES)
            token = _token(url)
            environment = {
                "SLACK_BOT_TOKEN": "xoxb-bench",
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": f"{chat.origin}/api/",
            }
            with ground.council(url, **environment) as council:
                uvloop.run(_commands(council.port, chat, 2))  # people become known, once
                alone = uvloop.run(_commands(council.port, chat, seconds))
                gathering = _gathering(council.port, token)
                busy = uvloop.run(_commands(council.port, chat, seconds))
                gathered = _ended(gathering)
        yield _line(f"ack, {PER_SECOND}/s, {engine}, nothing else", alone)
        said = f"; {gathered / seconds:.0f} initiatives/s gathered"
        yield _line(f"ack, {PER_SECOND}/s, {engine}, while much is gathered", busy, said)


def _line(what: str, took: list[float], more: str = "") -> Line:
    middle, worst = percentile(took, 0.5), percentile(took, 0.99)
    said = f"p50 {middle:.1f}, p99 {worst:.1f} ms (n = {len(took)}){more}"
    return (
        Line(what, said, f"p99 < {TARGET_MS} ms", worst < TARGET_MS) if more else Line(what, said)
    )


def _token(url: str) -> str:
    settings = Settings(database_url=url)
    engine = open_database(settings)
    given = means(engine, settings)
    with Session(engine) as session:
        token = integrations.create_token(one_desk(given, session), "bench", "bench")
        session.commit()
    engine.dispose()
    return token


# ── commands, whether or not the earlier ones were acknowledged ──────────────────────────────────


async def _commands(port: int, chat: Slack, seconds: int) -> list[float]:
    """Return how long each ack took, in milliseconds."""
    address = f"http://127.0.0.1:{port}/slack/events"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def one(number: int) -> float:
            body, headers = _command(number, chat)
            began = time.perf_counter()
            async with session.post(address, data=body, headers=headers) as answer:
                await answer.read()
            took = time.perf_counter() - began
            if answer.status != 200:
                raise RuntimeError(f"HTTP {answer.status}")
            return took * 1_000

        tasks = []
        began = time.perf_counter()
        for number in range(seconds * PER_SECOND):
            await asyncio.sleep(began + number / PER_SECOND - time.perf_counter())
            tasks.append(asyncio.create_task(one(number)))
        return list(await asyncio.gather(*tasks))


def _command(number: int, chat: Slack) -> tuple[bytes, dict[str, str]]:
    """Return a signed `/council status …` of one of a few people."""
    fields = {
        "command": "/council",
        "text": f"status initiative-{number % 50:04d}",
        "user_id": f"U0BENCH{number % _USERS:03d}",
        "channel_id": "C0ELSEWHERE",
        "team_id": "T0COUNCIL1",
        "trigger_id": f"{time.time_ns()}.{number}",
        "response_url": f"{chat.origin}/response/{number}",
    }
    body = urlencode(fields).encode()
    stamp = str(int(time.time()))
    signed = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signed}",
    }


# ── gathering, in a process of its own ───────────────────────────────────────────────────────────


def _gathering(port: int, token: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.benchmarks.acks", str(port), token]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ended(gathering: "subprocess.Popen[str]") -> int:
    """Stop gathering; return how many initiatives were read."""
    said, _ = gathering.communicate("")
    return int(said)


async def _gather(port: int, token: str) -> int:
    """Read where every initiative stands, again and again, until standard input ends."""
    ended = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    found, cursor = 0, ""
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers) as session:
        while not ended.done():
            where = f"/api/v1/initiatives?limit=200&cursor={cursor}"
            async with session.get(where) as answer:
                page = json.loads(await answer.read())
            for each in page["items"]:
                said = {"as": "ana", "text": f"status {each['key']}"}
                async with session.post("/api/v1/commands", json=said) as answer:
                    await answer.read()
                found += 1
                if ended.done():
                    break
            cursor = page["next"] or ""
    return found


if __name__ == "__main__":
    print(uvloop.run(_gather(int(sys.argv[1]), sys.argv[2])))
