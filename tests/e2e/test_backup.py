"""A backup that is made while alerts come in, and the council that is served from it afterwards."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.conftest import Town, furnished, surroundings
from tests.e2e.processes import a_council, a_slack, until
from tests.e2e.promises import mid, sending, waiting

pytestmark = pytest.mark.e2e

DRAINED = 300.0
OPEN = "SELECT mid FROM outbox WHERE state IN ('pending', 'claimed', 'failed')"


@pytest.fixture
def here(sqlite_url: str, chance: random.Random, tmp_path: Path) -> Iterator[Town]:
    """Return a council that does not know its chat yet, so that all it has to tell waits."""
    with a_slack(chance) as slack:
        silent = {
            **surroundings(sqlite_url, slack),
            "SLACK_BOT_TOKEN": "",
            "SLACK_SIGNING_SECRET": "",
        }
        with a_council(silent, tmp_path, chance, whole=False) as council:
            yield furnished(council, slack, chance)


def test_a_backup_under_load_comes_back_and_nobody_is_told_twice(
    here: Town, tmp_path: Path
) -> None:
    council, copy = here.council, tmp_path / "copy.db"
    with sending(here, flaps=0.05) as senders:
        until("much has come in", lambda: sum(len(each.acknowledged) for each in senders) > 30)
        promised = Counter(known for each in senders for known in each.acknowledged)
        made = council.shell("backup", str(copy))
        waited = waits_in(copy)
        council.kill()
        council.environment = {
            **council.environment,
            **surroundings(council.environment["DATABASE_URL"], here.slack),
        }
        council.start()
        until("some of what waited is told", lambda: bool(posted(here).keys() & waited))
        council.kill()
        told_since = posted(here).keys() & waited
        elsewhere = f"sqlite:///{tmp_path / 'elsewhere' / 'council.db'}"
        council.environment = {**council.environment, "DATABASE_URL": elsewhere}
        back = council.shell("restore", str(copy))
        council.start()
        council.wait()
    until("everything has arrived", lambda: not waiting(here), DRAINED)
    assert (back["links"], back["notices"]) == (made["links"], len(waited))
    listed = Counter((each["feature"], each["status"]) for each in council.listed("signals"))
    assert promised - listed == Counter(), "lost"
    assert {one: times for one, times in posted(here).items() if times > 1} == {}
    assert told_since
    assert council.shell("ledger", "verify")["faults"] == []


def test_a_database_that_is_served_is_not_replaced(here: Town, tmp_path: Path) -> None:
    council, copy = here.council, tmp_path / "copy.db"
    council.shell("backup", str(copy))
    with pytest.raises(AssertionError, match="End `council serve` first"):
        council.plain("restore", str(copy), "--yes")
    council.kill()
    assert "is what the backup holds" in council.plain("restore", str(copy), "--yes")


def waits_in(copy: Path) -> set[str]:
    """Return the message ids of notices that a backup says wait."""
    with closing(sqlite3.connect(copy)) as connection:
        return {found for (found,) in connection.execute(OPEN)}


def posted(here: Town) -> Counter[str]:
    """Count by message id what the chat was given to post, and took."""
    return Counter(
        mid(call["given"])
        for call in here.slack.spoken()
        if call["method"] == "chat.postMessage" and call["outcome"] == "ok"
    )
