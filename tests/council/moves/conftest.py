"""People who talk about an initiative that is in its first phase, and lives in a channel."""

from collections.abc import Iterator

import pytest

from tests.builders import a_crew, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council with a full crew and an initiative of tier 2 in its first phase."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, phase="data_features", channel="local:here")
        found = Talk(desk, clock)
        found.deliver()
        found.heard.clear()
        yield found
