"""Plain functions with defaults that make what a test is about."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from council import initiatives, people
from council.desk import Desk
from council.signal import Delivery, Loudness, Signal, Status, key_of
from council.tables import Initiative, Person
from tests.fakes import START

SAMPLES = Path(__file__).parent / "samples"
CREW = {
    "rui": "business_owner",
    "ana": "data_scientist",
    "bo": "data_engineer",
    "mei": "ml_engineer",
    "dev": "devops_engineer",
}


def a_sample(name: str) -> dict[str, Any]:
    """Return a captured request: method, path, headers, body, body_raw."""
    found: dict[str, Any] = json.loads((SAMPLES / "monitoring" / f"{name}.json").read_text())
    return found


def a_person(
    desk: Desk, handle: str, *, lead: bool = False, zone: str = "UTC", **more: str
) -> Person:
    """Make somebody known."""
    header = ",".join(people.IMPORT_COLUMNS)
    row = {"handle": handle, "name": handle.capitalize(), "timezone": zone, **more}
    cells = ",".join(row.get(name, "") for name in people.IMPORT_COLUMNS)
    people.import_csv(desk, f"{header}\n{cells}\n")
    found = desk.books.people.by_handle(handle)
    assert found is not None
    if lead:
        found.is_lead = True
        desk.books.add(found)
    return found


def a_crew(desk: Desk, *, without: tuple[str, ...] = ()) -> dict[str, Person]:
    """Make the five stakeholders and the council lead Carla known."""
    crew = {name: a_person(desk, name) for name in CREW if name not in without}
    crew["carla"] = a_person(desk, "carla", lead=True)
    return crew


def an_initiative(
    desk: Desk,
    key: str = "late-order",
    *,
    phase: str = "operations",
    tier: int = 2,
    models: tuple[str, ...] = ("churn",),
    channel: str = "",
    without: tuple[str, ...] = (),
) -> Initiative:
    """Open an initiative in operations, staffed by whoever of the crew is known."""
    lead = desk.books.people.by_handle("carla") or a_person(desk, "carla", lead=True)
    opening = initiatives.Opening(
        f"{key.replace('-', ' ').capitalize()} predictor",
        key=key,
        phase=phase,
        tier=tier,
        models=models,
        channel=channel,
    )
    found = initiatives.open_initiative(desk, lead.id, opening)
    for handle, role in CREW.items():
        if handle not in without and desk.books.people.by_handle(handle):
            initiatives.assign(desk, lead.id, key, role, handle)
    return found


def a_signal(
    feature: str = "age",
    *,
    status: Status = Status.FIRING,
    started: datetime = START,
    ended: datetime | None = None,
    loudness: Loudness = Loudness.CRITICAL,
    signal_class: str = "data_drift",
    model: str = "churn",
    index: int = 0,
    **more: Any,
) -> Signal:
    """Make one observation."""
    return Signal(
        condition_key=key_of("test", model, feature, signal_class),
        episode=started.isoformat(),
        status=status,
        signal_class=signal_class,
        loudness=loudness,
        observed_at=ended or started,
        started_at=started,
        ended_at=ended,
        model_name=model,
        model_version="7",
        feature=feature,
        metric_name=more.pop("metric_name", "drift_score"),
        title=f"{feature} drifted",
        item_index=index,
        **more,
    )


def recovered(signal: Signal, after: timedelta = timedelta(minutes=5), **more: Any) -> Signal:
    """Make the recovery of a firing."""
    feature = more.pop("feature", signal.feature)
    return a_signal(
        feature,
        status=Status.RESOLVED,
        started=signal.started_at,
        ended=signal.started_at + after,
        signal_class=signal.signal_class,
        model=signal.model_name,
        **more,
    )


def a_delivery(
    *items: Any, integration: str = "integration", at: datetime = START, correlation: str = ""
) -> Delivery:
    """Make a request that holds these items."""
    body = json.dumps({"alerts": len(items)}).encode()
    return Delivery(integration, at, body, "0" * 64, tuple(items), correlation=correlation)
