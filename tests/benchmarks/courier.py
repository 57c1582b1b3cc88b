"""200 conversations, a chat server that takes 150 ms: how much of a bare client's pace is kept.

The bare client sends the same calls, as many at once as the courier has on their way, and does
nothing else.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from sqlmodel import Session

from bot.courier import AT_ONCE
from bot.settings import Settings
from bot.wiring import means, one_desk, open_database
from council import cases
from council.signal import Delivery
from tests import builders
from tests.benchmarks import ground
from tests.benchmarks.table import Line, spread
from tests.e2e.processes import Slack, a_slack

CONVERSATIONS = 200
ANSWER_SECONDS = 0.150
TARGET = 0.8
_PATIENCE_SECONDS = 60


def courier(*, quick: bool) -> Iterator[Line]:
    """Measure on both engines; each round is a new case in each of the conversations."""
    rounds = 1 if quick else 5
    for engine in ground.ENGINES:
        with ground.database(engine) as url, a_slack(random.Random()) as chat:
            ground.settle(url, CONVERSATIONS)
            environment = {
                "SLACK_BOT_TOKEN": "xoxb-bench",
                "SLACK_SIGNING_SECRET": "bench",
                "SLACK_API_URL": f"{chat.origin}/api/",
            }
            with ground.council(url, **environment):
                pairs = [_round(url, chat, number) for number in range(rounds)]
        shares = [ours / bare for ours, bare in pairs]
        speeds = f"{median(ours for ours, _ in pairs):.0f} of {median(b for _, b in pairs):.0f}/s"
        said = f"{spread(shares)} x the bare client; {speeds}"
        what = f"courier, {CONVERSATIONS} conversations, 150 ms, {engine}"
        yield Line(what, said, f"≥ {TARGET} x", median(shares) >= TARGET)


def _round(url: str, chat: Slack, number: int) -> tuple[float, float]:
    """Return messages per second of the courier, then of the bare client."""
    _afresh(chat)
    _open_cases(url, number)
    calls = _arrived(chat)
    said = [{"method": call["method"], "given": call["given"]} for call in calls]
    ours = _pace(calls)
    _afresh(chat)
    plan = {"origin": chat.origin, "at_once": AT_ONCE, "calls": said}
    command = [sys.executable, "-m", "tests.benchmarks.bareclient"]
    subprocess.run(command, input=json.dumps(plan), text=True, check=True)
    return ours, _pace(_arrived(chat))


def _afresh(chat: Slack) -> None:
    chat.forget()
    chat.faults(delay=ANSWER_SECONDS)


def _open_cases(url: str, number: int) -> None:
    """Open a case in every conversation, in one transaction, as another process."""
    settings = Settings(database_url=url)
    engine = open_database(settings)
    given = means(engine, settings)
    with Session(engine) as session:
        desk = one_desk(given, session)
        names = [f"model-{n:02d}" if n < 50 else f"more-{n}" for n in range(CONVERSATIONS)]
        signals = [
            builders.a_signal(f"feature-{number}", model=name, signal_class=_class(number))
            for name in names
        ]
        integration = desk.books.integrations.by_name("bench")
        assert integration
        for start in range(0, CONVERSATIONS, 50):
            part = tuple(signals[start : start + 50])
            cases.receive(
                desk, [Delivery(integration.id, desk.now(), b"{}", f"{number}-{start}", part)]
            )
        session.commit()
    engine.dispose()


def _class(number: int) -> str:
    return ("data_drift", "accuracy", "service", "cost", "prediction_drift")[number]


def _arrived(chat: Slack) -> list[dict[str, Any]]:
    """Return the calls, when all have come."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up:
        calls = chat.spoken()
        if len(calls) >= CONVERSATIONS:
            return calls
        time.sleep(0.5)
    raise TimeoutError(f"{len(chat.spoken())} of {CONVERSATIONS} came")


def _pace(calls: list[dict[str, Any]]) -> float:
    """Return messages per second, from the first call until the last answer."""
    moments: list[float] = sorted(call["at"] for call in calls)
    return len(moments) / (moments[-1] - moments[0] + ANSWER_SECONDS)
