"""One observation from a monitoring system, in the one shape the council understands.

The fields are those of DriftSignal v1 that a drift alert can carry. Three layers of identity:
the delivery (one request), the transition (`dedup_key`) and the condition (`condition_key`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from json.encoder import encode_basestring
from types import MappingProxyType

SIGNAL_CLASSES = (
    "service",
    "data_quality",
    "data_drift",
    "prediction_drift",
    "accuracy",
    "cost",
    "compliance",
    "business_kpi",
)
DEFAULT_CLASS = "data_drift"


class Status(StrEnum):
    """Whether the condition holds, as the sender says."""

    FIRING = "firing"
    RESOLVED = "resolved"


class Loudness(StrEnum):
    """The sender's own severity, brought to five words."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """An address to look at: `rel` is source, dashboard, runbook, silence or report."""

    rel: str
    href: str


@dataclass(frozen=True, slots=True)
class Signal:
    """One firing or recovery of one condition; text is untrusted and unescaped.

    `value` and `threshold` are finite or None; on a recovery `value` is the last bad one.
    `ended_at` is None while the condition holds. `episode` tells one firing from the next.
    """

    condition_key: str
    episode: str
    status: Status
    signal_class: str
    loudness: Loudness
    observed_at: datetime
    started_at: datetime
    ended_at: datetime | None = None
    source_system: str = "alertmanager"
    rule_name: str = ""
    model_name: str = ""
    model_version: str = ""
    environment: str = ""
    feature: str = ""
    segment: str = ""
    metric_name: str = ""
    value: float | None = None
    value_raw: str = ""
    threshold: float | None = None
    threshold_raw: str = ""
    comparison: str = "gt"
    n_reference: int | None = None
    n_current: int | None = None
    title: str = ""
    description: str = ""
    links: tuple[Link, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[str, ...] = ()
    item_index: int = 0


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that could not be read: `reason` is a code, `excerpt` up to 2,000 characters."""

    item_index: int
    reason: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One authenticated request of one integration, read into items.

    `body` is kept as it came, so that quarantined items can be driven again.
    `truncated` counts items that the sender says it left out. `correlation` names the request in
    logs and notices.
    """

    integration_id: str
    received_at: datetime
    body: bytes
    body_sha256: str
    items: tuple[Signal | Quarantined, ...]
    truncated: int = 0
    correlation: str = ""


def key_of(*parts: str) -> str:
    """Return the sha256 of the parts as a JSON array, so that `a|b`+`c` differs from `a`+`b|c`."""
    # What json.dumps(parts, ensure_ascii=False) says, in a third of the time: this is the hot path.
    text = "[" + ", ".join(map(encode_basestring, parts)) + "]"
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
