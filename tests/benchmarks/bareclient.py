"""What the courier is compared with: aiohttp that makes the same calls, so many at a time.

A process of its own; what to send comes in on standard input.
"""

import asyncio
import json
import sys
from typing import Any

import aiohttp
import uvloop


async def _send(plan: dict[str, Any]) -> None:
    slots = asyncio.Semaphore(plan["at_once"])
    connector = aiohttp.TCPConnector(limit=0)
    headers = {"Authorization": "Bearer xoxb-bench"}
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def one(call: dict[str, Any]) -> None:
            address = f"{plan['origin']}/api/{call['method']}"
            async with slots, session.post(address, json=call["given"]) as answer:
                found = await answer.json()
            if not found["ok"]:
                raise RuntimeError(found["error"])

        await asyncio.gather(*(one(call) for call in plan["calls"]))


if __name__ == "__main__":
    uvloop.run(_send(json.load(sys.stdin)))
