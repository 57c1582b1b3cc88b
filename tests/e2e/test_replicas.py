"""Several servers on one PostgreSQL behind a plain round robin: together they are one council."""

import io
import random
import subprocess
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from json import loads
from pathlib import Path

import pytest
import sqlalchemy as sa

from council.store.base import table
from council.tables import Lane
from tests.e2e.conftest import FAULTS, Town, furnished, surroundings
from tests.e2e.processes import ROOT, Council, a_council, a_slack, until
from tests.e2e.promises import everything_holds, let_somebody_be_late, report, sending
from tests.standins.roundrobin import RoundRobin, balancing

pytestmark = [pytest.mark.e2e, pytest.mark.postgres]

ROUNDS = 6
# The lease is three seconds in these tests (see processes._serve); the rest is for a slow machine.
LATE_SECONDS = 15.0


@dataclass(frozen=True)
class Fleet:
    """Councils on one database, and what stands before them."""

    town: Town
    councils: list[Council]
    balancer: RoundRobin

    def wait(self) -> None:
        """Wait until each answers."""
        for council in self.councils:
            council.wait()


Build = Callable[..., Fleet]


@pytest.fixture
def fleet(empty_postgres_url: str, chance: random.Random, tmp_path: Path) -> Iterator[Build]:
    """Return what starts councils on an empty database; `code` is another checkout to run."""
    with ExitStack() as running:

        def build(size: int, code: Path | None = None) -> Fleet:
            slack = running.enter_context(a_slack(chance))
            environment = surroundings(empty_postgres_url, slack)
            homes = [tmp_path / f"home-{number}" for number in range(size)]
            councils = []
            for home in homes:
                home.mkdir()
                one = a_council(environment, home, chance, whole=code is not None, code=code)
                councils.append(running.enter_context(one))
            councils[0].plain("migrate")
            town = furnished(councils[0], slack, chance)
            for council in councils[1:]:
                council.start()
            origins = [str(council.client.base_url).rstrip("/") for council in councils]
            balancer = running.enter_context(balancing(origins))
            found = Fleet(replace(town, balancer=balancer.origin), councils, balancer)
            found.wait()
            return found

        yield build


@pytest.mark.parametrize("size", [2, 3])
def test_replicas_tell_nobody_twice_nor_too_fast_and_do_once_what_is_due(
    fleet: Build, size: int
) -> None:
    found = fleet(size)
    town = found.town
    town.slack.faults(**FAULTS, seed=town.chance.randrange(1_000))
    escalated: Counter[str] = Counter()
    began = time.monotonic()
    with sending(town, flaps=0.05) as senders:
        for _ in range(ROUNDS):
            until("everybody has taken part", everybody_answers_more(found.balancer, 5))
            escalated += let_somebody_be_late(town, set(escalated))
    town.slack.faults()
    everything_holds(town, senders, escalated)
    assert len(escalated) == ROUNDS
    assert all(map(deliveries, found.councils)), "a replica delivered nothing"
    report(town, senders, f"{size} replicas", time.monotonic() - began)


def test_what_a_killed_replica_was_telling_is_told_by_the_other_when_its_lease_ends(
    fleet: Build,
) -> None:
    found = fleet(2)
    town = found.town
    town.slack.faults(delay=3_600.0)  # whoever speaks now waits for an answer that does not come
    with sending(town, flaps=0.0) as senders:
        until("both hold conversations", lambda: len(holding(town)) == 2)
        victim = found.councils[-1]
        held = holding(town)[victim.pid or 0]
        before = len(town.slack.messages())
        victim.kill()
        town.slack.faults()
    everything_holds(town, senders, Counter())
    first_words: dict[str, float] = {}
    for each in town.slack.messages()[before:]:
        first_words.setdefault(each["channel"], each["at"])
    late = [first_words[room] - ends for room, ends in held.items()]
    assert min(late) > 0, "taken over before the lease had ended"
    assert max(late) < LATE_SECONDS, "not taken over when the lease had ended"


def test_a_rolling_upgrade_from_the_schema_before_loses_nothing(
    fleet: Build, tmp_path: Path
) -> None:
    before = the_code_before_the_newest_migration(tmp_path / "before")
    found = fleet(2, code=before)
    town = found.town
    with sending(town, flaps=0.05) as senders:
        until("both have taken part", everybody_answers_more(found.balancer, 20))
        new = Council(town.council.environment, tmp_path, whole=True)
        assert "went from" in new.plain("migrate")
        until("both go on", everybody_answers_more(found.balancer, 20))
        assert [each.client.get("/readyz").status_code for each in found.councils] == [200, 200]
        escalated = let_somebody_be_late(town, set())
        for council in found.councils:
            assert council.end() == 0
            council.run(None)
            council.start()
            council.wait()
            until("both take part", everybody_answers_more(found.balancer, 20))
    everything_holds(town, senders, escalated, same_words=False)


# ── looking ──────────────────────────────────────────────────────────────────────────────────────


def everybody_answers_more(balancer: RoundRobin, more: int) -> Callable[[], bool]:
    """Return a question: has each server answered so many more requests?"""
    before = Counter(balancer.answered)
    return lambda: all(balancer.answered[o] >= before[o] + more for o in balancer.origins)


def deliveries(council: Council) -> int:
    """Count what this process delivered, by its own log."""
    lines = (line for line in council.log.read_text().splitlines() if line.startswith("{"))
    return sum(each["event"] == "notice" and each["state"] == "sent" for each in map(loads, lines))


def holding(town: Town) -> dict[int, dict[str, float]]:
    """Return by process number which channels it holds, and until when."""
    engine = sa.create_engine(town.council.environment["DATABASE_URL"], poolclass=sa.NullPool)
    with engine.connect() as connection:
        lanes = connection.execute(sa.select(table(Lane)).where(table(Lane).c.owner != "")).all()
    found: dict[int, dict[str, float]] = {}
    for lane in lanes:
        platform, _, room = lane.lane.partition(":")
        if platform == "slack":
            held = found.setdefault(int(lane.owner.split(":")[1]), {})
            held[room] = lane.lease_until.timestamp()
    return found


def the_code_before_the_newest_migration(where: Path) -> Path:
    """Unpack the program as it was before the schema went forward the last time."""
    newest = max((ROOT / "migrations" / "versions").glob("[0-9]*.py")).relative_to(ROOT)
    git = ["git", "-C", str(ROOT)]
    try:
        log = [*git, "log", "--diff-filter=A", "--format=%H", "-1", "--", str(newest)]
        added = subprocess.run(log, capture_output=True, text=True, check=True).stdout.strip()
        commit = f"{added}^" if added else "HEAD"  # not committed yet
        pack = [*git, "archive", "--format=zip", commit]
        packed = subprocess.run(pack, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as failure:
        pytest.skip(f"this is no whole clone, so there is no program before this one: {failure}")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(where)
    return where
