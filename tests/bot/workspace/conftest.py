"""One council with a workspace per test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.workspace.chat import Chat, chatting


@pytest.fixture
async def chat(sqlite_url: str) -> AsyncIterator[Chat]:
    """Return a council whose chat is the workspace."""
    async with chatting(Path(sqlite_url.removeprefix("sqlite:///"))) as found:
        yield found
