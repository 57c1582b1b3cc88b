"""What monitors see, drawn by chance: which class, how loud, on how large a sample."""

import random
from datetime import datetime

from council.signal import Loudness, Signal
from tests.builders import a_signal
from tests.simulation.town import Project

LOW_EVIDENCE, CRITICAL = 0.25, 0.45
_COLUMNS = 60
_CLASSES = (
    *("data_drift",) * 8,
    *("data_quality",) * 4,
    *("service",) * 3,
    *("prediction_drift", "accuracy", "accuracy"),
    *("cost", "business_kpi"),
)
_FEATURES = ("basket", "age", "region", "weekday", "price", "delay")


def drawn(chance: random.Random, now: datetime, project: Project) -> Signal:
    """Return one observation of a model in production."""
    loud = Loudness.CRITICAL if chance.random() < CRITICAL else Loudness.WARNING
    feature, about = chance.choice(_FEATURES), chance.choice(_CLASSES)
    return _signal(chance, now, project, (feature, about, loud))


def stormy(chance: random.Random, now: datetime, project: Project) -> list[Signal]:
    """Return what a monitor sends when a feed breaks: every column at once."""
    kinds = [(f"column-{n}", "data_quality", Loudness.CRITICAL) for n in range(_COLUMNS)]
    return [_signal(chance, now, project, kind) for kind in kinds]


def _signal(
    chance: random.Random, now: datetime, project: Project, kind: tuple[str, str, Loudness]
) -> Signal:
    feature, about, loud = kind
    low = chance.random() < LOW_EVIDENCE
    samples = chance.randrange(50, 400) if low else chance.randrange(600, 9000)
    return a_signal(
        feature,
        started=now,
        loudness=loud,
        signal_class=about,
        model=project.model,
        metric_name="psi",
        value=0.31 if loud is Loudness.CRITICAL else 0.14,
        threshold=0.25 if loud is Loudness.CRITICAL else 0.10,
        n_reference=samples,
        n_current=samples,
    )


def at_work(at: datetime) -> bool:
    """Return whether people work at this time of their wall."""
    return at.weekday() < 5 and 9 <= at.hour < 17
