"""One workspace per file, emptied for each test."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.bot.slack.workspace import Workspace, workspace
from tests.standins.slack import Faults, Served, served


@pytest.fixture(scope="module")
def running_standin() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture
async def slack(sqlite_url: str, running_standin: Served) -> AsyncIterator[Workspace]:
    """Return a council behind an empty workspace."""
    running_standin.slack.reset(Faults())
    async with workspace(sqlite_url, running_standin) as found:
        yield found
