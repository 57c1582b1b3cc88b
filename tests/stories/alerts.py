"""Alerts as Alertmanager sends them, for what monitors see in the stories."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_NEVER = "0001-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Alert:
    """A metric of a model beyond its limit; `samples` are how many on either side, if known."""

    feature: str
    value: float
    samples: tuple[int, int] | None = None
    model: str = "late-order-prod"
    version: str = "7"
    metric: str = "psi"
    signal_class: str = "data_drift"
    severity: str = "critical"
    began: list[datetime] = field(default_factory=list, compare=False)

    @property
    def says(self) -> str:
        """Return it in one line."""
        sides = f", n {self.samples[0]:,}/{self.samples[1]:,}" if self.samples else ""
        return f"{self.metric} of {self.feature} on {self.model} is {self.value}{sides}"

    def body(self, now: datetime, *, ended: bool = False) -> dict[str, Any]:
        """Return the request's JSON; what ends is what fired last."""
        if not (self.began and ended):
            self.began[:] = [now]
        labels = {
            "alertname": "Drift",
            "feature": self.feature,
            "metric": self.metric,
            "model": self.model,
            "model_version": self.version,
            "severity": self.severity,
            "signal_class": self.signal_class,
        }
        notes = {"summary": self.says, "value": str(self.value)}
        if self.samples:
            notes |= {"n_reference": str(self.samples[0]), "n_current": str(self.samples[1])}
        known = "\n".join(f"{name}={value}" for name, value in labels.items())
        one = {
            "status": "resolved" if ended else "firing",
            "labels": labels,
            "annotations": notes,
            "startsAt": self.began[0].isoformat(),
            "endsAt": now.isoformat() if ended else _NEVER,
            "fingerprint": hashlib.sha256(known.encode()).hexdigest()[:16],
        }
        return {"version": "4", "receiver": "council", "status": one["status"], "alerts": [one]}
