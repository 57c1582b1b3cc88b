"""What would become of a request: read like a real one, matched like a real one, kept nowhere."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

from bot.intake.body import Malformed, parse_json
from bot.intake.native import alertmanager
from bot.intake.route import BODY_LIMIT
from bot.shell.complaint import Complaint
from council import integrations
from council.cases.receive import Intake
from council.cases.routing import calling
from council.desk import Desk
from council.errors import NotFound
from council.signal import Quarantined, Signal

WAITS = "waits for a council lead"


@dataclass(frozen=True, slots=True)
class Line:
    """What would become of one item: `status` is accepted, duplicate or quarantined."""

    index: int
    status: str
    signal_class: str = ""
    severity: str = ""
    model: str = ""
    initiative: str | None = None
    calls: tuple[str, ...] = ()
    reason: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def goes_to(self) -> str:
        """The initiative, or who decides about a model that nobody has claimed."""
        if self.status == "quarantined":
            return ""
        return self.initiative or WAITS

    def plain(self) -> dict[str, Any]:
        """Return the line as plain JSON."""
        return asdict(self)


def trial(desk: Desk, name: str, body: bytes) -> list[Line]:
    """Return what would become of each item; reads only."""
    sender = _sender(desk, name)
    items, _ = alertmanager(
        _parsed(body),
        integration_id=sender.id,
        metric_classes=sender.settings.get("metric_classes", {}),
        settings=sender.settings,
        received_at=desk.now(),
    )
    return _lines(desk, items)


def _sender(desk: Desk, name: str) -> integrations.Sender:
    found = integrations.sender(desk, name)
    if found is None:
        names = [each.name for each in integrations.listing(desk)]
        near = get_close_matches(name, names, n=3, cutoff=0.4)
        raise NotFound("integration", name, tuple(near))
    return found


def _parsed(body: bytes) -> Mapping[str, object]:
    if len(body) > BODY_LIMIT:
        raise Complaint(f"The body is too large: {len(body):,} bytes, the limit is {BODY_LIMIT:,}.")
    try:
        return parse_json(body)
    except Malformed as error:
        why = error.why.replace("_", " ")
        raise Complaint(f"The body would be refused: {why}; it must be one JSON object.") from error


def _lines(desk: Desk, items: Sequence[Signal | Quarantined]) -> list[Line]:
    intake = Intake(desk)
    judged = intake.judge([item for item in items if isinstance(item, Signal)])
    intake.load(judged)
    known = set(intake.known)
    found = [
        Line(item.item_index, "quarantined", reason=item.reason)
        for item in items
        if isinstance(item, Quarantined)
    ]
    for each in judged:
        signal, home = each.signal, each.initiative
        way = calling(desk, home, signal.signal_class) if home else None
        found.append(
            Line(
                signal.item_index,
                "duplicate" if each.dedup_key in known else "accepted",
                signal.signal_class,
                each.severity,
                signal.model_name,
                home.key if home else None,
                tuple(called.member.handle for called in way.owners) if way else (),
                warnings=signal.warnings,
            )
        )
        known.add(each.dedup_key)
    return sorted(found, key=lambda line: line.index)


def sample() -> bytes:
    """Return a small request as Alertmanager sends it: one alert that fires, one that recovered."""
    return json.dumps(_SAMPLE).encode()


_LABELS = {"model": "example-model", "environment": "production"}
_SAMPLE = {
    "version": "4",
    "receiver": "council",
    "status": "firing",
    "alerts": [
        {
            "status": "firing",
            "labels": {
                **_LABELS,
                "alertname": "FeatureDrift",
                "feature": "basket_size",
                "severity": "warning",
                "signal_class": "data_drift",
            },
            "annotations": {"summary": "basket_size has drifted", "value": "0.31"},
            "startsAt": "2026-01-05T09:00:00Z",
            "endsAt": "0001-01-01T00:00:00Z",
        },
        {
            "status": "resolved",
            "labels": {
                **_LABELS,
                "alertname": "AccuracyLow",
                "severity": "critical",
                "signal_class": "accuracy",
            },
            "annotations": {"summary": "recall is back above its floor"},
            "startsAt": "2026-01-05T08:00:00Z",
            "endsAt": "2026-01-05T08:40:00Z",
        },
    ],
}
