"""GET /metrics for Prometheus: what the process counts, and what the database tells when asked.

It asks for no token, so keep it inside: let the load balancer pass `/hooks`, `/slack` and `/api`
only. Replicas share a database and tell the same of it: take the maximum over them, not the sum.
When the database is down, the process's own figures are told all the same.
"""

from collections.abc import Collection, Iterator

from fastapi import APIRouter, Request, Response
from prometheus_client import exposition
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.clerk import Clerk, Unavailable
from bot.web import pulse
from bot.web.pulse import Pulse


class Findings(Collector):
    """The figures that are found when they are asked for."""

    def __init__(self, clerk: Clerk, platforms: Collection[str]) -> None:
        """Hold what is asked; `seen` is set before each collection, None without a database."""
        self._clerk = clerk
        self._platforms = platforms
        self.seen: Pulse | None = None

    def describe(self) -> list[Metric]:
        """Promise nothing, so that registering asks nothing."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Tell them."""
        yield from self._of_the_process()
        up = "Whether the database answered."
        yield GaugeMetricFamily("council_database_up", up, float(self.seen is not None))
        if self.seen is not None:
            yield from _of_the_database(self.seen)

    def _of_the_process(self) -> Iterator[Metric]:
        clerk = self._clerk
        asleep = clerk.means.clock.now() - clerk.metrics.vitals.round_at
        yield GaugeMetricFamily(
            "council_scheduler_last_round_age_seconds",
            "How long ago the scheduler last did a round.",
            max(0.0, asleep.total_seconds()),
        )
        said = "Whether the last delivery failed for a reason that is the platform's own."
        failing = GaugeMetricFamily("council_chat_failing", said, labels=("platform",))
        for platform in self._platforms:
            failing.add_metric((platform,), bool(clerk.metrics.vitals.chat.get(platform)))
        yield failing
        said = "What /readyz reports as degraded."
        degraded = GaugeMetricFamily("council_degraded", said, labels=("what",))
        found = pulse.ailments(clerk, self.seen, self._platforms)
        for what in pulse.AILMENTS:
            degraded.add_metric((what,), what in found)
        yield degraded


def _of_the_database(seen: Pulse) -> Iterator[Metric]:
    said = "Notices that wait, are on their way, are tried again, or are dead letters."
    notices = GaugeMetricFamily("council_outbox_notices", said, labels=("state",))
    for state, count in seen.notices.items():
        notices.add_metric((state,), count)
    yield notices
    yield GaugeMetricFamily(
        "council_outbox_oldest_pending_age_seconds",
        "How long the oldest notice has been waiting.",
        seen.waiting_seconds,
    )
    yield GaugeMetricFamily(
        "council_dead_letters", "Notices that cannot arrive.", seen.notices["dead"]
    )
    yield GaugeMetricFamily(
        "council_agenda_overdue", "Things on the agenda that are due.", seen.overdue
    )
    yield GaugeMetricFamily(
        "council_agenda_oldest_due_age_seconds",
        "How long the oldest of them has been due.",
        seen.overdue_seconds,
    )
    labels = ("severity", "status")
    cases = GaugeMetricFamily("council_open_cases", "Cases that are open.", labels=labels)
    for place, count in seen.cases.items():
        cases.add_metric(place, count)
    yield cases


def routes(clerk: Clerk, platforms: Collection[str]) -> APIRouter:
    """Return the route that Prometheus scrapes."""
    router = APIRouter()
    findings = Findings(clerk, platforms)
    clerk.metrics.registry.register(findings)

    @router.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        """Tell all figures, in the format that was asked for."""
        try:
            findings.seen = await pulse.taken(clerk)
        except Unavailable:
            findings.seen = None
        encode, kind = exposition.choose_encoder(request.headers.get("accept", ""))
        return Response(encode(clerk.metrics.registry), headers={"Content-Type": kind})

    return router
