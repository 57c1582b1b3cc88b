"""A desk for each test of the council."""

from collections.abc import Iterator

import pytest

from council.desk import Desk
from tests.desks import a_desk
from tests.fakes import SetClock


@pytest.fixture
def clock() -> SetClock:
    """A clock that the test moves."""
    return SetClock()


@pytest.fixture
def desk(clock: SetClock) -> Iterator[Desk]:
    """Return a desk on a database in memory."""
    with a_desk(clock) as found:
        yield found
