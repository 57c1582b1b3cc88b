"""A council with people and initiatives, a Slack that misbehaves, and chance that is told."""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from council.people import IMPORT_COLUMNS
from tests.builders import CREW
from tests.e2e.processes import Council, Slack, a_council, a_slack
from tests.e2e.real import Emulate, an_emulate
from tests.e2e.senders import FLAPPING, STEADY

LEAD = "carla"
FAULTS = {"status_429": 0.06, "status_500": 0.06, "drop_after_accept": 0.06, "retry_after": 1}


@dataclass(frozen=True)
class Town:
    """Everything that runs, and the chance by which it is killed."""

    council: Council
    slack: Slack
    chance: random.Random
    hook: str
    secret: str
    balancer: str = ""

    @property
    def front(self) -> str:
        """The address to which monitoring systems send."""
        return self.balancer or str(self.council.client.base_url)


Build = Callable[..., Town]


@pytest.fixture
def chance() -> random.Random:
    """Return chance that can be had again: KILL_SEED is what a failed run said it was."""
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1_000_000))
    sys.stdout.write(f"KILL_SEED={seed}\n")
    return random.Random(seed)


@pytest.fixture
def town(database_url: str, chance: random.Random, tmp_path: Path) -> Iterator[Build]:
    """Return what runs the processes: `whole` ones as an operator would, others are quicker."""
    with ExitStack() as running:

        def build(*, whole: bool) -> Town:
            slack = running.enter_context(a_slack(chance))
            environment = surroundings(database_url, slack)
            council = a_council(environment, tmp_path, chance, whole=whole)
            return furnished(running.enter_context(council), slack, chance)

        yield build


def surroundings(database_url: str, slack: Slack) -> dict[str, str]:
    """Return the environment of a council that speaks to the stand-in."""
    return {
        "DATABASE_URL": database_url,
        "COUNCIL_LEADS": f"{LEAD}@example.org",
        "COUNCIL_CHANNEL": "slack:C0MLCOUNC1",
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_SIGNING_SECRET": "test",
        "SLACK_API_URL": f"{slack.origin}/api/",
    }


def furnished(council: Council, slack: Slack, chance: random.Random) -> Town:
    """Bring in people, an integration and initiatives, all by the doors that people use."""
    council.shell("people", "import", "-", given=_people())
    added = council.shell("integration", "add", "alertmanager", "--name", "prod")
    token = council.shell("token", "create", "--name", "test")["token"]
    council.client.headers["Authorization"] = f"Bearer {token}"
    council.start()
    council.wait()
    for number, model in enumerate((*STEADY, FLAPPING)):
        # The last but one has no channel of its own: its cases go to the council's.
        channel = "" if model == STEADY[-1] else f" --channel slack:C0ROOM{number:04d}"
        opening = f'new "{model.capitalize()}" --key {model} --phase operations --tier 2'
        council.say(LEAD, f"{opening} --model {model}{channel}")
        for handle, role in CREW.items():
            council.say(LEAD, f"assign {model} {role} @{handle}")
    return Town(council, slack, chance, added["path"], added["secret"])


def _people() -> str:
    rows = [
        f"{handle},{handle.capitalize()},{handle}@example.org,UTC,U0{handle.upper()}0000,"
        for handle in (LEAD, *CREW)
    ]
    return "\n".join((",".join(IMPORT_COLUMNS), *rows)) + "\n"


@pytest.fixture
def emulate(tmp_path: Path) -> Iterator[Emulate]:
    """Return a Slack workspace that others wrote, empty and with the scopes of our manifest."""
    with an_emulate(tmp_path) as running:
        yield running
