"""From a metric to a card and back, through software that nobody here wrote.

Prometheus watches an exporter by the README's rule, Alertmanager is set up as the README says, the
council is its own console script, and emulate's Slack holds what people would see. Only periods,
addresses and the secret's file differ from the README.
"""

import copy
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from prometheus_client import CollectorRegistry, Gauge

from tests.bot.slack.workspace import FOLDER, buttons, said, signature
from tests.e2e.processes import Council, Json, a_council, until
from tests.e2e.real import (
    CHANCE,
    CHANNEL,
    EVERY,
    TOKEN,
    Alertmanager,
    Emulate,
    a_prometheus,
    an_alertmanager,
    an_exporter,
    from_readme,
    program,
)

pytestmark = pytest.mark.e2e

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
OPENING = 'new "Late order prediction" --key late-order --phase operations --tier 2'
COMMANDS = (
    f"{OPENING} --model late-order-prod",
    "assign late-order ml engineer @mei",
    "assign late-order data scientist @olu",
)


@dataclass
class Story:
    """A model with features, those who watch it, the council, and the channel of its cards."""

    council: Council
    slack: Emulate
    alertmanager: Alertmanager
    drift: Gauge

    def __post_init__(self) -> None:
        self.channel = self.slack.channel(CHANNEL)

    def measure(self, feature: str, psi: float) -> None:
        """Let the exporter say how far a feature has drifted."""
        self.drift.labels(model="late-order-prod", model_version="7", feature=feature).set(psi)

    def card(self) -> Json:
        """Return the one message of the channel, which no thread hangs on."""
        [found] = self.slack.messages(self.channel)
        assert self.slack.thread(self.channel, found["ts"]) == [found]
        return found

    def shows(self, *words: str) -> bool:
        """Whether the channel's last message has all these words."""
        last = self.slack.messages(self.channel)[:1]
        return bool(last) and all(word in said(last[0]) for word in words)

    def case(self) -> Json:
        """Return the one case."""
        [found] = self.council.listed("cases")
        return found

    def signals(self) -> list[tuple[str, str]]:
        """Return what was accepted, oldest first: the feature, and whether it fires."""
        listed = self.council.listed("signals")[::-1]
        return [(each["feature"], each["status"]) for each in listed]

    def settled(self) -> None:
        """Wait until the council has nothing more to tell."""
        over = {"sent", "superseded", "dropped"}
        until("all is told", lambda: {n["state"] for n in self.council.listed("notices")} <= over)

    def untold(self) -> list[tuple[str, str]]:
        """Return what was not told, and why."""
        listed = self.council.listed("notices")
        return [(n["kind"], n["reason"]) for n in listed if n["state"] == "dropped"]

    def told_again(self) -> None:
        """Wait until Alertmanager has said the same at least twice more."""
        before = self.alertmanager.delivered
        until("it is said twice more", lambda: self.alertmanager.delivered >= before + 2)
        self.settled()

    def press(self, label: str, email: str, secret: str = SIGNING_SECRET) -> int:
        """Send what Slack sends when somebody presses a button of the card; return the status."""
        message = self.card()
        [button] = [one for one in buttons(message) if one["text"]["text"] == label]
        given = json.loads((FOLDER / "block_actions.json").read_text())
        given["user"] = {"id": self.slack.person(email), "team_id": "T000000001"}
        given["container"] |= {"message_ts": message["ts"], "channel_id": self.channel}
        given["channel"] = {"id": self.channel, "name": CHANNEL}
        given |= {"message": message, "response_url": self.slack.response_url}
        now = time.time()
        given |= {"trigger_id": f"{now}", "actions": [button | {"action_ts": f"{now:.6f}"}]}
        body = urlencode({"payload": json.dumps(given)}).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": str(int(now)),
            "X-Slack-Signature": signature(body, int(now), secret),
        }
        return self.council.client.post("/slack/events", content=body, headers=headers).status_code


@pytest.fixture
def story(database_url: str, emulate: Emulate, tmp_path: Path) -> Iterator[Story]:
    """Return everything, running; no feature has drifted yet."""
    with ExitStack() as up:
        council = up.enter_context(
            a_council(_environment(database_url, emulate), tmp_path, CHANCE, whole=True)
        )
        receiver = _furnished(council, emulate, tmp_path)
        registry = CollectorRegistry()
        labels = ("model", "model_version", "feature")
        drift = Gauge("feature_drift_psi", "Population stability", labels, registry=registry)
        alertmanager = up.enter_context(an_alertmanager(tmp_path, receiver))
        exporter = up.enter_context(an_exporter(registry))
        up.enter_context(a_prometheus(tmp_path, _rules(), exporter, alertmanager.address))
        yield Story(council, emulate, alertmanager, drift)


def _environment(database_url: str, slack: Emulate) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "COUNCIL_LEADS": "ada@example.com",
        "COUNCIL_CHANNEL": slack.channel(CHANNEL),
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack.api,
    }


# Olu is known to the council by her id in Slack, Mei by her e-mail address; Kim has no role.
def _furnished(council: Council, slack: Emulate, home: Path) -> Json:
    """Do the README's first steps; return the configuration of Alertmanager."""
    olu = slack.person("olu@example.com")
    council.shell(
        "people",
        "import",
        "-",
        given=f"""\
handle,name,email,timezone,slack_id,teams_id
ada,Ada Berg,ada@example.com,Europe/Berlin,,
mei,Mei Tanaka,mei@example.com,Asia/Tokyo,,
olu,Olu Adeyemi,,Africa/Lagos,{olu},
""",
    )
    added = council.shell("integration", "add", "alertmanager", "--name", "prometheus")
    token = council.shell("token", "create", "--name", "test")["token"]
    council.client.headers["Authorization"] = f"Bearer {token}"
    council.start()
    council.wait()
    for command in COMMANDS:
        council.say("ada", command)
    secret = home / "council-secret"
    secret.write_text(added["secret"])
    config = copy.deepcopy(from_readme("route")[1])
    config["route"] |= {"group_wait": EVERY, "group_interval": EVERY, "repeat_interval": EVERY}
    [webhook] = config["receivers"][0]["webhook_configs"]
    webhook["url"] = f"{council.client.base_url}".rstrip("/") + added["path"]
    webhook["http_config"]["authorization"]["credentials_file"] = str(secret)
    return dict(config)


def _rules() -> Json:
    rules = copy.deepcopy(from_readme("groups")[1])
    rules["groups"][0]["rules"][0]["for"] = EVERY
    return dict(rules)


@pytest.mark.parametrize(
    ("key", "check"),
    [
        ("groups", ["promtool", "check", "rules", "--lint=all", "--lint-fatal"]),
        ("route", ["amtool", "check-config"]),
    ],
)
def test_what_the_readme_shows_is_what_their_own_checkers_take(
    key: str, check: list[str], tmp_path: Path
) -> None:
    shown = tmp_path / "shown.yml"
    shown.write_text(from_readme(key)[0])
    done = subprocess.run([program(check[0]), *check[1:], shown], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_alert_is_one_card_that_is_taken_by_a_press_and_turns_good(story: Story) -> None:
    it_fires_and_one_card_comes(story)
    repeats_change_nothing(story)
    another_feature_changes_the_same_card(story)
    a_forged_press_changes_nothing(story)
    somebody_without_a_role_is_refused_in_private(story)
    a_press_takes_the_case(story)
    recovery_turns_the_same_card_good(story)
    assert story.untold() == [("assigned", "not_in_chat")]  # to Mei, before her first word


def it_fires_and_one_card_comes(story: Story) -> None:
    story.measure("route_distance", 0.31)
    story.measure("hour_of_day", 0.05)
    until("a card comes", lambda: story.shows("route_distance", "0.31"))
    story.settled()
    card = story.card()
    assert card["text"].startswith("C-1 · S2 · Data drift: Late order prediction")
    assert card["metadata"]["event_type"] == "council_notice"
    assert story.slack.person("olu@example.com") in said(card)
    assert story.case()["owners"] == ["mei", "olu"]


def repeats_change_nothing(story: Story) -> None:
    before = story.card()
    story.told_again()
    assert story.card() == before
    assert story.signals() == [("route_distance", "firing")]
    assert story.case()["occurrences"] == 1


def another_feature_changes_the_same_card(story: Story) -> None:
    before = story.card()
    story.measure("hour_of_day", 0.42)
    until("the card names both", lambda: story.shows("route_distance", "hour_of_day"))
    story.told_again()
    assert story.card()["ts"] == before["ts"]
    assert story.signals()[1:] == [("hour_of_day", "firing")]


def a_forged_press_changes_nothing(story: Story) -> None:
    before = story.card()
    assert story.press("I have it", "mei@example.com", secret="guessed") == 401
    assert story.case()["status"] == "open"
    assert story.card() == before


def somebody_without_a_role_is_refused_in_private(story: Story) -> None:
    before = story.card()
    assert story.press("I have it", "kim@example.com") == 200
    until("Kim reads an answer", lambda: len(story.slack.adapter.answers) == 1)
    assert story.slack.adapter.answers[0]["response_type"] == "ephemeral"
    assert story.case()["status"] == "open"
    assert story.card() == before


def a_press_takes_the_case(story: Story) -> None:
    before = story.card()
    assert story.press("I have it", "mei@example.com") == 200
    until("the card says who has it", lambda: story.shows("has it,"))
    story.told_again()
    assert story.card()["ts"] == before["ts"]
    case = story.case()
    assert (case["status"], case["acknowledged_by"]) == ("acknowledged", "mei")
    assert len(story.slack.adapter.answers) == 1  # the card itself is the answer
    [mei] = [each for each in story.council.listed("people") if each["handle"] == "mei"]
    assert mei["identities"] == {"slack": story.slack.person("mei@example.com")}


def recovery_turns_the_same_card_good(story: Story) -> None:
    before = story.card()
    assert "✅" not in said(before)
    story.measure("route_distance", 0.02)
    story.measure("hour_of_day", 0.03)
    until("the card is good", lambda: story.shows("✅"))
    story.settled()
    card = story.card()
    assert card["ts"] == before["ts"]
    assert buttons(card) == []
    assert (story.case()["status"], story.case()["outcome"]) == ("resolved", "recovered")
    assert sorted(story.signals()[2:]) == [
        ("hour_of_day", "resolved"),
        ("route_distance", "resolved"),
    ]
