"""What the process counts about itself, for `/metrics`: instruments in one dataclass.

Each service has a registry of its own, because tests build many in one process. Labels are few
and bounded: no key, name or text of an initiative, a person or a sender is ever one.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

# When a series began is a series of its own for each, and nobody asks.
disable_created_metrics()  # type: ignore[no-untyped-call]

# Seconds that a request, a question or a batch takes; and a message, until it has arrived.
_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_SLOW = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 3_600.0)
_NEVER = datetime.min.replace(tzinfo=UTC)
_JOBS = (1, 2, 4, 8, 16, 32, 64)


@dataclass(slots=True)
class Vitals:
    """What is known of this process's own health.

    `round_at` is when the scheduler last did something, at first when the process was wired.
    `chat` holds, per platform, why the last delivery failed there; empty if it did not.
    """

    round_at: datetime = _NEVER
    chat: dict[str, str] = field(default_factory=dict)


@dataclass
class Metrics:
    """The instruments of one service."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    vitals: Vitals = field(default_factory=Vitals)

    def __post_init__(self) -> None:
        self._about_the_process()
        self._about_the_web()
        self._about_the_clerk()
        self._about_delivery()

    def _about_the_process(self) -> None:
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        build = Info("council_build", "The program that runs.", registry=self.registry)
        build.info({"version": _version()})
        self.loop_lag = Gauge(
            "council_event_loop_lag_seconds",
            "The longest that the event loop came late in the last half minute.",
            registry=self.registry,
        )

    def _about_the_web(self) -> None:
        self.requests = Counter(
            "council_http_requests",
            "Requests that were answered.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "council_http_request_duration_seconds",
            "From the request to the beginning of its answer.",
            ("route", "method"),
            buckets=_QUICK,
            registry=self.registry,
        )
        self.hook_items = Counter(
            "council_hook_items",
            "Items that hooks took, by what became of them.",
            ("kind", "status"),
            registry=self.registry,
        )
        self.commands = Counter(
            "council_commands",
            "Commands that people gave, by how they ended.",
            ("verb", "platform", "outcome"),
            registry=self.registry,
        )

    def _about_the_clerk(self) -> None:
        self.queue = Gauge(
            "council_clerk_queue_jobs", "Jobs that wait for the writer.", registry=self.registry
        )
        self.batch_jobs = Histogram(
            "council_clerk_batch_jobs",
            "Jobs that were committed together.",
            buckets=_JOBS,
            registry=self.registry,
        )
        self.batch_seconds = Histogram(
            "council_clerk_batch_duration_seconds",
            "How long a batch held the database, with its commit.",
            buckets=_QUICK,
            registry=self.registry,
        )
        self.busy = Counter(
            "council_clerk_busy",
            "Jobs that were refused because too many waited.",
            ("who",),
            registry=self.registry,
        )
        self.reader_seconds = Histogram(
            "council_reader_duration_seconds",
            "How long a question held a reader.",
            buckets=_QUICK,
            registry=self.registry,
        )

    def _about_delivery(self) -> None:
        self.deliveries = Counter(
            "council_deliveries",
            "Tries to deliver a notice, by how they ended.",
            ("platform", "outcome", "failure"),
            registry=self.registry,
        )
        self.delivery_seconds = Histogram(
            "council_delivery_duration_seconds",
            "How long one try took.",
            ("platform",),
            buckets=_SLOW,
            registry=self.registry,
        )
        self.notice_seconds = Histogram(
            "council_notice_latency_seconds",
            "From the fact to the moment when a platform had accepted its message.",
            buckets=_SLOW,
            registry=self.registry,
        )
        self.agenda_items = Counter(
            "council_agenda_items",
            "Things that came due, by how they ended.",
            ("kind", "outcome"),
            registry=self.registry,
        )


def _version() -> str:
    try:
        return version("ml-council-coordinator")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"
