"""A crew that talks about one initiative in development."""

import pytest

from council.desk import Desk
from tests.builders import a_crew, an_initiative
from tests.fakes import SetClock
from tests.talk import Talk

CHANNEL = "local:late"


@pytest.fixture
def talk(desk: Desk, clock: SetClock) -> Talk:
    """Return the crew, with the initiative late-order in development, tier 2."""
    a_crew(desk)
    an_initiative(desk, phase="development", channel=CHANNEL)
    found = Talk(desk, clock)
    found.deliver()
    return found
