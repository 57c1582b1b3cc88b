"""Bodies whose shape is built in, turned into signals: Alertmanager, and all who speak like it.

Each alert becomes an item of its own: a signal, or a quarantined one that stops no other.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from bot.intake import plain
from bot.intake.labels import annotation_texts, first, kept, label_texts
from bot.intake.subject import Lookups, Naming, names
from council.signal import (
    Link,
    Loudness,
    Quarantined,
    Signal,
    Status,
    key_of,
)

MAX_ITEMS = 1_000
MAX_NAME = 256  # of what is stored in an indexed column; the condition key hashes the whole
MAX_RAW = 256
MAX_TITLE = 300
MAX_DESCRIPTION = 4_000
MAX_EXCERPT = 2_000
MAX_AHEAD = timedelta(hours=24)
BUCKET_SECONDS = 300

_STATUSES: dict[object, Status] = {"firing": Status.FIRING, "resolved": Status.RESOLVED}
_LOUDNESS = {
    word: loudness
    for loudness, words in {
        Loudness.CRITICAL: "critical fatal page p1 sev0 sev1",
        Loudness.ERROR: "error high p2 sev2",
        Loudness.WARNING: "warning medium p3 sev3",
        Loudness.INFO: "info low p4 p5 sev4",
    }.items()
    for word in words.split()
}
_COMPARISONS = {word: word for word in ("gt", "ge", "lt", "le", "outside", "none")} | {
    "": "gt",
    ">": "gt",
    ">=": "ge",
    "<": "lt",
    "<=": "le",
}
# Fields of the alert itself (the last three are Grafana's), then annotations; and their kinds.
_OWN_LINKS = ("generatorURL", "dashboardURL", "panelURL", "silenceURL")
_ANNOTATED_LINKS = ("dashboard_url", "runbook_url", "silence_url", "report_url")
_RELS = (
    *("source", "dashboard", "dashboard", "silence"),
    *("dashboard", "runbook", "silence", "report"),
)


class _Alert(NamedTuple):
    """An alert that can be read: its parts, and the notes that become the signal's warnings."""

    at: int
    raw: dict[str, object]
    labels: dict[str, str]
    annotations: dict[str, str]
    notes: list[str]

    def said(self, name: str) -> str:
        """Return an annotation, or else a label, of this name."""
        return self.annotations.get(name) or self.labels.get(name, "")


class _Span(NamedTuple):
    """When the condition began and ended, and which firing of it this is."""

    started: datetime
    ended: datetime | None
    episode: str


def alertmanager(
    payload: object,
    *,
    integration_id: str,
    metric_classes: Mapping[str, str],
    settings: Mapping[str, object],
    received_at: datetime,
) -> tuple[tuple[Signal | Quarantined, ...], int]:
    """Return an item per alert of a webhook body, and how many alerts its sender left out.

    `metric_classes` maps metric names to signal classes. `settings` may hold `labels` (lists by
    field of Lookups) and `key_labels`, more labels that tell conditions apart. Of a body without
    a list of alerts the whole is one quarantined item. Raises on no JSON value.
    """
    alerts = payload.get("alerts") if isinstance(payload, dict) else None
    if not isinstance(payload, dict) or not isinstance(alerts, list):
        return (_quarantined(0, "no_alerts", payload),), 0
    reader = _Reader(integration_id, metric_classes, settings, received_at)
    items = [reader.item(index, alert) for index, alert in enumerate(alerts[:MAX_ITEMS])]
    items += [
        _quarantined(index, "too_many_items", alert)
        for index, alert in enumerate(alerts[MAX_ITEMS:], MAX_ITEMS)
    ]
    return tuple(items), _left_out(payload.get("truncatedAlerts"))


class _Reader:
    """Reads the alerts of one request; remembers what they repeat from one another."""

    def __init__(
        self,
        integration_id: str,
        metric_classes: Mapping[str, str],
        settings: Mapping[str, object],
        received_at: datetime,
    ) -> None:
        self._naming = Naming(
            integration_id,
            metric_classes,
            Lookups.of(settings.get("labels")),
            tuple(sorted(names(settings.get("key_labels")))),
        )
        self._received_at = received_at.astimezone(UTC)
        self._horizon = self._received_at + MAX_AHEAD
        self._moments: dict[str, datetime | None] = {}
        self._known_links: dict[tuple[str, str], Link | None] = {}

    def item(self, index: int, raw: object) -> Signal | Quarantined:
        if not isinstance(raw, dict):
            return _quarantined(index, "not_an_object", raw)
        said = raw.get("status")
        status = _STATUSES.get(said) if isinstance(said, str) else None
        if status is None:
            return _quarantined(index, "status_unknown", raw)
        notes: list[str] = []
        labels = label_texts(raw.get("labels"), notes)
        if labels is None:
            return _quarantined(index, "labels_unreadable", raw)
        annotations = annotation_texts(raw.get("annotations"), notes)
        alert = _Alert(index, raw, labels, annotations, notes)
        span = self._span(alert, status)
        if (span.ended or span.started) > self._horizon:
            return _quarantined(index, "from_the_future", raw)
        return self._signal(alert, status, span)

    def _signal(self, alert: _Alert, status: Status, span: _Span) -> Signal:
        index, raw, labels, annotations, notes = alert
        subject = self._naming.subject(labels, notes)
        key = self._naming.key(subject, labels, raw.get("fingerprint"), notes)
        loud = first(labels, self._naming.lookups.severity).lower()
        value, value_raw = _measure(alert, "value")
        threshold, threshold_raw = _measure(alert, "threshold")
        title = plain.line(annotations.get("summary", ""), MAX_TITLE, notes)
        return Signal(
            condition_key=key,
            episode=span.episode,
            status=status,
            signal_class=subject.signal_class,
            loudness=_LOUDNESS.get(loud, Loudness.UNKNOWN),
            # The sender's only event times: a recovery happens at its end, a firing at its start.
            observed_at=span.ended or span.started,
            started_at=span.started,
            ended_at=span.ended,
            rule_name=_name(subject.rule, notes),
            model_name=_name(subject.model, notes),
            model_version=_name(subject.version, notes),
            environment=_name(subject.environment, notes),
            feature=_name(subject.feature, notes),
            segment=_name(subject.segment, notes),
            metric_name=_name(subject.metric, notes),
            value=value,
            value_raw=value_raw,
            threshold=threshold,
            threshold_raw=threshold_raw,
            comparison=_comparison(alert),
            n_reference=plain.count(alert.said("n_reference"), notes),
            n_current=plain.count(alert.said("n_current") or alert.said("sample_count"), notes),
            title=title or plain.line(subject.rule or subject.metric, MAX_TITLE, notes),
            description=plain.block(annotations.get("description", ""), MAX_DESCRIPTION, notes),
            links=self._links(alert),
            labels=MappingProxyType(kept(labels, notes)),
            warnings=tuple(dict.fromkeys(notes)) if notes else (),
            item_index=index,
        )

    def _span(self, alert: _Alert, status: Status) -> _Span:
        """Read the times; the request's own stands in where the sender gives none."""
        started = self._moment(alert.raw.get("startsAt"))
        ended = None
        if status is Status.RESOLVED:
            ended = self._moment(alert.raw.get("endsAt"))
            if ended is None or (started and ended < started):
                alert.notes.append("time_inferred")
                ended = max(self._received_at, started or self._received_at)
        if started:
            return _Span(started, ended, started.isoformat())
        alert.notes.append("time_inferred")
        # A repeat is the same episode only if it looks the same and comes soon.
        bucket = int(self._received_at.timestamp()) // BUCKET_SECONDS
        episode = key_of(plain.canonical(alert.raw) or "", str(bucket))
        return _Span(min(self._received_at, ended or self._received_at), ended, episode)

    def _links(self, alert: _Alert) -> tuple[Link, ...]:
        given = [*map(alert.raw.get, _OWN_LINKS), *map(alert.annotations.get, _ANNOTATED_LINKS)]
        links = []
        for rel, href in zip(_RELS, given, strict=True):
            if not href:
                continue
            link = self._link(rel, href)
            if link is None:
                alert.notes.append("link_dropped")
            else:
                links.append(link)
        return tuple(links)

    def _moment(self, raw: object) -> datetime | None:
        if not isinstance(raw, str):
            return None
        if raw not in self._moments:
            self._moments[raw] = plain.moment(raw)
        return self._moments[raw]

    def _link(self, rel: str, href: object) -> Link | None:
        if not isinstance(href, str):
            return None
        known = (rel, href)
        if known not in self._known_links:
            self._known_links[known] = Link(rel, href) if plain.is_address(href) else None
        return self._known_links[known]


def _left_out(said: object) -> int:
    if isinstance(said, bool) or not isinstance(said, int):
        return 0
    return min(max(said, 0), plain.MAX_COUNT)


def _name(text: str, notes: list[str]) -> str:
    return text if len(text) <= MAX_NAME else plain.line(text, MAX_NAME, notes)


def _measure(alert: _Alert, name: str) -> tuple[float | None, str]:
    raw = alert.said(name)
    return plain.number(raw, alert.notes), plain.line(raw, MAX_RAW, alert.notes)


def _comparison(alert: _Alert) -> str:
    word = _COMPARISONS.get(alert.said("comparison").strip().lower())
    if word is None:
        alert.notes.append("comparison_unknown")
    return word or "gt"


def _quarantined(index: int, reason: str, item: object) -> Quarantined:
    return Quarantined(index, reason, plain.excerpt(item, MAX_EXCERPT))
