"""From the answer to the hook until the chat server has the card, with nothing else to do."""

import time
from collections.abc import Iterator

import httpx

from tests.benchmarks import alerts, ground
from tests.benchmarks.table import Line, percentile
from tests.standins import slack

TARGET_MS = 10
_PATIENCE_SECONDS = 10


def arrival(*, quick: bool) -> Iterator[Line]:
    """Measure on both engines; each alert is the first on its initiative and channel."""
    count = 20 if quick else alerts.INITIATIVES
    for engine in ground.ENGINES:
        with ground.database(engine) as url, slack.served() as chat:
            secret = ground.settle(url)
            environment = {
                "SLACK_BOT_TOKEN": "xoxb-bench",
                "SLACK_SIGNING_SECRET": "bench",
                "SLACK_API_URL": chat.api,
            }
            with ground.council(url, **environment) as council:
                took = list(_each(chat, council.port, secret, count))
        middle, worst = percentile(took, 0.5), percentile(took, 0.99)
        said = f"p50 {middle:.1f}, p99 {worst:.1f} ms (n = {len(took)})"
        target = f"p50 < {TARGET_MS} ms"
        yield Line(f"commit → accepted by the chat, {engine}", said, target, middle < TARGET_MS)


def _each(chat: slack.Served, port: int, secret: str, count: int) -> Iterator[float]:
    """Send one alert at a time; both ends of the wait are on this machine's clock."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for number in range(count):
            headers = {"Authorization": f"Bearer {secret}"}
            client.post("/hooks/bench", content=alerts.single(number), headers=headers)
            answered = time.time()
            arrived = _arrival(chat.slack, f"C0BENCH{number:04d}")
            yield max(0.0, arrived - answered) * 1_000
            time.sleep(0.05)


def _arrival(workspace: slack.Slack, channel: str) -> float:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        for call in workspace.calls:
            if call["method"] == "chat.postMessage" and call["channel"] == channel:
                return float(call["at"])
        time.sleep(0.0005)
    raise TimeoutError(channel)
