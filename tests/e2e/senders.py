"""Senders like Alertmanager: what is not acknowledged is sent again until it is."""

import json
import random
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

STARTED = datetime.now(UTC) - timedelta(hours=1)
STEADY = ("steady-0", "steady-1", "steady-2", "steady-3")
FLAPPING = "flapping"
CLASSES = ("data_drift", "data_quality")

# What a signal is known by: the feature, and whether it fires or has resolved.
Known = tuple[str, str]


@dataclass(frozen=True)
class Hook:
    """A request, and the signals that its acknowledgement promises."""

    body: bytes
    signals: tuple[Known, ...]


@dataclass
class Sender:
    """Sends one hook after the other, each until it is acknowledged.

    On steady models conditions come and go in cases that stay open; on the flapping one each case
    opens, gets worse and recovers: `flaps` is how often, so that what one conversation may be told
    in a second is enough.
    """

    name: str
    client: httpx.Client
    path: str
    secret: str
    chance: random.Random
    flaps: float
    acknowledged: list[Known] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    hooks: int = 0
    again: int = 0

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._count = 0
        self._firing: deque[tuple[str, str, str]] = deque()
        self._thread = threading.Thread(target=self._send_all, name=self.name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing new; what is not acknowledged yet is still sent until it is."""
        self._stop.set()

    @property
    def done(self) -> bool:
        """Whether everything that was begun is acknowledged."""
        return not self._thread.is_alive()

    def _send_all(self) -> None:
        for hook in self._hooks():
            self._send(hook)
            if self._stop.wait(self.chance.uniform(0.0, 0.1)) or self.failures:
                return

    def _send(self, hook: Hook) -> None:
        self.hooks += 1
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        while True:
            try:
                answer = self.client.post(self.path, content=hook.body, headers=headers)
            except httpx.TransportError:
                status = 0
            else:
                status = answer.status_code
            if status == 202:
                self.acknowledged += hook.signals
                return
            if 0 < status < 500:
                self.failures.append(f"HTTP {status}: {hook.body!r}")
                return
            self.again += 1
            threading.Event().wait(0.05)

    # ── what is sent ─────────────────────────────────────────────────────────────────────────────

    def _hooks(self) -> Iterator[Hook]:
        while True:
            if self.chance.random() < self.flaps:
                yield from self._flap()
            else:
                yield self._steady()

    def _steady(self) -> Hook:
        model, signal_class = self.chance.choice(STEADY), self.chance.choice(CLASSES)
        alerts = [
            (model, signal_class, self._feature("critical"))
            for _ in range(self.chance.randint(1, 3))
        ]
        ended = []
        # The first condition of each case holds to the end, so that its case stays open.
        if len(self._firing) > 60 and self.chance.random() < 0.5:
            ended = [self._firing.popleft() for _ in range(2)]
        self._firing += [alert for alert in alerts if self.chance.random() < 0.7]
        return _hook([(*alert, "firing") for alert in alerts], [(*a, "resolved") for a in ended])

    def _flap(self) -> Iterator[Hook]:
        alerts = [(FLAPPING, "data_drift", self._feature(loud)) for loud in ("warning", "critical")]
        for alert in alerts:
            yield _hook([(*alert, "firing")], [])
        yield _hook([], [(*alert, "resolved") for alert in alerts])

    def _feature(self, severity: str) -> str:
        self._count += 1
        return f"{self.name}-{self._count}-{severity}"


def _hook(firing: list[tuple[str, ...]], ended: list[tuple[str, ...]]) -> Hook:
    alerts = [_alert(*each) for each in (*firing, *ended)]
    body = {"version": "4", "receiver": "council", "status": "firing", "alerts": alerts}
    signals = tuple((feature, status) for _, _, feature, status in (*firing, *ended))
    return Hook(json.dumps(body).encode(), signals)


def _alert(model: str, signal_class: str, feature: str, status: str) -> dict[str, Any]:
    labels = {"alertname": "Drift", "model": model, "feature": feature}
    labels |= {"signal_class": signal_class, "severity": feature.rpartition("-")[2]}
    ended = STARTED + timedelta(minutes=5)
    times = {"startsAt": STARTED.isoformat()}
    times |= {"endsAt": ended.isoformat()} if status == "resolved" else {}
    return {"status": status, "labels": labels, "annotations": {}, **times}
