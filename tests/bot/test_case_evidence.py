"""What cards say of the evidence: how large the samples were, and what the worst of it was."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from council import cases
from council.signal import Loudness, Signal
from tests.builders import a_crew, a_delivery, a_signal, an_initiative, recovered
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:orders"


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council with the crew and one initiative of theirs, in production."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, channel=HERE)
        yield Talk(desk, clock)


def psi(value: float, current: int, reference: int = 4_200, threshold: float = 0.25) -> Signal:
    """Make a drift of basket_size as monitoring reports it."""
    return a_signal(
        "basket_size",
        metric_name="psi",
        value=value,
        threshold=threshold,
        n_current=current,
        n_reference=reference,
        loudness=Loudness.WARNING,
    )


def told(talk: Talk, signal: Signal) -> None:
    """Have monitoring report it, and everybody hear what follows."""
    cases.receive(talk.desk, [a_delivery(signal)])
    talk.deliver()


def test_a_case_says_its_band_and_tier_beside_its_severity(talk: Talk) -> None:
    told(talk, psi(0.31, 3_900))
    assert "C-1 · S2 (act band, tier 2) · late-order" in talk.last(HERE, "case_").text


def test_a_case_says_how_large_both_samples_were(talk: Talk) -> None:
    told(talk, psi(0.31, 3_900))
    assert "3,900 samples, 4,200 in the reference" in talk.last(HERE, "case_").text


def test_what_recovered_keeps_the_value_that_it_had_at_worst(talk: Talk) -> None:
    signal = psi(0.31, 3_900)
    told(talk, signal)
    told(talk, recovered(signal, timedelta(minutes=5), metric_name="psi", value=0.04))
    text = talk.last(HERE, "case_").text
    assert "basket_size psi was 0.31 at worst" in text


def test_what_fell_below_its_limit_keeps_the_least_value(talk: Talk) -> None:
    more: dict[str, Any] = {"metric_name": "recall", "threshold": 0.8, "comparison": "lt"}
    signal = a_signal("recall", signal_class="accuracy", value=0.61, **more)
    told(talk, signal)
    told(talk, recovered(signal, timedelta(minutes=5), value=0.9, **more))
    assert "was 0.61 at worst" in talk.last(HERE, "case_").text


def test_a_small_sample_disturbs_nobody(talk: Talk) -> None:
    talk.deliver()
    before = len(talk.heard)
    told(talk, psi(0.14, 120, 120, 0.1))
    assert talk.heard[before:] == []


def test_a_small_sample_leaves_a_quiet_trace_on_the_initiative(talk: Talk) -> None:
    told(talk, psi(0.14, 120, 120, 0.1))
    text = talk.does("mei", "status late-order").text
    assert "Nobody is asked: basket_size psi 0.14 (limit 0.1)" in text
    assert "low evidence, only 120 samples; judged from 500 on" in text


def test_a_sample_that_has_grown_is_judged_and_leaves_no_trace_beside_its_case(talk: Talk) -> None:
    told(talk, psi(0.14, 120, 120, 0.1))
    told(talk, psi(0.14, 600, 600, 0.1))
    text = talk.does("mei", "status late-order").text
    assert "C-1 Data drift" in text
    assert "Nobody is asked" not in text
