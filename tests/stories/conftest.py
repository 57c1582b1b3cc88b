"""One stage per story and surface."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.standins.slack import Faults, Served, served
from tests.stories.local import local
from tests.stories.slacked import slacked
from tests.stories.stage import Stage


@pytest.fixture(scope="module")
def running_standin() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture(params=("local", "slack"))
async def stage(
    request: pytest.FixtureRequest, sqlite_url: str, running_standin: Served
) -> AsyncIterator[Stage]:
    """Return a town on a surface, once per surface."""
    database = sqlite_url.removeprefix("sqlite:///")
    if request.param == "local":
        async with local(Path(database)) as found:
            yield found
        return
    running_standin.slack.reset(Faults())
    async with slacked(database, running_standin) as behind:
        yield behind
