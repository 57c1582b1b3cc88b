"""Programs that others wrote, as real processes: Prometheus, Alertmanager, and emulate's Slack."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.processes import ROOT, Json, free_port, until
from tests.standins.emulate.adapter import Adapter, adapting

INSTALL = "sudo tests/e2e/install.sh"
EMULATE = ROOT / "tests" / "standins" / "emulate"
# Time passes as fast as these programs let it; the README's periods are for people.
EVERY = "500ms"
# A scrape that comes too late counts as a recovery; so long a busy machine may take for it.
SCRAPE = "2s"
TAIL = 40

CHANCE = random.SystemRandom()
_FENCE = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def from_readme(key: str) -> tuple[str, Any]:
    """Return the README's YAML example that has this key at its top: as it stands, and read."""
    for text in _FENCE.findall((ROOT / "README.md").read_text()):
        if key in (found := yaml.safe_load(text)):
            return text, found
    raise AssertionError(f"the README has no YAML example with {key!r}")


def program(name: str, place: Path | None = None) -> str:
    """Return where a program is; without it the test is skipped, and told how to get it."""
    found = shutil.which(name, path=place)
    if found is None:
        where = f" in {place.relative_to(ROOT)}" if place else ""
        pytest.skip(f"there is no {name}{where}; to have it: {INSTALL}")
    return found


@contextmanager
def running(name: str, command: Sequence[str], home: Path, ready: str) -> Iterator[None]:
    """Run a program in a session of its own until it is not needed; `ready` is an address."""
    log = home / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=home, stdout=out, stderr=out, start_new_session=True
        )

    def answers() -> bool:
        assert process.poll() is None, f"{name} has ended by itself"
        try:
            return httpx.get(ready, timeout=10).is_success
        except httpx.TransportError:
            return False

    try:
        until(f"{name} answers", answers)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
        said = "\n".join(log.read_text(errors="replace").splitlines()[-TAIL:])
        sys.stdout.write(f"── {name} ──\n{said}\n")  # shown when the test has failed


def _written(path: Path, content: object) -> Path:
    path.write_text(yaml.safe_dump(content, allow_unicode=True))
    return path


# ── those who watch ──────────────────────────────────────────────────────────────────────────────


@contextmanager
def an_exporter(registry: CollectorRegistry) -> Iterator[str]:
    """Serve metrics as a model's own process would; return host and port."""
    server, thread = start_http_server(0, "127.0.0.1", registry)
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


@contextmanager
def a_prometheus(home: Path, rules: Json, exporter: str, alertmanager: str) -> Iterator[None]:
    """Watch an exporter by these rules, and tell an Alertmanager."""
    binary, address = program("prometheus"), f"127.0.0.1:{free_port(CHANCE)}"
    config = {
        "global": {
            "scrape_interval": SCRAPE,
            "scrape_timeout": SCRAPE,
            "evaluation_interval": EVERY,
        },
        "rule_files": [str(_written(home / "rules.yml", rules))],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [alertmanager]}]}]},
        "scrape_configs": [{"job_name": "model", "static_configs": [{"targets": [exporter]}]}],
    }
    command = [
        binary,
        f"--config.file={_written(home / 'prometheus.yml', config)}",
        f"--storage.tsdb.path={home / 'prometheus'}",
        f"--web.listen-address={address}",
        "--log.level=warn",
    ]
    with running("prometheus", command, home, f"http://{address}/-/ready"):
        yield


@dataclass(frozen=True)
class Alertmanager:
    """One that runs, and what it counts of its webhooks."""

    address: str

    def count(self, name: str) -> int:
        """Return one of its counters, for webhooks."""
        text = httpx.get(f"http://{self.address}/metrics", timeout=10).raise_for_status().text
        return sum(
            int(sample.value)
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == name and sample.labels.get("integration") == "webhook"
        )

    @property
    def delivered(self) -> int:
        """How many requests were taken."""
        return self.count("alertmanager_notification_latency_seconds_count") - self.failed

    @property
    def failed(self) -> int:
        """How many requests did not arrive, or were refused."""
        return self.count("alertmanager_notification_requests_failed_total")


@contextmanager
def an_alertmanager(home: Path, config: Json) -> Iterator[Alertmanager]:
    """Run an Alertmanager that has no peers."""
    binary, address = program("prometheus-alertmanager"), f"127.0.0.1:{free_port(CHANCE)}"
    command = [
        binary,
        f"--config.file={_written(home / 'alertmanager.yml', config)}",
        f"--storage.path={home / 'alertmanager'}",
        f"--web.listen-address={address}",
        "--cluster.listen-address=",
        "--log.level=info",
    ]
    with running("alertmanager", command, home, f"http://{address}/-/ready"):
        yield Alertmanager(address)


# ── a workspace ──────────────────────────────────────────────────────────────────────────────────

CHANNEL = "ml-council"
PEOPLE = {
    "ada@example.com": "Ada Berg",
    "mei@example.com": "Mei Tanaka",
    "olu@example.com": "Olu Adeyemi",
    "kim@example.com": "Kim Roth",
}
# One has the scopes of the README's manifest and no others, one not even the optional ones.
TOKEN, NARROW = "xoxb-council", "xoxb-council-that-may-not-read"
_EYES = "xoxp-administrator"


@dataclass(frozen=True)
class Emulate:
    """A Slack workspace that others wrote, looked at with the eyes of its administrator."""

    origin: str
    adapter: Adapter

    @property
    def api(self) -> str:
        """What SLACK_API_URL is to be."""
        return f"{self.adapter.origin}/api/"

    @property
    def response_url(self) -> str:
        """An address for private answers; they come to `adapter.answers`."""
        return f"{self.adapter.origin}/response/one"

    def ask(self, method: str, token: str = _EYES, **given: str) -> Json:
        """Call a method, as the administrator or with another token; it must be granted."""
        headers = {"Authorization": f"Bearer {token}"}
        answer = httpx.post(f"{self.origin}/api/{method}", data=given, headers=headers, timeout=30)
        found: Json = answer.raise_for_status().json()
        assert found["ok"], f"{method} {given}: {found}"
        return found

    def channel(self, name: str) -> str:
        """Return a channel's id."""
        [found] = [c for c in self.ask("conversations.list")["channels"] if c["name"] == name]
        return str(found["id"])

    def person(self, email: str) -> str:
        """Return a person's id."""
        return str(self.ask("users.lookupByEmail", email=email)["user"]["id"])

    def messages(self, channel: str, token: str = _EYES) -> list[Json]:
        """Return what stands in a conversation, newest first, without replies."""
        found: list[Json] = self.ask("conversations.history", token, channel=channel)["messages"]
        return found

    def thread(self, channel: str, ts: str) -> list[Json]:
        """Return a message and its replies, oldest first."""
        found: list[Json] = self.ask("conversations.replies", channel=channel, ts=ts)["messages"]
        return found


@contextmanager
def an_emulate(home: Path) -> Iterator[Emulate]:
    """Run a workspace that has a channel and a few people.

    Scopes are strict: a call for which a token has none is refused, as by Slack. (Emulate does not
    ask for `chat:write.public` nor `metadata.message:read`, gives a history's metadata unasked, and
    a whole history whatever `oldest` is.)
    """
    node = program("node", EMULATE / "node_modules" / f"node-linux-{_cpu()}" / "bin")
    origin = f"http://127.0.0.1:{(port := free_port(CHANCE))}"
    script = EMULATE / "node_modules" / "emulate" / "dist" / "index.js"
    command = [node, str(script), "start", "--service", "slack", "--port", str(port)]
    command += ["--seed", str(_written(home / "emulate.yml", {"slack": _seed()}))]
    with running("emulate", command, home, f"{origin}/"), adapting(origin) as adapter:
        yield Emulate(origin, adapter)


def _seed() -> Json:
    scopes: list[str] = from_readme("display_information")[1]["oauth_config"]["scopes"]["bot"]
    needed = [s for s in scopes if not s.endswith((":history", ".message:read", "usergroups:read"))]
    bot = {"client_id": "1.1", "client_secret": "s", "name": "Council", "redirect_uris": []}
    return {
        "users": [
            {"name": email.partition("@")[0], "real_name": name, "email": email}
            for email, name in PEOPLE.items()
        ],
        "channels": [{"name": CHANNEL}],
        "oauth_apps": [bot | {"bot_name": "council"}],
        "tokens": [
            {"token": _EYES, "user": "admin"},
            {"token": TOKEN, "type": "bot", "user": "council", "scopes": scopes},
            {"token": NARROW, "type": "bot", "user": "council", "scopes": needed},
        ],
        "strict_scopes": True,
    }


def _cpu() -> str:
    """Return this machine's processor by the name that Node has for it."""
    return {"x86_64": "x64", "aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)
