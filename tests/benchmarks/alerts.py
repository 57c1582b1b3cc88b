"""Requests as Alertmanager sends them: every alert a condition of its own."""

import json
from typing import Any

from council.signal import SIGNAL_CLASSES

INITIATIVES = 50


def model(number: int) -> str:
    """Return the name of the model that the initiative of this number watches."""
    return f"model-{number % INITIATIVES:02d}"


def single(number: int) -> bytes:
    """Return a body with one alert, on the next initiative and the next class of signal."""
    return _body(model(number), _class(number // INITIATIVES), [f"feature-{number}"])


def group(number: int, size: int) -> bytes:
    """Return a body with `size` alerts on features of one model, as a group of alerts comes."""
    features = [f"group-{number}-feature-{each}" for each in range(size)]
    return _body(model(number), _class(number // INITIATIVES), features)


def request(path: str, secret: str, body: bytes) -> bytes:
    """Return the whole HTTP request."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Alertmanager/0.33.1\r\n"
        f"Authorization: Bearer {secret}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _class(number: int) -> str:
    return SIGNAL_CLASSES[number % len(SIGNAL_CLASSES)]


def _body(watched: str, signal_class: str, features: list[str]) -> bytes:
    shared = {
        "alertname": "FeatureDriftHigh",
        "model": watched,
        "model_version": "7",
        "severity": "warning",
        "signal_class": signal_class,
    }
    notes = {
        "runbook_url": "https://wiki.example.com/runbooks/drift",
        "threshold": "0.2",
        "value": "0.31",
    }
    body = {
        "receiver": "council",
        "status": "firing",
        "alerts": [_alert(shared, notes, feature) for feature in features],
        "groupLabels": {"alertname": shared["alertname"], "model": watched},
        "commonLabels": shared,
        "commonAnnotations": notes,
        "externalURL": "http://am.example.com/alerts",
        "version": "4",
        "groupKey": f'{{}}:{{alertname="FeatureDriftHigh", model="{watched}"}}',
        "truncatedAlerts": 0,
    }
    return json.dumps(body, separators=(",", ":")).encode()


def _alert(shared: dict[str, str], notes: dict[str, str], feature: str) -> dict[str, Any]:
    return {
        "status": "firing",
        "labels": {**shared, "feature": feature},
        "annotations": {
            **notes,
            "summary": f"PSI of {feature} on {shared['model']} v7 above 0.2",
        },
        "startsAt": "2026-11-21T03:31:27.991052Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prom.example.com/graph?g0.expr=feature_drift_psi+%3E+0.2",
        "fingerprint": f"{hash_of(feature):016x}",
    }


def hash_of(text: str) -> int:
    """Return a number of 64 bits that is the same in every process."""
    found = 14695981039346656037
    for each in text.encode():
        found = ((found ^ each) * 1099511628211) % (1 << 64)
    return found
