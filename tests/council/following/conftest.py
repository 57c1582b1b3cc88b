"""A staffed initiative whose people change while something is open."""

from collections.abc import Callable, Iterator

import pytest

from council import cases
from council.desk import Desk
from council.signal import Signal
from tests import builders
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:here"


def crew_on(desk: Desk, clock: SetClock, channel: str) -> Talk:
    """Return a crew on `late-order` (tier 2), and Tom and Nya (New York), who have no part yet."""
    builders.a_crew(desk)
    builders.a_person(desk, "tom")
    builders.a_person(desk, "nya", zone="America/New_York")
    builders.an_initiative(desk, phase="development", channel=channel)
    found = Talk(desk, clock)
    found.deliver()
    found.heard.clear()
    return found


@pytest.fixture
def talk(desk: Desk, clock: SetClock) -> Talk:
    """Return them where the initiative has the channel `here`."""
    return crew_on(desk, clock, HERE)


@pytest.fixture
def direct() -> Iterator[Talk]:
    """Return them where neither the initiative nor the council has a channel."""
    clock = SetClock()
    with a_desk(clock, channel="") as desk:
        yield crew_on(desk, clock, "")


@pytest.fixture
def signal() -> Callable[..., None]:
    """Let a monitor say something, and deliver what follows."""

    def send(talk: Talk, *signals: Signal) -> None:
        cases.receive(talk.desk, [builders.a_delivery(*signals, at=talk.clock.moment)])
        talk.deliver()

    return send
