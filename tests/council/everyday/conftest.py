"""People who keep a council in order, and who may see what."""

from collections.abc import Iterator

import pytest

from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council with the crew, one initiative of theirs, and Sam, who has no part."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        a_person(desk, "sam")
        an_initiative(desk, channel="local:orders")
        talk = Talk(desk, clock)
        talk.deliver()
        yield talk
