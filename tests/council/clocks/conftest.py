"""A staffed initiative in operations, and people who talk to the council."""

from collections.abc import Callable

import pytest

from council import cases
from council.desk import Desk
from council.signal import Signal
from tests import builders
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:here"


@pytest.fixture
def talk(desk: Desk, clock: SetClock) -> Talk:
    """Return a crew on `late-order` (tier 2), whose channel is `here`."""
    builders.a_crew(desk)
    builders.an_initiative(desk, channel=HERE)
    found = Talk(desk, clock)
    found.deliver()
    found.heard.clear()
    return found


@pytest.fixture
def signal(talk: Talk) -> Callable[..., None]:
    """Let a monitor say something, and deliver what follows."""

    def send(*signals: Signal) -> None:
        cases.receive(talk.desk, [builders.a_delivery(*signals, at=talk.clock.moment)])
        talk.deliver()

    return send
