"""The council is killed again and again while alerts come in and Slack misbehaves: nothing is lost.

Chance picks the moments. A failed run says its KILL_SEED, with which the same moments come again,
as far as the machine allows.
"""

import time
from collections import Counter

import pytest

from tests.e2e.conftest import FAULTS, Build, Town
from tests.e2e.promises import everything_holds, let_somebody_be_late, report, sending
from tests.e2e.senders import CLASSES, STEADY

pytestmark = pytest.mark.e2e


def test_nothing_is_lost_doubled_or_reordered_by_twenty_kills(town: Build) -> None:
    survive(town(whole=False), rounds=20, flaps=0.04)


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_reordered_by_two_hundred_kills(town: Build) -> None:
    survive(town(whole=True), rounds=200, flaps=0.005)


def survive(town: Town, rounds: int, flaps: float) -> None:
    """Kill, start anew, and so on; then let everything arrive, and look at what is there."""
    escalated: Counter[str] = Counter()
    town.slack.faults(**FAULTS, seed=town.chance.randrange(1_000))
    began = time.monotonic()
    with sending(town, flaps) as senders:
        for _ in range(rounds):
            live_a_while(town)
            town.council.check()
            town.council.kill()
            escalated += let_somebody_be_late(town, set(escalated))
            town.council.start()
        town.council.wait()
    town.slack.faults()
    everything_holds(town, senders, escalated)
    assert len(escalated) == len(STEADY) * len(CLASSES)
    report(town, senders, f"{rounds} kills", time.monotonic() - began)


def live_a_while(town: Town) -> None:
    """Wait for the moment of the kill; now and then it comes while the process still starts."""
    if town.chance.random() < 0.15:
        time.sleep(town.chance.uniform(0.0, 0.5))
        return
    town.council.wait()
    time.sleep(town.chance.uniform(0.0, 2.0))
