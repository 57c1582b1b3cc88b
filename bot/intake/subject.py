"""What an alert is about: its model, feature, metric and class, and the key of its condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.intake import plain
from bot.intake.labels import first
from council.signal import DEFAULT_CLASS, SIGNAL_CLASSES, key_of

MAX_FINGERPRINT = 256

# Where a series came from and whom it goes to, never what is wrong.
_PASSING_LABELS = frozenset({"instance", "pod", "job", "replica", "severity", "receiver"})


class Subject(NamedTuple):
    """The facts that tell one condition from another; each may be empty, `model` often is."""

    signal_class: str
    rule: str
    model: str
    version: str
    environment: str
    endpoint: str
    feature: str
    segment: str
    metric: str


@dataclass(frozen=True, slots=True)
class Lookups:
    """The labels in which a fact is looked for, first found first; empty labels are absent."""

    rule: tuple[str, ...] = ("alertname",)
    model: tuple[str, ...] = ("model", "model_name", "model.name")
    version: tuple[str, ...] = ("model_version", "version")
    environment: tuple[str, ...] = ("environment", "env")
    endpoint: tuple[str, ...] = ("endpoint",)
    feature: tuple[str, ...] = ("feature", "feature_name", "column")
    segment: tuple[str, ...] = ("segment",)
    metric: tuple[str, ...] = ("metric",)
    severity: tuple[str, ...] = ("severity",)
    signal_class: tuple[str, ...] = ("signal_class",)

    @classmethod
    def of(cls, given: object) -> "Lookups":
        """Return the defaults, replaced by what `given`, the integration's setting, names."""
        if not isinstance(given, Mapping):
            return cls()
        lists = {field: names(given[field]) for field in cls.__dataclass_fields__ if field in given}
        return cls(**lists)


def names(given: object) -> tuple[str, ...]:
    """Return a setting that is one label name or a list of them as a tuple; else none."""
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, (list, tuple)):
        return ()
    return tuple(name for name in given if isinstance(name, str))


@dataclass(frozen=True, slots=True)
class Naming:
    """How one integration names things; `metric_classes` maps metric names to signal classes."""

    integration_id: str
    metric_classes: Mapping[str, str]
    lookups: Lookups
    key_labels: tuple[str, ...]

    def subject(self, labels: Mapping[str, str], notes: list[str]) -> Subject:
        """Find in the labels what the alert is about."""
        look = self.lookups
        rule = first(labels, look.rule)
        metric = first(labels, look.metric) or rule
        return Subject(
            self._class(first(labels, look.signal_class), metric, notes),
            rule,
            first(labels, look.model),
            first(labels, look.version),
            first(labels, look.environment),
            first(labels, look.endpoint),
            first(labels, look.feature),
            first(labels, look.segment),
            metric,
        )

    def key(
        self, subject: Subject, labels: Mapping[str, str], fingerprint: object, notes: list[str]
    ) -> str:
        """Tell which thing is wrong, whoever measured it and however bad it is."""
        signal_class, rule, model, *others = subject
        if not model:
            notes.append("model_missing")
            model = _stand_in(labels, fingerprint)
        more = [part for name in self.key_labels for part in (name, labels.get(name, ""))]
        return key_of(self.integration_id, signal_class, rule, model, *others, *more)

    def _class(self, said: str, metric: str, notes: list[str]) -> str:
        for given in (said, self.metric_classes.get(metric)):
            if given in SIGNAL_CLASSES:
                return given
            if given:
                notes.append("signal_class_unknown")
        return DEFAULT_CLASS


def _stand_in(labels: Mapping[str, str], fingerprint: object) -> str:
    """Stand in for an unknown model: the sender's fingerprint, else the labels that stay."""
    if isinstance(fingerprint, str) and fingerprint:
        return "fingerprint:" + plain.line(fingerprint, MAX_FINGERPRINT, [])
    staying = sorted(pair for pair in labels.items() if pair[0] not in _PASSING_LABELS)
    return "labels:" + key_of(*(part for pair in staying for part in pair))
