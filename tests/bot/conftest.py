"""Golden files: what a card looked like when somebody last looked.

`UPDATE_GOLDEN=1 pytest tests/bot` writes them anew; the difference is then read in the commit.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "cards" / "golden"


@pytest.fixture
def same_as_golden() -> Callable[[str, str], None]:
    """Return a check of a text against the golden file of a name."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text + "\n", encoding="utf-8")
        assert text + "\n" == path.read_text(encoding="utf-8")

    return check
