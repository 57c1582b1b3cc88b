"""Alerts of the demo's past, in the shape that Alertmanager gives them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

_NEVER = "0001-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule that fires for a model: the value of each feature, or of the whole ("").

    `samples` is the size of the sample on either side; 0 where a rule knows none.
    """

    rule: str
    model: str
    version: str
    signal_class: str
    severity: str
    metric: str
    limit: float
    values: Mapping[str, float]
    samples: int
    began: datetime

    def moved(self, values: Mapping[str, float]) -> "Alert":
        """Return the same alert with other values."""
        return replace(self, values=values)

    def body(self, ended: datetime | None = None) -> dict[str, Any]:
        """Return the request's JSON; `ended` makes it good."""
        alerts = [self._one(feature, value, ended) for feature, value in self.values.items()]
        common = {"alertname": self.rule, "model": self.model}
        return {
            "version": "4",
            "receiver": "council",
            "status": alerts[0]["status"],
            "alerts": alerts,
            "groupKey": f'{{}}:{{alertname="{self.rule}", model="{self.model}"}}',
            "groupLabels": common,
            "commonLabels": common,
            "commonAnnotations": {},
            "externalURL": "http://am.example.com/alerts",
            "truncatedAlerts": 0,
        }

    def _one(self, feature: str, value: float, ended: datetime | None) -> dict[str, Any]:
        labels = {
            "alertname": self.rule,
            "job": "model-monitor",
            "metric": self.metric,
            "model": self.model,
            "model_version": self.version,
            "severity": self.severity,
            "signal_class": self.signal_class,
        }
        if feature:
            labels["feature"] = feature
        about = f"{self.metric} of {feature}" if feature else self.metric
        annotations = {
            "summary": f"{about} on {self.model} v{self.version} is {value}",
            "value": str(value),
            "threshold": str(self.limit),
            "dashboard_url": f"https://grafana.example.com/d/drift?var-model={self.model}",
        }
        if self.samples:
            annotations |= {"n_reference": str(self.samples), "n_current": str(self.samples)}
        known = "\n".join(f"{name}={labels[name]}" for name in sorted(labels))
        return {
            "status": "resolved" if ended else "firing",
            "labels": labels,
            "annotations": annotations,
            "startsAt": self.began.isoformat(),
            "endsAt": ended.isoformat() if ended else _NEVER,
            "fingerprint": hashlib.sha256(known.encode()).hexdigest()[:16],
        }
