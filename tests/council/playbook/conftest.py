"""The shipped playbooks, and a copy of the default one to spoil."""

import json
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from council.playbook import DEFAULT_PLAYBOOK, Playbook, PlaybookError, load_file, load_library

SHIPPED = (
    DEFAULT_PLAYBOOK,
    "who-does-this-concern",
    "production-handoff",
    "three-personas",
    "six-specialists",
)

Content = dict[str, Any]
Spoil = Callable[[Content], object]


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load_library().get(DEFAULT_PLAYBOOK)


@pytest.fixture(scope="session")
def playbooks() -> dict[str, Playbook]:
    """The shipped playbooks by their id."""
    return {each.id: each for each in load_library().playbooks}


@pytest.fixture(params=SHIPPED)
def each_playbook(request: pytest.FixtureRequest, playbooks: dict[str, Playbook]) -> Playbook:
    return playbooks[request.param]


@pytest.fixture
def content() -> Content:
    """The shipped playbook as plain data, under an id of its own."""
    path = resources.files("council") / "playbooks" / f"{DEFAULT_PLAYBOOK}.yaml"
    loaded: Content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {**loaded, "id": "mine"}


@pytest.fixture
def changed(tmp_path: Path, content: Content) -> Callable[[Spoil], Playbook]:
    """Load the playbook with a change."""

    def load(change: Spoil) -> Playbook:
        change(content)
        path = tmp_path / "mine.yaml"
        path.write_text(json.dumps(content), encoding="utf-8")
        return load_file(path)

    return load


@pytest.fixture
def spoiled(changed: Callable[[Spoil], Playbook]) -> Callable[[Spoil], list[str]]:
    """Load the playbook with a change that is wrong; return what is said of it."""

    def load(change: Spoil) -> list[str]:
        with pytest.raises(PlaybookError) as caught:
            changed(change)
        # The file is one line of JSON; which line a problem is in is another test's business.
        return [str(replace(each, line=0)) for each in caught.value.problems]

    return load
